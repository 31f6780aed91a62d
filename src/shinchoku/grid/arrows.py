"""Rules, texts and what else is painted in; the rules that are no arrows or bars of a schedule out."""

import numpy as np

from shinchoku.grid.meeting import MEET, SAME
from shinchoku.grid.table import Painted
from shinchoku.page import Bools, Floats

TOGETHER = 2.6
"""Rules end together, at a side that is not drawn, when they end within this many points of each other."""
MOST_RULES = 1_500
"""Among more rules no arrows are looked for."""
COVERS = 0.5
"""A rule above or below another closes the room between them when it covers this share of it."""
HEAD = 16.0
"""An arrow's head is no larger than this (points)."""
AIMED = 1.5
"""Its middle lies within this many points of the arrow's line."""

PAIR = 2
"""An open head is drawn in one line or in two."""


def without_arrows(
    horizontal: Floats, vertical: Floats, painted: Painted, bars: Floats
) -> tuple[Floats, Floats]:
    """The rules (at, start, end) but those drawn through cells: with an arrow's head at an end; or ending in
    the middle of a cell, or thick (`bars` are the boxes of such) among thin ones, with text on one side of
    them at most."""
    if not 0 < len(horizontal) + len(vertical) <= MOST_RULES:
        return horizontal, vertical
    drop_h = _arrows(horizontal, vertical, painted, bars)
    drop_v = _arrows(vertical, horizontal, painted.turned(), bars[:, [1, 0, 3, 2]])
    return horizontal[~drop_h], vertical[~drop_v]


def _arrows(rules: Floats, across: Floats, painted: Painted, bars: Floats) -> Bools:
    at, start, end = rules.T
    meets = (across[:, 1] - MEET <= at[:, None]) & (at[:, None] <= across[:, 2] + MEET)
    meets &= (across[:, 0] >= start[:, None] - MEET) & (across[:, 0] <= end[:, None] + MEET)
    out = np.zeros(len(rules), dtype=np.bool_)
    if not len(across):
        return out
    is_bar = _are_bars(rules, bars)
    thin = not is_bar.all() and not _are_bars(across, bars[:, [1, 0, 3, 2]]).all()
    loose = _ends_free(rules, across, meets) | (is_bar & thin)
    heads = painted.figures[np.ptp(painted.figures.reshape(-1, 2, 2), axis=1).max(axis=1) <= HEAD]
    for k in np.flatnonzero(meets.any(axis=1) & (loose | bool(len(heads)))).tolist():
        if any(_has_head(rules[k], float(end), heads) for end in rules[k, 1:]):
            out[k] = True
        elif loose[k]:
            out[k] = _is_within_a_cell(rules, k, painted.text)
    return out


def _ends_free(rules: Floats, across: Floats, meets: Bools) -> Bools:
    """Which of the rules end where none of those across that they meet stands, and no other rule ends."""
    out = np.zeros(len(rules), dtype=np.bool_)
    for ends in rules[:, 1:].T:
        at_one = (meets & (np.abs(across[:, 0] - ends[:, None]) <= MEET)).any(axis=1)
        out |= ~at_one & ((np.abs(ends - ends[:, None]) <= TOGETHER).sum(axis=1) < 2)
    return out


def _are_bars(rules: Floats, bars: Floats) -> Bools:
    """Which of the rules are one of the bars, not made of pieces."""
    if not len(bars):
        return np.zeros(len(rules), dtype=np.bool_)
    at = (bars[:, 1] + bars[:, 3]) / 2
    same = np.abs(rules[:, :1] - at) <= SAME
    same &= (np.abs(rules[:, 1:2] - bars[:, 0]) <= SAME) & (np.abs(rules[:, 2:3] - bars[:, 2]) <= SAME)
    return np.asarray(same.any(axis=1), dtype=np.bool_)


def _has_head(rule: Floats, end: float, figures: Floats) -> bool:
    """Whether one of the figures, or two, sit at a rule's end, their middle on the rule."""
    x0, top, x1, bottom = figures.T
    near = (x0 - AIMED <= end) & (end <= x1 + AIMED)
    on = np.abs((top + bottom) / 2 - rule[0]) <= AIMED
    halves = near & (top - AIMED <= rule[0]) & (rule[0] <= bottom + AIMED)
    if (near & on).any() or halves.sum() != PAIR:
        return bool((near & on).any())
    return bool(abs((top[halves].min() + bottom[halves].max()) / 2 - rule[0]) <= AIMED)


def _is_within_a_cell(rules: Floats, k: int, text: Floats) -> bool:
    """Whether rules above and below close a room around rule k, and no text stands on one side of it."""
    at, start, end = rules[k]
    shared = np.minimum(rules[:, 2], end) - np.maximum(rules[:, 1], start)
    near = rules[shared >= COVERS * (end - start), 0]
    above, below = near[near < at - MEET], near[near > at + MEET]
    if not len(above) or not len(below):
        return False
    x, y = text.T
    beside = (x > start) & (x < end)
    return not all(
        (beside & (y > low) & (y < high)).any() for low, high in ((above.max(), at), (at, below.min()))
    )
