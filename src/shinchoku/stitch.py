"""A document's page tables in, logical tables out: what goes on over a page is one table, repeated headings dropped."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from shinchoku import layouts
from shinchoku.cells import Block, Cell, Document, Table
from shinchoku.fiscal import FiscalColumn
from shinchoku.text import squeeze
from shinchoku.wraps import Joiner

EDGE = 0.012
"""Two column edges are the same when they are this near, as a share of the table's width."""

CONTINUED = re.compile(r"\s*[(（〔【\[]\s*(続き|つづき|前(頁|ページ)(から|より|の続き))\s*[)）〕】\]]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its heading: from `x0` to `x1` as shares of the table's width; `path` is the heading's texts from
    the top, joined by "/"; `means` is the field or fiscal column, None where no layout knows the heading."""

    x0: float
    x1: float
    path: str
    means: str | FiscalColumn | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One cell of a logical table: from row `first` to row `last` (0-based, both in), `x0` to `x1` as shares of the
    table's width; `cells` are the printed cells it is made of, several where a page break cut it."""

    first: int
    last: int
    x0: float
    x1: float
    text: str
    cells: tuple[Cell, ...]

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class LogicalTable:
    """A table as it was before it was cut into pages: `titles` stand in rows over the heading, `starts` are the rows
    that come first on a new page."""

    titles: tuple[Cell, ...]
    columns: tuple[Column, ...]
    row_count: int
    parts: tuple[Part, ...]
    starts: tuple[int, ...]
    pages: tuple[Table, ...]

    def row(self, i: int) -> tuple[Part, ...]:
        """The cells that cover row i, left to right."""
        return tuple(p for p in self.parts if p.first <= i <= p.last)


def stitch(document: Document) -> tuple[LogicalTable | Block, ...]:
    """The document's blocks and logical tables in reading order; a table stands where it begins."""
    out: list[LogicalTable | Block] = []
    current: int | None = None
    said = ""
    for item in document.items:
        if isinstance(item, Block):
            announced = _announced(item)
            if announced and announced != said:
                current, said = None, announced
            out.append(item)
            continue
        table = _logical(item)
        before = out[current] if current is not None else None
        if isinstance(before, LogicalTable):
            table = _with_heading_of(before, table)
            if _goes_on(before, table):
                assert current is not None
                out[current] = _joined(before, table, document.joiner)
                continue
        current = len(out)
        out.append(table)
    return tuple(out)


def _announced(block: Block) -> str:
    """What a block announces, so that what follows is another table; "" for text that announces nothing."""
    found = layouts.banner(CONTINUED.sub("", block.text)) if block.kind == "text" else None
    if found is None or found.kind == "initiative":
        return ""
    return f"{found.kind} {found.no} {squeeze(found.title)}"


def _logical(table: Table) -> LogicalTable:
    """A logical table of the one page."""
    span = heading_rows(table)
    start, end = span if span else (0, 0)
    left, width = table.box[0], table.box[2] - table.box[0]
    titles = tuple(c for c in table.cells if c.row < start)
    body = tuple(
        Part(
            c.row - end,
            c.row + c.row_span - 1 - end,
            (c.box[0] - left) / width,
            (c.box[2] - left) / width,
            c.text,
            (c,),
        )
        for c in table.cells
        if c.row >= end
    )
    columns = _columns(table, start, end) if span else ()
    return LogicalTable(titles, columns, table.row_count - end, body, (0,), (table,))


def heading_rows(table: Table) -> tuple[int, int] | None:
    """The rows (first, row after) that hold the column headings: the first that name at least two known columns."""
    for start in range(min(4, table.row_count)):
        end = start + 1
        while True:
            reach = max((c.row + c.row_span for c in table.cells if start <= c.row < end), default=end)
            if reach == end:
                break
            end = reach
        columns = _columns(table, start, end)
        known = sum(c.means is not None for c in columns)
        if known >= 2 and 2 * known >= len(columns):
            return start, end
    return None


def _columns(table: Table, start: int, end: int) -> tuple[Column, ...]:
    """The columns under the heading rows start..end-1."""
    heads = [c for c in table.cells if start <= c.row < end]
    left, width = table.box[0], table.box[2] - table.box[0]
    edges = sorted({round(x, 1) for c in heads for x in (c.box[0], c.box[2])})
    columns: list[Column] = []
    for a, b in zip(edges, edges[1:], strict=False):
        middle = (a + b) / 2
        stack = tuple(
            sorted((c for c in heads if c.box[0] < middle < c.box[2]), key=lambda c: c.row)
        )
        if columns and columns[-1].cells == stack:
            columns[-1] = replace(columns[-1], x1=(b - left) / width)
            continue
        path = CONTINUED.sub("", "/".join(c.text for c in stack if c.text))
        columns.append(Column((a - left) / width, (b - left) / width, path, layouts.field(path), stack))
    return tuple(columns)


def _with_heading_of(before: LogicalTable, table: LogicalTable) -> LogicalTable:
    """A table without headings takes those of the table before it, where its columns stand under them."""
    if table.columns or not before.columns:
        return table
    edges = {p.x0 for p in table.parts} | {p.x1 for p in table.parts}
    if all(any(abs(e - x) < EDGE for e in edges) for c in before.columns for x in (c.x0, c.x1)):
        return replace(table, columns=before.columns)
    return table


def _goes_on(before: LogicalTable, table: LogicalTable) -> bool:
    """Whether `table` is what `before` goes on with on the next page."""
    if table.pages[0].page != before.pages[-1].page + 1 or not table.columns:
        return False
    if [squeeze(c.path) for c in table.columns] != [squeeze(c.path) for c in before.columns]:
        return False
    own = [squeeze(CONTINUED.sub("", c.text)) for c in table.titles if c.text]
    return not own or own == [squeeze(c.text) for c in before.titles if c.text]


def _joined(before: LogicalTable, table: LogicalTable, joiner: Joiner) -> LogicalTable:
    """The two as one, the rows of the second after those of the first."""
    shift = before.row_count
    parts = [replace(p, first=p.first + shift, last=p.last + shift) for p in table.parts]
    return replace(
        before,
        row_count=before.row_count + table.row_count,
        parts=(*before.parts, *parts),
        starts=(*before.starts, shift),
        pages=(*before.pages, *table.pages),
    )
