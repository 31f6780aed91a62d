"""What a page is made of before anything in it is understood: tables of cells, blocks of other text, the
lines in both."""

from dataclasses import dataclass

from shinchoku.problems import Problem

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line. `length` is its extent along the reading direction, `head` that of its first
    unbreakable piece (`head_strict`: by the strict rules that also keep small kana off a line's start),
    `size` its font size, all in points. `space` is the space printed after its last glyph, "" for none.
    `upright` is false for vertical or turned text. `box` is (x0, top, x1, bottom)."""

    text: str
    box: Box
    length: float
    head: float
    head_strict: float
    size: float
    space: str = ""
    upright: bool = True


@dataclass(frozen=True, slots=True)
class Doubt:
    """`count` glyphs of a font say `said`, and on the painted page look like `looks`."""

    font: str
    said: str
    looks: str
    count: int


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
