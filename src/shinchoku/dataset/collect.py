"""The folders of all reports in, the tables over all of them and datapackage.json out."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from shinchoku.dataset.files import read_meta, read_rows, write_table
from shinchoku.dataset.package import package_text
from shinchoku.dataset.publish import PACKAGE, report_folders, staged_files
from shinchoku.dataset.reports import SOURCE_KEYS
from shinchoku.rows import IndicatorRow, MeasureRow, RecordRow, columns, typed
from shinchoku.values.observe import Observation, observe

KINDS = {"measures": MeasureRow, "indicators": IndicatorRow}


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A row of `records`: where a measure or an indicator stands, and its name."""

    report_id: str
    row_kind: str
    row_id: str
    row_order: int
    page: int
    plan_no: int | None
    plan_title: str
    name: str


def read_records(folder: Path) -> list[RecordRow]:
    """The measures, then the indicators, of the report in `folder`."""
    return [typed(kind, row) for name, kind in KINDS.items() for row in read_rows(folder / f"{name}.parquet")]


def collect(out: Path) -> None:
    """Write observations, records, reports and datapackage.json over every report present under `out`.

    Call it inside `out_lock(out)`, after the last report or diff is published. A file whose bytes would stay
    the same is not touched.
    """
    reports = [_report(folder) for folder in report_folders(out)]
    observed: list[Observation] = []
    records: list[RecordLine] = []
    for report_id in (report["report_id"] for report in reports):
        rows = read_records(out / report_id)
        observed += observe(report_id, rows)
        records += [_line(report_id, row) for row in rows]
    meta = {key: _list(report[key] for report in reports) for key in ("report_id", "source_sha256")}
    with staged_files(out) as stage:
        write_table(stage / "observations", "observations", list(map(columns, observed)), meta)
        write_table(stage / "records", "records", list(map(columns, records)), meta)
        write_table(stage / "reports", "reports", reports, meta)
        (stage / PACKAGE).write_text(package_text(out, stage, reports), encoding="utf-8")


def refresh_package(out: Path) -> None:
    """Write datapackage.json anew, where `out` has been collected before: for what adds or changes a diff.

    Call it inside `out_lock(out)`.
    """
    path = out / "reports.parquet"
    if path.exists():
        with staged_files(out) as stage:
            (stage / PACKAGE).write_text(package_text(out, out, read_rows(path)), encoding="utf-8")


def _report(folder: Path) -> dict[str, str]:
    meta = read_meta(folder / "problems.parquet")
    return {key: meta[key] for key in ("report_id", *SOURCE_KEYS)}


def _line(report_id: str, row: RecordRow) -> RecordLine:
    return RecordLine(
        report_id, row.kind, row.row_id, row.row_order, row.page, row.plan_no, row.plan_title, row.name
    )


def _list(values: Iterable[str]) -> str:
    """Several values as one metadata value: a JSON array, in the order of the reports."""
    return json.dumps(list(values), ensure_ascii=False)
