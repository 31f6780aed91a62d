"""What is odd about a page as it is read in; the problems that say so, and what to do about each, out."""

import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shinchoku.language import Said, say
from shinchoku.page import Bools, Glyphs
from shinchoku.page.geometry import Box, Frame, surrounding
from shinchoku.page.letters import is_unknown
from shinchoku.problems import Problem, Severity
from shinchoku.settings import Settings

NAMED = 20
"""So many glyphs without Unicode are named one by one on a page, the rest together."""
LISTED = 40
"""So many characters are quoted in one problem."""
MOSTLY = 0.5
"""A page of whose glyphs more than this share stands upside down is so itself."""
UNNAMED = ("", "unknown")
"""Fonts without a name, of glyphs that are drawn by commands (Type 3), may be mirrored themselves."""


def no_size(number: int) -> Problem:
    """The page has no area, or one beyond all measure."""
    said = say(
        "the page's size is nothing or beyond all measure; it is read as US letter: look at it in a viewer"
    )
    return Problem(Severity.WARNING, "page_size", said, page=number)


def askew(number: int, degrees: float) -> Problem:
    """The page's content is turned by a little."""
    said = say(
        "the page's content is turned by {degrees:.2f} degrees; it was set upright before it was "
        "read, and boxes are places on the page set upright",
        degrees=degrees,
    )
    return Problem(Severity.INFO, "askew", said, page=number)


def sideways(number: int, degrees: int) -> Problem:
    """The page's content is turned by a quarter, or by two."""
    said = say(
        "the page lies on its side or upside down: its text is turned clockwise by {degrees} degrees; "
        "it was set upright before it was read, and boxes are places on the page set upright",
        degrees=degrees,
    )
    return Problem(Severity.INFO, "sideways", said, page=number)


def too_large(number: int, settings: Settings) -> Problem:
    """The page holds more than is read of one page."""
    said = say(
        "the page holds more than {glyphs} glyphs or {marks} lines and boxes; what comes after "
        "is left out: if it is a real page, raise the limits",
        glyphs=settings.glyphs,
        marks=settings.marks,
    )
    return Problem(Severity.ERROR, "too_large", said, page=number)


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
    said = say(
        "PDFium gives no character for {count} pieces of text in fonts that are not in the file; "
        "they count as spaces: read the file with pdfplumber if something is missing",
        count=count,
    )
    return Problem(Severity.WARNING, "passed_over", said, page=number)


def unknown_layers(number: int, count: int) -> Problem:
    """PDFium does not tell whether annotations are in a layer that is off."""
    said = say(
        "{count} annotations of this page are in layers, and PDFium does not tell whether these are on; "
        "they are read as if they were: read the file with pdfplumber, which knows",
        count=count,
    )
    return Problem(Severity.WARNING, "unknown_layer", said, page=number)


def lent_fonts(number: int) -> Problem:
    """PDFium reads text in fonts that the file does not hold."""
    said = say(
        "fonts of this page are not in the file: PDFium reads their letters by the fonts of this "
        "machine and may miss some; read the file with pdfplumber, which does not need them"
    )
    return Problem(Severity.WARNING, "font_not_embedded", said, page=number)


def unconfirmed(number: int) -> Problem:
    """Glyphs of such fonts are not held against PDFium."""
    said = say(
        "fonts are not in the file: their letters are not held against PDFium, which reads them "
        "by the fonts of the machine"
    )
    return Problem(Severity.INFO, "font_not_embedded", said, page=number)


def nowhere(frame: Frame, lost: str) -> Problem:
    quoted = lost[:LISTED] + ("…" if len(lost) > LISTED else "")
    said = say(
        "{count} characters stand at coordinates that are no place on any page and are left out; "
        "look at the page in a viewer and add them by hand if they matter",
        count=len(lost),
    )
    return Problem(Severity.WARNING, "no_place", said, page=frame.number, printed=quoted)


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
            box=around(glyphs, [i]),
        )
        for i in unknown[:NAMED]
    ]
    rest = unknown[NAMED:]
    if rest:
        fonts = ", ".join(sorted({glyphs.font[i] for i in rest}))
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
                box=around(glyphs, rest),
            )
        )
    return problems


def mirrored(frame: Frame, glyphs: Glyphs, flipped: Bools) -> list[Problem]:
    """A warning for each run of text that shows and is set in mirror writing (`flipped`), or upside down on a
    page that is not."""
    if not len(glyphs):
        return []
    turned = glyphs.turn == 180
    if turned.mean() > MOSTLY:
        turned = ~turned & (glyphs.turn == 0)
    named = np.array([font not in UNNAMED for font in glyphs.font], dtype=np.bool_)
    places = _runs(glyphs, glyphs.visible & ((flipped & named) | turned))
    message = say(
        "this text is set in mirror writing or upside down, and a person may read it otherwise; it is kept "
        "as the file says it: look at the page"
    )
    return named_places(frame.number, "mirrored", message, places)


def fields_differ(frame: Frame, glyphs: Glyphs, fields: Sequence[tuple[str, Box]]) -> list[Problem]:
    """A warning for each field of a form (what it holds, its box) that shows other figures and letters than
    it holds."""
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    typed = glyphs.visible & (glyphs.note > 0)
    found = []
    for held, box in fields:
        inside = typed & (box[0] <= x) & (x <= box[2]) & (box[1] <= y) & (y <= box[3])
        shown = "".join(glyphs.text[i] for i in np.flatnonzero(inside).tolist())
        if _told(shown) != _told(held):
            message = say(
                "a field of the form holds {held!r} and shows {shown!r}, and programs differ in which they "
                "show; what it shows is read: look at the form",
                held=held[:LISTED],
                shown=shown[:LISTED],
            )
            found.append(
                Problem(
                    Severity.WARNING, "field_differs", message, frame.number, printed=shown[:LISTED], box=box
                )
            )
    return found


def _told(text: str) -> str:
    """What of a text is figures, letters and points."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in plain if letter.isalnum() or letter in ".-")


def run_through(frame: Frame, glyphs: Glyphs, crossed: Bools) -> list[Problem]:
    """A warning for each run of text that shows and has a line running through it from beyond it."""
    message = say(
        "a line runs through this text and on beyond it: it may strike it out, or be a rule that is none; "
        "the text is kept: look at the page"
    )
    return named_places(frame.number, "struck", message, _runs(glyphs, glyphs.visible & crossed))


def _runs(glyphs: Glyphs, which: Bools) -> list[tuple[str, Box]]:
    """The texts of some glyphs, those of a text object together, and where each stands."""
    index = np.flatnonzero(which)
    runs = np.split(index, np.flatnonzero(np.diff(glyphs.run[index])) + 1)
    places = [("".join(glyphs.text[i] for i in run), around(glyphs, run)) for run in runs if len(run)]
    return [(text, box) for text, box in places if text.strip()]


def named_places(number: int, code: str, message: Said, places: Sequence[tuple[str, Box]]) -> list[Problem]:
    """A warning for each place of page `number` (what is printed there, and its box), up to NAMED of them,
    and one for the rest."""
    found = [
        Problem(Severity.WARNING, code, message, page=number, printed=printed[:LISTED], box=box)
        for printed, box in places[:NAMED]
    ]
    rest = places[NAMED:]
    if rest:
        found.append(
            Problem(
                Severity.WARNING,
                code,
                say("{count} more on this page: {message}", count=len(rest), message=message),
                page=number,
                printed=" ".join(text for text, _ in rest)[:LISTED],
                box=surrounding([box for _, box in rest]),
            )
        )
    return found


def around(glyphs: Glyphs, index: Sequence[int] | NDArray[np.intp]) -> Box:
    """The box around some of the glyphs."""
    return (
        float(glyphs.x0[index].min()),
        float(glyphs.top[index].min()),
        float(glyphs.x1[index].max()),
        float(glyphs.bottom[index].max()),
    )
