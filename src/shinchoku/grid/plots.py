"""Tables that rules make and letters in; those that are tables, and the boxes of what is a plot or a drawing,
out."""

from collections.abc import Sequence

import numpy as np

from shinchoku.grid.spacing.level import texts_of
from shinchoku.grid.table import Box, Grid
from shinchoku.page import Floats
from shinchoku.page.geometry import median

FEWEST = 3
"""So many lines of a plot's grid, or more, are labelled."""
BESIDE = 16.0
"""The labels of an axis end no further from it than this (points)."""
ON = 2.2
"""They stand at the lines, evenly: their middles are no further from these than so many points; those of a
table's rows and columns stand between lines."""
MOSTLY = 0.75
"""So many of them do; some lines lie close to others."""
WORD = 1.2
"""Letters of a label have no more white between them than this many times the width of one."""
CLOSED = 0.4
"""The cells of a table cover at least this share of it; boxes that lines join do not."""


def parted_from_plots(grids: Sequence[Grid], letters: Floats) -> tuple[list[Grid], list[Box]]:
    """The tables, and the boxes of what is none: the grids of plots, whose axes have a label at each line,
    and boxes that lines join, such as those of a chart of offices. Bars without text are neither."""
    tables: list[Grid] = []
    boxes: list[Box] = []
    for grid in grids:
        if _is_loose(grid):
            boxes += [slot.box for slot in grid.slots]
        elif _is_stepped(grid) and not _holds(grid.box, letters):
            continue
        elif is_plot(grid, letters):
            boxes.append(grid.box)
        else:
            tables.append(grid)
    return tables, boxes


def is_plot(grid: Grid, letters: Floats) -> bool:
    """Whether labels stand at the lines of a grid, beside it on the left or right, or below or above it."""
    x0, top, x1, bottom = letters.T
    left, high, right, low = grid.box
    levels = (
        (grid.ys, _labels(np.column_stack([top, bottom, left - x1]), (high, low), down=True)),
        (grid.ys, _labels(np.column_stack([top, bottom, x0 - right]), (high, low), down=True)),
        (grid.xs, _labels(np.column_stack([x0, x1, high - bottom]), (left, right), down=False)),
        (grid.xs, _labels(np.column_stack([x0, x1, top - low]), (left, right), down=False)),
    )
    return any(_are_labelled(lines, labels) for lines, labels in levels)


def _is_loose(grid: Grid) -> bool:
    x0, top, x1, bottom = grid.box
    cells = np.array([slot.box for slot in grid.slots])
    areas = (cells[:, 2] - cells[:, 0]) * (cells[:, 3] - cells[:, 1])
    return bool(areas.sum() < CLOSED * (x1 - x0) * (bottom - top))


def _is_stepped(grid: Grid) -> bool:
    """Whether each row, or each column, is one cell, and these are not alike: bars side by side."""
    for ends, count in (
        ({(s.row, s.row_span): (s.col, s.col_span) for s in grid.slots}, len(grid.ys) - 1),
        ({(s.col, s.col_span): (s.row, s.row_span) for s in grid.slots}, len(grid.xs) - 1),
    ):
        if len(ends) == len(grid.slots) == count and len(set(ends.values())) > 1:
            return True
    return False


def _holds(box: Box, letters: Floats) -> bool:
    x, y = (letters[:, 0] + letters[:, 2]) / 2, (letters[:, 1] + letters[:, 3]) / 2
    x0, top, x1, bottom = box
    return bool(((x > x0) & (x < x1) & (y > top) & (y < bottom)).any())


def _labels(letters: Floats, ends: tuple[float, float], *, down: bool) -> Floats:
    """The middles along a side of the texts outside it; `letters` are where they begin and end along the
    side, and how far off it they end. `down` says that the side runs from line to line."""
    size = median(letters[:, 1] - letters[:, 0]) if len(letters) else 0.0
    near = letters[(letters[:, 2] > -ON) & (letters[:, 2] < BESIDE)]
    texts = texts_of(near[:, [0, 0, 1]], 0.0 if down else WORD * size)
    middles = np.array([(a + b) / 2 for a, b in texts])
    return middles[(middles > ends[0] - size) & (middles < ends[1] + size)]


def _are_labelled(lines: Sequence[float], labels: Floats) -> bool:
    """Whether an axis's labels, evenly spaced, stand at lines, the first or last of these among
    them."""
    if len(labels) < FEWEST or np.ptp(np.diff(labels)) > 2 * ON:
        return False
    off = np.abs(labels[:, None] - np.array(lines))
    return bool((off.min(axis=1) <= ON).mean() >= MOSTLY and min(off[0, 0], off[-1, -1]) <= ON)
