"""What rules make: tables, which are lines and the cells between them, and frames; what stands by."""

from dataclasses import dataclass, field, replace

import numpy as np

from shinchoku.page import Bools, Floats

Box = tuple[float, float, float, float]


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
    order. `open_top` and `open_bottom` say that no rule closes the table there, `open_sides` that none does
    on its left and right; `rows_unsure` that lines of text make its rows, or may, and rules do not tell.
    `seams` are rows before which another table may begin."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    slots: tuple[Slot, ...]
    open_top: bool = False
    open_bottom: bool = False
    open_sides: bool = False
    rows_unsure: bool = False
    seams: tuple[int, ...] = ()

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def turned(self) -> "Grid":
        """The same with x and y changed, without what is said of its sides."""
        slots = [
            Slot(s.col, s.row, s.col_span, s.row_span, (*s.box[1::-1], *s.box[:1:-1])) for s in self.slots
        ]
        return Grid(self.ys, self.xs, tuple(slots))

    def rows(self, first: int, after: int) -> "Grid":
        """The part of the table from row `first` up to row `after`, which no cell runs over, without lines
        between columns that bound none of its cells."""
        kept = [s for s in self.slots if first <= s.row < after]
        ends = sorted({end for s in kept for end in (s.col, s.col + s.col_span)})
        place = {end: k for k, end in enumerate(ends)}
        slots = [
            replace(s, row=s.row - first, col=place[s.col], col_span=place[s.col + s.col_span] - place[s.col])
            for s in kept
        ]
        return replace(
            self,
            xs=tuple(self.xs[end] for end in ends),
            ys=self.ys[first : after + 1],
            slots=tuple(slots),
            open_top=self.open_top and first == 0,
            open_bottom=self.open_bottom and after == len(self.ys) - 1,
            seams=tuple(row - first for row in self.seams if first < row < after),
        )


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules of a page make: `grids`, its tables, top to bottom, then left to right; `frames`, boxes
    in points that are no tables; `laid`, boxes that somebody laid on a table."""

    grids: tuple[Grid, ...] = ()
    frames: tuple[Box, ...] = ()
    laid: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Painted:
    """What is painted beside rules: `letters`, the boxes (n x 4: x0, top, x1, bottom) of what is printed;
    `figures`, those around small fills that are no boxes; `written` says which marks of the page may be
    strokes of letters."""

    letters: Floats
    figures: Floats = field(default_factory=lambda: np.empty((0, 4)))
    written: Bools = field(default_factory=lambda: np.empty(0, dtype=np.bool_))

    @property
    def text(self) -> Floats:
        """The middles (n x 2: x, y) of what is printed."""
        return (self.letters[:, :2] + self.letters[:, 2:]) / 2

    def turned(self) -> "Painted":
        """The same with x and y changed."""
        return Painted(self.letters[:, [1, 0, 3, 2]], self.figures[:, [1, 0, 3, 2]], self.written)
