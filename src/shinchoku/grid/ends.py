"""A table's rules, its grid and letters in; the rules across that it lacks where upright ones end together
out."""

import numpy as np

from shinchoku.grid.lattice import LEAST
from shinchoku.grid.meeting import MEET, cluster
from shinchoku.grid.network import Network
from shinchoku.grid.table import Grid
from shinchoku.page import Floats

FEWEST = 2
"""So many upright rules end level where a row ends that no rule closes."""


def level_ends(network: Network, grid: Grid, letters: Floats) -> Floats:
    """The rules (at, start, end) across a table at which upright ones within it end, all that come so far: a
    note follows, within the table's frame, or stands before. Text is on both sides, and none on the rule."""
    ys, (left, right) = np.array(grid.ys), (grid.xs[0], grid.xs[-1])
    inner = network.vertical[(network.vertical[:, 0] > left + MEET) & (network.vertical[:, 0] < right - MEET)]
    ends = inner[:, 1:].reshape(-1)
    ends = ends[(ends > ys[0]) & (ends < ys[-1])]
    ends = ends[np.abs(ends[:, None] - ys).min(axis=1, initial=np.inf) >= LEAST]
    if len(ends) < FEWEST:
        return np.empty((0, 3))
    x, top, bottom = (letters[:, 0] + letters[:, 2]) / 2, letters[:, 1], letters[:, 3]
    own = (x > left) & (x < right)
    level = cluster(ends, MEET)
    found = []
    for at in (np.bincount(level, ends) / np.bincount(level))[np.bincount(level) >= FEWEST].tolist():
        row = int(np.searchsorted(ys, at))
        above, below = (
            own & (bottom < at + 1) & (top > ys[row - 1]),
            own & (top > at - 1) & (bottom < ys[row]),
        )
        crossed = own & (top < at - 1) & (bottom > at + 1)
        goes_on = (inner[:, 1] < at - MEET) & (inner[:, 2] > at + MEET)
        if above.any() and below.any() and not crossed.any() and not goes_on.any():
            found.append((at, left, right))
    return np.array(found, dtype=np.float64).reshape(-1, 3)
