"""Raw pages in, the cells and blocks of a document out: the same boxes, their lines now text as the author
wrote it, and what that says as a heading."""

from collections.abc import Sequence
from dataclasses import dataclass

from shinchoku.layouts import Layouts
from shinchoku.layouts.announcements import SILENT, Announcement, announcement
from shinchoku.parts import Box, RawBlock, RawPage, RawTable, TextLine
from shinchoku.wraps import Joiner, learn


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed cell: `page` and `table` from 1, `row` and `col` from 0, `box` in points, `text` as printed
    but for the wraps, `said` what that says as a heading; `lines` are the printed lines it was made of.
    `corrected`: a person's text stands in place of that; `struck`: some of the text is struck through, not in
    `text`, but in the lines `whole`; `drawn`: something in it is no text."""

    page: int
    table: int
    row: int
    col: int
    row_span: int
    col_span: int
    box: Box
    shaded: bool
    text: str
    said: Announcement
    lines: tuple[TextLine, ...]
    corrected: bool = False
    struck: bool = False
    whole: tuple[TextLine, ...] = ()
    drawn: bool = False

    def __hash__(self) -> int:
        return hash((self.page, self.table, self.row, self.col))


@dataclass(frozen=True, slots=True)
class Table:
    """A table of one page; `open_top` and `open_bottom`: no rule closes it there. `told` is what a person
    says of it: no_records, goes_on (with the table before it), or ""."""

    page: int
    number: int
    box: Box
    row_count: int
    open_top: bool
    open_bottom: bool
    cells: tuple[Cell, ...]
    told: str = ""

    def __hash__(self) -> int:
        return hash((self.page, self.number))


@dataclass(frozen=True, slots=True)
class Block:
    """Text outside tables; `number` counts from 1 in reading order on its page, `size` is its font size in
    points, `said` what it says as a heading: nothing where its kind is not text."""

    page: int
    number: int
    kind: str
    box: Box
    text: str
    said: Announcement
    size: float


@dataclass(frozen=True, slots=True)
class Document:
    """A whole PDF: what stands on its pages in reading order, and how its cells wrap."""

    items: tuple[Table | Block, ...]
    joiner: Joiner

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(i for i in self.items if isinstance(i, Table))

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(i for i in self.items if isinstance(i, Block))


def document(pages: Sequence[RawPage], layouts: Layouts) -> Document:
    """The document of these pages, read together: how one cell wraps tells of another."""
    joiner = learn(pages)
    items: list[Table | Block] = []
    for page in pages:
        margin = max((line.box[2] for b in page.blocks for line in b.lines), default=page.width)
        blocks = [_block(page, n, b, joiner, margin, layouts) for n, b in enumerate(page.blocks, start=1)]
        tables = [_table(page, t, joiner, layouts) for t in page.tables]
        items += sorted([*blocks, *tables], key=lambda i: (i.box[1], i.box[0]))
    return Document(tuple(items), joiner)


def _table(page: RawPage, table: RawTable, joiner: Joiner, layouts: Layouts) -> Table:
    texts = [joiner.cell_text([c]) for c in table.cells]
    cells = tuple(
        Cell(
            page.number,
            table.number,
            c.row,
            c.col,
            c.row_span,
            c.col_span,
            c.box,
            c.shaded,
            text,
            announcement(text, layouts),
            c.lines,
            struck=c.struck,
            whole=c.whole,
            drawn=c.drawn,
        )
        for c, text in zip(table.cells, texts, strict=True)
    )
    return Table(
        page.number, table.number, table.box, len(table.ys) - 1, table.open_top, table.open_bottom, cells
    )


def _block(
    page: RawPage, number: int, block: RawBlock, joiner: Joiner, margin: float, layouts: Layouts
) -> Block:
    text = joiner.text(block.lines, [margin - line.box[2] for line in block.lines])
    said = announcement(text, layouts) if block.kind == "text" else SILENT
    return Block(
        page.number, number, block.kind, block.box, text, said, max(line.size for line in block.lines)
    )
