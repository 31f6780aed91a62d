"""The glyphs of a page and the cells of its tables in, the one cell each glyph belongs to out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shinchoku.grid import Grid, Slot
from shinchoku.page import Glyphs

Ints = NDArray[np.intp]

HOMELESS = -1
JOINED = 0.12
"""Glyphs painted one after the other are one run when no more than this many ems part them."""
OTHER = 0.02
"""And when their sizes differ by no more than this share: text of another size is another cell's, however
close it begins behind the one that ran over its wall."""
PITCH = 0.02
"""A text object goes on the one before it when it stands off that as the letters do there, to this many
ems."""
FLUSH = 1.2
"""A run begins (or ends) at a cell's side when it does so within this many ems of it."""
APART = 1.0
"""Glyphs painted one after the other on a line are one cell's while no more than this many ems part them."""
CLOSING = "、。，．）］｝〕〉》」』】"
"""Signs whose right half is empty: it may stand in a wall where a program trims it at the end of a line."""
ALIGNED = 0.5
"""Text begins at the same place where it does within so many points."""
LEADING = 2.2
"""Lines painted one after the other are one text when their middles are no further apart than this many
ems."""
CUT = 0.15
"""A wall cuts a line when it lies this many ems within its glyphs' boxes."""
CLEAR = 0.3
"""A wall parts two lines when it lies between them, or off that by up to this many ems."""


@dataclass(frozen=True, slots=True)
class _Line:
    """Glyphs painted one after the other on one line: their places, the home of each by its middle, the box
    around them."""

    index: Ints
    homes: Ints
    x0: float
    top: float
    x1: float
    bottom: float
    em: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def homes(glyphs: Glyphs, grids: Sequence[Grid]) -> Ints:
    """For each glyph the index of its slot among all slots of `grids` in order, HOMELESS outside all of
    them. In a table within a cell of another it is the inner one's.

    A glyph lives where its middle is. Text that runs over a wall (the last sign of a line hung into the
    margin, a line too long for its cell) is painted in one run: it all lives in the cell it is set in. So
    do the lines of a text too high for its cell, which is painted line by line. What is clipped of a text is
    where the rest of it shows."""
    home = np.full(len(glyphs), HOMELESS, dtype=np.intp)
    firsts = np.cumsum([0, *(len(grid.slots) for grid in grids)])
    for k in sorted(range(len(grids)), key=lambda k: -_area(grids[k])):
        found = _by_middle(glyphs, grids[k])
        home = np.where(found != HOMELESS, found + firsts[k], home)
    slots = [s for grid in grids for s in grid.slots]
    if slots and len(glyphs) > 1:
        for run in _runs_over_walls(glyphs, home):
            home[run] = _home_of_run(glyphs, run, home, slots)
        for line, found_home in _lines_over_walls(glyphs, home, slots):
            home[line.index[line.homes != HOMELESS]] = found_home
    return _with_the_rest(glyphs, home) if glyphs.clipped.any() else home


def _with_the_rest(glyphs: Glyphs, home: Ints) -> Ints:
    """The same homes, what is clipped where the text is that it goes on, or that goes on it."""
    home, left = home.copy(), glyphs.clipped.copy()
    joined = np.ones(len(home) + 1, dtype=np.bool_)
    joined[_painted_apart(glyphs, -JOINED, JOINED)] = False
    same = np.concatenate([[True], glyphs.clip[1:] == glyphs.clip[:-1], [True]])
    for tie in (joined, same):
        tie[[0, -1]] = False
        for way in (1, -1):
            for i in np.flatnonzero(left)[::way].tolist():
                beside = i - way
                if tie[max(i, beside)] and glyphs.kept[beside] and not left[beside]:
                    home[i], left[i] = home[beside], False
    return home


def _area(grid: Grid) -> float:
    x0, top, x1, bottom = grid.box
    return (x1 - x0) * (bottom - top)


def _by_middle(glyphs: Glyphs, grid: Grid) -> Ints:
    slot_at = np.full((len(grid.ys) + 1, len(grid.xs) + 1), HOMELESS, dtype=np.intp)
    for i, s in enumerate(grid.slots):
        slot_at[s.row + 1 : s.row + s.row_span + 1, s.col + 1 : s.col + s.col_span + 1] = i
    rows = np.searchsorted(np.array(grid.ys), (glyphs.top + glyphs.bottom) / 2)
    cols = np.searchsorted(np.array(grid.xs), (glyphs.x0 + glyphs.x1) / 2)
    return slot_at[rows, cols]


def _runs_over_walls(glyphs: Glyphs, home: Ints) -> list[Ints]:
    """Runs of glyphs, painted one behind the other without a gap, that live in different homes."""
    size = glyphs.size
    other = np.flatnonzero(np.abs(np.diff(size)) > OTHER * np.maximum(size[1:], size[:-1])) + 1
    cuts = np.union1d(np.union1d(_painted_apart(glyphs, -JOINED, JOINED), other), _begun(glyphs))
    firsts = np.concatenate([[0], cuts])
    mixed = np.minimum.reduceat(home, firsts) < np.maximum.reduceat(home, firsts)
    ends = np.append(cuts, len(glyphs))
    return [np.arange(firsts[k], ends[k]) for k in np.flatnonzero(mixed)]


def _begun(glyphs: Glyphs) -> Ints:
    """Which glyphs begin another text object that does not go on the one before: in another clip, or not set
    off it as letters are there."""
    gap = (glyphs.x0[1:] - glyphs.x1[:-1]) / np.maximum(glyphs.size[1:], 1.0)
    off = (np.abs(gap) > PITCH) & (np.abs(gap - np.append(0.0, gap[:-1])) > PITCH)
    other = glyphs.run[1:] != glyphs.run[:-1]
    return np.flatnonzero(other & (off | (glyphs.clip[1:] != glyphs.clip[:-1]))) + 1


def _painted_apart(glyphs: Glyphs, low: float, high: float) -> Ints:
    """Which glyphs do not go on the line of the one painted before them: at another height, turned, or not
    `low` to `high` ems behind it."""
    em = np.maximum(glyphs.size[1:], 1.0)
    level = np.abs(glyphs.bottom[1:] - glyphs.bottom[:-1]) < 0.2 * em
    gap = glyphs.x0[1:] - glyphs.x1[:-1]
    upright = (glyphs.turn[1:] == 0) & (glyphs.turn[:-1] == 0) & ~glyphs.down[1:]
    return np.flatnonzero(~(level & (gap > low * em) & (gap < high * em) & upright)) + 1


def _home_of_run(glyphs: Glyphs, run: Ints, home: Ints, slots: Sequence[Slot]) -> Ints:
    """The homes of a run's glyphs: the cell it is flush with on its left, else on its right, else the one
    around its middle. A run that only touches both sides of a wall (two cells filled to the brim) stays in
    two, unless it is one text object that ends well within the next cell."""
    found = home[run]
    over = _runs_over(glyphs, run, int(found[-1]), slots)
    for k in np.flatnonzero(found[1:] != found[:-1]):
        a, b, sides = int(run[k]), int(run[k + 1]), (int(found[k]), int(found[k + 1]))
        if _is_trimmed(glyphs, a, b, home, slots) or not (over or _crosses(glyphs, a, b, slots, sides)):
            return found
    x0, x1, em = float(glyphs.x0[run[0]]), float(glyphs.x1[run[-1]]), float(glyphs.size[run[0]])
    start, end = int(found[0]), int(found[-1])
    if start != HOMELESS and x0 - slots[start].box[0] < FLUSH * em:
        return np.full(len(run), start)
    if end != HOMELESS and slots[end].box[2] - x1 < FLUSH * em:
        return np.full(len(run), end)
    middle = (x0 + x1) / 2
    nearest = int(np.abs((glyphs.x0[run] + glyphs.x1[run]) / 2 - middle).argmin())
    return np.full(len(run), found[nearest])


def _runs_over(glyphs: Glyphs, run: Ints, end: int, slots: Sequence[Slot]) -> bool:
    """Whether a run is one text object of the page's own that ends well before the side of the cell `end`."""
    one = (glyphs.run[run] == glyphs.run[run[0]]).all() and not glyphs.note[run].any()
    if not one or end == HOMELESS:
        return False
    return bool(slots[end].box[2] - glyphs.x1[run[-1]] >= FLUSH * glyphs.size[run[-1]])


def _crosses(glyphs: Glyphs, a: int, b: int, slots: Sequence[Slot], homes_: tuple[int, int]) -> bool:
    """Whether the wall between glyphs a and b cuts through one of them, not through the space between
    them."""
    walls = [slots[h].box[side] for h, side in zip(homes_, (2, 0), strict=True) if h != HOMELESS]
    em = float(glyphs.size[a])
    return any(
        float(glyphs.x0[i]) + 0.08 * em < wall < float(glyphs.x1[i]) - 0.08 * em
        for wall in walls
        for i in (a, b)
    )


def _is_trimmed(glyphs: Glyphs, a: int, b: int, home: Ints, slots: Sequence[Slot]) -> bool:
    """Whether the wall between glyphs a and b cuts the empty half of a closing sign at the end of a line, and
    b stands where the lines of the cells above or below its own begin."""
    wide = float(glyphs.x1[a] - glyphs.x0[a])
    closes = glyphs.text[a] in CLOSING and glyphs.run[a] != glyphs.run[b]
    if home[b] == HOMELESS or not closes or wide < 0.9 * float(glyphs.size[a]):
        return False
    wall = slots[int(home[b])].box[0]
    if not float(glyphs.x0[a]) + 0.45 * wide < wall < float(glyphs.x0[b]):
        return False
    beside = np.flatnonzero(np.abs(glyphs.x0 - glyphs.x0[b]) < ALIGNED)
    others = {int(h) for h in home[beside] if h not in (HOMELESS, home[b])}
    return any(abs(slots[h].box[0] - wall) < ALIGNED for h in others)


def _lines_over_walls(glyphs: Glyphs, home: Ints, slots: Sequence[Slot]) -> list[tuple[_Line, int]]:
    """The lines of texts that are too high for their cells, and the home of each: the cell around most lines
    of the text."""
    tops = np.array([s.box[1] for s in slots] + [-np.inf])[home]
    bottoms = np.array([s.box[3] for s in slots] + [np.inf])[home]
    em = np.maximum(glyphs.size, 1.0)
    cut = (glyphs.top < tops - CUT * em) | (glyphs.bottom > bottoms + CUT * em)
    if not (cut & glyphs.visible).any():
        return []
    ends = [*_painted_apart(glyphs, -1.0, APART).tolist(), len(glyphs)]
    lines = [_painted_line(glyphs, home, a, b) for a, b in pairwise([0, *ends])]
    found = []
    for text in _texts([line for line in lines if (line.homes != HOMELESS).any()], slots):
        if len({int(line.homes.max()) for line in text}) > 1 and any(cut[line.index].any() for line in text):
            kept = [int(line.homes.max()) for line in text if not cut[line.index].any()]
            kept = kept or [int(line.homes.max()) for line in text]
            best = max(kept, key=lambda h: (kept.count(h), -abs(_middle(slots[h]) - _text_middle(text))))
            found += [(line, best) for line in text]
    return found


def _painted_line(glyphs: Glyphs, home: Ints, a: int, b: int) -> _Line:
    part = slice(a, b)
    return _Line(
        np.arange(a, b),
        home[part],
        float(glyphs.x0[part].min()),
        float(glyphs.top[part].min()),
        float(glyphs.x1[part].max()),
        float(glyphs.bottom[part].max()),
        max(float(glyphs.size[a]), 1.0),
    )


def _texts(lines: Sequence[_Line], slots: Sequence[Slot]) -> list[list[_Line]]:
    """Lines painted one after the other, each below the last in the same column, with no wall between."""
    texts: list[list[_Line]] = []
    for line in lines:
        if texts and _follows(texts[-1][-1], line, slots):
            texts[-1].append(line)
        else:
            texts.append([line])
    return texts


def _follows(above: _Line, below: _Line, slots: Sequence[Slot]) -> bool:
    homes_ = {int(above.homes.max()), int(below.homes.max())}
    step = below.middle - above.middle
    em = above.em
    if not 0.5 * em < step <= LEADING * em or min(above.x1, below.x1) <= max(above.x0, below.x0):
        return False
    if len(homes_) == 1:
        return True
    if any((line.homes != line.homes[0]).any() for line in (above, below)):
        return False
    first, second = (slots[int(line.homes[0])].box for line in (above, below))
    if min(first[2], second[2]) <= max(first[0], second[0]) or abs(above.em - below.em) > 0.1 * em:
        return False
    between = (above.bottom + below.top) / 2
    room = max(below.top - above.bottom, 0.0) / 2 + CLEAR * em
    return all(abs(wall - between) > room for wall in (first[3], second[1]))


def _middle(slot: Slot) -> float:
    return (slot.box[1] + slot.box[3]) / 2


def _text_middle(text: Sequence[_Line]) -> float:
    return (text[0].top + text[-1].bottom) / 2
