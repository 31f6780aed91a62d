"""One page's table in, its parts by their headings out: where column headings stand, what each column
means."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from shinchoku.cells import Block, Cell, Document, Table
from shinchoku.fiscal import find_years
from shinchoku.layouts import Layouts
from shinchoku.layouts.announcements import OUTER, announcement
from shinchoku.layouts.years import named_years
from shinchoku.stitch.meanings import named_by_place, resolved
from shinchoku.stitch.parts import Column, LogicalTable, Part, corrects, kind_of, named
from shinchoku.stitch.sheets.inner import Inner, inner_tables
from shinchoku.text import squeeze

TITLE_CELLS = 2
"""A row of titles over column headings has no more cells: a title, or its number and the rest of it."""
TITLE_ROWS = 4
"""Column headings begin in one of this many rows at the top: titles may stand in rows over them."""
ASKED = 1024
"""So many tables' columns are remembered: they are asked for to join tables, and to tell cells."""


Words = tuple[tuple[int, str], ...]
"""What heading rows say: each cell's row, counted from the first of them, and text."""


def year_of(document: Document) -> int | None:
    """The year that the document names first outside its tables, in its title if there is one: headings that
    say 25年度 mean one near to it."""
    stated = (m.year for b in document.blocks for m in find_years(b.text) if m.year == m.until)
    return next(stated, None)


def titles_of(table: Table) -> list[Block]:
    """The cells of a table of one column that holds the titles of what follows, bars or boxes one below the
    other, as the blocks that they are elsewhere; none of any other table."""
    cells = [c for c in table.cells if c.text]
    one_column = len({(c.col, c.col_span) for c in table.cells}) == 1 and not table.told
    titles = all(c.said.short for c in cells) and any(c.said.kind in OUTER for c in cells)
    if not one_column or not titles:
        return []
    sizes = [max((line.size for line in c.lines), default=0.0) for c in cells]
    return [
        Block(c.page, 0, "text", c.box, c.text, c.said, size) for c, size in zip(cells, sizes, strict=True)
    ]


def logical_tables(
    table: Table, known: LogicalTable | None, near: int | None, layouts: Layouts
) -> Iterator[LogicalTable]:
    """The logical tables of a page's table that is no sheet: one, or where headings come again further down
    (tables that abut), one for each. `known` is the last table that had headings: where they are said again,
    they are headings. `near` is as in Layouts.options."""
    side = [c for c in table.cells if c.row == c.col == 0 and c.row_span == table.row_count > 1]
    rest = replace(table, cells=tuple(c for c in table.cells if c not in side))
    if side and rest.cells and heading_rows(rest, near, layouts):
        for start, span, end in _spans(rest, known, near, layouts):
            made = _logical(rest, start, span, end, near, layouts)
            yield _beside(side, made, table, max(start, span[1]))
        return
    inner = inner_tables(table, near, layouts)
    if inner:
        yield from _around(table, inner, near, layouts)
        return
    for start, span, end in _spans(table, known, near, layouts):
        yield _logical(table, start, span, end, near, layouts)


def _spans(
    table: Table, known: LogicalTable | None, near: int | None, layouts: Layouts
) -> Iterator[tuple[int, tuple[int, int], int]]:
    """Where each table begins that abuts in one, the rows (first, row after) of its headings, and where it
    ends."""
    top = heading_rows(table, near, layouts)
    words = _words(table, *top) if top else known.words if known else ()
    deep = 1 + max((row for row, _ in words), default=0)
    firsts = {c.row for c in table.cells if words and squeeze(c.text) == words[0][1]}
    spans = [(row, row + deep) for row in sorted(firsts) if _words(table, row, row + deep) == words]
    starts = [_titles_above(table, first) for first, _ in spans]
    if not starts or starts[0] > 0:
        starts, spans = [0, *starts], [(0, 0), *spans]
    return zip(starts, spans, [*starts[1:], table.row_count], strict=True)


def _around(
    table: Table, inner: Sequence[Inner], near: int | None, layouts: Layouts
) -> Iterator[LogicalTable]:
    """The tables inside a sheet, and what stands in the same rules above, between and below them, which has
    no headings."""
    done = 0
    for each in (*inner, Inner(table.row_count, table.row_count)):
        if each.first > done:
            yield replace(_logical(table, done, (0, 0), each.first, near, layouts), turned=True)
        if each.after > each.first:
            yield _labelled(table, each, near, layouts)
        done = each.after


def _labelled(table: Table, inner: Inner, near: int | None, layouts: Layouts) -> LogicalTable:
    """A table inside a sheet, the labels left of it as a column of what its rows stand under."""
    own = replace(table, cells=tuple(c for c in table.cells if c not in inner.labels))
    made = _logical(own, inner.first, (inner.first, inner.first + 1), inner.after, near, layouts)
    return _beside(inner.labels, made, table, inner.first + 1)


def _beside(cells: Sequence[Cell], made: LogicalTable, table: Table, first: int) -> LogicalTable:
    """A table whose rows begin in row `first` of the page's, the labels left of it as a column of what they
    stand under."""
    last = first + made.row_count - 1
    labels = [
        replace(p, first=max(0, p.first - first), last=min(last, p.last) - first)
        for p in _parts(table, 0, last + 1)
        if p.cells[0] in cells
    ]
    sides = sorted({(p.x0, p.x1) for p in labels})
    leads = tuple(Column(x0, x1, "", "group", (), "labels beside a table") for x0, x1 in sides)
    return replace(made, columns=(*leads, *made.columns), parts=(*labels, *made.parts), pages=(table,))


def _logical(
    table: Table, top: int, span: tuple[int, int], end: int, near: int | None, layouts: Layouts
) -> LogicalTable:
    """Rows top..end-1 of the table, those of `span` being its headings and those above titles."""
    first = max(top, span[1])
    parts = _parts(table, first, end)
    columns = _columns(table, *span, end, near, layouts) if span[1] > span[0] else ()
    if named(columns, parts) is None:
        columns = named_by_place(columns, parts)
    titles = tuple(c for c in table.cells if top <= c.row < span[0])
    rows = [[c.text for c in titles if c.row == row and c.text] for row in sorted({c.row for c in titles})]
    heads = tuple(announcement(" ".join(texts), layouts) for texts in rows)
    kind, words = kind_of(columns, parts), _words(table, *span)
    return LogicalTable(titles, heads, columns, end - first, parts, (0,), (table,), kind, words)


def _parts(table: Table, first: int, end: int) -> tuple[Part, ...]:
    """The cells of rows first..end-1, rows counted from the first of them."""
    left, width = table.box[0], table.box[2] - table.box[0]
    return tuple(
        Part(
            c.row - first,
            c.row + c.row_span - 1 - first,
            (c.box[0] - left) / width,
            (c.box[2] - left) / width,
            c.text,
            c.said,
            (c,),
        )
        for c in table.cells
        if first <= c.row < end
    )


def heading_rows(table: Table, near: int | None, layouts: Layouts) -> tuple[int, int] | None:
    """The rows (first, row after) at the top that hold the column headings: the first that name at least two
    different known columns, or what is wrong and what is right. Above them stand only titles."""
    for start in range(min(TITLE_ROWS, table.row_count)):
        if sum(c.row == start - 1 for c in table.cells) > TITLE_CELLS:
            return None
        end = start + 1
        while True:
            reach = max((c.row + c.row_span for c in table.cells if start <= c.row < end), default=end)
            if reach == end:
                break
            end = reach
        columns = _columns(table, start, end, table.row_count, near, layouts)
        known = {c.means for c in columns} - {None}
        if corrects(columns):
            return start, end
        if len(known) >= 2 and 2 * len(known) >= len(columns) and not _are_pairs(columns):
            return start, end
    return None


def _are_pairs(columns: Sequence[Column]) -> bool:
    """Whether each heading that is known has one beside it that says nothing: labels and their values."""
    known = [c.means is not None for c in columns]
    return len(known) % 2 == 0 and all(known[::2]) and not any(known[1::2])


def _words(table: Table, start: int, end: int) -> Words:
    return tuple(sorted((c.row - start, squeeze(c.text)) for c in table.cells if start <= c.row < end))


def _titles_above(table: Table, start: int) -> int:
    """The first of the rows right above row `start` that hold titles of what follows."""
    while start > 0:
        above = [c for c in table.cells if c.row <= start - 1 < c.row + c.row_span]
        if len(above) > TITLE_CELLS or any(c.row_span > 1 for c in above):
            break
        start -= 1
    return start


@lru_cache(maxsize=ASKED)
def _columns(
    table: Table, start: int, end: int, last: int, near: int | None, layouts: Layouts
) -> tuple[Column, ...]:
    """The columns under the heading rows start..end-1, over the cells of the rows end..last-1."""
    heads = [c for c in table.cells if start <= c.row < end]
    left, width = table.box[0], table.box[2] - table.box[0]
    edges = sorted({round(x, 1) for c in heads for x in (c.box[0], c.box[2])})
    columns: list[Column] = []
    for a, b in pairwise(edges):
        middle = (a + b) / 2
        stack = tuple(sorted((c for c in heads if c.box[0] < middle < c.box[2]), key=lambda c: c.row))
        if not stack:
            continue
        if columns and columns[-1].cells == stack:
            columns[-1] = replace(columns[-1], x1=(b - left) / width)
            continue
        columns.append(Column((a - left) / width, (b - left) / width, heading_path(stack), None, stack))
    if near is None:
        near = next(iter(named_years(c.text for c in heads)), None)
    return resolved(columns, _parts(table, end, last), near, layouts)


def heading_path(stack: Sequence[Cell]) -> str:
    """The texts of heading cells from the top, joined by "/"."""
    return "/".join(c.said.text for c in stack if c.text)
