"""What is odd about a page as it is read in; the problems that say so, and what to do about each, out."""

from shinchoku.language import Said, say
from shinchoku.page import Glyphs, Limits
from shinchoku.page.geometry import Frame
from shinchoku.page.letters import is_unknown
from shinchoku.problems import Problem, Severity

NAMED = 20
"""So many glyphs without Unicode are named one by one on a page, the rest together."""
LISTED = 40
"""So many characters are quoted in one problem."""


def no_size(number: int) -> Problem:
    """The page has no area, or one beyond all measure."""
    return Problem(
        Severity.WARNING,
        "page_size",
        say(
            "the page's size is nothing or beyond all measure; it is read as US letter: look at it "
            "in a viewer"
        ),
        page=number,
    )


def askew(number: int, degrees: float) -> Problem:
    """The page's content is turned by a little."""
    return Problem(
        Severity.INFO,
        "askew",
        say(
            "the page's content is turned by {degrees:.2f} degrees; it was set upright before it was "
            "read, and boxes are places on the page set upright",
            degrees=degrees,
        ),
        page=number,
    )


def too_large(number: int, limits: Limits) -> Problem:
    """The page holds more than is read of one page."""
    return Problem(
        Severity.ERROR,
        "too_large",
        say(
            "the page holds more than {glyphs} glyphs or {marks} lines and boxes; what comes after "
            "is left out: if it is a real page, raise the limits",
            glyphs=limits.glyphs,
            marks=limits.marks,
        ),
        page=number,
    )


def damaged(number: int, said: Said) -> Problem:
    """Part of the page could not be read."""
    return Problem(
        Severity.WARNING,
        "damaged_content",
        say("{said}; compare the page with what was read of it", said=said),
        page=number,
    )


def passed_over(number: int, count: int) -> Problem:
    """PDFium gives nothing for some pieces of text, which may be more than spaces."""
    return Problem(
        Severity.WARNING,
        "passed_over",
        say(
            "PDFium gives no character for {count} pieces of text in fonts that are not in the file; "
            "they count as spaces: read the file with pdfplumber if something is missing",
            count=count,
        ),
        page=number,
    )


def lent_fonts(number: int) -> Problem:
    """PDFium reads text in fonts that the file does not hold."""
    return Problem(
        Severity.WARNING,
        "font_not_embedded",
        say(
            "fonts of this page are not in the file: PDFium reads their letters by the fonts of this "
            "machine and may miss some; read the file with pdfplumber, which does not need them"
        ),
        page=number,
    )


def unconfirmed(number: int) -> Problem:
    """Glyphs of such fonts are not held against PDFium."""
    return Problem(
        Severity.INFO,
        "font_not_embedded",
        say(
            "fonts are not in the file: their letters are not held against PDFium, which reads them "
            "by the fonts of the machine"
        ),
        page=number,
    )


def nowhere(frame: Frame, lost: str) -> Problem:
    quoted = lost[:LISTED] + ("…" if len(lost) > LISTED else "")
    return Problem(
        Severity.WARNING,
        "no_place",
        say(
            "{count} characters stand at coordinates that are no place on any page and are left out; "
            "look at the page in a viewer and add them by hand if they matter",
            count=len(lost),
        ),
        page=frame.number,
        printed=quoted,
    )


def without_unicode(frame: Frame, glyphs: Glyphs) -> list[Problem]:
    """A warning for every glyph that the file gives no character for, up to NAMED of them, and one for the
    rest."""
    unknown = [i for i, text in enumerate(glyphs.text) if is_unknown(text)]
    problems = [
        Problem(
            Severity.WARNING,
            "no_unicode",
            say(
                "the font {font} does not say which character this glyph is; it is kept as {text!r}: "
                "look at the page and correct it",
                font=glyphs.font[i],
                text=glyphs.text[i],
            ),
            page=frame.number,
            printed=glyphs.text[i],
            box=_box(glyphs, i),
        )
        for i in unknown[:NAMED]
    ]
    rest = unknown[NAMED:]
    if rest:
        fonts = ", ".join(sorted({glyphs.font[i] for i in rest}))
        boxes = [_box(glyphs, i) for i in rest]
        x0, top, x1, bottom = zip(*boxes, strict=True)
        problems.append(
            Problem(
                Severity.WARNING,
                "no_unicode",
                say(
                    "{count} more glyphs of this page have no character either (fonts: {fonts}); they are "
                    "kept as they are: look at the page, or have it read by OCR",
                    count=len(rest),
                    fonts=fonts,
                ),
                page=frame.number,
                printed="".join(glyphs.text[i] for i in rest)[:LISTED],
                box=(min(x0), min(top), max(x1), max(bottom)),
            )
        )
    return problems


def _box(glyphs: Glyphs, i: int) -> tuple[float, float, float, float]:
    return float(glyphs.x0[i]), float(glyphs.top[i]), float(glyphs.x1[i]), float(glyphs.bottom[i])
