"""Rows and reports for the tests of the dataset: small, made by hand or copied from the gold of the
shipped reports."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from shinchoku.dataset.publish import out_lock, staged_folder
from shinchoku.dataset.reports import SOURCE_KEYS
from shinchoku.language import Said
from shinchoku.layouts import TEXTS
from shinchoku.problems import Problem, Severity
from shinchoku.rows import (
    BlockRow,
    CellRow,
    GoalRow,
    IndicatorRow,
    MarkRow,
    MeasureRow,
    Report,
    columns,
    typed,
)
from shinchoku.values.observe import Observation

GOLD = Path(__file__).parents[2] / "gold" / "dataset"

Rows = list[dict[str, Any]]


def gold_rows(name: str, report_id: str) -> Rows:
    """The rows of a small gold file with the columns that say where a row comes from."""
    rows = []
    for order, line in enumerate((GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()):
        row = {
            **json.loads(line),
            "report_id": report_id,
            "row_id": f"{name}-{order}",
            "row_order": order,
            "page": 1,
        }
        if name != "goals":
            row = {
                **dict.fromkeys(TEXTS, ""),
                **row,
                "page_last": 1,
                "table": 1,
                "units": "{}",
                "unmapped": "{}",
            }
        rows.append(row)
    return rows


def cell(report_id: str, row: int, text: str) -> dict[str, Any]:
    """One raw cell in column 0."""
    spans = {"row": row, "col": 0, "row_span": 1, "col_span": 1}
    box = {"x0": 10.5, "top": 20.0 + row, "x1": 99.25, "bottom": 21.0 + row}
    return {
        "report_id": report_id,
        "page": 1,
        "table": 1,
        **spans,
        **box,
        "is_header": row == 0,
        "ocr": False,
        "text": text,
        "lines": "",
        "corrected": False,
        "struck": False,
        "drawn": False,
    }


KINDS: dict[str, Callable[..., Any]] = {
    "cells": CellRow,
    "blocks": BlockRow,
    "measures": MeasureRow,
    "indicators": IndicatorRow,
    "goals": GoalRow,
    "marks": MarkRow,
}


NO_ROWS: Mapping[str, Rows] = {}
GOLD_TABLES = ("measures", "indicators", "goals")


def report_of(
    report_id: str, *, gold: Sequence[str] = GOLD_TABLES, tables: Mapping[str, Rows] = {}
) -> Report:
    """A small report, some of its tables replaced by those given."""
    box = {"x0": 1.0, "top": 2.0, "x1": 3.0, "bottom": 4.0}
    found: dict[str, Rows] = {
        "cells": [cell(report_id, 0, "目標"), cell(report_id, 1, "計27か所\n(定員 1,200人)")],
        "blocks": [{"page": 1, "block": 0, "kind": "heading", **box, "text": "計画1"}],
        **{name: gold_rows(name, report_id) for name in gold},
        **tables,
    }
    rows: dict[str, Any] = {
        name: tuple(typed(KINDS[name], row) for row in found.get(name, ())) for name in KINDS
    }
    fiscal = {name: tuple(rows[name][0].fiscal) for name in ("measures", "indicators") if rows[name]}
    problem = Problem(Severity.INFO, "made", Said("look", "見よ"), printed="x")
    return Report(report_id, **rows, problems=(problem,), fiscal=fiscal)


def source(report_id: str, **known: str) -> dict[str, str]:
    """The source's keys, all but a few empty."""
    told = {"source_file": f"{report_id}.pdf", "source_sha256": "ab" * 32, "area_code": "131202"}
    return {**dict.fromkeys(SOURCE_KEYS, ""), **told, "area_name": "東京都練馬区", **known}


def observation(**known: Any) -> dict[str, Any]:
    """A row of `observations`: a result of fiscal 2019, but for what is known of it."""
    row: dict[str, Any] = {
        "report_id": "r",
        "row_id": "a",
        "row_kind": "measure",
        "plan_no": None,
        "name": "",
    }
    row |= {"fiscal_year": 2019, "role": "actual", "column": "fy2019_actual", "text": "", **known}
    return columns(Observation(**row))


def fill(out: Path, name: str, text: str) -> None:
    """A report's folder of two files that say this text."""
    with out_lock(out), staged_folder(out, name) as stage:
        (stage / "a.csv").write_text(text)
        (stage / "b.csv").write_text(text)
