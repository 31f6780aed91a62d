"""The rules of one table in, its lattice out: the lines, the walls on them, the cells between."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from shinchoku.grid.meeting import DrawingError, Ints, cluster, components, merged
from shinchoku.grid.network import Network
from shinchoku.grid.table import Grid, Slot
from shinchoku.page import Bools, Floats

SNAP = 2.6
"""Rules nearer than this across (points) lie on one line: doubled rules, the two sides of a thin box, a point
of overshoot."""
COVER = 0.6
"""How much of the side between two crossings rules must cover to be a wall there."""
LEAST = 4.5
"""What is lower or narrower than this (points) holds no text and is no cell: lines that near to each
other are one, as those of a doubled rule or of a table and a box close to it, if no more lie beside them."""
MOST_FIELDS = 250_000
"""What has a lattice of more fields than this is a drawing."""

Piece = tuple[int, int, int, int]
"""First row, first column, row after, column after."""


def lattice(network: Network, letters: Floats | None = None) -> Grid | None:
    """The lattice of one table's rules; None where it has fewer than two cells. Boxes that are drawn in a
    cell and hold none of the `letters` (boxes: x0, top, x1, bottom) are no cells. Raises DrawingError where
    it has far too many fields."""
    xs, x_of = _lines(network.vertical)
    ys, y_of = _lines(network.horizontal)
    if len(xs) * len(ys) > MOST_FIELDS:
        raise DrawingError
    if len(xs) < 2 or len(ys) < 2:
        return None
    across = _walls(network.horizontal, y_of, len(ys), xs)
    down = _walls(network.vertical, x_of, len(xs), ys)
    pieces = [
        (r0, c0, r1, c1)
        for r0, c0, r1, c1 in _cells(across, down, _held(letters, xs, ys))
        if xs[c1] - xs[c0] >= LEAST and ys[r1] - ys[r0] >= LEAST
    ]
    if len(pieces) < 2:
        return None
    drawn_top = bool(network.h_drawn[y_of == 0].any())
    drawn_bottom = bool(network.h_drawn[y_of == len(ys) - 1].any())
    sides = network.v_drawn[(x_of == 0) | (x_of == len(xs) - 1)]
    grid = _numbered(xs.tolist(), ys.tolist(), pieces, not drawn_top, not drawn_bottom)
    return replace(grid, open_sides=not sides.any())


def _lines(rules: Floats) -> tuple[Floats, Ints]:
    """The places across of the lines that the rules lie on, ascending, and each rule's line."""
    line = cluster(rules[:, 0], SNAP)
    weight = rules[:, 2] - rules[:, 1] + 0.01
    lines = np.bincount(line, rules[:, 0] * weight) / np.bincount(line, weight)
    near = _near(lines)
    if near[-1] + 1 < len(lines):
        line = near[line]
        lines = np.bincount(line, rules[:, 0] * weight) / np.bincount(line, weight)
    return lines, line


def _near(lines: Floats) -> Ints:
    """A number for each of the lines, ascending; LEAST apart at most are those of one number. Where more lie
    that near to the next, such as the strips of a gradient, each keeps one of its own."""
    chain = np.cumsum(np.diff(lines, prepend=-np.inf) >= LEAST) - 1
    firsts = np.flatnonzero(np.diff(chain, prepend=-1))
    extent = np.maximum.reduceat(lines, firsts) - lines[firsts]
    apart = np.diff(chain, prepend=-1).astype(np.bool_) | (extent >= LEAST)[chain]
    return np.asarray(np.cumsum(apart) - 1, dtype=np.intp)


def _walls(rules: Floats, line: Ints, count: int, crossings: Floats) -> Bools:
    """walls[i, j]: whether rules cover enough of line i between crossings j and j + 1."""
    a, b = crossings[:-1], crossings[1:]
    covered = np.zeros((count, len(a)))
    rows, runs = merged(line, rules, 0.0)
    for i, (_, start, end) in zip(rows.tolist(), runs.tolist(), strict=True):
        covered[i] += np.maximum(np.minimum(b, end) - np.maximum(a, start), 0.0)
    return np.asarray(covered >= COVER * (b - a), dtype=np.bool_)


def _held(letters: Floats | None, xs: Floats, ys: Floats) -> Bools:
    """Which fields of a lattice hold letters; all, where that is not known."""
    if letters is None:
        return np.ones((len(ys) - 1, len(xs) - 1), dtype=np.bool_)
    x, y = (letters[:, 0] + letters[:, 2]) / 2, (letters[:, 1] + letters[:, 3]) / 2
    return np.asarray(np.histogram2d(y, x, (ys, xs))[0] > 0, dtype=np.bool_)


def _cells(across: Bools, down: Bools, held: Bools) -> list[Piece]:
    """The cells of a lattice, joined over missing walls, in reading order.

    A joined region that is no rectangle is cut into rectangles, rows first. A piece open to the outside, or
    cut off without a wall, on two sides or more is the space beside a stepped outline and no cell."""
    pieces = np.array(_regions(across, down, held), dtype=np.intp)
    r0, c0, r1, c1 = pieces.T
    closed = np.zeros(len(pieces), dtype=np.intp)
    h_count = np.pad(np.cumsum(across, axis=1), ((0, 0), (1, 0)))
    v_count = np.pad(np.cumsum(down, axis=1), ((0, 0), (1, 0)))
    for row in (r0, r1):
        closed += h_count[row, c1] - h_count[row, c0] == c1 - c0
    for col in (c0, c1):
        closed += v_count[col, r1] - v_count[col, r0] == r1 - r0
    return sorted(tuple(piece) for piece in pieces[closed >= 3].tolist())


def _regions(across: Bools, down: Bools, held: Bools) -> list[Piece]:
    """Fields joined where no wall parts them, as rectangles. What is drawn in one and holds nothing (`held`
    by field) is part of it."""
    rows, cols = across.shape[0] - 1, down.shape[0] - 1
    field = np.arange(rows * cols).reshape(rows, cols)
    below, beside = ~across[1:-1], ~down[1:-1].T
    a = np.concatenate([field[:-1][below], field[:, :-1][beside]])
    b = np.concatenate([field[1:][below], field[:, 1:][beside]])
    _, label = np.unique(components(rows * cols, a, b), return_inverse=True)
    order = np.argsort(label, kind="stable")
    firsts = np.flatnonzero(np.diff(label[order], prepend=-1))
    r, c = order // cols, order % cols
    box = np.column_stack(
        [
            np.minimum.reduceat(r, firsts),
            np.minimum.reduceat(c, firsts),
            np.maximum.reduceat(r, firsts) + 1,
            np.maximum.reduceat(c, firsts) + 1,
        ]
    )
    counts = np.diff(np.append(firsts, rows * cols))
    extent = (box[:, 2:] - box[:, :2]).prod(axis=1)
    full = extent == counts
    empty = np.bincount(label, held.reshape(-1)) == 0
    pieces: list[Piece] = []
    part = np.zeros(len(box), dtype=np.bool_)
    for k in sorted(np.flatnonzero(~full).tolist(), key=lambda k: -extent[k]):
        within = _within(label.reshape(rows, cols), k, box, empty) if not part[k] else ()
        if len(within) and _is_closed(across, down, box[k].tolist()):
            part[within] = True
            pieces.append(tuple(box[k].tolist()))
        elif not part[k]:
            members = order[firsts[k] : firsts[k] + counts[k]]
            pieces += _rectangles(np.sort(members), cols)
    return [*pieces, *(tuple(b) for b in box[full & ~part].tolist())]


def _within(label: Ints, k: int, box: Ints, empty: Bools) -> Ints:
    """The other regions within the outline of region k, where all of them are whole and empty."""
    r0, c0, r1, c1 = box[k]
    others = np.setdiff1d(label[r0:r1, c0:c1], [k])
    whole = (box[others, :2] >= (r0, c0)).all() and (box[others, 2:] <= (r1, c1)).all()
    return others if whole and empty[others].all() else others[:0]


def _is_closed(across: Bools, down: Bools, outline: Piece) -> bool:
    """Whether walls stand all around."""
    r0, c0, r1, c1 = outline
    return bool(across[[r0, r1], c0:c1].all() and down[[c0, c1], r0:r1].all())


def _rectangles(fields: Ints, cols: int) -> Iterator[Piece]:
    """Fields (row * cols + column, ascending) as rectangles."""
    columns: dict[int, list[int]] = {}
    for field in fields.tolist():
        columns.setdefault(field // cols, []).append(field % cols)
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


def _numbered(
    xs: Sequence[float], ys: Sequence[float], pieces: Sequence[Piece], open_top: bool, open_bottom: bool
) -> Grid:
    """The grid of these cells, without the lines that bound none of them: each row and column has a cell."""
    row_of, col_of = _places(pieces, 0), _places(pieces, 1)
    slots = tuple(
        Slot(
            row_of[r0],
            col_of[c0],
            row_of[r1] - row_of[r0],
            col_of[c1] - col_of[c0],
            (xs[c0], ys[r0], xs[c1], ys[r1]),
        )
        for r0, c0, r1, c1 in pieces
    )
    return Grid(_means(xs, col_of), _means(ys, row_of), slots, open_top, open_bottom)


def _places(pieces: Sequence[Piece], way: int) -> dict[int, int]:
    """The rows (way 0) or columns (1) of the cells' ends: those that lie at two lines with no cell between
    them are one."""
    ends = sorted({e for p in pieces for e in (p[way], p[way + 2])})
    filled = np.zeros(ends[-1] + 1, dtype=np.bool_)
    for p in pieces:
        filled[p[way] : p[way + 2]] = True
    place = {ends[0]: 0}
    for before, end in pairwise(ends):
        place[end] = place[before] + int(filled[before])
    return place


def _means(lines: Sequence[float], place: Mapping[int, int]) -> tuple[float, ...]:
    """Where the lines lie that are at each place."""
    at: list[list[float]] = [[] for _ in range(max(place.values()) + 1)]
    for k, n in place.items():
        at[n].append(lines[k])
    return tuple(sum(found) / len(found) for found in at)
