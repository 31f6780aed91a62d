"""Ruled tables in; the walls that fills make in their cells, the tables that stand so close to each other
that they are one, and where one may be two, out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations

import numpy as np

from shinchoku.grid.drawn.kinds import THIN, shaded
from shinchoku.grid.lattice import LEAST
from shinchoku.grid.meeting import MEET
from shinchoku.grid.spacing.columns import CLOSE
from shinchoku.grid.spacing.level import is_clear, texts_of
from shinchoku.grid.table import Box, Grid, Slot
from shinchoku.page import Floats, Marks, boxes_of
from shinchoku.page.geometry import median

FLUSH = 2.0
"""A fill ends at a side of its cell or column when it does so within this many points."""
APART = 2.0
"""Two rules this far apart (points) may be the foot of one table and the head of another,"""
MOST = 0.7
"""and each is as wide as so much of them."""
BESIDE = 7.0
"""Parts of one table stand no further than this from each other (points)."""
SINGLE = 2
"""A single row, or column, has so many lines."""
MOST_GRIDS = 200
"""Among more tables none are made one."""


def between_fills(marks: Marks, grid: Grid, letters: Floats) -> Floats:
    """The upright walls (at, start, end) that fills make in a cell over several columns: one ends and another
    begins at a side of a column, no text runs over it, and texts stand on both sides of some of them."""
    wide = [slot for slot in grid.slots if slot.col_span > 1]
    use = shaded(marks)
    if not wide or not use.any():
        return np.empty((0, 3))
    boxes = boxes_of(marks)[use]
    walls = [wall for slot in wide for wall in _walls_in(slot, grid.xs, boxes, letters)]
    return np.array(walls, dtype=np.float64).reshape(-1, 3)


def _walls_in(
    slot: Slot, xs: Sequence[float], boxes: Floats, letters: Floats
) -> list[tuple[float, float, float]]:
    x0, top, x1, bottom = slot.box
    fills = boxes[(np.abs(boxes[:, 1] - top) <= FLUSH) & (np.abs(boxes[:, 3] - bottom) <= FLUSH)]
    x, y = (letters[:, 0] + letters[:, 2]) / 2, (letters[:, 1] + letters[:, 3]) / 2
    own = letters[(x > x0) & (x < x1) & (y > top) & (y < bottom)]
    if len(fills) < 2 or not len(own):
        return []
    texts = texts_of(own, CLOSE * median(own[:, 3] - own[:, 1]))
    found = [
        at
        for at in xs[slot.col + 1 : slot.col + slot.col_span]
        if (np.abs(fills[:, 2] - at) <= FLUSH).any() and (np.abs(fills[:, 0] - at) <= FLUSH).any()
        if is_clear(texts, at)
    ]
    apart = any(texts[0][0] < at < texts[-1][0] for at in found)
    return [(at, top, bottom) for at in found] if apart else []


def seams(marks: Marks, grid: Grid) -> tuple[int, ...]:
    """The rows before which a table may end and another begin: two rules a few points apart lie over them,
    and nothing upright goes through from one to the other."""
    x0, _, x1, _ = grid.box
    wide, tall = marks.x1 - marks.x0, marks.bottom - marks.top
    level, at = (marks.top + marks.bottom) / 2, (marks.x0 + marks.x1) / 2
    flat = np.flatnonzero((tall < THIN) & (wide > THIN) & (marks.x0 < x1) & (marks.x1 > x0))
    flat = flat[np.argsort(level[flat], kind="stable")]
    steep = (wide < THIN) & (tall > THIN) & (at > x0 - MEET) & (at < x1 + MEET)
    found = []
    for row, y in list(enumerate(grid.ys))[1:-1]:
        first, after = np.searchsorted(level[flat], (y - LEAST, y + LEAST))
        near = flat[first:after]
        if len(near) < 2 or level[near[-1]] - level[near[0]] < APART:
            continue
        middle = (level[near[-1]] + level[near[0]]) / 2
        covered = [
            wide[near[side]].sum() >= MOST * (x1 - x0)
            for side in (level[near] < middle, level[near] > middle)
        ]
        if all(covered) and not (steep & (marks.top < middle) & (marks.bottom > middle)).any():
            found.append(row)
    return tuple(found)


def made_one(grids: Sequence[Grid]) -> list[Grid]:
    """The tables, those one that stand a few points apart with the same columns, one of them a single row, or
    with the same rows, one of them a single column: rows, columns or a heading drawn as boxes of their
    own."""
    found = sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))
    if len(found) > MOST_GRIDS:
        return found
    while pair := next(_pairs(found), None):
        k, other, both = pair
        found[k] = both
        del found[other]
    return found


def parted_from_frames(grids: Sequence[Grid]) -> tuple[list[Grid], list[Box]]:
    """The tables, and boxes that are frames around tables and no cells: those of one column around others."""
    boxes = np.array([grid.box for grid in grids]).reshape(-1, 4)
    frames = [len(grid.xs) == SINGLE and _is_around(grid.box, boxes) for grid in grids]
    tables = [grid for grid, is_frame in zip(grids, frames, strict=True) if not is_frame]
    return tables, [slot.box for grid, f in zip(grids, frames, strict=True) if f for slot in grid.slots]


def _is_around(box: Box, others: Floats) -> bool:
    """Whether another box lies within one."""
    within = (others[:, :2] >= box[:2]).all(axis=1) & (others[:, 2:] <= box[2:]).all(axis=1)
    return bool((within & (others != box).any(axis=1)).any())


def _pairs(grids: Sequence[Grid]) -> Iterator[tuple[int, int, Grid]]:
    """Two tables that are one, and that one."""
    for k, n in permutations(range(len(grids)), 2):
        both = _below(grids[k], grids[n]) or _beside(grids[k], grids[n])
        if both is not None:
            yield k, n, both


def _below(above: Grid, below: Grid) -> Grid | None:
    """Both as one, where the second stands right below the first."""
    if not _meet(above.ys, below.ys, above.xs, below.xs):
        return None
    both, rows = _stacked(above, below), len(above.ys) - 1
    return replace(
        above,
        ys=both.ys,
        slots=both.slots,
        open_bottom=below.open_bottom,
        open_sides=above.open_sides and below.open_sides,
        rows_unsure=above.rows_unsure or below.rows_unsure,
        seams=(*above.seams, *(row + rows for row in below.seams)),
    )


def _beside(left: Grid, right: Grid) -> Grid | None:
    """Both as one, where the second stands right beside the first."""
    if not _meet(left.xs, right.xs, left.ys, right.ys):
        return None
    both = _stacked(left.turned(), right.turned()).turned()
    slots = tuple(sorted(both.slots, key=lambda slot: (slot.row, slot.col)))
    unsure = left.rows_unsure or right.rows_unsure
    return replace(left, xs=both.xs, slots=slots, open_sides=False, rows_unsure=unsure)


def _meet(
    lines: Sequence[float], others: Sequence[float], across: Sequence[float], theirs: Sequence[float]
) -> bool:
    """Whether a table with `lines` is followed right away by one with `others`, one of them a single row of
    several cells, and the lines `across` go on as `theirs`."""
    single = SINGLE in (len(lines), len(others)) and len(across) > 2
    return single and -MEET <= others[0] - lines[-1] <= BESIDE and _same(across, theirs)


def _stacked(above: Grid, below: Grid) -> Grid:
    """The lines and cells of both, the last line of the first and the first of the second being one."""
    seam = (above.ys[-1] + below.ys[0]) / 2
    rows = len(above.ys) - 1
    slots = [_reaching(slot, 3, seam) if slot.row + slot.row_span == rows else slot for slot in above.slots]
    slots += [
        replace(_reaching(slot, 1, seam) if slot.row == 0 else slot, row=slot.row + rows)
        for slot in below.slots
    ]
    return Grid(above.xs, (*above.ys[:-1], seam, *below.ys[1:]), tuple(slots))


def _reaching(slot: Slot, side: int, at: float) -> Slot:
    """A cell whose side (of its box, by number) lies at another place."""
    x0, top, x1, bottom = (at if k == side else place for k, place in enumerate(slot.box))
    return replace(slot, box=(x0, top, x1, bottom))


def _same(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and all(abs(a - b) <= MEET for a, b in zip(one, other, strict=True))
