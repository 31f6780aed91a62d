"""The folders of all reports in, the tables over all of them and datapackage.json out."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shinchoku.dataset.files import read_meta, read_rows, row_count, write_table
from shinchoku.dataset.package import package_text
from shinchoku.dataset.publish import PACKAGE, report_folders, staged_files
from shinchoku.dataset.reports import SOURCE_KEYS
from shinchoku.rows import IndicatorRow, MeasureRow, OriginRow, RecordRow, columns, typed
from shinchoku.values.observe import Observation, observe

TEXT_KEYS = tuple(key for key in SOURCE_KEYS if key not in ("published", "fiscal_year"))
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


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A row of `reports`: where a report comes from, and how much was read of it."""

    report_id: str
    area_code: str
    area_name: str
    source_title: str
    source_publisher: str
    source_url: str
    source_licence: str
    source_note: str
    source_file: str
    source_sha256: str
    fiscal_year: int | None
    published: date | None
    pages: int
    measures: int
    indicators: int
    goals: int
    errors: int
    warnings: int
    reviewed: int
    code_version: str


def read_records(folder: Path) -> list[RecordRow]:
    """The measures, then the indicators, of the report in `folder`."""
    return [typed(kind, row) for name, kind in KINDS.items() for row in read_rows(folder / f"{name}.parquet")]


def collect(out: Path) -> None:
    """Write observations, records, reports and datapackage.json over every report present under `out`.

    Call it inside `out_lock(out)`, after the last report or diff is published. A file whose bytes would stay
    the same is not touched.
    """
    reports: list[ReportLine] = []
    observed: list[Observation] = []
    records: list[RecordLine] = []
    for folder in report_folders(out):
        rows = read_records(folder)
        report = _report(folder, rows)
        origins = [typed(OriginRow, row) for row in read_rows(folder / "origins.parquet")]
        observed += observe(report.report_id, rows, origins)
        records += [_line(report.report_id, row) for row in rows]
        reports.append(report)
    listed = [columns(report) for report in reports]
    meta = {key: _list(row[key] for row in listed) for key in ("report_id", "source_sha256")}
    with staged_files(out) as stage:
        write_table(stage / "observations", "observations", list(map(columns, observed)), meta)
        write_table(stage / "records", "records", list(map(columns, records)), meta)
        write_table(stage / "reports", "reports", listed, meta)
        (stage / PACKAGE).write_text(package_text(out, stage, listed), encoding="utf-8")


def refresh_package(out: Path) -> None:
    """Write datapackage.json anew, where `out` has been collected before: for what adds or changes a diff.

    Call it inside `out_lock(out)`.
    """
    path = out / "reports.parquet"
    if path.exists():
        with staged_files(out) as stage:
            (stage / PACKAGE).write_text(package_text(out, out, read_rows(path)), encoding="utf-8")


def _report(folder: Path, rows: Sequence[RecordRow]) -> ReportLine:
    meta = read_meta(folder / "problems.parquet")
    severities = Counter(row["severity"] for row in read_rows(folder / "problems.parquet"))
    return ReportLine(
        report_id=meta["report_id"],
        **{key: meta[key] for key in TEXT_KEYS},
        fiscal_year=int(meta["fiscal_year"]) if meta["fiscal_year"] else newest_year(rows),
        published=date.fromisoformat(meta["published"]) if meta["published"] else None,
        pages=int(meta["pages"]),
        measures=sum(isinstance(row, MeasureRow) for row in rows),
        indicators=sum(isinstance(row, IndicatorRow) for row in rows),
        goals=row_count(folder / "goals.parquet"),
        errors=severities["error"],
        warnings=severities["warning"],
        reviewed=len(json.loads(meta["reviewed"])),
        code_version=meta["code_version"],
    )


def newest_year(rows: Iterable[RecordRow]) -> int | None:
    """The newest fiscal year with an actual, else the newest with anything printed; None where there is
    none."""
    printed = {column for row in rows for column, text in row.fiscal.items() if text}
    years = [(column.year, column.role) for column in printed if column.year is not None]
    actual = [year for year, role in years if role == "actual"]
    return max(actual or [year for year, _ in years], default=None)


def _line(report_id: str, row: RecordRow) -> RecordLine:
    return RecordLine(
        report_id, row.kind, row.row_id, row.row_order, row.page, row.plan_no, row.plan_title, row.name
    )


def _list(values: Iterable[str]) -> str:
    """Several values as one metadata value: a JSON array, in the order of the reports."""
    return json.dumps(list(values), ensure_ascii=False)
