"""A page as read, and PDFium to paint it, in; the page, what its picture does not bear out named, out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from shinchoku.language import Said, say
from shinchoku.page import Bools, Glyphs, Marks, Page
from shinchoku.page.geometry import surrounding
from shinchoku.page.letters import UNREADABLE, is_unknown
from shinchoku.page.oddities import around, named_places
from shinchoku.page.paper.characters import other_characters
from shinchoku.page.paper.drawn import Unread, things, unread
from shinchoku.page.paper.figures import other_points
from shinchoku.page.paper.ink import after_all, on_paper, printed
from shinchoku.page.paper.looks import Look, other_looks
from shinchoku.page.paper.paint import Pictures, paint
from shinchoku.page.paper.signs import figures_shown, inked_spaces, one_for_several, with_signs
from shinchoku.page.paper.stacks import beneath, overprinted
from shinchoku.page.paper.writing import written
from shinchoku.page.sight.pictured import pictured_rules
from shinchoku.page.sight.scribbles import scribbled
from shinchoku.parts import Doubt
from shinchoku.problems import Problem, Severity

LETTERS = 8
"""A picture may be a table's rules when so many letters stand on it."""
FULL_WIDTH = 0xFEE0
"""The full-width form of an ASCII character is so far behind it."""
ROWS, FULL = 2, 8
"""So many rows of writing without text are worth a warning, so many a page that was not read."""


def hold_against_paper(page: Page, document: pypdfium2.PdfDocument) -> Page:
    """The page with what its painted picture shows: text that is not on paper does not count as visible,
    glyphs that nobody can read say U+FFFD, and problems name both. Raises PdfiumError where PDFium cannot
    paint the page."""
    if page.ocr or not (len(page.glyphs) or page.marks.filled.any() or len(page.figures)):
        return page
    pictures = paint(document, page)
    if not len(page.glyphs):
        return _with_drawn(page, pictures, layer=False)
    page = _with_pictured_rules(page, pictures)
    lent = np.array([font in page.lent_fonts for font in page.glyphs.font], dtype=np.bool_)
    page = _with_found(page, pictures)
    shown, layer = on_paper(page.glyphs, lent, pictures)
    if not (layer or page.tilt or page.lies):
        shown &= ~beneath(page.glyphs, shown, document, page.number, pictures)
    page = _with_drawn(page, pictures, layer)
    page = _without_lost(page, shown)
    page = _shown_otherwise(page, shown, lent, pictures)
    page = _without_stacks(page, shown)
    looks = other_looks(page.glyphs, shown & ~lent, pictures, layer)
    if not layer:
        looks += other_characters(page.glyphs, shown & ~lent, pictures)
        looks += other_points(page.glyphs, shown & ~lent, pictures)
    return _doubted(page, looks)


def _with_pictured_rules(page: Page, pictures: Pictures) -> Page:
    """The page with the rules of pictures that text stands on: they are walls as others are."""
    x, y = (page.glyphs.x0 + page.glyphs.x1) / 2, (page.glyphs.top + page.glyphs.bottom) / 2
    under = (b for b in page.images if ((x > b[0]) & (x < b[2]) & (y > b[1]) & (y < b[3])).sum() >= LETTERS)
    horizontal, vertical = pictured_rules(pictures.bare, pictures.scale, under)
    if not len(horizontal) or not len(vertical):
        return page
    at, start, end = np.vstack([horizontal, vertical]).T
    flat = np.arange(len(at)) < len(horizontal)
    sides = [np.where(flat, a, b) for a, b in ((start, at), (at, start), (end, at), (at, end))]
    nought = np.zeros(len(at))
    more = Marks(sides[0], sides[1], sides[2], sides[3], nought + 1 / pictures.scale, nought > 0, nought)
    return replace(page, marks=page.marks.followed_by(more))


def _with_found(page: Page, pictures: Pictures) -> Page:
    """The page with the text that the reader took for hidden, and that is on paper all the same."""
    glyphs = page.glyphs
    found = after_all(glyphs, pictures)
    if not found.any():
        return page
    return replace(
        page,
        glyphs=replace(glyphs, visible=glyphs.visible | found, clipped=glyphs.clipped & ~found),
    )


def _with_drawn(page: Page, pictures: Pictures, layer: bool) -> Page:
    """The page with what is drawn on it, and a problem where that looks like writing."""
    found = unread(page, pictures, layer)
    problems = (*page.problems, *_pictured(page, found, pictures))
    struck, drawn = scribbled(page.glyphs, things(page, found), pictures.bare, pictures.scale)
    glyphs = replace(page.glyphs, struck=page.glyphs.struck | struck)
    return replace(page, glyphs=glyphs, drawn=with_signs(drawn, pictures), problems=problems)


def _without_lost(page: Page, shown: Bools) -> Page:
    glyphs = page.glyphs
    lost = np.flatnonzero(printed(glyphs) & ~shown)
    if not len(lost):
        return page
    visible = glyphs.visible.copy()
    visible[lost] = False
    problems = named_places(
        page.number,
        "not_on_paper",
        say(
            "this text is in the file and not on the page: it is covered, cut off, of the colour of "
            "the paper or too small to see; it is kept as a block of kind other and is in no cell: "
            "look at the page"
        ),
        [(_text(glyphs, run), around(glyphs, run)) for run in _runs(lost)],
    )
    return replace(page, glyphs=replace(glyphs, visible=visible), problems=(*page.problems, *problems))


def _without_stacks(page: Page, shown: Bools) -> Page:
    """The page with glyphs that lie on one another as U+FFFD."""
    glyphs = page.glyphs
    stacks = overprinted(glyphs, shown)
    if not stacks:
        return page
    text, visible = list(glyphs.text), glyphs.visible.copy()
    problems = named_places(
        page.number,
        "overprinted",
        say(
            "these characters are printed one over the other, and nobody can read them; they are "
            "kept as U+FFFD: look at the page and correct it"
        ),
        [(_text(glyphs, stack), around(glyphs, stack)) for stack in stacks],
    )
    for first, *others in stacks:
        text[first] = UNREADABLE
        visible[others] = False
    glyphs = replace(glyphs, text=tuple(text), visible=visible)
    return replace(page, glyphs=glyphs, problems=(*page.problems, *problems))


def _shown_otherwise(page: Page, shown: Bools, lent: Bools, pictures: Pictures) -> Page:
    """The page with glyphs that say nothing, or too much, as the figure that they surely show; else, where
    what they say is nothing that they show, as U+FFFD."""
    glyphs, text = page.glyphs, list(page.glyphs.text)
    spaces = inked_spaces(glyphs, shown, lent, pictures)
    several = one_for_several(glyphs, shown, lent, pictures)
    odd = {one for one in set(text) if is_unknown(one)}
    unknown = [i for i in np.flatnonzero(shown & ~lent).tolist() if text[i] in odd] if odd else []
    figures = figures_shown(glyphs, [*spaces, *several, *unknown], pictures)
    for i in (*spaces, *several):
        text[i] = UNREADABLE
    for i, figure in figures.items():
        text[i] = figure
    told = (
        (
            [(" ", i) for i in spaces if i not in figures],
            say(
                "the file says that this is a space, and the page shows a character; it is kept as "
                "U+FFFD: look at the page and correct it"
            ),
        ),
        (
            [(glyphs.text[i], i) for i in several if i not in figures],
            say(
                "the file says that this is several characters, and the page shows fewer; it is kept as "
                "U+FFFD: look at the page and correct it"
            ),
        ),
        (
            [(figure, i) for i, figure in figures.items()],
            say(
                "the file does not say what this is, or wrongly, and the page shows a figure, which is what "
                "is read: look at the page"
            ),
        ),
    )
    problems = [
        problem
        for found, message in told
        for problem in named_places(
            page.number, "looks_other", message, [(said, around(glyphs, [i])) for said, i in found]
        )
    ]
    return replace(page, glyphs=replace(glyphs, text=tuple(text)), problems=(*page.problems, *problems))


def _pictured(page: Page, found: Unread, pictures: Pictures) -> list[Problem]:
    """What looks like writing and has no text."""
    rows = written(found, pictures)
    if len(rows) < ROWS:
        return []
    severity = Severity.ERROR if len(rows) >= FULL else Severity.WARNING
    message = say(
        "{count} rows of what looks like writing are drawn or pictured and no text of the file; "
        "they are in no cell and no block: look at the page, or print the file to paper and have "
        "it read by OCR",
        count=len(rows),
    )
    return [Problem(severity, "pictured", message, page=page.number, box=surrounding(rows))]


def _doubted(page: Page, looks: Sequence[Look]) -> Page:
    """The page with what it shows where that is sure, U+FFFD for figures of which it is not, and problems."""
    counts: Counter[tuple[str, str, str]] = Counter()
    text, problems = list(page.glyphs.text), list(page.problems)
    for look in looks:
        counts[look.font, look.said, look.looks or UNREADABLE] += len(look.index)
        message = _told(look)
        for i in look.index.tolist():
            said, box = page.glyphs.text[i], around(page.glyphs, [i])
            problems.append(
                Problem(Severity.WARNING, "looks_other", message, page=page.number, printed=said, box=box)
            )
            if look.sure:
                text[i] = _as_wide_as(said, look.looks)
            elif look.said.isdigit():
                text[i] = UNREADABLE
    doubts = tuple(Doubt(*key, count) for key, count in sorted(counts.items()))
    glyphs = replace(page.glyphs, text=tuple(text))
    return replace(page, glyphs=glyphs, problems=tuple(problems), doubts=doubts)


def _told(look: Look) -> Said:
    if look.sure:
        return say(
            "the file says {said} and the page shows {looks}, which is what is read: look at the page",
            said=look.said,
            looks=look.looks,
        )
    if not look.looks:
        return say(
            "the file says {said} and the page shows no figure; it is kept as U+FFFD: look at the page and "
            "correct it",
            said=look.said,
        )
    if look.said.isdigit():
        return say(
            "the file says {said} and the page shows something else, as it seems {looks}; it is kept as "
            "U+FFFD: look at the page and correct it",
            said=look.said,
            looks=look.looks,
        )
    return say(
        "the file says {said} and the page shows what looks like {looks}; correct it by the page",
        said=look.said,
        looks=look.looks,
    )


def _as_wide_as(said: str, looks: str) -> str:
    """A digit or capital in the width, full or half, of the one it stands for."""
    return chr(ord(looks) + FULL_WIDTH) if said > "\uff00" and looks.isascii() else looks


def _runs(index: NDArray[np.intp]) -> list[list[int]]:
    """Glyphs painted one after the other, together."""
    cuts = np.flatnonzero(np.diff(index) != 1) + 1
    return [run.tolist() for run in np.split(index, cuts)]


def _text(glyphs: Glyphs, index: Iterable[int]) -> str:
    return "".join(glyphs.text[i] for i in index)
