"""A page as one reader read it, and PDFium's reading of it, in; the characters they disagree on out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from shinchoku.language import Said, joined, say
from shinchoku.page import Page
from shinchoku.page.letters import UNREADABLE, is_unknown, mend
from shinchoku.page.oddities import unconfirmed
from shinchoku.page.pdfium.reader import PdfiumPdf
from shinchoku.problems import Problem, Severity

LISTED = 12
"""So many different characters are named in a problem, the most frequent first."""


def crosscheck(page: Page, pdf: PdfiumPdf) -> list[Problem]:
    """What the page's glyphs and PDFium's reading of the page do not agree on: nothing, or one problem; and
    one more where fonts are not in the file, whose glyphs are not compared.

    The quick way compares all the text of the page. Where that differs (glyphs struck twice, kana with
    voicing marks, glyphs without Unicode), PDFium's glyphs are taken with their places and cleaned as the
    page's own were."""
    said = [unconfirmed(page.number)] if page.lent_fonts else []
    if glyph_counts(page.glyphs.text) == glyph_counts(pdf.text(page.number)):
        return said
    return said + compare_glyphs(page, glyph_counts(_held(pdf.read(page.number))))


def _held(page: Page) -> Sequence[str]:
    """The texts of the page's glyphs in fonts that the file holds."""
    if not page.lent_fonts:
        return page.glyphs.text
    return [
        text
        for text, font in zip(page.glyphs.text, page.glyphs.font, strict=True)
        if font not in page.lent_fonts
    ]


def glyph_counts(texts: Iterable[str]) -> Counter[str]:
    """How often each character occurs, white space aside, in texts of one glyph each or of many: mended,
    every glyph without Unicode as U+FFFD."""
    counts: Counter[str] = Counter()
    for text, times in Counter(texts).items():
        meant = UNREADABLE if is_unknown(text) else mend(text)
        for letter in meant:
            if not letter.isspace():
                counts[letter] += times
    return counts


def compare_glyphs(page: Page, other: Counter[str]) -> list[Problem]:
    """A warning where the page's glyphs, those in fonts that the file holds, are not those that another
    reader counted (see `glyph_counts`)."""
    own = glyph_counts(_held(page))
    if own == other:
        return []
    only_own, only_other = own - other, other - own
    parts = []
    if only_own:
        parts.append(say("only in the page as read: {listed}", listed=_listed(only_own)))
    if only_other:
        parts.append(say("only according to PDFium: {listed}", listed=_listed(only_other)))
    return [
        Problem(
            Severity.WARNING,
            "glyphs_disagree",
            say(
                "two programs read different characters on this page ({said}); look at it where these stand",
                said=joined("; ", parts),
            ),
            page=page.number,
            printed="".join(only_own) or "".join(only_other),
        )
    ]


def _listed(counts: Mapping[str, int]) -> Said:
    shown = Counter(counts).most_common(LISTED)
    named = ", ".join(f"{letter} ({times})" for letter, times in shown)
    rest = sum(counts.values()) - sum(times for _, times in shown)
    if rest:
        return say("{named} and {rest} more", named=named, rest=rest)
    return say("{named}", named=named)
