"""A striped table and letters in; its cells that no stripe lies under, rows right above and below it, out."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from shinchoku.grid.spacing.level import filled, is_clear, lines_of, texts_of
from shinchoku.grid.table import Grid
from shinchoku.page import Floats
from shinchoku.page.geometry import median

MOST = 3
"""Beside the last stripe stand a row without one, and a heading of one or two rows."""
FAR = 1.5
"""Their text stands off the stripe by no more than so many times what text does off the sides of its row,"""
FREE = 2.0
"""and so many points."""
CLOSE = 0.6
"""Lines of one row have no more than this share of the white between rows between them."""


def outer_rows(grid: Grid, letters: Floats) -> tuple[Floats, Floats]:
    """The horizontal and upright rules (at, start, end) of rows that stand right above and below a striped
    table: lines with a text in more than half of its columns, and none over the walls between them."""
    none = np.empty((0, 3))
    x0, top, x1, bottom = grid.box
    beside = letters[(letters[:, 0] < x1) & (letters[:, 2] > x0)]
    middle = (beside[:, 1] + beside[:, 3]) / 2
    rows = [(a, beside[(middle > a) & (middle < b)], b) for a, b in pairwise(grid.ys)]
    pads = np.array([(own[:, 1].min() - a, b - own[:, 3].max()) for a, own, b in rows if len(own)])
    if len(grid.ys) < 3 or len(pads) < 2:
        return none, none
    mirrored = beside[middle < top][:, [0, 3, 2, 1]] * (1, -1, 1, -1)
    above = [-y for y in _ends(mirrored, -top, pads[:, ::-1], grid.xs)]
    below = list(_ends(beside[middle > bottom], bottom, pads, grid.xs))
    if not above and not below:
        return none, none
    sides = min([top, *above]), max([bottom, *below])
    return np.array([(y, x0, x1) for y in (*above, *below)]), np.array([(x, *sides) for x in grid.xs])


def outline(grid: Grid, letters: Floats) -> tuple[Floats, Floats]:
    """The horizontal and upright rules (at, start, end) around a table of fills, where text stands within it
    in no cell: a corner of it is not filled."""
    x0, top, x1, bottom = grid.box
    bare = np.ones((len(grid.ys) - 1, len(grid.xs) - 1), dtype=np.bool_)
    for slot in grid.slots:
        bare[slot.row : slot.row + slot.row_span, slot.col : slot.col + slot.col_span] = False
    if not bare.any():
        return np.empty((0, 3)), np.empty((0, 3))
    x, y = (letters[:, 0] + letters[:, 2]) / 2, (letters[:, 1] + letters[:, 3]) / 2
    if not (np.histogram2d(y, x, (grid.ys, grid.xs))[0][bare] > 0).any():
        return np.empty((0, 3)), np.empty((0, 3))
    return np.array([(top, x0, x1), (bottom, x0, x1)]), np.array([(x0, top, bottom), (x1, top, bottom)])


def _ends(letters: Floats, edge: float, pads: Floats, columns: Sequence[float]) -> Iterator[float]:
    """Where rows end that stand below an edge; `pads` are the white over and under the text of other rows."""
    lines = lines_of(letters) if len(letters) else []
    between = float((pads[1:, 0] + pads[:-1, 1]).min())
    for _ in range(MOST):
        if not lines or lines[0][:, 1].min() - edge > FAR * pads[:, 0].max() + FREE:
            return
        count = 1
        while count < len(lines) and _room(lines[count - 1], lines[count]) <= CLOSE * between:
            count += 1
        count = next((n for n in (count, 1) if _is_row(lines[:n], columns)), 0)
        if not count:
            return
        edge = float(lines[count - 1][:, 3].max() + median(pads[:, 1]))
        lines = lines[count:]
        yield edge


def _room(above: Floats, below: Floats) -> float:
    return float(below[:, 1].min() - above[:, 3].max())


def _is_row(lines: Sequence[Floats], columns: Sequence[float]) -> bool:
    """Whether lines say something in more than half of the columns, and run over no wall."""
    texts = [texts_of(line, 0.0) for line in lines]
    clear = all(is_clear(line, wall) for line in texts for wall in columns)
    return clear and 2 * filled(np.vstack(lines), columns) > len(columns) - 1
