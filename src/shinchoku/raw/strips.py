"""The lines of a page's running text in, the same in reading coordinates, column after column, out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shinchoku.grid.meeting import components
from shinchoku.lines import PlacedLine, placed_lines_of_groups
from shinchoku.lines.track import Ints, axes, turns
from shinchoku.page import Glyphs
from shinchoku.text import is_cjk

GUTTER = 1.5
"""Columns of text stand at least this many ems apart."""
FEWEST = 4
"""A column has at least so many lines."""
WIDEST = 8.0
"""A column of running text is at least this many ems wide."""
FULL = 1.2
"""A line is full when it ends within this many ems of the column's edge; half of a column's lines are."""
EDGE = 0.3
"""Lines begin at the same edge when they begin within this many ems of each other."""
LEADING = 1.2
"""Lines of one patch of text have no more than this many ems between them."""
MOST_RUNS = 4_000
"""Among more pieces of text than this no patches are looked for."""
SKIP = 3.0
"""A column ends where nothing is printed in it for this many ems."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A line as one reads it: `start` and `end` along the line, `near` and `far` across it, ascending as one
    reads, in points; `middle`, where most of its letters, Japanese ones if there are any, have theirs; the
    font of most of its Japanese letters, "" where it has none."""

    placed: PlacedLine
    start: float
    end: float
    near: float
    far: float
    middle: float
    font: str

    @property
    def em(self) -> float:
        return max(self.placed.line.size, 1.0)


def strips(glyphs: Glyphs, index: Ints, gap: float) -> list[list[Strip]]:
    """The lines of the glyphs `index`, all of one reading direction, in lists: one for each column of text in
    reading order. A line is cut where nothing is printed for `gap` ems."""
    group = np.full(len(glyphs), -1, dtype=np.intp)
    group[index] = _islands(glyphs, index, gap)
    narrow = [_strip(glyphs, placed) for placed in placed_lines_of_groups(glyphs, group, GUTTER)]
    found = []
    for column in _columns(sorted(narrow, key=lambda s: (s.near, s.start))):
        members = np.sort(np.concatenate([s.placed.index for s in column]))
        own = np.full(len(glyphs), -1, dtype=np.intp)
        own[members] = group[members]
        lines = [_strip(glyphs, placed) for placed in placed_lines_of_groups(glyphs, own, gap)]
        found.append(sorted(lines, key=lambda s: (round(s.near, 1), s.start)))
    return found


def _islands(glyphs: Glyphs, index: Ints, gap: float) -> Ints:
    """For each of the glyphs `index` the number of the patch of text it stands in: patches stand more than
    `gap` ems apart along the lines, or a line's height across them. Lines that stand beside each other at
    different heights are told apart by that."""
    start, end, near, far = axes(glyphs, index, turns(glyphs, index))
    em = np.maximum(glyphs.size[index], 1.0)
    level = np.abs(np.diff((near + far) / 2)) < 0.2 * em[1:]
    room = start[1:] - end[:-1]
    cuts = np.flatnonzero(~(level & (room > -em[1:]) & (room < gap * em[1:]))) + 1
    firsts = np.concatenate([[0], cuts])
    if len(firsts) > MOST_RUNS:
        return np.zeros(len(index), dtype=np.intp)
    size = np.maximum.reduceat(em, firsts)
    start = np.minimum.reduceat(start, firsts) - gap / 2 * size
    end = np.maximum.reduceat(end, firsts) + gap / 2 * size
    near = np.minimum.reduceat(near, firsts) - LEADING / 2 * size
    far = np.maximum.reduceat(far, firsts) + LEADING / 2 * size
    meets = (start[:, None] < end) & (start < end[:, None]) & (near[:, None] < far) & (near < far[:, None])
    a, b = np.nonzero(np.triu(meets, 1))
    island = components(len(firsts), a, b)
    return np.repeat(island, np.diff(np.append(firsts, len(index))))


def _strip(glyphs: Glyphs, placed: PlacedLine) -> Strip:
    x0, top, x1, bottom = placed.line.box
    start, end, near, far = (
        (x0, x1, top, bottom),
        (top, bottom, -x1, -x0),
        (-x1, -x0, -bottom, -top),
        (-bottom, -top, x0, x1),
    )[placed.turn]
    index = placed.index
    japanese = [i for i in index.tolist() if is_cjk(glyphs.text[i][0])]
    fonts = [glyphs.font[i] for i in japanese]
    font = max(sorted(set(fonts)), key=fonts.count) if fonts else ""
    most = np.array(japanese) if japanese else index
    if placed.turn in (0, 2):
        middles = (glyphs.top[most] + glyphs.bottom[most]) / 2
    else:
        middles = (glyphs.x0[most] + glyphs.x1[most]) / 2
    middle = float(np.sort(middles)[len(middles) // 2])
    return Strip(placed, start, end, near, far, middle if placed.turn in (0, 3) else -middle, font)


def _columns(lines: Sequence[Strip]) -> list[list[Strip]]:
    """The lines in groups, each to be read before the next: what stands above two columns, the left one, the
    right one, what stands below."""
    if len(lines) < 2 * FEWEST:
        return [list(lines)] if lines else []
    for edge in _edges(lines):
        parts = _parts(lines, edge)
        if parts is not None:
            return [column for part in parts for column in _columns(part)]
    return [list(lines)]


def _edges(lines: Sequence[Strip]) -> list[Strip]:
    """Lines at whose start a second column may begin: as many begin there as a column has, and not all."""
    starts = np.array([s.start for s in lines])
    first = float(starts.min())
    edges: list[Strip] = []
    for s in sorted(lines, key=lambda s: s.start):
        same = np.abs(starts - s.start) <= EDGE * s.em
        known = bool(edges) and s.start - edges[-1].start <= EDGE * s.em
        if same.sum() >= FEWEST and s.start > first + WIDEST * s.em and not known:
            edges.append(s)
    return edges


def _parts(lines: Sequence[Strip], edge: Strip) -> list[list[Strip]] | None:
    """The lines above two columns, of the left one, of the right one and below them, where the second column
    begins level with `edge`; None where there are no such columns."""
    em, x = edge.em, edge.start
    left = [s for s in lines if s.end <= x - GUTTER * em]
    right = [s for s in lines if s.start >= x - EDGE * em]
    over = [s for s in lines if s.end > x - GUTTER * em and s.start < x - EDGE * em]
    top = max((s.far for s in over if s.middle < edge.middle), default=-np.inf)
    bottom = min((s.near for s in over if s.middle > edge.middle), default=np.inf)
    left, right = (_unbroken([s for s in side if top <= s.middle <= bottom], em) for side in (left, right))
    if not _is_column(left, em) or not _is_column(right, em):
        return None
    mine = {id(s) for s in (*left, *right)}
    rest = [s for s in lines if id(s) not in mine]
    level = min(s.middle for s in (*left, *right))
    return [
        part
        for part in (
            [s for s in rest if s.middle < level],
            left,
            right,
            [s for s in rest if s.middle >= level],
        )
        if part
    ]


def _unbroken(column: Sequence[Strip], em: float) -> list[Strip]:
    """The longest run of the column's lines without a wide space between them."""
    runs: list[list[Strip]] = [[]]
    for s in sorted(column, key=lambda s: s.middle):
        if runs[-1] and s.near - max(t.far for t in runs[-1]) > SKIP * em:
            runs.append([])
        runs[-1].append(s)
    return max(runs, key=len)


def _is_column(column: Sequence[Strip], em: float) -> bool:
    """Whether lines are set as running text is: wide, and most of them full."""
    if len(column) < FEWEST:
        return False
    start, end = min(s.start for s in column), max(s.end for s in column)
    full = sum(s.end >= end - FULL * em for s in column)
    return end - start >= WIDEST * em and 2 * full >= len(column)
