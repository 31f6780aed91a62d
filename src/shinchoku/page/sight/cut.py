"""Glyphs and which of them show in; those that do not, and are the rest of a text that does, out."""

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats
from shinchoku.page.canvas import Drawn

JOINED = 0.12
"""Glyphs painted one after the other are one run when no more than this many ems part them."""
LEADING = (0.5, 2.2)
"""Lines of one text are so many ems apart."""
SIZES = 0.02
"""Their sizes differ by no more than this share."""
CELL = 0.7
"""A clip of less than this share of the page is that of a cell or a table, not the page's own."""
RULE = 3.0
"""A rule is at most this thick (points)."""


def goes_on(drawn: Drawn) -> Bools:
    """Which glyphs, from the second on, stand right behind the one painted before them, on its line."""
    x0, _, x1, bottom = drawn.boxes.T
    reach = JOINED * drawn.size[1:]
    with np.errstate(invalid="ignore"):  # boxes may lie nowhere: nothing goes on there
        joined = (np.abs(x0[1:] - x1[:-1]) <= reach) & (np.abs(bottom[1:] - bottom[:-1]) <= reach)
    return np.asarray(joined & (drawn.turn[1:] == 0) & ~drawn.down[1:], dtype=np.bool_)


def own_clips(drawn: Drawn, area: float) -> Floats:
    """The clips of the glyphs, as the file has them: PDFium leaves out those that cut nothing off, so that a
    glyph without one has that of the glyph painted before or after it, where it lies within that."""
    clip = drawn.clip.copy()
    bare = ((clip[:, 2:] - clip[:, :2]).prod(axis=1) >= CELL * area) if len(clip) else np.zeros(0, bool)
    low, high = drawn.boxes[:, :2], drawn.boxes[:, 2:]
    edges = np.flatnonzero(bare[1:] != bare[:-1]).tolist()
    for way, first in ((1, 1), (-1, 0)):
        for edge in edges[::way]:
            i = edge + first
            while (
                0 <= i < len(bare)
                and bare[i]
                and not bare[i - way]
                and (clip[i - way, :2] <= low[i]).all()
                and (high[i] <= clip[i - way, 2:]).all()
            ):
                clip[i], bare[i] = clip[i - way], False
                i += way
    return clip


def clipped(drawn: Drawn, visible: Bools, out: Bools, area: float) -> Bools:
    """Those of the glyphs `out` of their clip that go on a text which shows, on its line; or, where their
    clip holds that one text alone, below or above its lines."""
    if not (out.any() and visible.any()):
        return np.zeros(len(out), dtype=np.bool_)
    wide, tall = drawn.clip[:, 2] - drawn.clip[:, 0], drawn.clip[:, 3] - drawn.clip[:, 1]
    cut = out & (wide > 0) & (tall > 0) & (wide * tall < CELL * area)
    same = (drawn.clip[1:] == drawn.clip[:-1]).all(axis=1)
    line = np.cumsum(np.append(True, ~(same & goes_on(drawn)))) - 1
    text = np.cumsum(np.append(True, ~(same & (goes_on(drawn) | _is_below(drawn))))) - 1
    _, clip = np.unique(drawn.clip, axis=0, return_inverse=True)
    clip = clip.reshape(-1)
    alone = np.zeros(clip.max() + 1, dtype=np.bool_)
    pairs = np.unique(np.column_stack([clip, text]), axis=0)
    alone[:] = np.bincount(pairs[:, 0], minlength=len(alone)) == 1
    return cut & (_holds(line, visible) | (alone[clip] & _holds(text, visible)))


def run_over(drawn: Drawn, hidden: Bools) -> Bools:
    """Those of the `hidden` glyphs that are the rest of a text too long for its cell: it runs over the cell's
    wall and goes on under the fill of the next one. The author wrote it all the same."""
    out = np.zeros(len(hidden), dtype=np.bool_)
    if not hidden.any():
        return out
    x0, top, x1, bottom = drawn.boxes.T
    joined = goes_on(drawn)
    for i in np.flatnonzero(joined & hidden[1:] & ~hidden[:-1]).tolist():
        end = i + 1
        while end < len(joined) and joined[end]:
            end += 1
        if hidden[i + 1 : end + 1].all() and _has_wall(drawn, (x0[i], x1[i + 1]), (top[i] + bottom[i]) / 2):
            out[i + 1 : end + 1] = True
    return out


def _is_below(drawn: Drawn) -> Bools:
    """Which glyphs, from the second on, begin a line below that of the one painted before them."""
    x0, _, x1, bottom = drawn.boxes.T
    em = drawn.size[1:]
    with np.errstate(invalid="ignore"):
        step = bottom[1:] - bottom[:-1]
        below = (step >= LEADING[0] * em) & (step <= LEADING[1] * em) & (x0[1:] < x1[:-1])
        below &= np.abs(em - drawn.size[:-1]) <= SIZES * em
    return np.asarray(below & (drawn.turn[1:] == 0) & ~drawn.down[1:], dtype=np.bool_)


def _holds(group: NDArray[np.int64], visible: Bools) -> Bools:
    """For each glyph whether its group has one that shows."""
    return np.asarray(np.bincount(group[visible], minlength=group.max() + 1) > 0)[group]


def _has_wall(drawn: Drawn, between: tuple[float, float], y: float) -> bool:
    """Whether an upright rule stands between two places on a line at `y`."""
    marks: Floats = drawn.marks
    upright = (marks[:, 2] - marks[:, 0] <= RULE) & (marks[:, 1] <= y) & (y <= marks[:, 3])
    return bool((upright & (marks[:, 0] >= between[0]) & (marks[:, 2] <= between[1])).any())
