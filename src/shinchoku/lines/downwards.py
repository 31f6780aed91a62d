"""Glyphs of groups in; the same, marked where groups are painted downwards, letter below letter, out."""

from dataclasses import replace

import numpy as np

from shinchoku.lines.track import Ints
from shinchoku.page import Bools, Glyphs
from shinchoku.text import is_cjk

ASIDE = 0.2
"""A letter stands straight below another when their middles are no more than this many ems apart across."""
NEAREST = 0.6
FURTHEST = 1.6
"""It stands so many ems further down."""
BACK = 0.8
"""The next column begins at least this many ems to the left, and higher up."""
MOSTLY = 0.9
"""So many steps from letter to letter are of these two kinds."""
FEWEST = 3
"""So many of them go down."""


def set_downwards(glyphs: Glyphs, group: Ints) -> Glyphs:
    """The glyphs with `down` set in those groups (-1 for none) whose letters are painted one below the other
    in two columns or more, from the right, all of one size. One column by itself is told by its lines."""
    index = _inked(glyphs, group)
    if len(index) < 2:
        return glyphs
    own, (steps, turns) = group[index], _steps(glyphs, index)
    inside = np.diff(own) == 0
    steps, turns = steps & inside, turns & inside
    count = int(own.max()) + 1
    down, back = (np.bincount(own[1:][flags], minlength=count) for flags in (steps, turns))
    all_steps = np.bincount(own, minlength=count) - 1
    texts = [glyphs.text[i][0] for i in index.tolist()]
    japanese = np.array([is_cjk(text) and text.isalpha() for text in texts], dtype=np.bool_)
    letters = np.bincount(own[japanese], minlength=count)
    found = (down >= FEWEST) & (back > 0) & (down + back >= MOSTLY * all_steps) & (2 * letters > all_steps)
    if not found.any():
        return glyphs
    flags = glyphs.down.copy()
    flags[index[found[own]]] = True
    return replace(glyphs, down=flags)


def runs_downwards(glyphs: Glyphs, index: Ints) -> Ints:
    """Groups of the glyphs `index`, all others in none (-1): painted one behind the other, each below the one
    before it or at the head of the next column."""
    group = np.full(len(glyphs), -1, dtype=np.intp)
    group[index] = 0
    inked = _inked(glyphs, group)
    if len(inked):
        steps, turns = _steps(glyphs, inked)
        group[inked] = np.concatenate([[0], np.cumsum(~(steps | turns))])
    return group


def _inked(glyphs: Glyphs, group: Ints) -> Ints:
    """The glyphs of groups that may be set downwards, group by group, in paint order, without spaces."""
    index = np.flatnonzero((group >= 0) & (glyphs.turn == 0) & ~glyphs.down & glyphs.inked)
    return index[np.argsort(group[index], kind="stable")]


def _steps(glyphs: Glyphs, index: Ints) -> tuple[Bools, Bools]:
    """Which of the glyphs `index`, but the first, stand right below the one before; which begin a column."""
    em = np.maximum(glyphs.size[index], 1.0)
    x, y = (glyphs.x0[index] + glyphs.x1[index]) / 2, (glyphs.top[index] + glyphs.bottom[index]) / 2
    right, further = np.diff(x) / em[1:], np.diff(y) / em[1:]
    same = np.abs(np.diff(em)) <= 0.1 * em[1:]
    down = same & (np.abs(right) <= ASIDE) & (further >= NEAREST) & (further <= FURTHEST)
    return down, same & (right <= -BACK) & (further < 0)
