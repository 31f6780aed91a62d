"""Rules in; those of boxes that somebody laid on a table, and are no walls of it, out."""

import numpy as np

from shinchoku.grid.meeting import MEET, Ints, components, crossings
from shinchoku.page import Bools, Floats

MOST_BOXES = 500
"""On a page with more boxes loosely laid on tables none is taken away."""


def loose_boxes(h: Floats, v: Floats) -> tuple[Bools, Bools] | None:
    """Which rules stay when boxes are taken away that somebody laid on a table, such as a text box with a
    remark: within the outline of the rest, all four sides ending at the corners, as no cell's do, and without
    walls of its own. None where there is no such box."""
    i, j = crossings(h, v)
    boxes = _cornered(h, v, i, j)
    if not 0 < len(boxes) <= MOST_BOXES:
        return None
    group = components(len(h) + len(v), i, j + len(h))
    h_keep, v_keep = np.ones(len(h), dtype=np.bool_), np.ones(len(v), dtype=np.bool_)
    for top, bottom, left, right in boxes.tolist():
        mine_h, mine_v = group[: len(h)] == group[top], group[len(h) :] == group[top]
        mine_h[[top, bottom]] = False
        mine_v[[left, right]] = False
        xs, ys = (v[left, 0], v[right, 0]), (h[top, 0], h[bottom, 0])
        if (
            _is_between(xs, v[mine_v, 0])
            and _is_between(ys, h[mine_h, 0])
            and not _has_within(h[mine_h], ys, xs)
            and not _has_within(v[mine_v], xs, ys)
        ):
            h_keep[[top, bottom]] = False
            v_keep[[left, right]] = False
    return (h_keep, v_keep) if not h_keep.all() else None


def _is_between(pair: tuple[float, float], places: Floats) -> bool:
    """Whether both lie between the least and the greatest of the places."""
    return len(places) > 1 and bool(pair[0] >= places.min() and pair[1] <= places.max())


def _cornered(h: Floats, v: Floats, i: Ints, j: Ints) -> Ints:
    """Boxes (top, bottom, left, right: indices of rules) whose sides all end at the corners."""
    at_left, at_right = np.abs(h[i, 1] - v[j, 0]) <= MEET, np.abs(h[i, 2] - v[j, 0]) <= MEET
    at_top, at_bottom = np.abs(v[j, 1] - h[i, 0]) <= MEET, np.abs(v[j, 2] - h[i, 0]) <= MEET
    left_of, right_of = _partner(i, j, at_left & at_top, len(h)), _partner(i, j, at_right & at_top, len(h))
    below_left = _partner(j, i, at_left & at_bottom, len(v))
    below_right = _partner(j, i, at_right & at_bottom, len(v))
    tops = np.flatnonzero((left_of >= 0) & (right_of >= 0))
    lefts, rights = left_of[tops], right_of[tops]
    bottoms = below_left[lefts]
    closed = (bottoms >= 0) & (bottoms == below_right[rights])
    return np.asarray(np.column_stack([tops, bottoms, lefts, rights])[closed], dtype=np.intp)


def _partner(mine: Ints, other: Ints, where: Bools, count: int) -> Ints:
    """For each of `count` rules the other one of a pair where a corner is, -1 for none."""
    out = np.full(count, -1, dtype=np.intp)
    out[mine[where]] = other[where]
    return out


def _has_within(rules: Floats, across: tuple[float, float], along: tuple[float, float]) -> bool:
    """Whether a rule lies within a box and ends there, both ways."""
    inside = (rules[:, 0] > across[0] + MEET) & (rules[:, 0] < across[1] - MEET)
    inside &= (rules[:, 1] >= along[0] - MEET) & (rules[:, 2] <= along[1] + MEET)
    return bool(inside.any())
