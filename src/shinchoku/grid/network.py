"""The rules of a page in, those that hang together as one table's out."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from shinchoku.grid.meeting import MEET, Ints, components, crossings, joined
from shinchoku.page import Bools, Floats

SIDE = 2.6
"""Rules end together, at a side that is not drawn, when they end within this many points of each other."""
ROUNDS = 8
"""Ends that hang loose are taken away, then those that hang loose without them, and so on, so many times."""
MOST_BOXES = 500
"""On a page with more boxes loosely laid on tables none is taken away."""


@dataclass(frozen=True, slots=True)
class Network:
    """Rules (at, start, end; points) that hang together, horizontal and vertical, and which of them are
    drawn: the others are sides at which drawn ones end together."""

    horizontal: Floats
    vertical: Floats
    h_drawn: Bools
    v_drawn: Bools

    def only(self, h_keep: Bools | Ints, v_keep: Bools | Ints) -> "Network":
        return Network(
            self.horizontal[h_keep], self.vertical[v_keep], self.h_drawn[h_keep], self.v_drawn[v_keep]
        )


def networks(horizontal: Floats, vertical: Floats) -> Iterator[Network]:
    """The groups of rules that can be a table's, enough of them each way for two cells."""
    whole = _supported(_with_sides(joined(horizontal), joined(vertical)))
    loose = _loose_boxes(whole)
    if loose is not None:
        whole = _supported(whole.only(*loose))
    n = len(whole.horizontal)
    group = _groups(whole)
    order = np.argsort(group, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        split = int(np.searchsorted(members, n))
        if split >= 2 and len(members) - split >= 2 and len(members) >= 5:
            yield whole.only(members[:split], members[split:] - n)


def _groups(whole: Network) -> Ints:
    i, j = crossings(whole.horizontal, whole.vertical)
    n = len(whole.horizontal)
    return components(n + len(whole.vertical), i, j + n)


def _with_sides(horizontal: Floats, vertical: Floats) -> Network:
    """The rules and, for each group of them, its sides that are not drawn: where two or more end together
    beyond the last rule across them."""
    i, j = crossings(horizontal, vertical)
    n, count = len(horizontal), len(horizontal) + len(vertical)
    group = components(count, i, j + n)
    h_group, v_group = group[:n], group[n:]
    v_sides = _sides(horizontal, h_group, vertical, v_group, count)
    h_sides = _sides(vertical, v_group, horizontal, h_group, count)
    return Network(
        np.vstack([horizontal, h_sides]),
        np.vstack([vertical, v_sides]),
        np.arange(n + len(h_sides)) < n,
        np.arange(len(vertical) + len(v_sides)) < len(vertical),
    )


def _sides(rules: Floats, group: Ints, across: Floats, across_group: Ints, count: int) -> Floats:
    """Sides (at, start, end) at which the rules of a group end; `across` are the rules the other way."""
    found = [np.empty((0, 3))]
    lowest, highest = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(lowest, group, rules[:, 0])
    np.maximum.at(highest, group, rules[:, 0])
    for column, sign in ((1, -1.0), (2, 1.0)):
        reach, last = np.full(count, -np.inf), np.full(count, -np.inf)
        np.maximum.at(reach, group, rules[:, column] * sign)
        np.maximum.at(last, across_group, across[:, 0] * sign)
        ends = np.bincount(group[rules[:, column] * sign > reach[group] - SIDE], minlength=count)
        there = np.flatnonzero((ends >= 2) & (reach > last + 2 * SIDE) & (last > -np.inf))
        found.append(np.column_stack([reach[there] * sign, lowest[there], highest[there]]))
    return np.vstack(found)


def _supported(whole: Network) -> Network:
    """Without the rules that meet others in one place only: lines under text, leaders, pointers. A rule that
    ends level with one across it, which falls short, counts as meeting it."""
    for _ in range(ROUNDS):
        h, v = whole.horizontal, whole.vertical
        i, j = crossings(h, v)
        group = components(len(h) + len(v), i, j + len(h))
        h_group, v_group = group[: len(h)], group[len(h) :]
        h_keep = _spread(h, h_group, i, v[j, 0], v, v_group) > MEET
        v_keep = _spread(v, v_group, j, h[i, 0], h, h_group) > MEET
        if h_keep.all() and v_keep.all():
            break
        whole = whole.only(h_keep, v_keep)
    return whole


def _spread(
    rules: Floats, group: Ints, index: Ints, places: Floats, across: Floats, across_group: Ints
) -> Floats:
    """How far apart the places lie at which each rule meets others, or ends level with them. Rule `index[k]`
    meets one at `places[k]`; `across` are the rules the other way."""
    low, high = np.full(len(rules), np.inf), np.full(len(rules), -np.inf)
    np.minimum.at(low, index, places)
    np.maximum.at(high, index, places)
    for ends in (rules[:, 1], rules[:, 2]):
        level = _level(ends, group, across[:, 0], across_group)
        low = np.where(level, np.minimum(low, ends), low)
        high = np.where(level, np.maximum(high, ends), high)
    return np.asarray(high - low, dtype=np.float64)


def _level(ends: Floats, group: Ints, places: Floats, place_group: Ints) -> Bools:
    """Which ends lie within MEET of one of their group's places."""
    if not len(ends) or not len(places):
        return np.zeros(len(ends), dtype=np.bool_)
    low = min(ends.min(), places.min())
    stride = max(ends.max(), places.max()) - low + 2 * MEET + 1
    sorted_places = np.sort(places - low + place_group * stride)
    first = np.searchsorted(sorted_places, ends - low + group * stride - MEET)
    nearest = sorted_places[np.minimum(first, len(places) - 1)]
    return np.asarray(np.abs(nearest - (ends - low + group * stride)) <= MEET, dtype=np.bool_)


def _loose_boxes(whole: Network) -> tuple[Bools, Bools] | None:
    """Which rules stay when boxes are taken away that somebody laid on a table, such as a text box with a
    remark: within the outline of the rest, all four sides ending at the corners, as no cell's do, and without
    walls of its own. None where there is no such box."""
    h, v = whole.horizontal, whole.vertical
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
