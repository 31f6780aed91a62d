"""A page in, its raw tables and its other text out: every glyph in exactly one cell or one block."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shinchoku.grid import THIN, WHITE, Grid, Slot, find_grids
from shinchoku.homes import HOMELESS, homes
from shinchoku.lines import Box, TextLine, text_lines
from shinchoku.page import Floats, Marks, Page
from shinchoku.problems import Problem, Severity
from shinchoku.text import halve_digits

PAGE_NUMBER = re.compile(r"[-(p. ]*\d{1,4}( */ *\d{1,4})?[-). ]*")
COLUMN_GAP = 2.5
"""Text outside tables is cut into blocks side by side where nothing is printed for this many ems."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell: its place in the table (0-based), spans, box in points, whether shading lies behind it, its
    lines."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: Box
    shaded: bool
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class RawTable:
    """Table `number` (from 1) of its page; `xs` and `ys` are the places of its lines in points."""

    number: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    open_top: bool
    open_bottom: bool
    cells: tuple[RawCell, ...]

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


@dataclass(frozen=True, slots=True)
class RawBlock:
    """Text outside the tables; `kind` is text, page_number or hidden (does not show on paper)."""

    kind: str
    box: Box
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class RawPage:
    """Page `number` (from 1) with its tables and blocks in reading order."""

    number: int
    width: float
    height: float
    tables: tuple[RawTable, ...]
    blocks: tuple[RawBlock, ...]
    problems: tuple[Problem, ...]


def raw_page(page: Page) -> RawPage:
    """The raw tables and blocks of a page."""
    glyphs = page.glyphs
    grids = find_grids(page.marks)
    home = np.where(glyphs.visible, homes(glyphs, grids), HOMELESS)
    tables = []
    first = 0
    for number, grid in enumerate(grids, start=1):
        tables.append(_table(page, number, grid, home, first))
        first += len(grid.slots)
    problems = list(page.problems)
    blocks = _blocks(page, np.flatnonzero((home == HOMELESS) & glyphs.visible))
    hidden = _hidden(page)
    if hidden is not None:
        blocks.append(hidden)
        problems.append(
            Problem(
                Severity.INFO,
                "hidden_text",
                "this text does not show on paper; it is kept as a block of kind other and is in no cell",
                page=page.number,
                printed=" ".join(line.text for line in hidden.lines),
                box=hidden.box,
            )
        )
    return RawPage(page.number, page.width, page.height, tuple(tables), tuple(blocks), tuple(problems))


def _table(page: Page, number: int, grid: Grid, home: NDArray[np.intp], first: int) -> RawTable:
    shades = _shades(page.marks)
    cells = tuple(
        RawCell(
            slot.row,
            slot.col,
            slot.row_span,
            slot.col_span,
            slot.box,
            _is_shaded(slot, shades),
            text_lines(page.glyphs, np.flatnonzero(home == first + i)),
        )
        for i, slot in enumerate(grid.slots)
    )
    return RawTable(number, grid.xs, grid.ys, grid.open_top, grid.open_bottom, cells)


def _shades(marks: Marks) -> Floats:
    """The boxes (x0, top, x1, bottom) of shading that shows."""
    tall_and_wide = (marks.x1 - marks.x0 >= 2 * THIN) & (marks.bottom - marks.top >= 2 * THIN)
    use = marks.filled & (marks.shade < WHITE) & tall_and_wide
    return np.column_stack([marks.x0[use], marks.top[use], marks.x1[use], marks.bottom[use]])


def _is_shaded(slot: Slot, shades: Floats) -> bool:
    x, y = (slot.box[0] + slot.box[2]) / 2, (slot.box[1] + slot.box[3]) / 2
    inside = (shades[:, 0] < x) & (x < shades[:, 2]) & (shades[:, 1] < y) & (y < shades[:, 3])
    return bool(inside.any())


def _blocks(page: Page, index: NDArray[np.intp]) -> list[RawBlock]:
    """The lines of the glyphs `index` gathered into blocks: lines of one size, close below each other."""
    blocks: list[list[TextLine]] = []
    for line in sorted(text_lines(page.glyphs, index, gap=COLUMN_GAP), key=lambda n: (n.box[1], n.box[0])):
        last = next((b for b in reversed(blocks) if _continues(b[-1], line)), None)
        if last is not None and not _is_page_number(page, [line]):
            last.append(line)
        else:
            blocks.append([line])
    return [
        RawBlock("page_number" if _is_page_number(page, lines) else "text", _around(lines), tuple(lines))
        for lines in blocks
    ]


def _continues(above: TextLine, below: TextLine) -> bool:
    """Whether `below` is the next line of the same paragraph."""
    overlap = min(above.box[2], below.box[2]) - max(above.box[0], below.box[0])
    return (
        above.upright == below.upright
        and overlap > 0
        and abs(above.size - below.size) < 0.1 * above.size
        and -0.3 * above.size < below.box[1] - above.box[3] < 0.55 * above.size
    )


def _is_page_number(page: Page, lines: list[TextLine]) -> bool:
    """A number alone in the outer tenth of the page, dashes or a total beside it allowed."""
    if len(lines) != 1 or not PAGE_NUMBER.fullmatch(halve_digits(lines[0].text)):
        return False
    middle = (lines[0].box[1] + lines[0].box[3]) / 2
    return middle > 0.9 * page.height or middle < 0.1 * page.height


def _around(lines: list[TextLine]) -> Box:
    boxes = [line.box for line in lines]
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def _hidden(page: Page) -> RawBlock | None:
    """One block of all text that does not show."""
    lines = list(text_lines(page.glyphs, np.flatnonzero(~page.glyphs.visible)))
    return RawBlock("hidden", _around(lines), tuple(lines)) if lines else None
