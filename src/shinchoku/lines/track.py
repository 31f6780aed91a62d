"""The glyphs of several groups in, the same sorted as one reads them, line by line, out."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats, Glyphs

Ints = NDArray[np.intp]

SPACE = 0.4
"""A gap of this many ems between two glyphs, one of them not Japanese, is a space that was not printed as a
glyph."""
STEP = 0.5
"""A glyph whose middle lies further across than this share of its height begins a new line."""
SMALL = 0.75
"""Glyphs set this much smaller than a line, raised or lowered within its height, belong to it: the 2 of m2,
the number of a footnote."""
BESIDE = 0.5
"""They stand no more than this many ems from a glyph of the line, and on none of them."""
TOUCH = 0.05
"""A space between two glyphs that leave it no more room than this many ems is none that one sees."""
FEW = 8
MOST = 64
"""And no more than so many stand together, and so many on the line."""


@dataclass(frozen=True, slots=True)
class Track:
    """n glyphs in reading order, group by group and line by line: their places among all glyphs, start and
    end along the reading direction in points, the quarter turns of that direction, group and line."""

    index: Ints
    start: Floats
    end: Floats
    turn: Ints
    group: Ints
    line: Ints

    def only(self, which: Bools) -> "Track":
        """The same with these glyphs alone."""
        return Track(
            self.index[which],
            self.start[which],
            self.end[which],
            self.turn[which],
            self.group[which],
            self.line[which],
        )


def sorted_track(glyphs: Glyphs, group: Ints) -> Track:
    """The glyphs of all groups, sorted. Each group's reading directions come one after the other (0, 90, 180,
    270 degrees clockwise, vertical writing reading like 90)."""
    index = np.flatnonzero(group >= 0)
    turn = turns(glyphs, index)
    start, end, near, far = axes(glyphs, index, turn)
    part = group[index] * 4 + turn
    line = _line_numbers(part, start, end, near, far)
    order = np.lexsort((start, line))
    track = Track(index[order], start[order], end[order], turn[order], group[index][order], line[order])
    return track.only(~_unseen_spaces(glyphs, track))


def _unseen_spaces(glyphs: Glyphs, track: Track) -> Bools:
    """Which glyphs of a track are spaces on which other glyphs stand: the figures around them touch. The
    boxes of slanted letters reach over the next ones, spaces or not."""
    space = ~glyphs.inked[track.index]
    at, ink = np.flatnonzero(space), np.flatnonzero(~space)
    after = np.searchsorted(ink, at)
    between = (after > 0) & (after < len(ink))
    at, after = at[between], after[between]
    left, right = ink[after - 1], ink[after]
    touch = TOUCH * glyphs.size[track.index[at]]
    room = track.start[right] - track.end[left]
    touching = (room <= touch) & (track.line[left] == track.line[right])
    over, under = track.end[left] - track.start[at], track.end[at] - track.start[right]
    slanted = (over > touch) & (np.abs(over - under) <= touch)
    unseen = np.zeros(len(space), dtype=np.bool_)
    unseen[at[touching & ~slanted]] = True
    return unseen


def turns(glyphs: Glyphs, index: Ints) -> Ints:
    """The reading direction of glyphs: 0, 1, 2 or 3 quarter turns clockwise, text set downwards reading like
    1."""
    return np.where(glyphs.down[index], 1, glyphs.turn[index] // 90).astype(np.intp)


def axes(glyphs: Glyphs, index: Ints, turn: Ints) -> tuple[Floats, Floats, Floats, Floats]:
    """Where glyphs start and end along their reading direction, and their near and far side across it,
    ascending as one reads; a figure beside another in a column set downwards is no narrower than that."""
    x0, x1, top, bottom = glyphs.x0[index], glyphs.x1[index], glyphs.top[index], glyphs.bottom[index]
    if not turn.any():
        return x0, x1, top, bottom
    ways = [turn == 0, turn == 1, turn == 2]
    start = np.select(ways, [x0, top, -x1], -bottom)
    end = np.select(ways, [x1, bottom, -x0], -top)
    near = np.select(ways, [top, -x1, -bottom], x0)
    far = np.select(ways, [bottom, -x0, -top], x1)
    short = np.where(glyphs.down[index], np.maximum(glyphs.size[index] - (far - near), 0.0), 0.0) / 2
    return start, end, near - short, far + short


def _line_numbers(part: Ints, start: Floats, end: Floats, near: Floats, far: Floats) -> Ints:
    """For each glyph the number of its line, ascending as one reads; `part` tells groups and directions
    apart."""
    middle = (near + far) / 2
    order = np.lexsort((middle, part))
    height = np.maximum(far - near, 1.0)[order]
    steps = np.diff(middle[order]) > STEP * np.minimum(height[1:], height[:-1])
    first = np.concatenate([np.ones(min(len(part), 1), dtype=np.bool_), steps | (np.diff(part[order]) > 0)])
    number = np.cumsum(first) - 1
    starts = np.flatnonzero(first)
    if len(starts) > 1:
        number = _raised(number, starts, part[order], start[order], end[order], near[order], far[order])
    out = np.empty(len(part), dtype=np.intp)
    out[order] = number
    return out


def _raised(
    number: Ints, starts: Ints, part: Ints, start: Floats, end: Floats, near: Floats, far: Floats
) -> Ints:
    """Line numbers where small lines raised or lowered within the height of the next one have become part
    of it."""
    top, bottom = np.minimum.reduceat(near, starts), np.maximum.reduceat(far, starts)
    tall = np.maximum.reduceat(far - near, starts)
    overlap = np.minimum(bottom[1:], bottom[:-1]) - np.maximum(top[1:], top[:-1])
    low, high = np.minimum(tall[1:], tall[:-1]), np.maximum(tall[1:], tall[:-1])
    close = (part[starts[1:]] == part[starts[:-1]]) & (low <= SMALL * high) & (overlap >= 0.5 * low)
    lines = np.arange(len(starts))
    ends = np.append(starts[1:], len(number))
    for k in np.flatnonzero(close).tolist():
        a, b = slice(starts[k], ends[k]), slice(starts[k + 1], ends[k + 1])
        small, large = (a, b) if tall[k] < tall[k + 1] else (b, a)
        few = small.stop - small.start <= MOST
        if few and _stands_beside(start[small], end[small], start[large], end[large], float(high[k])):
            lines[k + 1] = lines[k]
    _, lines = np.unique(lines, return_inverse=True)
    return np.asarray(lines[number], dtype=np.intp)


def _stands_beside(start: Floats, end: Floats, to_start: Floats, to_end: Floats, em: float) -> bool:
    """Whether each unbroken run of small glyphs is short, next to one of the others, and on none of them."""
    order = np.argsort(start, kind="stable")
    start, end = start[order], end[order]
    middle = (start + end) / 2
    if ((middle[:, None] > to_start) & (middle[:, None] < to_end)).any():
        return False
    cuts = [0, *(np.flatnonzero(start[1:] - end[:-1] > BESIDE * em) + 1).tolist(), len(start)]
    for a, b in pairwise(cuts):
        off = min(np.abs(start[a] - to_end).min(), np.abs(to_start - end[b - 1]).min())
        if b - a > FEW or off > BESIDE * em:
            return False
    return True


def line_starts(glyphs: Glyphs, track: Track, inked: Bools, gap: float) -> Bools:
    """Where lines begin: at a new line number, or where nothing is printed for `gap` ems; spaces do not count
    as printed."""
    first = np.diff(track.line, prepend=-1) > 0
    ink = np.flatnonzero(inked)
    if len(ink) > 1 and np.isfinite(gap):
        room = track.start[ink[1:]] - track.end[ink[:-1]]
        first[ink[1:]] |= room > gap * glyphs.size[track.index[ink[1:]]]
    return first


@dataclass(frozen=True, slots=True)
class Ink:
    """What the lines of a track print: `first` and `after` are where the glyphs of each line begin and end
    on the track when the spaces around them are left off, `cuts` where the line itself begins, `inner`
    which glyphs of the track those are."""

    first: Ints
    after: Ints
    cuts: Ints
    inner: Bools

    def least(self, values: Floats) -> Floats:
        """The least of the values that the glyphs of each line have."""
        return np.asarray(np.minimum.reduceat(np.where(self.inner, values, np.inf), self.cuts))

    def most(self, values: Floats) -> Floats:
        """The greatest of them."""
        return np.asarray(np.maximum.reduceat(np.where(self.inner, values, -np.inf), self.cuts))

    def boxes(self, glyphs: Glyphs, index: Ints) -> tuple[Floats, Floats, Floats, Floats]:
        """The sides (x0, top, x1, bottom) of the boxes around each line; `index` are the track's glyphs."""
        return (
            self.least(glyphs.x0[index]),
            self.least(glyphs.top[index]),
            self.most(glyphs.x1[index]),
            self.most(glyphs.bottom[index]),
        )


def ink_of_lines(inked: Bools, cuts: Ints) -> Ink:
    """What lines that begin at `cuts` print; `inked` says which glyphs are no spaces."""
    at = np.arange(len(inked))
    first = np.minimum.reduceat(np.where(inked, at, len(inked)), cuts)
    after = np.maximum.reduceat(np.where(inked, at, -1), cuts) + 1
    counts = np.diff(np.append(cuts, len(inked)))
    inner = (at >= np.repeat(first, counts)) & (at < np.repeat(after, counts))
    return Ink(first, after, cuts, inner)


def sizes_of_lines(sizes: Floats, cuts: Ints) -> Floats:
    """The middle one of the sizes of each line."""
    counts = np.diff(np.append(cuts, len(sizes)))
    order = np.lexsort((sizes, np.repeat(np.arange(len(cuts)), counts)))
    return np.asarray(sizes[order][cuts + counts // 2], dtype=np.float64)


def stand_off(glyphs: Glyphs, track: Track) -> list[bool]:
    """For each glyph whether it stands off the one before it by a space's width."""
    room = track.start[1:] - track.end[:-1]
    return [False, *(room > SPACE * np.maximum(glyphs.size[track.index[1:]], 1.0)).tolist()]
