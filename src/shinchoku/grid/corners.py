"""Rules that fall short of each other, at rounded corners or between boxes, in; the same closed up out."""

from collections.abc import Sequence

import numpy as np

from shinchoku.grid.meeting import MEET, components
from shinchoku.grid.table import Box
from shinchoku.page import Bools, Floats
from shinchoku.page.geometry import median

ROUND = 20.0
"""The rounding of a corner takes up to this many points off both of its sides."""
EVEN = 0.6
"""It takes as much off one as off the other, to this many points."""
MOST_RULES = 1_500
"""Among more rules no rounded corners are looked for."""
BESIDE = 9.0
"""Boxes of one table stand no further than this from each other (points)."""
FEWEST = 4
"""So many boxes beside and below each other are a table's cells."""
MOST_BOXES = 2_000
"""More boxes are a drawing's."""


def squared(horizontal: Floats, vertical: Floats) -> tuple[Floats, Floats]:
    """The rules (at, start, end) with rounded corners made square: where a horizontal and a vertical one end
    as far before the corner that they point at, on each side of it, and meet none there."""
    if len(horizontal) + len(vertical) > MOST_RULES:
        return horizontal, vertical
    h, v = horizontal.copy(), vertical.copy()
    for h_end, v_end in ((1, 1), (1, 2), (2, 1), (2, 2)):
        short_x = (horizontal[:, None, h_end] - vertical[None, :, 0]) * (1 if h_end == 1 else -1)
        short_y = (vertical[None, :, v_end] - horizontal[:, None, 0]) * (1 if v_end == 1 else -1)
        rounded = (short_x > MEET) & (short_x <= ROUND) & (np.abs(short_x - short_y) <= EVEN)
        if rounded.any():
            rounded &= _is_free(horizontal, h_end, vertical)[:, None] & _is_free(vertical, v_end, horizontal)
        for i, j in zip(*np.nonzero(rounded), strict=True):
            h[i, h_end], v[j, v_end] = vertical[j, 0], horizontal[i, 0]
    return h, v


def _is_free(rules: Floats, end: int, across: Floats) -> Bools:
    """Which rules meet none of those across at their end (column 1 or 2)."""
    at, x = rules[:, :1], rules[:, end : end + 1]
    meets = (np.abs(across[:, 0] - x) <= MEET) & (across[:, 1] - MEET <= at) & (at <= across[:, 2] + MEET)
    return np.asarray(~meets.any(axis=1), dtype=np.bool_)


def tiled(boxes: Sequence[Box]) -> tuple[list[list[Box]], list[Box]]:
    """Boxes that stand beside and below each other, each group of them a table's cells moved out until they
    meet, and the boxes that do not."""
    if not FEWEST <= len(boxes) <= MOST_BOXES:
        return [], list(boxes)
    box = np.array(boxes)
    x0, top, x1, bottom = box.T
    across, down = _next_to(x0, x1, top, bottom), _next_to(top, bottom, x0, x1)
    i, j = np.nonzero((across > 0) | (down > 0))
    label = components(len(boxes), i, j)
    tables: list[list[Box]] = []
    rest: list[Box] = []
    for first in np.unique(label):
        members = label == first
        rooms = [room[members][:, members] for room in (across, down)]
        if members.sum() >= FEWEST and all((room > 0).any() for room in rooms):
            half_x, half_y = (median(room[room > 0]) / 2 for room in rooms)
            moved = box[members] + np.array([-half_x, -half_y, half_x, half_y])
            tables.append([(a, b, c, d) for a, b, c, d in moved.tolist()])
        else:
            rest += [boxes[k] for k in np.flatnonzero(members).tolist()]
    return tables, rest


def _next_to(low: Floats, high: Floats, start: Floats, end: Floats) -> Floats:
    """room[i, j]: how far box j begins behind the end of box i, beside which it stands; 0 where it does not.
    `low` and `high` are the sides of the boxes across, `start` and `end` those along."""
    room = low[None, :] - high[:, None]
    shared = np.minimum(end[:, None], end) - np.maximum(start[:, None], start)
    least = np.minimum((end - start)[:, None], end - start)
    beside = (room > 0) & (room <= BESIDE) & (shared > 0.5 * least)
    return np.where(beside, room, 0.0)
