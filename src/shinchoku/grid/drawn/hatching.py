"""Rules in; those that are no hatching of cells out."""

import numpy as np

from shinchoku.grid.meeting import MEET, cluster
from shinchoku.page import Bools, Floats

DENSE = 6.0
"""Lines of hatching lie no further apart than this (points),"""
EVEN = 0.5
"""evenly but for the outermost, to this many points,"""
FEWEST = 4
"""and there are so many of them, or more."""


def without_hatching(horizontal: Floats, vertical: Floats, letters: Floats) -> tuple[Floats, Floats]:
    """The rules (at, start, end) but those that begin and end together and lie so close to each other that
    no row is between, none of the other way ending at them, none of the `letters` (boxes) among them."""
    level = _are_hatching(horizontal, vertical, letters)
    upright = _are_hatching(vertical, horizontal, letters[:, [1, 0, 3, 2]])
    return horizontal[~level], vertical[~upright]


def _are_hatching(rules: Floats, across: Floats, letters: Floats) -> Bools:
    out = np.zeros(len(rules), dtype=np.bool_)
    if len(rules) < FEWEST:
        return out
    start, end = cluster(rules[:, 1], MEET), cluster(rules[:, 2], MEET)
    order = np.lexsort((rules[:, 0], end, start))
    alike = (np.diff(start[order]) == 0) & (np.diff(end[order]) == 0)
    apart = ~alike | (np.diff(rules[order, 0]) > DENSE)
    for run in np.split(order, np.flatnonzero(apart) + 1):
        inner = np.diff(rules[run[1:-1], 0])
        if len(run) >= FEWEST and np.ptp(inner) <= EVEN and not _has_letters(rules[run], letters):
            out[run] = [not _ends_one(rule, across) for rule in rules[run]]
    return out


def _ends_one(rule: Floats, across: Floats) -> bool:
    """Whether a rule the other way ends at one."""
    along = (across[:, 0] >= rule[1] - MEET) & (across[:, 0] <= rule[2] + MEET)
    return bool((np.abs(across[along, 1:] - rule[0]) <= EVEN).any())


def _has_letters(rules: Floats, letters: Floats) -> bool:
    """Whether the middle of a letter lies among rules."""
    x, y = (letters[:, 0] + letters[:, 2]) / 2, (letters[:, 1] + letters[:, 3]) / 2
    among = (x > rules[:, 1].min()) & (x < rules[:, 2].max())
    return bool((among & (y > rules[:, 0].min()) & (y < rules[:, 0].max())).any())
