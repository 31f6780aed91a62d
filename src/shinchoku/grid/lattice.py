"""The rules of one table in, its lattice out: the lines, the walls on them, the cells between."""

from collections.abc import Iterator, Sequence

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
"""What is lower or narrower than this (points) holds no text and is no cell, but the space between doubled
rules, or between a table and a box close to it."""
MOST_FIELDS = 250_000
"""What has a lattice of more fields than this is a drawing."""

Piece = tuple[int, int, int, int]
"""First row, first column, row after, column after."""


def lattice(network: Network) -> Grid | None:
    """The lattice of one table's rules; None where it has fewer than two cells. Raises DrawingError where it
    has far too many fields."""
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
        for r0, c0, r1, c1 in _cells(across, down)
        if xs[c1] - xs[c0] >= LEAST and ys[r1] - ys[r0] >= LEAST
    ]
    if len(pieces) < 2:
        return None
    drawn_top = bool(network.h_drawn[y_of == 0].any())
    drawn_bottom = bool(network.h_drawn[y_of == len(ys) - 1].any())
    return _numbered(xs.tolist(), ys.tolist(), pieces, not drawn_top, not drawn_bottom)


def _lines(rules: Floats) -> tuple[Floats, Ints]:
    """The places across of the lines that the rules lie on, ascending, and each rule's line."""
    line = cluster(rules[:, 0], SNAP)
    weight = rules[:, 2] - rules[:, 1] + 0.01
    return np.bincount(line, rules[:, 0] * weight) / np.bincount(line, weight), line


def _walls(rules: Floats, line: Ints, count: int, crossings: Floats) -> Bools:
    """walls[i, j]: whether rules cover enough of line i between crossings j and j + 1."""
    a, b = crossings[:-1], crossings[1:]
    covered = np.zeros((count, len(a)))
    rows, runs = merged(line, rules, 0.0)
    for i, (_, start, end) in zip(rows.tolist(), runs.tolist(), strict=True):
        covered[i] += np.clip(np.minimum(b, end) - np.maximum(a, start), 0.0, None)
    return np.asarray(covered >= COVER * (b - a), dtype=np.bool_)


def _cells(across: Bools, down: Bools) -> list[Piece]:
    """The cells of a lattice, joined over missing walls, in reading order.

    A joined region that is no rectangle is cut into rectangles, rows first. A piece open to the outside, or
    cut off without a wall, on two sides or more is the space beside a stepped outline and no cell."""
    pieces = np.array(_regions(across, down), dtype=np.intp)
    r0, c0, r1, c1 = pieces.T
    closed = np.zeros(len(pieces), dtype=np.intp)
    h_count = np.pad(np.cumsum(across, axis=1), ((0, 0), (1, 0)))
    v_count = np.pad(np.cumsum(down, axis=1), ((0, 0), (1, 0)))
    for row in (r0, r1):
        closed += h_count[row, c1] - h_count[row, c0] == c1 - c0
    for col in (c0, c1):
        closed += v_count[col, r1] - v_count[col, r0] == r1 - r0
    return sorted(tuple(piece) for piece in pieces[closed >= 3].tolist())


def _regions(across: Bools, down: Bools) -> list[Piece]:
    """Fields joined where no wall parts them, as rectangles."""
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
    full = (box[:, 2] - box[:, 0]) * (box[:, 3] - box[:, 1]) == counts
    pieces: list[Piece] = [tuple(b) for b in box[full].tolist()]
    for k in np.flatnonzero(~full).tolist():
        members = order[firsts[k] : firsts[k] + counts[k]]
        pieces += _rectangles(np.sort(members), cols)
    return pieces


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
    """The grid of these cells, without the lines that bound none of them."""
    rows = sorted({e for p in pieces for e in (p[0], p[2])})
    cols = sorted({e for p in pieces for e in (p[1], p[3])})
    row_of, col_of = {e: i for i, e in enumerate(rows)}, {e: i for i, e in enumerate(cols)}
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
    return Grid(tuple(xs[c] for c in cols), tuple(ys[r] for r in rows), slots, open_top, open_bottom)
