"""A page's shaded boxes in, the rules that their sides make where nothing else parts the cells out."""

import numpy as np
from numpy.typing import NDArray

from shinchoku.grid.drawn.kinds import ALIKE, BAR, HAIR, WHITE, shaded
from shinchoku.grid.meeting import joined
from shinchoku.grid.table import Grid
from shinchoku.page import Bools, Floats, Marks, boxes_of

MOST_BOXES = 5_000
"""Boxes on boxes of their own shade are looked for among so many; a page with more is a drawing."""
FEWEST = 4
"""So many white boxes on a shaded one,"""
LEFT = 0.8
"""of which they cover this share, are cells."""
BAND = 1.6
"""A side goes on over an unshaded row, from the shaded row above it to the one below, that is up to so many
times as high as they are."""
COLUMNS = 3
"""It does so only where at least so many sides do."""
STRIPE = 8.0
"""Striped rows are at least this high (points): no strips of a gradient, no shading short of its cell."""
FLUSH = 1.5
"""A stripe begins and ends at a rule when it does so within this many points."""
MOST_OF = 0.5
"""Stripes take up at least this share of their table's width."""


def shading_sides(marks: Marks, taken: Floats) -> tuple[Floats, Floats]:
    """The sides of shaded boxes, and of white ones that leave rules of a shaded one, that lie in none of the
    boxes `taken` (n x 4: x0, top, x1, bottom), as horizontal and vertical rules (at, start, end)."""
    use = shaded(marks) | _white_cells(marks)
    for x0, top, x1, bottom in taken:
        use &= (marks.x0 >= x1) | (marks.x1 <= x0) | (marks.top >= bottom) | (marks.bottom <= top)
    index = np.flatnonzero(use)
    boxes = boxes_of(marks)[index]
    shows = _shows(boxes, marks.shade[index])
    x0, top, x1, bottom = boxes[shows].T
    horizontal = np.vstack([np.column_stack([top, x0, x1]), np.column_stack([bottom, x0, x1])])
    vertical = np.vstack([np.column_stack([x0, top, bottom]), np.column_stack([x1, top, bottom])])
    return horizontal, np.vstack([vertical, _over_bands(vertical, boxes[shows])])


def _white_cells(marks: Marks) -> Bools:
    """The white boxes that lie side by side on a shaded one and leave but lines of it to see."""
    x0, top, x1, bottom = marks.x0, marks.top, marks.x1, marks.bottom
    areas = (x1 - x0) * (bottom - top)
    white = np.flatnonzero(marks.filled & (marks.shade >= WHITE) & (np.minimum(x1 - x0, bottom - top) >= BAR))
    found = np.zeros(len(marks), dtype=np.bool_)
    grounds = np.flatnonzero(shaded(marks))
    if not len(white) or len(grounds) * len(white) > MOST_BOXES * MOST_BOXES:
        return found
    for k in grounds[areas[grounds] >= FEWEST * areas[white].min()].tolist():
        on = white[(white > k) & (x0[white] >= x0[k] - HAIR) & (x1[white] <= x1[k] + HAIR)]
        on = on[(top[on] >= top[k] - HAIR) & (bottom[on] <= bottom[k] + HAIR)]
        if len(on) >= FEWEST and areas[on].sum() >= LEFT * areas[k]:
            found[on] = True
    return found


def _shows(boxes: Floats, shade: Floats) -> Bools:
    """Which of the boxes, in paint order, can be told from what lies under them: not those painted within a
    box of the same shade."""
    shows = np.ones(len(boxes), dtype=np.bool_)
    if len(boxes) > MOST_BOXES:
        return shows
    x0, top, x1, bottom = boxes.T
    for k in range(1, len(boxes)):
        around = (x0[:k] - HAIR <= x0[k]) & (top[:k] - HAIR <= top[k])
        around &= (x1[:k] + HAIR >= x1[k]) & (bottom[:k] + HAIR >= bottom[k])
        under = np.flatnonzero(around)
        shows[k] = not len(under) or abs(shade[under[-1]] - shade[k]) > ALIKE
    return shows


def _over_bands(vertical: Floats, boxes: Floats) -> Floats:
    """What joins vertical sides (at, start, end) over the unshaded rows of a table striped row by row."""
    if not 2 * COLUMNS <= len(vertical) <= 2 * MOST_BOXES:
        return np.empty((0, 3))
    order = np.lexsort((vertical[:, 1], np.round(vertical[:, 0] * 2)))
    at, start, end = vertical[order].T
    gap = start[1:] - end[:-1]
    shorter = np.minimum(end[1:] - start[1:], end[:-1] - start[:-1])
    bridge = (np.abs(np.diff(at)) <= HAIR) & (gap > BAR) & (gap <= BAND * shorter)
    bridges = np.column_stack([at[:-1], end[:-1], start[1:]])[bridge]
    x0, top, x1, bottom = boxes.T
    bare = [
        not ((x0 - HAIR < x) & (x < x1 + HAIR) & (top < b - HAIR) & (bottom > a + HAIR)).any()
        for x, a, b in bridges
    ]
    bridges = bridges[np.array(bare, dtype=np.bool_)]
    band: NDArray[np.float64] = np.round(bridges[:, 1:])
    _, which, counts = np.unique(band, axis=0, return_inverse=True, return_counts=True)
    return np.asarray(bridges[counts[which.reshape(-1)] >= COLUMNS], dtype=np.float64)


def stripes(marks: Marks, grid: Grid) -> Floats:
    """The horizontal rules (at, start, end) that the edges of stripes make within a ruled table: shading from
    rule to rule that ends where no rule is, the only border its rows have."""
    x0, top, x1, bottom = grid.box
    use = shaded(marks) & (marks.x0 >= x0 - FLUSH) & (marks.x1 <= x1 + FLUSH)
    use &= (marks.top >= top - FLUSH) & (marks.bottom <= bottom + FLUSH)
    if not use.any():
        return np.empty((0, 3))
    box = boxes_of(marks)[use]
    edges = np.vstack([box[:, [1, 0, 2]], box[:, [3, 0, 2]]])
    edges = edges[np.abs(edges[:, :1] - np.array(grid.ys)).min(axis=1) >= STRIPE]
    runs = joined(edges)
    flush = np.abs(runs[:, 1:, None] - np.array(grid.xs)).min(axis=2) <= FLUSH
    runs = runs[flush.all(axis=1)]
    found = [runs[np.abs(runs[:, 0] - at) < FLUSH] for at in np.unique(runs[:, 0])]
    wide = [level for level in found if (level[:, 2] - level[:, 1]).sum() >= MOST_OF * (x1 - x0)]
    if not wide:
        return np.empty((0, 3))
    rules = np.unique(np.vstack(wide), axis=0)
    apart = np.diff(np.unique(np.round(rules[:, 0])))
    return rules if not (apart[apart > FLUSH] < STRIPE).any() else np.empty((0, 3))
