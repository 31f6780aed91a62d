"""Marks and glyphs in; which marks belong to the writing, and are no walls, out."""

import numpy as np
from numpy.typing import NDArray

from shinchoku.grid.drawn.kinds import BAR, THIN
from shinchoku.page import Bools, Floats, Glyphs, Marks

EVEN = 0.3
"""An underline begins and ends within this many points of the text over it, and strokes of a letter lie no
further outside its box."""
SAME = 0.25
"""A rule goes on in another at its own height, as thick as it is, to this many points."""
NEXT = 0.6
"""It does so where no more than this many points part them."""


def without_underlines(marks: Marks, glyphs: Glyphs) -> Marks:
    """The marks without those that underline text, or strike it through: horizontal rules and bars within the
    boxes of a line's glyphs that reach no further than these. They are no rules of a table, even where they
    fill a cell from side to side; but a rule that goes on beside the text is a wall that its glyphs touch."""
    wide, tall = marks.x1 - marks.x0, marks.bottom - marks.top
    candidates = np.flatnonzero((tall < BAR) & (wide >= THIN) & (wide > tall))
    upright = np.flatnonzero((glyphs.turn == 0) & glyphs.visible)
    if not len(candidates) or not len(upright):
        return marks
    at = (marks.top[candidates] + marks.bottom[candidates]) / 2
    candidates, at = candidates[np.argsort(at, kind="stable")], np.sort(at)
    drop = np.zeros(len(marks), dtype=np.bool_)
    upright = upright[np.argsort(glyphs.bottom[upright], kind="stable")]
    bottoms = glyphs.bottom[upright]
    highest = float((bottoms - glyphs.top[upright]).max())
    levels = np.flatnonzero(np.diff(at, prepend=-np.inf) > 0.01)
    for a, b in zip(levels, [*levels[1:], len(at)], strict=True):
        near = upright[np.searchsorted(bottoms, at[a]) : np.searchsorted(bottoms, at[a] + highest)]
        near = near[glyphs.top[near] + 0.2 * glyphs.size[near] < at[a]]
        if len(near):
            those = candidates[a:b]
            drop[those] = _under_text(marks.x0[those], marks.x1[those], glyphs, near)
    if not drop.any():
        return marks
    keep = ~drop
    keep[np.flatnonzero(drop)[_go_on(marks, drop)]] = True
    return Marks(*(getattr(marks, name)[keep] for name in Marks.__slots__))


def _under_text(x0: Floats, x1: Floats, glyphs: Glyphs, line: NDArray[np.intp]) -> Bools:
    """Which stretches x0..x1 the glyphs `line` cover without a gap wider than a glyph is high."""
    line = line[np.argsort(glyphs.x0[line], kind="stable")]
    reach = np.maximum.accumulate(glyphs.x1[line])
    cuts = np.flatnonzero(glyphs.x0[line][1:] - reach[:-1] > glyphs.size[line][1:]) + 1
    starts = glyphs.x0[line][np.concatenate([[0], cuts])]
    ends = reach[np.append(cuts, len(line)) - 1]
    place = np.searchsorted(starts, x0 + EVEN, side="right") - 1
    return np.asarray((place >= 0) & (x1 - EVEN <= ends[place]), dtype=np.bool_)


def _go_on(marks: Marks, drop: Bools) -> Bools:
    """Which of the marks to be dropped go on in a rule of their own thickness that is kept, or do so in one
    another that does."""
    level, thick = (
        (marks.top + marks.bottom) / 2,
        np.where(marks.filled, marks.bottom - marks.top, marks.width),
    )
    flat = ~drop & (marks.bottom - marks.top < THIN) & (marks.x1 - marks.x0 >= THIN)
    mine, rest = np.flatnonzero(drop), np.flatnonzero(flat)
    rest = rest[np.argsort(level[rest], kind="stable")]
    found = np.zeros(len(mine), dtype=np.bool_)
    while len(rest):
        todo = np.flatnonzero(~found)
        low = np.searchsorted(level[rest], level[mine[todo]] - SAME)
        high = np.searchsorted(level[rest], level[mine[todo]] + SAME)
        new = []
        for k, a, b in zip(todo.tolist(), low.tolist(), high.tolist(), strict=True):
            i, near = mine[k], rest[a:b]
            touch = (np.abs(marks.x0[near] - marks.x1[i]) <= NEXT) | (
                np.abs(marks.x1[near] - marks.x0[i]) <= NEXT
            )
            if (touch & (np.abs(thick[near] - thick[i]) <= SAME)).any():
                new.append(k)
        if not new:
            break
        found[new] = True
        rest = mine[new][np.argsort(level[mine[new]], kind="stable")]
    return found


def within_glyphs(boxes: Floats, glyphs: Glyphs) -> Bools:
    """Which of the boxes (n x 4: x0, top, x1, bottom) of things painted lie within the box of one glyph,
    whether it shows or not: they may be strokes of a letter that is drawn, too."""
    out = np.zeros(len(boxes), dtype=np.bool_)
    if not len(glyphs):
        return out
    sizes = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    small = np.flatnonzero(sizes <= float(glyphs.size.max()))
    if not len(small):
        return out
    from scipy.spatial import cKDTree

    x0, top, x1, bottom = boxes[small].T
    middles = np.column_stack([glyphs.x0 + glyphs.x1, glyphs.top + glyphs.bottom]) / 2
    _, nearest = cKDTree(middles).query(np.column_stack([x0 + x1, top + bottom]) / 2)
    within = (x0 >= glyphs.x0[nearest] - EVEN) & (x1 <= glyphs.x1[nearest] + EVEN)
    out[small] = within & (top >= glyphs.top[nearest] - EVEN) & (bottom <= glyphs.bottom[nearest] + EVEN)
    return out
