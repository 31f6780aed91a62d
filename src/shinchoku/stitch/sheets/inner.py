"""A sheet that holds a table of its own between its pairs of label and value in, that table's rows out."""

from collections import defaultdict
from collections.abc import Sequence

from shinchoku.cells import Cell, Table
from shinchoku.fiscal import FiscalColumn
from shinchoku.layouts import Layouts, YearColumn

LEAST = 4
"""The headings of such a table are so many at least."""


def inner_rows(table: Table, near: int | None, layouts: Layouts) -> tuple[int, int] | None:
    """The rows (first, row after) of a table with headings of its own in a sheet: a row of headings for
    indicators and years under rows that are cut otherwise, and the rows below it that are cut as it is. None
    where the table is all of one cut. `near` is as in Layouts.options."""
    columns = {c.col for c in table.cells}
    rows: defaultdict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        rows[cell.row].append(cell)
    for row in range(1, table.row_count - 1):
        if not _is_cut_otherwise(rows[row - 1]):
            continue
        heads = rows[row]
        plain = all(c.row_span == c.col_span == 1 for c in heads) and {c.col for c in heads} == columns
        if len(heads) < LEAST or not plain:
            continue
        if not _are_headings(heads, near, layouts):
            continue
        end = row + 1
        while end < table.row_count and _is_cut_so(rows[end]):
            end += 1
        return (row, end) if end > row + 1 else None
    return None


def _are_headings(heads: Sequence[Cell], near: int | None, layouts: Layouts) -> bool:
    """Whether one of the cells heads the names of indicators, two or more say years, and all but one are
    known."""
    means = [layouts.field(c.said.text, near) if c.text else None for c in heads]
    years = sum(isinstance(m, FiscalColumn | YearColumn) for m in means)
    return means.count("indicator") == 1 and years > 1 and means.count(None) < 2


def _is_cut_otherwise(above: Sequence[Cell]) -> bool:
    """Whether the row above has a cell over several of the columns, beside a label."""
    return len(above) > 1 and any(c.col_span > 1 for c in above)


def _is_cut_so(cells: Sequence[Cell]) -> bool:
    return bool(cells) and all(c.col_span == 1 for c in cells)
