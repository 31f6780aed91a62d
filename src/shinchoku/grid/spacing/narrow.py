"""A table's rules, its grid and letters in; the rules without those that make columns and rows that hold none
out: gutters between boxes, brackets beside the table."""

from dataclasses import replace

import numpy as np

from shinchoku.grid.meeting import MEET
from shinchoku.grid.network import Network
from shinchoku.grid.table import Grid
from shinchoku.page import Floats
from shinchoku.page.geometry import median

GUTTER = 9.0
"""Lines up to this far apart (points), without text between, are the sides of boxes that stand apart."""
LETTER = 0.9
"""What is narrower than this many ems holds no letter."""
BRACKET = 24.0
"""A bracket takes up no more than this beside its table."""
BESIDE = 15.0
"""And a remark stands no further from it."""
ON = 2.0
"""A rule lies on a line when it is no further from it."""


def without_narrow(network: Network, grid: Grid, letters: Floats) -> Network:
    """The rules, those on both sides of a gutter moved together and those of brackets left out; the same
    network where there are none."""
    x, y = (letters[:, 0] + letters[:, 2]) / 2, (letters[:, 1] + letters[:, 3]) / 2
    counts, _, _ = np.histogram2d(x, y, (grid.xs, grid.ys))
    if not counts.any():
        return network
    letter = LETTER * median(letters[:, 3] - letters[:, 1])
    remarked = _has_beside(grid, letters)
    network = _without_columns(network, grid, counts, letter, remarked)
    turned = network.turned()
    closed = _without_columns(turned, grid.turned(), counts.T, letter, (False, False))
    return network if closed is turned else closed.turned()


def _has_beside(grid: Grid, letters: Floats) -> tuple[bool, bool]:
    """Whether text stands right beside a table, on its left, and on its right."""
    x0, top, x1, bottom = grid.box
    middle = (letters[:, 1] + letters[:, 3]) / 2
    near = letters[(middle > top) & (middle < bottom)]
    left, right = x0 - near[:, 2], near[:, 0] - x1
    return bool(((left > -ON) & (left < BESIDE)).any()), bool(((right > -ON) & (right < BESIDE)).any())


def _without_columns(
    network: Network, grid: Grid, counts: Floats, letter: float, remarked: tuple[bool, bool]
) -> Network:
    """The rules without those of columns whose own cells have no letters (`counts` by column and row): too
    narrow for one, or outermost and not as high as the table, or from head to foot where it is `remarked`:
    where text stands beside the table on its left, and right."""
    at = np.array(grid.xs)
    last, rows = len(at) - 2, len(grid.ys) - 1
    room = np.diff(at)
    empty = np.zeros(last + 1, dtype=np.bool_)
    places = np.array([(s.row, s.row + s.row_span, s.col, s.col + s.col_span) for s in grid.slots])
    above = np.pad(np.cumsum(counts, axis=1), ((0, 0), (1, 0)))
    for column in np.flatnonzero(room <= BRACKET).tolist():
        cells = places[(places[:, 2] <= column) & (column < places[:, 3])]
        first, after, left, right = cells.T
        own = right - left == 1
        empty[column] = not (above[column, after[own]] > above[column, first[own]]).any()
        stands_out = own.all() and (
            (after - first).sum() < rows or (len(own) == 1 < rows and remarked[column > 0])
        )
        if empty[column] and column in (0, last) and stands_out and last > 1:
            network = _cut_off(network, float(at[1] if column == 0 else at[last]), right=column > 0)
            empty[column] = False
    edges = np.flatnonzero(np.diff(np.concatenate([[False], empty & (room < letter), [False]])))
    for a, b in edges.reshape(-1, 2).tolist():
        if at[b] - at[a] <= GUTTER and b - a <= last:
            network = _closed_up(network, float(at[a]), float(at[b]))
    return network


def _closed_up(network: Network, low: float, high: float) -> Network:
    """Upright rules from `low` to `high` moved to the middle, and the ends there of those across."""
    horizontal, vertical = network.horizontal.copy(), network.vertical.copy()
    for values in (vertical[:, 0], horizontal[:, 1], horizontal[:, 2]):
        values[(values >= low - ON) & (values <= high + ON)] = (low + high) / 2
    return replace(network, horizontal=horizontal, vertical=vertical)


def _cut_off(network: Network, side: float, *, right: bool) -> Network:
    """The rules up to a side of the table, without what lies beyond it."""
    horizontal = network.horizontal.copy()
    if right:
        horizontal[:, 2] = np.minimum(horizontal[:, 2], np.maximum(side, horizontal[:, 1]))
        keep = network.vertical[:, 0] <= side + ON
    else:
        horizontal[:, 1] = np.maximum(horizontal[:, 1], np.minimum(side, horizontal[:, 2]))
        keep = network.vertical[:, 0] >= side - ON
    whole = replace(network, horizontal=horizontal)
    return whole.only(horizontal[:, 2] - horizontal[:, 1] > MEET, keep)
