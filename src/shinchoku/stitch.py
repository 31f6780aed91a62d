"""A document's page tables in, logical tables out: what goes on over a page is one table, repeated headings
dropped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

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
    """A column by its heading: from `x0` to `x1` as shares of the table's width; `path` is the heading's
    texts from the top, joined by "/"; `means` is the field or fiscal column, None where no layout knows the
    heading."""

    x0: float
    x1: float
    path: str
    means: str | FiscalColumn | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One cell of a logical table: from row `first` to row `last` (0-based, both in), `x0` to `x1` as shares
    of the table's width; `cells` are the printed cells it is made of, several where a page break cut it."""

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
    """A table as it was before it was cut into pages: `titles` stand in rows over the heading, `starts` are
    the rows that come first on a new page."""

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
    headed: LogicalTable | None = None
    said = ""
    for item in document.items:
        if isinstance(item, Block):
            announced = _announced(item)
            if announced and announced != said:
                current, said = None, announced
            out.append(item)
            continue
        table = _logical(item)
        if headed is not None:
            table = _with_heading_of(headed, table)
        before = out[current] if current is not None else None
        if current is not None and isinstance(before, LogicalTable) and _goes_on(before, table):
            out[current] = _joined(before, table, document.joiner)
            continue
        headed = table if table.columns else headed
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
    """The rows (first, row after) that hold the column headings: the first that name at least two known
    columns."""
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
    for a, b in pairwise(edges):
        middle = (a + b) / 2
        stack = tuple(sorted((c for c in heads if c.box[0] < middle < c.box[2]), key=lambda c: c.row))
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
    """The two as one, the rows of the second after those of the first; a row that the page break cut is one
    again."""
    halves = _halves(before, table, joiner)
    shift = before.row_count - (1 if halves else 0)
    healed = {id(above): _healed(above, below, shift, joiner) for above, below in halves}
    parts = [healed.get(id(p), p) for p in before.parts]
    second = {id(below) for _, below in halves}
    parts += [
        replace(p, first=p.first + shift, last=p.last + shift) for p in table.parts if id(p) not in second
    ]
    return replace(
        before,
        row_count=shift + table.row_count,
        parts=tuple(parts),
        starts=(*before.starts, before.row_count),
        pages=(*before.pages, *table.pages),
    )


def _halves(before: LogicalTable, table: LogicalTable, joiner: Joiner) -> list[tuple[Part, Part]]:
    """The cells above and below the page break, paired, where one row was cut by it; else nothing.

    It was cut where no rule closes the page's last row or opens the first one; or where what stands below
    goes on with what stands above in every cell that is not empty, the naming cell and the mark beginning
    nothing new."""
    above, below = before.row(before.row_count - 1), table.row(0)
    pairs = [(a, b) for b in below for a in above if abs(a.x0 - b.x0) < EDGE and abs(a.x1 - b.x1) < EDGE]
    if len(pairs) != len(below) or len(pairs) != len(above):
        return []
    if before.pages[-1].open_bottom or table.pages[0].open_top:
        return pairs
    going = [(a, b) for a, b in pairs if b.text]
    if not going or len(going) == len(pairs) or not all(a.text and _runs_on(a, b, joiner) for a, b in going):
        return []
    fresh = [c for c in before.columns if c.means == "progress" and _over(c, below) and _over(c, above)]
    return [] if any(_over(c, [b for _, b in going]) for c in fresh) else pairs


def _over(column: Column, parts: Sequence[Part]) -> bool:
    """Whether one of the cells that stand under the column says something."""
    return any(p.text and p.x0 < (column.x0 + column.x1) / 2 < p.x1 for p in parts)


def _runs_on(above: Part, below: Part, joiner: Joiner) -> bool:
    """Whether the last line above the break was wrapped, not ended, before the first line below it."""
    lines = (*above.cells[-1].lines, *below.cells[0].lines)
    box = above.cells[-1].box
    return joiner.text(lines, box[2] - box[0]).count("\n") == above.text.count("\n") + below.text.count("\n")


def _healed(above: Part, below: Part, shift: int, joiner: Joiner) -> Part:
    cells = (*above.cells, *below.cells)
    lines = [line for c in cells for line in c.lines]
    text = joiner.text(lines, cells[0].box[2] - cells[0].box[0])
    return replace(above, last=below.last + shift, text=text, cells=cells)
