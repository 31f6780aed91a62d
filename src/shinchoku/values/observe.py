"""Wide rows with fiscal-year columns in, the long rows of `observations` out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from operator import attrgetter

from shinchoku.fiscal import MONEY, FiscalColumn
from shinchoku.rows import OriginRow, RecordRow
from shinchoku.values.grammar import parse
from shinchoku.values.quantity import Quantity
from shinchoku.values.states import absence, direction

STATED = tuple(each.name for each in fields(Quantity))
_stated = attrgetter(*STATED)


@dataclass(frozen=True, slots=True)
class Observation:
    """A row of `observations`: one quantity of a fiscal-year cell, `item` counting from 0; `value` is None
    where the cell states none; `label` is then why (－, 未公表), `bound` what it aims at (増加). The
    columns from `label` on are those of a Quantity."""

    report_id: str
    row_id: str
    row_kind: str
    plan_no: int | None
    name: str
    fiscal_year: int | None
    role: str
    text: str
    item: int = 0
    label: str = ""
    value: float | None = None
    high: float | None = None
    of: float | None = None
    unit: str = ""
    cumulative: bool = False
    annual: bool = False
    per: str = ""
    approx: bool = False
    total: bool = False
    bound: str = ""
    increase: bool = False
    as_of: date | None = None
    column: str = ""
    page: int | None = None
    table: int | None = None
    row: int | None = None
    col: int | None = None


def observe(
    report_id: str, rows: Iterable[RecordRow], origins: Iterable[OriginRow] = ()
) -> list[Observation]:
    """One row for each quantity of each fiscal-year cell; a cell that states none, an empty one too, gives
    one row without a value. In the order of the rows, then of their columns; each with the first cell that
    `origins` names for it."""
    first: dict[tuple[str, str, str], OriginRow] = {}
    for origin in origins:
        first.setdefault((origin.row_kind, origin.row_id, origin.column), origin)
    return [
        observed
        for row in rows
        for column, text in row.fiscal.items()
        for observed in _cell(report_id, row, column, text, first.get((row.kind, row.row_id, column.name)))
    ]


def _cell(
    report_id: str, row: RecordRow, column: FiscalColumn, text: str, origin: OriginRow | None
) -> Iterator[Observation]:
    value = parse(text)
    bare = partial(
        Observation,
        report_id=report_id,
        row_id=row.row_id,
        row_kind=row.kind,
        plan_no=row.plan_no,
        name=row.name,
        fiscal_year=column.year,
        role=column.role,
        text=text,
        as_of=value.as_of,
        column=column.name,
        page=origin.page if origin else None,
        table=origin.table if origin else None,
        row=origin.row if origin else None,
        col=origin.col if origin else None,
    )
    if not value.quantities:
        yield bare(label=absence(text), bound=direction(text))
    unit = row.units.get(column.name, "" if column.role in MONEY else row.unit)
    unit = unit if len(value.quantities) == 1 else ""
    for item, q in enumerate(value.quantities):
        yield bare(item=item, **dict(zip(STATED, _stated(q), strict=True)) | {"unit": q.unit or unit})
