"""A sheet that holds tables of their own between its pairs of label and value in, the rows of these out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from shinchoku.cells import Cell, Table
from shinchoku.fiscal import FiscalColumn
from shinchoku.layouts import Layouts, Means, YearColumn

LEAST = 4
"""The headings of such a table are so many at least."""


@dataclass(frozen=True, slots=True)
class Inner:
    """A table inside a sheet: its headings stand in row `first`, its rows end before row `after`; `labels`
    are cells left of it that say what its rows are (活動指標, 成果指標)."""

    first: int
    after: int
    labels: tuple[Cell, ...] = ()


def inner_tables(table: Table, near: int | None, layouts: Layouts) -> tuple[Inner, ...]:
    """The tables with headings of their own in a sheet: a row of headings for indicators and years under rows
    that are cut otherwise, or beside a label that is merged down, and the rows below it that are cut as it
    is. None where the table is all of one cut. `near` is as in Layouts.options."""
    rows: defaultdict[int, list[Cell]] = defaultdict(list)
    for cell in sorted(table.cells, key=lambda c: c.col):
        rows[cell.row].append(cell)
    columns = {c.col for c in table.cells}
    found: list[Inner] = []
    for row in range(table.row_count - 1):
        if found and row < found[-1].after:
            continue
        heads = rows[row]
        plain = all(c.row_span == c.col_span == 1 for c in heads) and {c.col for c in heads} == columns
        headings = plain and _are_headings(heads, near, layouts)
        if headings and any(_is_of_labels(rows[above], near, layouts) for above in range(row)):
            found += _under(rows, row, table.row_count)
        else:
            found += _beside(rows, row, near, layouts)
    return tuple(found)


def _under(rows: Mapping[int, Sequence[Cell]], row: int, end: int) -> list[Inner]:
    """The table below a row of headings that reach all over the sheet."""
    body = takewhile(lambda r: rows[r] and all(c.col_span == 1 for c in rows[r]), range(row + 1, end))
    after = row + 1 + len(list(body))
    return [Inner(row, after)] if after > row + 1 else []


def _beside(rows: Mapping[int, Sequence[Cell]], row: int, near: int | None, layouts: Layouts) -> list[Inner]:
    """The table beside a label merged down over its headings and rows, with the rows below that stand under
    the same headings beside a label of their own."""
    labels = list(takewhile(lambda c: c.row_span > 1, rows[row]))
    heads = rows[row][len(labels) :]
    if not labels or not labels[-1].text or any(c.row_span > 1 for c in heads):
        return []
    if not _are_headings(heads, near, layouts):
        return []
    sides = {(c.col, c.col_span) for c in heads}
    label = labels[-1]
    after = row + label.row_span
    if not all((c.col, c.col_span) in sides for r in range(row + 1, after) for c in rows[r]):
        return []
    while rows[after] and {(c.col, c.col_span) for c in rows[after][1:]} == sides:
        first = rows[after][0]
        if (first.col, first.col_span) != (label.col, label.col_span) or not first.text:
            break
        if _are_headings(rows[after][1:], near, layouts):
            break
        labels.append(first)
        after += first.row_span
    return [Inner(row, after, tuple(labels))]


def _are_headings(heads: Sequence[Cell], near: int | None, layouts: Layouts) -> bool:
    """Whether one of the cells, several, heads the names of indicators, two or more say years, and all but
    one are known."""
    means: list[Means] = []
    for cell in heads if len(heads) >= LEAST else ():
        means.append(layouts.field(cell.said.text, near) if cell.text else None)
        if means.count(None) > 1:
            return False
    years = sum(isinstance(m, FiscalColumn | YearColumn) for m in means)
    return means.count("indicator") == 1 and years > 1


def _is_of_labels(cells: Sequence[Cell], near: int | None, layouts: Layouts) -> bool:
    """Whether a row has labels and values beside each other: a cell over several columns, or pairs."""
    known = [layouts.field(c.said.text, near) is not None for c in cells if c.text]
    pairs = len(cells) == len(known) > 2 and all(known[::2]) and not any(known[1::2])
    return len(cells) > 1 and (pairs or any(c.col_span > 1 for c in cells))
