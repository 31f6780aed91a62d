"""A page in, its raw tables and its other text out: every glyph in exactly one cell or one block."""

from collections.abc import Sequence

import numpy as np

from shinchoku.grid import Grid, Slot, find_grids, shaded, without_underlines
from shinchoku.homes import HOMELESS, homes
from shinchoku.lines import TextLine, lines_of_groups
from shinchoku.page import Floats, Marks, Page
from shinchoku.problems import Problem, Severity
from shinchoku.raw.blocks import find_blocks, hidden_block
from shinchoku.raw.parts import RawBlock, RawCell, RawPage, RawTable

__all__ = ["RawBlock", "RawCell", "RawPage", "RawTable", "raw_page"]


def raw_page(page: Page) -> RawPage:
    """The raw tables and blocks of a page."""
    glyphs = page.glyphs
    grids = find_grids(without_underlines(page.marks, glyphs))
    home = np.where(glyphs.visible, homes(glyphs, grids), HOMELESS)
    lines = lines_of_groups(glyphs, home, sum(len(grid.slots) for grid in grids))
    shades = _shades(page.marks)
    tables = []
    for number, grid in enumerate(grids, start=1):
        tables.append(_table(number, grid, lines, shades))
        del lines[: len(grid.slots)]
    problems = list(page.problems)
    blocks = find_blocks(page, np.flatnonzero((home == HOMELESS) & glyphs.visible))
    hidden = hidden_block(page)
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


def _table(number: int, grid: Grid, lines: Sequence[tuple[TextLine, ...]], shades: Floats) -> RawTable:
    """A table; `lines` begins with those of its cells."""
    cells = tuple(
        RawCell(s.row, s.col, s.row_span, s.col_span, s.box, _is_shaded(s, shades), lines[i])
        for i, s in enumerate(grid.slots)
    )
    return RawTable(number, grid.xs, grid.ys, grid.open_top, grid.open_bottom, cells)


def _shades(marks: Marks) -> Floats:
    """The boxes (x0, top, x1, bottom) of shading that shows."""
    use = shaded(marks)
    return np.column_stack([marks.x0[use], marks.top[use], marks.x1[use], marks.bottom[use]])


def _is_shaded(slot: Slot, shades: Floats) -> bool:
    x, y = (slot.box[0] + slot.box[2]) / 2, (slot.box[1] + slot.box[3]) / 2
    inside = (shades[:, 0] < x) & (x < shades[:, 2]) & (shades[:, 1] < y) & (y < shades[:, 3])
    return bool(inside.any())
