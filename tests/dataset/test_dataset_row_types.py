"""A row of a table has the columns that the table is described with, and is itself again from them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

from make.rows.dataset import report_of
from shinchoku.dataset.collect import ReportLine
from shinchoku.dataset.reports import RecordLine
from shinchoku.dataset.schema import table
from shinchoku.diff.files import ChangeRow, PairRow
from shinchoku.fiscal import FiscalColumn
from shinchoku.language import Said
from shinchoku.problems import Problem
from shinchoku.rows import (
    BlockRow,
    CellRow,
    GoalRow,
    IndicatorRow,
    MeasureRow,
    OriginRow,
    by_column,
    columns,
    typed,
)
from shinchoku.values.observe import Observation

TYPES: dict[str, Callable[..., Any]] = {
    "cells": CellRow,
    "blocks": BlockRow,
    "measures": MeasureRow,
    "indicators": IndicatorRow,
    "goals": GoalRow,
    "origins": OriginRow,
    "problems": Problem,
    "observations": Observation,
    "records": RecordLine,
    "reports": ReportLine,
    "diff_rows": PairRow,
    "diff_fields": ChangeRow,
}
FISCAL = {FiscalColumn(2021, "target"): "計27か所", FiscalColumn(2019, "actual"): ""}


def blank(kind: Callable[..., Any]) -> Any:
    """A row of that type with something in each column."""
    known: dict[str, Any] = {name: name for name in kind.__match_args__}  # type: ignore[attr-defined]
    known |= {"said": Said("said", "言う")} if "said" in known else {}
    known |= {"fiscal": FISCAL} if "fiscal" in known else {}
    return kind(**known | {"box": (1.004, 2.0, 3.0, 4.0)} if "box" in known else known)


def names(found: Iterable[str]) -> set[str]:
    return set(found) - {"report_id"}


@pytest.mark.parametrize("name", TYPES)
def test_a_row_has_the_columns_of_its_table(name: str) -> None:
    row = blank(TYPES[name])
    fiscal = [column.name for column in FISCAL] if hasattr(row, "fiscal") else []
    assert names(columns(row)) == names(table(name, fiscal).column_names)


@pytest.mark.parametrize("name", ["cells", "blocks", "measures", "indicators", "goals", "problems"])
def test_a_row_is_itself_again(name: str) -> None:
    report = report_of("r")
    rows = getattr(report, name)
    assert rows
    assert tuple(typed(TYPES[name], row) for row in report.table(name)) == rows


@pytest.mark.parametrize("name", TYPES)
def test_the_columns_of_rows_are_those_of_each(name: str) -> None:
    row = blank(TYPES[name])
    more = [row, replace(row, **{TYPES[name].__match_args__[-1]: "x"})]  # type: ignore[attr-defined]
    found = by_column(more)
    assert [dict(zip(found, values, strict=True)) for values in zip(*found.values(), strict=True)] == [
        columns(one) for one in more
    ]
    assert by_column([]) == {}


def test_rows_of_one_table_have_the_same_fiscal_columns() -> None:
    row = blank(MeasureRow)
    for fiscal in ({}, FISCAL | {FiscalColumn(2030, "target"): ""}):
        with pytest.raises(KeyError):
            by_column([row, replace(row, fiscal=fiscal)])


def test_sides_are_rounded_and_a_place_that_is_not_known_has_none() -> None:
    cell = report_of("r").cells[0]
    assert columns(replace(cell, box=(1.004, 2.006, 3.0, 4.0)))["top"] == 2.01
    assert columns(report_of("r").problems[0])["x0"] is None
