"""The folders of all reports in, the tables over all of them and datapackage.json out."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from shinchoku.dataset.files import read_meta, read_rows, write_table
from shinchoku.dataset.package import package_text
from shinchoku.dataset.publish import PACKAGE, report_folders, staged_files
from shinchoku.dataset.reports import SOURCE_KEYS
from shinchoku.values.observe import observe

KINDS = {"measures": "measure", "indicators": "indicator"}


def collect(out: Path) -> None:
    """Write observations, records, reports and datapackage.json over every report present under `out`.

    Call it inside `out_lock(out)`, after the last report or diff is published. A file whose bytes would stay
    the same is not touched.
    """
    reports = [_report(folder) for folder in report_folders(out)]
    observed: list[dict[str, Any]] = []
    records: list[dict[str, Any]] = []
    for report_id in (report["report_id"] for report in reports):
        for table_name, kind in KINDS.items():
            rows = read_rows(out / report_id / f"{table_name}.parquet")
            observed += observe(report_id, kind, rows)
            records += [_record(kind, row) for row in rows]
    meta = {key: _list(report[key] for report in reports) for key in ("report_id", "source_sha256")}
    with staged_files(out) as stage:
        write_table(stage / "observations", "observations", observed, meta)
        write_table(stage / "records", "records", records, meta)
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


def _record(kind: str, row: dict[str, Any]) -> dict[str, Any]:
    shared = ("report_id", "row_id", "row_order", "page", "plan_no", "plan_title")
    return {"row_kind": kind, "name": row[kind], **{key: row[key] for key in shared}}


def _list(values: Iterable[str]) -> str:
    """Several values as one metadata value: a JSON array, in the order of the reports."""
    return json.dumps(list(values), ensure_ascii=False)
