"""One page's table in, its parts by their headings out: where column headings stand, what each column
means."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from shinchoku import layouts
from shinchoku.cells import Cell, Table
from shinchoku.stitch.parts import CONTINUED, Column, LogicalTable, Part, kind_of
from shinchoku.text import squeeze

TITLE_ROWS = 4
"""Column headings begin in one of this many rows at the top: titles may stand in rows over them."""


def logical_tables(table: Table) -> Iterator[LogicalTable]:
    """The logical tables of a page's table: one, or where its headings come again further down (tables that
    abut), one for each."""
    span = heading_rows(table)
    if span is None:
        yield _logical(table, 0, (0, 0), table.row_count, ())
        return
    columns = _columns(table, *span)
    spans = [span, *_repeated(table, span)]
    tops = [0, *(_titles_above(table, start) for start, _ in spans[1:])]
    for top, found, end in zip(tops, spans, [*tops[1:], table.row_count], strict=True):
        yield _logical(table, top, found, end, columns)


def _logical(
    table: Table, top: int, span: tuple[int, int], end: int, columns: tuple[Column, ...]
) -> LogicalTable:
    """Rows top..end-1 of the table, those of `span` being its headings and those above titles."""
    left, width = table.box[0], table.box[2] - table.box[0]
    first = span[1]
    parts = tuple(
        Part(
            c.row - first,
            c.row + c.row_span - 1 - first,
            (c.box[0] - left) / width,
            (c.box[2] - left) / width,
            c.text,
            (c,),
        )
        for c in table.cells
        if first <= c.row < end
    )
    titles = tuple(c for c in table.cells if top <= c.row < span[0])
    return LogicalTable(titles, columns, end - first, parts, (0,), (table,), kind_of(columns, parts))


def heading_rows(table: Table) -> tuple[int, int] | None:
    """The rows (first, row after) that hold the column headings: the first that name at least two known
    columns."""
    for start in range(min(TITLE_ROWS, table.row_count)):
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


def _repeated(table: Table, span: tuple[int, int]) -> list[tuple[int, int]]:
    """The rows further down that say what the heading rows say."""
    start, end = span
    deep = end - start

    def said(row: int) -> list[tuple[int, str]]:
        return sorted((c.row - row, squeeze(c.text)) for c in table.cells if row <= c.row < row + deep)

    words = said(start)
    firsts = [c.row for c in table.cells if c.row >= end and squeeze(c.text) == words[0][1]]
    return [(row, row + deep) for row in sorted(set(firsts)) if said(row) == words]


def _titles_above(table: Table, start: int) -> int:
    """The first of the rows right above row `start` that are one cell each: titles of what follows."""
    while len(alone := [c for c in table.cells if c.row <= start - 1 < c.row + c.row_span]) == 1:
        start = alone[0].row
    return start


def _columns(table: Table, start: int, end: int) -> tuple[Column, ...]:
    """The columns under the heading rows start..end-1. A second column of initiatives (取組名 | 事業名) holds
    the measures."""
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
        path = heading_path(stack)
        means = layouts.field(path)
        if means == "initiative" and any(c.means == means for c in columns):
            means = "measure"
        columns.append(Column((a - left) / width, (b - left) / width, path, means, stack))
    return tuple(columns)


def heading_path(stack: Sequence[Cell]) -> str:
    """The texts of heading cells from the top, joined by "/"."""
    return "/".join(CONTINUED.sub("", c.text) for c in stack if c.text)
