"""The rows of a table that share a name in, the column that parts them (男性, 女性) out."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from shinchoku.fiscal import FiscalColumn
from shinchoku.layouts import YearColumn
from shinchoku.stitch import Column, LogicalTable, Part
from shinchoku.text import squeeze

LONGEST = 20
"""What parts rows of one name has no more characters: longer texts say something about them."""


def splitting(
    table: LogicalTable, name: Column, data: Iterable[Column], spans: Sequence[tuple[int, int]]
) -> Column | None:
    """Of the columns in front of all values the first whose texts tell the records of each name apart; None
    where no name has several, or no column does. `spans` are the first and last row of each record."""
    shared = [rows for rows in _of_one_name(table, name, spans) if len(rows) > 1]
    for column in sorted(data, key=lambda c: c.x0):
        if isinstance(column.means, FiscalColumn | YearColumn):
            return None
        if column.x0 < name.x0 or column.means not in (None, "category", "content") or not shared:
            continue
        if all(_differ([under(table, column, row) for row in rows]) for rows in shared):
            return column
    return None


def _of_one_name(table: LogicalTable, name: Column, spans: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The first rows of the records, those together that come one after the other and have one name."""
    named = [(row, squeeze("".join(p.text for p in under(table, name, row)))) for row, _ in spans]
    return [[row for row, _ in rows] for text, rows in groupby(named, key=lambda n: n[1]) if text]


def under(table: LogicalTable, column: Column, row: int) -> list[Part]:
    """The cells of a row under a column that say something."""
    return [p for p in table.row(row) if p.text and column.x0 < p.middle < column.x1]


def _differ(cells: Sequence[Sequence[Part]]) -> bool:
    """Whether each row has one short text of its own."""
    texts = [squeeze(own[0].text) for own in cells if len(own) == 1]
    short = all(len(text) <= LONGEST and not text.endswith("。") for text in texts)
    return short and len(set(texts)) == len(cells)
