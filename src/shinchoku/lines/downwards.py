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
"""It stands so many ems further down,"""
CLOSEST = 0.2
"""or so many, where it lies on its side."""
QUARTER = 90
"""Letters turned by so many degrees are read downwards."""
TOUCH, WIDEST = 0.15, 1.2
"""Figures side by side in a column stand no more than so many ems apart, and are no wider together."""
BACK = 0.8
"""The next column begins at least this many ems to the left, and higher up."""
MOSTLY = 0.9
"""So many steps from letter to letter are of these two kinds."""
FEWEST = 3
"""So many of them go down."""


def set_downwards(glyphs: Glyphs, group: Ints) -> Glyphs:
    """The glyphs with `down` set in those groups (-1 for none) whose letters are painted one below the other
    in two columns or more, from the right, all of one size, or go on in letters that are turned to be read
    downwards. One column of upright letters is told by its lines."""
    glyphs = _going_on_turned(glyphs, group)
    index = _inked(glyphs, group)
    if len(index) < 2:
        return glyphs
    letter = _letters(glyphs, index, group)
    steps, turns = _steps(glyphs, index, letter)
    own = group[index[np.flatnonzero(np.diff(letter, prepend=-1))]]
    inside = np.diff(own) == 0
    steps, turns = steps & inside, turns & inside
    count = int(own.max()) + 1
    down, back = (np.bincount(own[1:][flags], minlength=count) for flags in (steps, turns))
    all_steps = np.bincount(own, minlength=count) - 1
    texts = [glyphs.text[i][0] for i in index.tolist()]
    japanese = np.array([is_cjk(text) and text.isalpha() for text in texts], dtype=np.bool_)
    letters = np.bincount(group[index[japanese]], minlength=count)
    found = (down >= FEWEST) & (back > 0) & (down + back >= MOSTLY * all_steps) & (2 * letters > all_steps)
    return _with_down(glyphs, index[found[group[index]]])


def _going_on_turned(glyphs: Glyphs, group: Ints) -> Glyphs:
    """The glyphs with `down` set for upright letters that stand in one column with letters turned by a
    quarter: 令和5年度 set downwards, its figure lying on its side."""
    lying = glyphs.turn == QUARTER
    index = np.flatnonzero((group >= 0) & ((glyphs.turn == 0) | lying) & glyphs.inked)
    index = index[np.argsort(group[index], kind="stable")]
    if not lying[index].any():
        return glyphs
    letter = _letters(glyphs, index, group)
    down, back = _steps(glyphs, index, letter, CLOSEST)
    own = group[index[np.flatnonzero(np.diff(letter, prepend=-1))]]
    column = (np.cumsum(np.append(True, ~((down | back) & (np.diff(own) == 0)))) - 1)[letter]
    mixed = np.bincount(column[lying[index]], minlength=len(index)) > 0
    return _with_down(glyphs, index[mixed[column] & ~lying[index]])


def _with_down(glyphs: Glyphs, index: Ints) -> Glyphs:
    """The glyphs with `down` set for some."""
    if not len(index):
        return glyphs
    flags = glyphs.down.copy()
    flags[index] = True
    return replace(glyphs, down=flags)


def runs_downwards(glyphs: Glyphs, index: Ints) -> Ints:
    """Groups of the glyphs `index`, all others in none (-1): painted one behind the other, each below the one
    before it or at the head of the next column."""
    group = np.full(len(glyphs), -1, dtype=np.intp)
    group[index] = 0
    inked = _inked(glyphs, group)
    if len(inked):
        letter = _letters(glyphs, inked, group)
        steps, turns = _steps(glyphs, inked, letter)
        group[inked] = np.concatenate([[0], np.cumsum(~(steps | turns))])[letter]
    return group


def _inked(glyphs: Glyphs, group: Ints) -> Ints:
    """The glyphs of groups that may be set downwards, group by group, in paint order, without spaces."""
    index = np.flatnonzero((group >= 0) & (glyphs.turn == 0) & ~glyphs.down & glyphs.inked)
    return index[np.argsort(group[index], kind="stable")]


def _letters(glyphs: Glyphs, index: Ints, group: Ints) -> Ints:
    """For each of the glyphs `index` the number of the letter of a column that it is, ascending: figures side
    by side in one group, together no wider than one letter (the 10 of 令和10年度), are one."""
    em = np.maximum(glyphs.size[index], 1.0)
    x0, x1, top = glyphs.x0[index], glyphs.x1[index], glyphs.top[index]
    beside = (np.abs(np.diff(top)) <= TOUCH * em[1:]) & (np.abs(x0[1:] - x1[:-1]) <= TOUCH * em[1:])
    beside &= np.diff(group[index]) == 0
    starts = np.flatnonzero(np.append(True, ~beside))
    after = np.append(starts[1:], len(index))
    first = np.ones(len(index), dtype=np.bool_)
    for k in np.flatnonzero((after - starts > 1) & (x1[after - 1] - x0[starts] <= WIDEST * em[starts])):
        own = slice(starts[k], after[k])
        if all(glyphs.text[i].isdecimal() for i in index[own].tolist()):
            first[starts[k] + 1 : after[k]] = False
    return np.asarray(np.cumsum(first) - 1, dtype=np.intp)


def _steps(glyphs: Glyphs, index: Ints, letter: Ints, nearest: float = NEAREST) -> tuple[Bools, Bools]:
    """Which of the letters (`letter` by glyph of `index`), but the first, stand right below the one before;
    which begin a column."""
    starts = np.flatnonzero(np.diff(letter, prepend=-1))
    index, last = index[starts], index[np.append(starts[1:], len(index)) - 1]
    em = np.maximum(glyphs.size[index], 1.0)
    x, y = (glyphs.x0[index] + glyphs.x1[last]) / 2, (glyphs.top[index] + glyphs.bottom[index]) / 2
    right, further = np.diff(x) / em[1:], np.diff(y) / em[1:]
    same = np.abs(np.diff(em)) <= 0.1 * em[1:]
    down = same & (np.abs(right) <= ASIDE) & (further >= nearest) & (further <= FURTHEST)
    return down, same & (right <= -BACK) & (further < 0)
