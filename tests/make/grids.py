"""Made tables, and the marks that each way of drawing rules leaves of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from shinchoku.grid import Grid
from shinchoku.page import Marks

Mark = tuple[float, float, float, float, float, bool, float]
"""x0, top, x1, bottom, width, filled, shade."""
Span = tuple[int, int, int, int]
"""Row, column, row span, column span."""
Rule = tuple[float, float, float]
"""A place across, and where the rule starts and ends along."""


@dataclass(frozen=True)
class MadeTable:
    """A table: the places of its lines in points, its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Span, ...]

    def box(self, cell: Span) -> tuple[float, float, float, float]:
        row, col, rows, cols = cell
        return self.xs[col], self.ys[row], self.xs[col + cols], self.ys[row + rows]

    def rules(self) -> tuple[list[Rule], list[Rule]]:
        """Horizontal and vertical rules, each as long as it goes unbroken."""
        across = {(e, k) for r, c, rs, cs in self.cells for e in (r, r + rs) for k in range(c, c + cs)}
        down = {(e, k) for r, c, rs, cs in self.cells for e in (c, c + cs) for k in range(r, r + rs)}
        return list(_runs(across, self.ys, self.xs)), list(_runs(down, self.xs, self.ys))

    def moved(self, dx: float, dy: float) -> "MadeTable":
        return MadeTable(tuple(x + dx for x in self.xs), tuple(y + dy for y in self.ys), self.cells)


def _runs(edges: set[tuple[int, int]], at: Sequence[float], along: Sequence[float]) -> Iterator[Rule]:
    """Unit edges (line, field along it) as rules."""
    ordered = sorted(edges)
    start = ordered[0]
    for a, b in pairwise([*ordered, (-9, -9)]):
        if b != (a[0], a[1] + 1):
            yield at[start[0]], along[start[1]], along[a[1] + 1]
            start = b


@st.composite
def made_tables(draw: st.DrawFn, plain_rows: bool = False) -> MadeTable:
    """Tables of up to 7 rows and 6 columns with merged cells, at least two of them; each line bounds a cell.
    `plain_rows`: no row is one cell, so that vertical rules meet every horizontal one."""
    rows, cols = draw(st.integers(1, 7)), draw(st.integers(2 if plain_rows else 1, 6))
    taken = np.zeros((rows, cols), dtype=np.bool_)
    cells: list[Span] = []
    for r in range(rows):
        for c in range(cols):
            if not taken[r, c]:
                most = next((k for k in range(c, cols) if taken[r, k]), cols) - c
                cs = draw(st.integers(1, most)) if draw(st.booleans()) else 1
                cs = 1 if plain_rows and cs == cols else cs
                rs = draw(st.integers(1, rows - r)) if draw(st.booleans()) else 1
                taken[r : r + rs, c : c + cs] = True
                cells.append((r, c, rs, cs))
    cells = cells if len(cells) > 1 else [(0, 0, 1, 1), (1, 0, 1, 1)]
    row_ends = sorted({e for r, _, rs, _ in cells for e in (r, r + rs)})
    col_ends = sorted({e for _, c, _, cs in cells for e in (c, c + cs)})
    spans = tuple(
        (
            row_ends.index(r),
            col_ends.index(c),
            row_ends.index(r + rs) - row_ends.index(r),
            col_ends.index(c + cs) - col_ends.index(c),
        )
        for r, c, rs, cs in cells
    )
    widths = draw(st.lists(st.integers(14, 120), min_size=len(col_ends) - 1, max_size=len(col_ends) - 1))
    heights = draw(st.lists(st.integers(12, 60), min_size=len(row_ends) - 1, max_size=len(row_ends) - 1))
    return MadeTable(_places(40.0, widths), _places(60.0, heights), spans)


def _places(first: float, steps: Sequence[int]) -> tuple[float, ...]:
    return tuple(first + float(n) for n in np.cumsum([0, *steps]))


def marks_of(marks: Iterable[Mark]) -> Marks:
    """Marks, in paint order, as a page has them."""
    table = np.array([[float(v) for v in m] for m in marks], dtype=np.float64).reshape(-1, 7)
    x0, top, x1, bottom, width, filled, shade = table.T
    return Marks(x0, top, x1, bottom, width, filled == 1, shade)


def spans(grid: Grid) -> list[Span]:
    return [(s.row, s.col, s.row_span, s.col_span) for s in grid.slots]


# Ways to paint one rule


def stroke(x0: float, top: float, x1: float, bottom: float, width: float = 0.5, shade: float = 0.0) -> Mark:
    return x0, top, x1, bottom, width, False, shade


def fill(x0: float, top: float, x1: float, bottom: float, shade: float = 0.0) -> Mark:
    return x0, top, x1, bottom, 0.0, True, shade


Way = Callable[[float, float, float], Iterator[tuple[float, float, float, float]]]
"""A rule to pieces (from and to across, from and to along)."""


def solid(at: float, start: float, end: float) -> Iterator[tuple[float, float, float, float]]:
    yield at, at, start, end


def thin(at: float, start: float, end: float) -> Iterator[tuple[float, float, float, float]]:
    yield at - 0.24, at + 0.24, start - 0.24, end + 0.24


def doubled(at: float, start: float, end: float) -> Iterator[tuple[float, float, float, float]]:
    yield at - 0.9, at - 0.5, start, end
    yield at + 0.5, at + 0.9, start, end


def dashed(at: float, start: float, end: float) -> Iterator[tuple[float, float, float, float]]:
    for a in np.arange(start, end, 5.0):
        yield at - 0.25, at + 0.25, float(a), min(float(a) + 3.0, end)


def dotted(at: float, start: float, end: float) -> Iterator[tuple[float, float, float, float]]:
    for a in np.linspace(start, end, max(2, round((end - start) / 2) + 1)):
        yield at - 0.3, at + 0.3, float(a) - 0.3, float(a) + 0.3


def too_long(at: float, start: float, end: float) -> Iterator[tuple[float, float, float, float]]:
    yield at, at, start - 1.0, end + 1.0


def too_short(at: float, start: float, end: float) -> Iterator[tuple[float, float, float, float]]:
    yield at, at, start + 1.0, end - 1.0


def _painted(
    table: MadeTable, way: Way, filled: bool, shade: float = 0.0, width: float = 0.0
) -> Iterator[Mark]:
    horizontal, vertical = table.rules()
    for rule in horizontal:
        for a, b, start, end in way(*rule):
            yield start, a, end, b, width, filled, shade
    for rule in vertical:
        for a, b, start, end in way(*rule):
            yield a, start, b, end, width, filled, shade


# Ways to paint a whole table


def as_strokes(table: MadeTable) -> Iterator[Mark]:
    return _painted(table, solid, filled=False, width=0.5)


def as_hairlines(table: MadeTable) -> Iterator[Mark]:
    return _painted(table, solid, filled=False)


def as_flat_boxes(table: MadeTable) -> Iterator[Mark]:
    return _painted(table, solid, filled=True)


def as_thin_boxes(table: MadeTable) -> Iterator[Mark]:
    return _painted(table, thin, filled=True)


def as_doubled_lines(table: MadeTable) -> Iterator[Mark]:
    return _painted(table, doubled, filled=True)


def as_dashes(table: MadeTable) -> Iterator[Mark]:
    return _painted(table, dashed, filled=True)


def as_dots(table: MadeTable) -> Iterator[Mark]:
    return _painted(table, dotted, filled=True)


def as_lines_too_long(table: MadeTable) -> Iterator[Mark]:
    return _painted(table, too_long, filled=False, width=0.5)


def as_lines_too_short(table: MadeTable) -> Iterator[Mark]:
    return _painted(table, too_short, filled=False, width=0.5)


def as_boxes_of_cells(table: MadeTable) -> Iterator[Mark]:
    """Each cell drawn by itself: the four sides of a stroked rectangle, a hair inside the cell."""
    for cell in table.cells:
        x0, top, x1, bottom = table.box(cell)
        x0, top, x1, bottom = x0 + 0.4, top + 0.4, x1 - 0.4, bottom - 0.4
        yield stroke(x0, top, x1, top)
        yield stroke(x1, top, x1, bottom)
        yield stroke(x0, bottom, x1, bottom)
        yield stroke(x0, top, x0, bottom)


def as_pieces(table: MadeTable) -> Iterator[Mark]:
    """Each cell's sides by themselves as thin boxes, a square at each corner."""
    for cell in table.cells:
        x0, top, x1, bottom = table.box(cell)
        for x in (x0, x1):
            for y in (top, bottom):
                yield fill(x - 0.24, y - 0.24, x + 0.24, y + 0.24)
            yield fill(x - 0.24, top + 0.24, x + 0.24, bottom - 0.24)
        for y in (top, bottom):
            yield fill(x0 + 0.24, y - 0.24, x1 - 0.24, y + 0.24)


def as_white_lines_on_shading(table: MadeTable) -> Iterator[Mark]:
    """One shaded ground under white rules, as far as the ground reaches."""
    yield fill(table.xs[0], table.ys[0], table.xs[-1], table.ys[-1], shade=0.8)
    yield from _painted(table, solid, filled=False, shade=1.0, width=0.5)


def as_white_gaps(table: MadeTable) -> Iterator[Mark]:
    """Shaded cells, white rules in the gaps between them, and the shading of their paragraphs over it."""
    for cell in table.cells:
        x0, top, x1, bottom = table.box(cell)
        yield fill(x0 + 0.24, top + 0.24, x1 - 0.24, bottom - 0.24, shade=0.7)
        yield fill(x0 + 5, top + 0.24, x1 - 5, top + 6, shade=0.7)
        yield fill(x0 + 5, top + 6, x1 - 5, bottom - 0.24, shade=0.7)
    yield from _painted(table, thin, filled=True, shade=1.0)


def as_shading(table: MadeTable) -> Iterator[Mark]:
    """Shaded cells and nothing else."""
    for cell in table.cells:
        yield fill(*table.box(cell), shade=0.7 + 0.2 * (cell[0] % 2))


def as_lines_over_stripes(table: MadeTable) -> Iterator[Mark]:
    """Every second cell shaded, within its rules; rules on top."""
    for cell in table.cells[::2]:
        x0, top, x1, bottom = table.box(cell)
        yield fill(x0 + 0.5, top + 0.5, x1 - 0.5, bottom - 0.5, shade=0.9)
    yield from as_thin_boxes(table)


PIECEWISE: Mapping[str, Way] = {
    w.__name__: w for w in (solid, thin, doubled, dashed, dotted, too_long, too_short)
}


def as_drawn(table: MadeTable, ways: Sequence[str], off: Sequence[float]) -> Iterator[Mark]:
    """Each rule in one of the ways, `off` points from its place; both lists are gone round."""
    horizontal, vertical = table.rules()
    for k, (at, start, end) in enumerate([*horizontal, *vertical]):
        for a, b, c, d in PIECEWISE[ways[k % len(ways)]](at + off[k % len(off)], start, end):
            yield fill(c, a, d, b) if k < len(horizontal) else fill(a, c, b, d)


def without_sides(table: MadeTable) -> Iterator[Mark]:
    """Rules but the outer left and right ones."""
    for mark in as_strokes(table):
        x0, _, x1, _, *_ = mark
        if not (x0 == x1 and x0 in (table.xs[0], table.xs[-1])):
            yield mark


WAYS: Mapping[str, Callable[[MadeTable], Iterator[Mark]]] = {
    way.__name__: way
    for way in (
        as_strokes,
        as_hairlines,
        as_flat_boxes,
        as_thin_boxes,
        as_doubled_lines,
        as_dashes,
        as_dots,
        as_lines_too_long,
        as_lines_too_short,
        as_boxes_of_cells,
        as_pieces,
        as_white_lines_on_shading,
        as_white_gaps,
        as_shading,
        as_lines_over_stripes,
    )
}
