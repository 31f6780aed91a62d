"""Rules in; boxes that somebody laid on a table, which are no walls of it, and what they hide of it, out."""

from dataclasses import dataclass

import numpy as np

from shinchoku.grid.meeting import MEET, SAME, Ints, components, crossings
from shinchoku.grid.table import Box
from shinchoku.page import Bools, Floats

MOST_BOXES = 500
"""On a page with more boxes loosely laid on tables none is taken away."""

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Laid:
    """Boxes that somebody laid on tables; the horizontal and upright rules (at, start, end), those that go on
    under a box made one; which of them there are: not the boxes' sides."""

    boxes: tuple[Box, ...]
    horizontal: Floats
    vertical: Floats
    h_keep: Bools
    v_keep: Bools


def loose_boxes(h: Floats, v: Floats, text: Floats | None) -> Laid:
    """Boxes among the rules that somebody laid on a table, such as a text box with a remark: within the
    outline of the rest, or over a rule of it, all four sides ending at the corners, as no cell's do, and
    without walls of its own.
    What one hides goes on under it where `text` (places x, y) stands beside it in the cells, or none in it:
    it is no label of all of them, then."""
    i, j = crossings(h, v)
    boxes = _cornered(h, v, i, j)
    group = components(len(h) + len(v), i, j + len(h))
    found: list[Box] = []
    h, v = h.copy(), v.copy()
    h_keep, v_keep = np.ones(len(h), dtype=np.bool_), np.ones(len(v), dtype=np.bool_)
    for top, bottom, left, right in boxes.tolist() if len(boxes) <= MOST_BOXES else []:
        mine_h, mine_v = h_keep & (group[: len(h)] == group[top]), v_keep & (group[len(h) :] == group[top])
        mine_h[[top, bottom]] = False
        mine_v[[left, right]] = False
        xs, ys = (float(v[left, 0]), float(v[right, 0])), (float(h[top, 0]), float(h[bottom, 0]))
        if (
            _is_on(xs, ys, h[mine_h], v[mine_v])
            and not _has_within(h[mine_h], ys, xs)
            and not _has_within(v[mine_v], xs, ys)
        ):
            h_keep[[top, bottom]] = False
            v_keep[[left, right]] = False
            found.append((xs[0], ys[0], xs[1], ys[1]))
            room = room_around(v[mine_v], xs, ys), room_around(h[mine_h], ys, xs)
            if text is not None and not is_label((xs, ys), room, text):
                _join(h, h_keep, mine_h, ys, xs)
                _join(v, v_keep, mine_v, xs, ys)
    return Laid(tuple(found), h, v, h_keep, v_keep)


def room_around(rules: Floats, across: Span, along: Span) -> Span:
    """Where the cells begin and end that a box lies over, by the rules beside it."""
    near = rules[(rules[:, 1] <= along[1] + MEET) & (rules[:, 2] >= along[0] - MEET), 0]
    start = near[near <= across[0] + MEET].max(initial=-np.inf)
    return float(start), float(near[near >= across[1] - MEET].min(initial=np.inf))


def is_label(box: tuple[Span, Span], room: tuple[Span, Span], text: Floats) -> bool:
    """Whether text stands in a box, and none around it in the room of the cells it lies over."""
    x, y = text.T
    inside, within = ((x > xs[0]) & (x < xs[1]) & (y > ys[0]) & (y < ys[1]) for xs, ys in (box, room))
    return bool(inside.any() and not (within & ~inside).any())


def _join(rules: Floats, keep: Bools, mine: Bools, across: Span, along: Span) -> None:
    """Make those rules one of which a box hides a part: the first ends at one of its sides, the other begins
    at the other. They are changed in place, the other one no longer kept."""
    inside = mine & (rules[:, 0] > across[0] + MEET) & (rules[:, 0] < across[1] - MEET)
    starts = np.flatnonzero(inside & (np.abs(rules[:, 1] - along[1]) <= MEET))
    for k in np.flatnonzero(inside & (np.abs(rules[:, 2] - along[0]) <= MEET)).tolist():
        for m in starts[np.abs(rules[starts, 0] - rules[k, 0]) <= SAME][:1].tolist():
            rules[k, 2], keep[m] = rules[m, 2], False


def _is_on(xs: Span, ys: Span, h: Floats, v: Floats) -> bool:
    """Whether a box lies within the outline of the rules, or sticks out with one of them going through."""
    if len(h) < 2 or len(v) < 2:
        return False
    outline = np.array([(v[:, 0].min(), v[:, 0].max()), (h[:, 0].min(), h[:, 0].max())])
    box = np.array([xs, ys])
    if (box[:, 0] >= outline[:, 0]).all() and (box[:, 1] <= outline[:, 1]).all():
        return True
    reaches = (box[:, 0] < outline[:, 1] - MEET).all() and (box[:, 1] > outline[:, 0] + MEET).all()
    return bool(reaches) and (_goes_through(h, ys, xs) or _goes_through(v, xs, ys))


def _goes_through(rules: Floats, across: Span, along: Span) -> bool:
    """Whether a rule goes through a box, from one side to the other or further."""
    inside = (rules[:, 0] > across[0] + MEET) & (rules[:, 0] < across[1] - MEET)
    return bool((inside & (rules[:, 1] < along[0] - MEET) & (rules[:, 2] > along[1] + MEET)).any())


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
