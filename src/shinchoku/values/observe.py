"""Wide rows with fiscal-year columns in, the long rows of `observations` out; and the way back."""

from collections.abc import Iterable, Mapping
from dataclasses import fields

from shinchoku.fiscal import FiscalColumn
from shinchoku.values.grammar import parse
from shinchoku.values.quantity import Quantity

_NAMES = [field.name for field in fields(Quantity)]


def _columns(quantity: Quantity) -> dict[str, object]:
    return {name: getattr(quantity, name) for name in _NAMES}


_NONE = _columns(Quantity(label="", value=0.0, unit="")) | {"value": None}


def observe(report_id: str, row_kind: str, rows: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """One row for each quantity of each fiscal-year cell, `item` counting from 0; a cell that states
    none, an empty one too, gives one row whose `value` is None. In the order of the rows, then of their
    columns.

    `row_kind` is measure or indicator and names the column with the row's name; each row needs it,
    `row_id` and `plan_no`. An unset cell (None) counts as empty."""
    return [
        observed
        for row in rows
        for key, text in row.items()
        if (column := FiscalColumn.parse(key))
        for observed in _cell(report_id, row_kind, row, column, str(text or ""))
    ]


def _cell(
    report_id: str, row_kind: str, row: Mapping[str, object], column: FiscalColumn, text: str
) -> Iterable[dict[str, object]]:
    value = parse(text)
    for item, stated in enumerate(map(_columns, value.quantities) if value.quantities else [_NONE]):
        yield {
            "report_id": report_id,
            "row_id": row["row_id"],
            "row_kind": row_kind,
            "plan_no": row["plan_no"],
            "name": row[row_kind],
            "fiscal_year": column.year,
            "role": column.role,
            "text": text,
            "item": item,
            **stated,
            "as_of": value.as_of,
        }


def pivot(observations: Iterable[Mapping[str, object]]) -> dict[tuple[str, str], dict[str, str]]:
    """The wide fiscal-year cells of one report again: (row_kind, row_id) to column name to printed text."""
    wide: dict[tuple[str, str], dict[str, str]] = {}
    for row in observations:
        column = FiscalColumn(int(str(row["fiscal_year"])), str(row["role"]))
        wide.setdefault((str(row["row_kind"]), str(row["row_id"])), {})[column.name] = str(row["text"])
    return wide
