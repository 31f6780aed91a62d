"""What a page is made of before anything in it is understood: tables of cells, blocks of other text."""

from dataclasses import dataclass

from shinchoku.lines import Box, TextLine
from shinchoku.page import Doubt
from shinchoku.problems import Problem


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell: its place in the table (0-based), spans, box in points, whether shading lies behind it, its
    lines. `drawn`: something is drawn in it that is neither text nor rules nor ground. `struck`: some text is
    struck through, and not in `lines`; `whole` are the lines with it then."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: Box
    shaded: bool
    lines: tuple[TextLine, ...]
    drawn: bool = False
    struck: bool = False
    whole: tuple[TextLine, ...] = ()


@dataclass(frozen=True, slots=True)
class RawTable:
    """Table `number` (from 1) of its page; `xs` and `ys` are the places of its lines in points."""

    number: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    open_top: bool
    open_bottom: bool
    cells: tuple[RawCell, ...]

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


@dataclass(frozen=True, slots=True)
class RawBlock:
    """Text outside the tables; `kind` is text, page_number, watermark (laid over
    the page), rules (drawn with characters) or hidden (does not show on paper)."""

    kind: str
    box: Box
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class RawPage:
    """Page `number` (from 1) with its tables and blocks in reading order; `doubts` about its characters."""

    number: int
    width: float
    height: float
    tables: tuple[RawTable, ...]
    blocks: tuple[RawBlock, ...]
    problems: tuple[Problem, ...]
    doubts: tuple[Doubt, ...] = ()
