"""The glyphs of a page and the cells of its tables in, the one cell each glyph belongs to out."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shinchoku.grid import Grid, Slot
from shinchoku.page import Glyphs

HOMELESS = -1
JOINED = 0.12
"""Glyphs painted one after the other are one run when no more than this many ems part them."""
FLUSH = 1.2
"""A run begins (or ends) at a cell's side when it does so within this many ems of it."""


def homes(glyphs: Glyphs, grids: Sequence[Grid]) -> NDArray[np.intp]:
    """For each glyph the index of its slot among all slots of `grids` in order, HOMELESS outside all of
    them.

    A glyph lives where its middle is. Text that runs over a wall (the last sign of a line hung into the
    margin, a line too long for its cell) is painted in one run: it all lives in the cell it is set in."""
    home = np.full(len(glyphs), HOMELESS, dtype=np.intp)
    first = 0
    for grid in grids:
        found = _by_middle(glyphs, grid)
        home = np.where((home == HOMELESS) & (found != HOMELESS), found + first, home)
        first += len(grid.slots)
    slots = [s for grid in grids for s in grid.slots]
    for run in _runs_over_walls(glyphs, home):
        home[run] = _home_of_run(glyphs, run, home[run], slots)
    return home


def _by_middle(glyphs: Glyphs, grid: Grid) -> NDArray[np.intp]:
    slot_at = np.full((len(grid.ys) + 1, len(grid.xs) + 1), HOMELESS, dtype=np.intp)
    for i, s in enumerate(grid.slots):
        slot_at[s.row + 1 : s.row + s.row_span + 1, s.col + 1 : s.col + s.col_span + 1] = i
    rows = np.searchsorted(np.array(grid.ys), (glyphs.top + glyphs.bottom) / 2)
    cols = np.searchsorted(np.array(grid.xs), (glyphs.x0 + glyphs.x1) / 2)
    return slot_at[rows, cols]


def _runs_over_walls(glyphs: Glyphs, home: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """Runs of glyphs, painted one behind the other without a gap, that begin and end in different homes."""
    if len(glyphs) < 2:
        return []
    em = np.maximum(glyphs.size[1:], 1.0)
    level = np.abs(glyphs.bottom[1:] - glyphs.bottom[:-1]) < 0.2 * em
    close = np.abs(glyphs.x0[1:] - glyphs.x1[:-1]) < JOINED * em
    upright = (glyphs.turn[1:] == 0) & (glyphs.turn[:-1] == 0) & ~glyphs.down[1:]
    cuts = [0, *(np.flatnonzero(~(level & close & upright)) + 1), len(glyphs)]
    runs = [np.arange(a, b) for a, b in pairwise(cuts)]
    return [run for run in runs if (home[run] != home[run[0]]).any()]


def _home_of_run(
    glyphs: Glyphs, run: NDArray[np.intp], found: NDArray[np.intp], slots: Sequence[Slot]
) -> NDArray[np.intp]:
    """The homes of a run's glyphs: the cell it is flush with on its left, else on its right, else the one
    around its middle. A run that only touches both sides of a wall (two cells filled to the brim) stays in
    two."""
    for k in np.flatnonzero(found[1:] != found[:-1]):
        if not _crosses(glyphs, int(run[k]), int(run[k + 1]), slots, (int(found[k]), int(found[k + 1]))):
            return found
    x0, x1, em = float(glyphs.x0[run[0]]), float(glyphs.x1[run[-1]]), float(glyphs.size[run[0]])
    start, end = int(found[0]), int(found[-1])
    if start != HOMELESS and x0 - slots[start].box[0] < FLUSH * em:
        return np.full(len(run), start)
    if end != HOMELESS and slots[end].box[2] - x1 < FLUSH * em:
        return np.full(len(run), end)
    middle = (x0 + x1) / 2
    over = int(np.abs((glyphs.x0[run] + glyphs.x1[run]) / 2 - middle).argmin())
    return np.full(len(run), found[over])


def _crosses(glyphs: Glyphs, a: int, b: int, slots: Sequence[Slot], homes_: tuple[int, int]) -> bool:
    """Whether the wall between glyphs a and b cuts through one of them, not through the space between
    them."""
    walls = [slots[h].box[side] for h, side in zip(homes_, (2, 0), strict=True) if h != HOMELESS]
    em = float(glyphs.size[a])
    return any(
        float(glyphs.x0[i]) + 0.08 * em < wall < float(glyphs.x1[i]) - 0.08 * em
        for wall in walls
        for i in (a, b)
    )
