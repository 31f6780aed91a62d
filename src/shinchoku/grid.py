"""A page's painted marks in, the lattices of its ruled tables out: lines, the walls on them, and the cells
between."""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Floats, Marks

Box = tuple[float, float, float, float]
Walls = NDArray[np.bool_]

SNAP = 2.6
"""Rules nearer than this (points) are one line: doubled rules, the two sides of a thin box, a point of
overshoot."""
GAP = 4.0
"""A rule goes on over a break of up to this many points: dashes, dots, a corner that falls short."""
THIN = 3.0
"""A filled box thinner than this (points) is a rule."""
DOT = 3.0
"""A filled box smaller than this both ways may be a dot of a dotted rule."""
MEET = 3.0
"""Two rules meet when one comes this near (points) to the other."""
STACKED = 1.5
"""A row without any side joins the table above and below it when it is no higher than this many times the
lowest row."""
COVER = 0.6
"""How much of the side between two crossings a rule must cover to be a wall there."""
WHITE = 0.97
"""Paint at least this light does not show on paper."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of a lattice: its first row and column (0-based), how many it spans, its box in points."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: `xs` and `ys` are its lines' places in points, ascending; `slots` its cells, in reading
    order. `open_top` and `open_bottom` say that no rule closes the table there."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    slots: tuple[Slot, ...]
    open_top: bool = False
    open_bottom: bool = False

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def find_grids(marks: Marks) -> tuple[Grid, ...]:
    """The ruled tables of a page, top to bottom, then left to right.

    Drawn rules are read first; the sides of shaded boxes count only where no drawn table is (shading that is
    the only border a table has)."""
    horizontal, vertical = _rules(marks)
    grids = _lattices(horizontal, vertical)
    taken = np.array([g.box for g in grids]).reshape(-1, 4)
    h_sides, v_sides = _shading_sides(marks, taken)
    if len(h_sides):
        spare_h = _elsewhere(horizontal, taken[:, [1, 0, 3, 2]])
        spare_v = _elsewhere(vertical, taken)
        grids += _lattices(np.vstack([spare_h, h_sides]), np.vstack([spare_v, v_sides]))
    return tuple(sorted(grids, key=lambda g: (round(g.ys[0] / SNAP), g.xs[0])))


def _rules(marks: Marks) -> tuple[Floats, Floats]:
    """Horizontal and vertical rules as two arrays of (at, start, end)."""
    shown = _shown(marks)
    wide, tall = marks.x1 - marks.x0, marks.bottom - marks.top
    dot = shown & (wide < DOT) & (tall < DOT) & (marks.filled | (marks.width > 0))
    flat = shown & (tall < THIN) & (wide >= DOT)
    steep = shown & (wide < THIN) & (tall >= DOT)
    mid_x, mid_y = (marks.x0 + marks.x1) / 2, (marks.top + marks.bottom) / 2
    h = np.column_stack([mid_y, marks.x0, marks.x1])
    v = np.column_stack([mid_x, marks.top, marks.bottom])
    return np.vstack([h[flat], _strings(h[dot])]), np.vstack([v[steep], _strings(v[dot])])


def _shown(marks: Marks) -> Walls:
    """Marks that show: white ones only where they lie on shading painted before them."""
    shown = marks.shade < WHITE
    grounds = [
        i
        for i in np.flatnonzero(marks.filled & shown)
        if marks.x1[i] - marks.x0[i] >= THIN and marks.bottom[i] - marks.top[i] >= THIN
    ]
    for i in np.flatnonzero(~shown):
        if not grounds:
            break
        x, y = (marks.x0[i] + marks.x1[i]) / 2, (marks.top[i] + marks.bottom[i]) / 2
        thin = min(marks.x1[i] - marks.x0[i], marks.bottom[i] - marks.top[i]) < THIN
        shown[i] = thin and any(
            g < i and marks.x0[g] < x < marks.x1[g] and marks.top[g] < y < marks.bottom[g] for g in grounds
        )
    return shown


def _strings(dots: Floats) -> Floats:
    """Dots (at, start, end) that stand in a row, at least four a few points apart, as rules."""
    if len(dots) < 4:
        return np.empty((0, 3))
    order = np.lexsort((dots[:, 1], np.round(dots[:, 0] * 2)))
    d = dots[order]
    along = np.diff(d[:, 1])
    breaks = (np.abs(np.diff(d[:, 0])) > 0.6) | (along > DOT + GAP) | (along < 0)
    starts = np.concatenate([[0], np.flatnonzero(breaks) + 1])
    ends = np.concatenate([starts[1:], [len(d)]])
    rows = [
        (d[a:b, 0].mean(), d[a, 1], d[a:b, 2].max()) for a, b in zip(starts, ends, strict=True) if b - a >= 4
    ]
    return np.array(rows, dtype=np.float64).reshape(-1, 3)


def _shading_sides(marks: Marks, taken: Floats) -> tuple[Floats, Floats]:
    """The sides of shaded boxes that lie in none of the boxes `taken`, as horizontal and vertical rules."""
    wide, tall = marks.x1 - marks.x0, marks.bottom - marks.top
    use = marks.filled & (marks.shade < WHITE) & (wide >= 2 * THIN) & (tall >= 2 * THIN)
    for x0, top, x1, bottom in taken:
        use &= (marks.x0 >= x1) | (marks.x1 <= x0) | (marks.top >= bottom) | (marks.bottom <= top)
    x0, top, x1, bottom = marks.x0[use], marks.top[use], marks.x1[use], marks.bottom[use]
    h = np.vstack([np.column_stack([top, x0, x1]), np.column_stack([bottom, x0, x1])])
    v = np.vstack([np.column_stack([x0, top, bottom]), np.column_stack([x1, top, bottom])])
    return h, v


def _elsewhere(rules: Floats, taken: Floats) -> Floats:
    """The rules (at, start, end) whose middle lies in no box (at, start, at, end) of `taken`."""
    keep = np.ones(len(rules), dtype=np.bool_)
    middle = (rules[:, 1] + rules[:, 2]) / 2
    for a0, s0, a1, s1 in taken:
        keep &= (rules[:, 0] < a0 - MEET) | (rules[:, 0] > a1 + MEET) | (middle < s0) | (middle > s1)
    return rules[keep]


def _lattices(horizontal: Floats, vertical: Floats) -> list[Grid]:
    found = (_lattice(h, v) for h, v in _connected(_joined(horizontal), _joined(vertical)))
    return [grid for grid in found if grid is not None]


def _joined(rules: Floats) -> Floats:
    """Rules (at, start, end) made one where they lie within SNAP across and overlap or nearly touch along."""
    if not len(rules):
        return rules
    rules = rules[np.lexsort((rules[:, 1], rules[:, 0]))]
    out: list[tuple[float, float, float]] = []
    first = 0
    for i in range(1, len(rules) + 1):
        if i == len(rules) or rules[i, 0] - rules[first, 0] > SNAP:
            out += _runs(rules[first:i])
            first = i
    return np.array(out)


def _runs(cluster: Floats) -> list[tuple[float, float, float]]:
    """The unbroken runs of a cluster of rules; each lies at their mean, long ones counting for more."""
    cluster = cluster[np.argsort(cluster[:, 1], kind="stable")]
    reach = np.maximum.accumulate(cluster[:, 2])
    cuts = [0, *(np.flatnonzero(cluster[1:, 1] > reach[:-1] + GAP) + 1), len(cluster)]
    runs = []
    for a, b in itertools.pairwise(cuts):
        run = cluster[a:b]
        weight = run[:, 2] - run[:, 1] + 0.01
        at = float((run[:, 0] * weight).sum() / weight.sum())
        runs.append((at, float(run[0, 1]), float(reach[b - 1])))
    return runs


def _connected(horizontal: Floats, vertical: Floats) -> Iterator[tuple[Floats, Floats]]:
    """Groups of rules that meet: those of one table, two each way at least."""
    group = list(range(len(horizontal) + len(vertical)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for i, (y, x0, x1) in enumerate(horizontal):
        meets = (vertical[:, 0] >= x0 - MEET) & (vertical[:, 0] <= x1 + MEET)
        meets &= (vertical[:, 1] <= y + MEET) & (vertical[:, 2] >= y - MEET)
        for j in np.flatnonzero(meets):
            group[root(len(horizontal) + int(j))] = root(i)
    for above, below in _stacked(horizontal, vertical):
        group[root(below)] = root(above)
    members: dict[int, tuple[list[int], list[int]]] = {}
    for i in range(len(group)):
        h, v = members.setdefault(root(i), ([], []))
        (h if i < len(horizontal) else v).append(i if i < len(horizontal) else i - len(horizontal))
    for h, v in members.values():
        if (len(h) >= 2 and len(v) >= 2) or (len(h) + len(v) >= 4 and h and v):
            yield horizontal[h], vertical[v]


def _stacked(horizontal: Floats, vertical: Floats) -> Iterator[tuple[int, int]]:
    """Pairs of horizontal rules that a row spanning a table without outer sides stands between: of one
    extent, no side drawn at their ends, no further apart than the rows of that table are high."""
    order = np.lexsort(
        (horizontal[:, 0], np.round(horizontal[:, 2] / MEET), np.round(horizontal[:, 1] / MEET))
    )
    alike = [
        (int(i), int(j), float(horizontal[j, 0] - horizontal[i, 0]))
        for i, j in itertools.pairwise(order)
        if np.abs(horizontal[i, 1:] - horizontal[j, 1:]).max() < MEET
        and not _has_sides(horizontal[i], vertical)
        and not _has_sides(horizontal[j], vertical)
    ]
    low = min((gap for _, _, gap in alike if gap > 2 * SNAP), default=0.0)
    yield from ((i, j) for i, j, gap in alike if gap <= STACKED * low)


def _has_sides(rule: Floats, vertical: Floats) -> bool:
    """Whether a vertical rule meets an end of the horizontal one."""
    y, *ends = rule
    meets = (vertical[:, 1] <= y + MEET) & (vertical[:, 2] >= y - MEET)
    return any((meets & (np.abs(vertical[:, 0] - x) < MEET)).any() for x in ends)


def _lattice(horizontal: Floats, vertical: Floats) -> Grid | None:
    """The lattice of one table's rules; None where it has fewer than two cells."""
    xs, ys = _places(vertical), _places(horizontal)
    x_ends, y_ends = _undrawn(horizontal, xs), _undrawn(vertical, ys)
    xs, ys = sorted([*xs, *x_ends]), sorted([*ys, *y_ends])
    if len(xs) < 2 or len(ys) < 2:
        return None
    across = _walls(horizontal, ys, xs)
    down = _walls(vertical, xs, ys)
    for x in x_ends:
        down[xs.index(x), :] = True
    for y in y_ends:
        across[ys.index(y), :] = True
    slots = _slots(across, down)
    if len(slots) < 2:
        return None
    opened = (ys[0] in y_ends, ys[-1] in y_ends)
    return _renumbered(xs, ys, slots, opened)


def _places(rules: Floats) -> list[float]:
    """The distinct places across of a table's rules, ascending: those within SNAP of the first are one."""
    places: list[list[float]] = []
    for at in sorted(rules[:, 0]):
        if places and at - places[-1][0] <= SNAP:
            places[-1].append(float(at))
        else:
            places.append([float(at)])
    return [sum(p) / len(p) for p in places]


def _undrawn(rules: Floats, places: Sequence[float]) -> list[float]:
    """Outer sides that are not drawn: where two or more rules end together beyond the last line across
    them."""
    found = []
    for column, side in ((1, -1), (2, 1)):
        ends = rules[:, column] * side
        reach = float(ends.max())
        last = max((p * side for p in places), default=-math.inf)
        if reach > last + 2 * SNAP and (ends > reach - SNAP).sum() >= 2:
            found.append(reach * side)
    return found


def _walls(rules: Floats, places: Sequence[float], crossings: Sequence[float]) -> Walls:
    """walls[i, j]: whether rules cover enough of line i between crossings j and j + 1."""
    a, b = np.array(crossings[:-1]), np.array(crossings[1:])
    covered = np.zeros((len(places), len(a)))
    at = np.array(places)
    for place, start, end in rules:
        i = int(np.abs(at - place).argmin())
        covered[i] += np.clip(np.minimum(b, end) - np.maximum(a, start), 0.0, None)
    return np.asarray(covered >= COVER * (b - a), dtype=np.bool_)


def _slots(across: Walls, down: Walls) -> list[tuple[int, int, int, int]]:
    """Cells as (first row, first column, row after, column after), joined over missing walls.

    A joined region that is no rectangle is cut into rectangles, rows first. A piece open to the outside, or
    cut off without a wall, on two sides or more is the space beside a stepped outline and no cell."""
    rows, cols = across.shape[0] - 1, down.shape[0] - 1
    seen = np.zeros((rows, cols), dtype=np.bool_)
    slots = []
    for r in range(rows):
        for c in range(cols):
            if not seen[r, c]:
                region = _flood(r, c, across, down, seen)
                for piece in _rectangles(region):
                    r0, c0, r1, c1 = piece
                    closed = (
                        across[r0, c0:c1].all(),
                        across[r1, c0:c1].all(),
                        down[c0, r0:r1].all(),
                        down[c1, r0:r1].all(),
                    )
                    if sum(closed) >= 3:
                        slots.append(piece)
    return sorted(slots)


def _flood(r: int, c: int, across: Walls, down: Walls, seen: Walls) -> set[tuple[int, int]]:
    """The boxes reached from (r, c) without crossing a wall; marks them as seen."""
    rows, cols = seen.shape
    region, todo = set(), [(r, c)]
    seen[r, c] = True
    while todo:
        r, c = todo.pop()
        region.add((r, c))
        for nr, nc, wall in (
            (r - 1, c, across[r, c]),
            (r + 1, c, across[r + 1, c]),
            (r, c - 1, down[c, r]),
            (r, c + 1, down[c + 1, r]),
        ):
            if 0 <= nr < rows and 0 <= nc < cols and not wall and not seen[nr, nc]:
                seen[nr, nc] = True
                todo.append((nr, nc))
    return region


def _rectangles(region: set[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """The region as rectangles (first row, first column, row after, column after): itself where it is one."""
    columns: dict[int, list[int]] = {}
    for r, c in sorted(region):
        columns.setdefault(r, []).append(c)
    open_runs: dict[tuple[int, int], int] = {}
    for r in range(min(columns), max(columns) + 2):
        runs = set(_consecutive(columns.get(r, [])))
        for run in [k for k in open_runs if k not in runs]:
            yield open_runs.pop(run), run[0], r, run[1]
        for run in runs:
            open_runs.setdefault(run, r)


def _consecutive(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for i in range(1, len(numbers) + 1):
        if i == len(numbers) or numbers[i] != numbers[i - 1] + 1:
            yield numbers[start], numbers[i - 1] + 1
            start = i


def _renumbered(
    xs: Sequence[float],
    ys: Sequence[float],
    slots: Sequence[tuple[int, int, int, int]],
    opened: tuple[bool, bool],
) -> Grid:
    """The grid of these slots, without the lines that bound none of them."""
    rows = sorted({e for s in slots for e in (s[0], s[2])})
    cols = sorted({e for s in slots for e in (s[1], s[3])})
    row_of, col_of = {e: i for i, e in enumerate(rows)}, {e: i for i, e in enumerate(cols)}
    return Grid(
        xs=tuple(xs[c] for c in cols),
        ys=tuple(ys[r] for r in rows),
        slots=tuple(
            Slot(
                row_of[r0],
                col_of[c0],
                row_of[r1] - row_of[r0],
                col_of[c1] - col_of[c0],
                (xs[c0], ys[r0], xs[c1], ys[r1]),
            )
            for r0, c0, r1, c1 in slots
        ),
        open_top=opened[0],
        open_bottom=opened[1],
    )
