"""The rules of a page in, those that hang together as one table's out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from shinchoku.grid.arrows import without_arrows
from shinchoku.grid.corners import squared, tiled
from shinchoku.grid.drawn.hatching import without_hatching
from shinchoku.grid.laid import loose_boxes
from shinchoku.grid.meeting import MEET, Ints, cluster, components, crossings, joined
from shinchoku.grid.table import Box, Painted
from shinchoku.page import Bools, Floats

SIDE = 2.6
"""Rules end together, at a side that is not drawn, when they end within this many points of each other."""
NARROWEST = 7.5
"""A column or row at a side that is not drawn is wider than this (points): what is not are ends of rules that
overshoot."""
STACKED = 1.5
"""A row without any side joins the table above and below it when it is no higher than this many times the
lowest such row."""
FAR = 1e6
"""No rule lies so far out (points)."""
ROUNDS = 8
"""Ends that hang loose are taken away, then those that hang loose without them, and so on, so many times."""


@dataclass(frozen=True, slots=True)
class Network:
    """Rules (at, start, end; points) that hang together, horizontal and vertical, and which of them are
    drawn: the others are sides at which drawn ones end together."""

    horizontal: Floats
    vertical: Floats
    h_drawn: Bools
    v_drawn: Bools

    def only(self, h_keep: Bools | Ints, v_keep: Bools | Ints) -> "Network":
        """Some of the rules."""
        return Network(
            self.horizontal[h_keep], self.vertical[v_keep], self.h_drawn[h_keep], self.v_drawn[v_keep]
        )

    def turned(self) -> "Network":
        """The same with x and y changed."""
        return Network(self.vertical, self.horizontal, self.v_drawn, self.h_drawn)

    def with_more(self, horizontal: Floats, vertical: Floats) -> "Network":
        """The same with more rules that are drawn."""
        return Network(
            np.vstack([self.horizontal, horizontal]),
            np.vstack([self.vertical, vertical]),
            np.append(self.h_drawn, np.ones(len(horizontal), dtype=np.bool_)),
            np.append(self.v_drawn, np.ones(len(vertical), dtype=np.bool_)),
        )


def networks(
    horizontal: Floats, vertical: Floats, bars: Floats, painted: Painted | None
) -> tuple[list[Network], list[Box], tuple[Box, ...]]:
    """The groups of rules that can be a table's, enough of them each way for two cells; the frames, which are
    one box; boxes laid on tables. `bars` are the boxes of thick rules; `painted` is None where it is not
    known."""
    horizontal, vertical = joined(horizontal), joined(vertical)
    if painted is not None:
        horizontal, vertical = without_hatching(horizontal, vertical, painted.letters)
    horizontal, vertical = squared(horizontal, vertical)
    if painted is not None:
        horizontal, vertical = without_arrows(horizontal, vertical, painted, bars)
    whole = _supported(_with_sides(horizontal, vertical, painted.text if painted else None))
    laid = loose_boxes(whole.horizontal, whole.vertical, painted.text if painted else None)
    if laid.boxes:
        under = replace(whole, horizontal=laid.horizontal, vertical=laid.vertical)
        whole = _supported(under.only(laid.h_keep, laid.v_keep))
    n = len(whole.horizontal)
    group = _groups(whole)
    order = np.argsort(group, kind="stable")
    tables: list[Network] = []
    frames: list[Box] = []
    for members in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        split = int(np.searchsorted(members, n))
        h, v = members[:split], members[split:] - n
        if len(h) >= 2 and len(v) >= 2 and len(members) >= 5:
            tables.append(whole.only(h, v))
        elif len(h) == 2 and len(v) == 2:
            xs, ys = np.sort(whole.vertical[v, 0]).tolist(), np.sort(whole.horizontal[h, 0]).tolist()
            frames.append((xs[0], ys[0], xs[1], ys[1]))
    boxed, frames = tiled(frames)
    return [*tables, *(_of_boxes(boxes) for boxes in boxed)], frames, laid.boxes


def _of_boxes(boxes: Sequence[Box]) -> Network:
    """The sides of boxes as rules."""
    x0, top, x1, bottom = np.array(boxes).T
    horizontal = np.vstack([np.column_stack([y, x0, x1]) for y in (top, bottom)])
    vertical = np.vstack([np.column_stack([x, top, bottom]) for x in (x0, x1)])
    drawn = np.ones(len(horizontal), dtype=np.bool_)
    return Network(horizontal, vertical, drawn, drawn)


def _groups(whole: Network) -> Ints:
    i, j = crossings(whole.horizontal, whole.vertical)
    n = len(whole.horizontal)
    return components(n + len(whole.vertical), i, j + n)


def _with_sides(horizontal: Floats, vertical: Floats, text: Floats | None) -> Network:
    """The rules and, for each group of them, its sides that are not drawn: where two or more end together and
    none stands across them there or further out."""
    i, j = crossings(horizontal, vertical)
    n, count = len(horizontal), len(horizontal) + len(vertical)
    above, below = _stacked(horizontal, i, vertical[j, 0], text)
    group = components(count, np.concatenate([i, above]), np.concatenate([j + n, below]))
    h = _Family(horizontal, group[:n], i, vertical[j, 0])
    v = _Family(vertical, group[n:], j, horizontal[i, 0])
    none = np.empty((0, 2))
    across, down = (none, none) if text is None else (text, text[:, ::-1])
    left, right = (_open_side(h, v, side, count, across) for side in (1, 2))
    top, bottom = (_open_side(v, h, side, count, down) for side in (1, 2))
    v_sides = [_reaching(side, top, bottom) for side in (left, right)]
    h_sides = [_reaching(side, left, right) for side in (top, bottom)]
    all_h, all_v = np.vstack([horizontal, *h_sides]), np.vstack([vertical, *v_sides])
    return Network(all_h, all_v, np.arange(len(all_h)) < n, np.arange(len(all_v)) < len(vertical))


@dataclass(frozen=True, slots=True)
class _Family:
    """Rules one way, the group of each, and where they meet rules the other way: `index[k]` does at
    `places[k]`."""

    rules: Floats
    group: Ints
    index: Ints
    places: Floats


def _open_side(family: _Family, other: _Family, column: int, count: int, text: Floats) -> Floats:
    """For each of `count` groups the side (at, start, end) at which its rules end (column 1: begin), NaN
    where there is none. One rule may end there alone: where other tables of the page have such a side, as
    what is left of a table has, or where `text` (along, across) stands on both of its sides."""
    sign = -1.0 if column == 1 else 1.0
    ends, group = family.rules[:, column] * sign, family.group
    outmost = np.full(len(ends), -np.inf)
    np.maximum.at(outmost, family.index, family.places * sign)
    free = (ends - outmost > NARROWEST) & np.isin(group, other.group)
    if not free.any():
        return np.full((count, 3), np.nan)
    reach = np.full(count, -np.inf)
    np.maximum.at(reach, group[free], ends[free])
    members = np.flatnonzero(free & (ends > reach[group] - SIDE))
    beyond = family.rules[members].copy()
    beyond[:, 3 - column] = beyond[:, column]
    beyond[:, column] = sign * FAR
    k, across = crossings(beyond, other.rules)
    enclosed = k[other.group[across] == group[members[k]]]
    members = np.delete(members, np.unique(enclosed))
    ending = np.bincount(group[members], minlength=count)
    usual = np.append(np.sort(reach[ending >= 2]), np.inf)
    alike = usual[np.searchsorted(usual, reach - SIDE)] <= reach + SIDE
    alone = np.zeros(count, dtype=np.bool_)
    for k in members[ending[group[members]] == 1].tolist():
        alone[group[k]] = _has_text_beside(
            family.rules[k],
            outmost[k] * sign,
            reach[group[k]] * sign,
            other.rules[other.group == group[k]],
            text,
        )
    enough = np.flatnonzero((ending >= 2) | ((ending == 1) & (alike | alone)))
    least, most = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(least, group, family.rules[:, 0])
    np.maximum.at(most, group, family.rules[:, 0])
    side = np.full((count, 3), np.nan)
    side[enough] = np.column_stack([reach * sign, least, most])[enough]
    return side


def _has_text_beside(rule: Floats, inner: float, outer: float, across: Floats, text: Floats) -> bool:
    """Whether text (along, across) stands on both sides of a rule between two places along it, no further off
    than the rules across reach."""
    x, y = text.T
    beyond = y[(x > min(inner, outer)) & (x < max(inner, outer))]
    above, below = (
        (beyond > across[:, 1].min()) & (beyond < rule[0]),
        (beyond > rule[0]) & (beyond < across[:, 2].max()),
    )
    return bool(above.any() and below.any())


def _reaching(side: Floats, before: Floats, after: Floats) -> Floats:
    """The sides that there are, drawn out to those across them at their group's two ends."""
    there = ~np.isnan(side[:, 0])
    start = np.fmin(side[there, 1], before[there, 0])
    end = np.fmax(side[there, 2], after[there, 0])
    return np.column_stack([side[there, 0], start, end])


def _stacked(horizontal: Floats, index: Ints, places: Floats, text: Floats | None) -> tuple[Ints, Ints]:
    """Pairs of horizontal rules that a row spanning a table without outer sides stands between: of one
    extent, no side drawn at their ends, no further apart than the rows of that table are high. Where nothing
    is printed between them is the room between two tables. Rule `index[k]` meets a vertical one at
    `places[k]`."""
    open_ended = np.ones(len(horizontal), dtype=np.bool_)
    at_end = np.abs(horizontal[index, 1:] - places[:, None]).min(axis=1, initial=np.inf) < MEET
    open_ended[index[at_end]] = False
    rules = np.flatnonzero(open_ended)
    start, end = cluster(horizontal[rules, 1], MEET), cluster(horizontal[rules, 2], MEET)
    rules = rules[np.lexsort((horizontal[rules, 0], end, start))]
    above, below = rules[:-1], rules[1:]
    room = horizontal[below, 0] - horizontal[above, 0]
    alike = (np.abs(horizontal[above, 1:] - horizontal[below, 1:]) < MEET).all(axis=1) & (room > 2 * SIDE)
    if text is not None:
        alike[alike] = [
            _has_text(horizontal[k], horizontal[m, 0], text)
            for k, m in zip(above[alike], below[alike], strict=True)
        ]
    joins = alike & (room <= STACKED * room[alike].min(initial=np.inf))
    return above[joins], below[joins]


def _has_text(rule: Floats, foot: float, text: Floats) -> bool:
    """Whether something is printed between a rule (at, start, end) and what lies `foot` below it."""
    x, y = text.T
    at, start, end = rule
    return bool(((y > at) & (y < foot) & (x > start) & (x < end)).any())


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
