"""The folders of all reports in, the tables over all of them and datapackage.json out."""

import json
import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from shinchoku.dataset.output.keeping import KEPT, read_problems, write_problems
from shinchoku.dataset.output.staging import present
from shinchoku.dataset.package import package_text
from shinchoku.dataset.publish import PACKAGE, check_report_id, report_names, staged_files
from shinchoku.dataset.reports import SOURCE_KEYS
from shinchoku.dataset.schema import REPORT_TABLES
from shinchoku.dataset.tables.files import read_meta, read_rows, row_count, write_table
from shinchoku.language import say
from shinchoku.problems import Problem, internal_error
from shinchoku.rows import IndicatorRow, MeasureRow, OriginRow, RecordRow, columns, typed
from shinchoku.text import escaped
from shinchoku.values.observe import Observation, observe

LOG = logging.getLogger(__name__)
TEXT_KEYS = tuple(key for key in SOURCE_KEYS if key not in ("source_path", "published", "fiscal_year"))
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
    kept: bool


def collect(out: Path) -> dict[str, Problem]:
    """Write observations, records, reports and datapackage.json over every report present under `out`.

    Call it inside `out_lock(out)`, after the last report or diff is published. A folder that holds no whole
    report, or another's, is named in the log and passed over; a report whose quantities cannot be made has a
    problem `internal_error` more, which is the answer, by report id.
    """
    reports: list[ReportLine] = []
    observed: list[Observation] = []
    records: list[RecordLine] = []
    faults: dict[str, Problem] = {}
    for report_id in report_names(out):
        read = _read(out, report_id)
        if read is None:
            continue
        try:
            observed += observe(report_id, *read)
        except Exception as error:
            faults[report_id] = internal_error(error, say("the reading of its quantities"))
            write_problems(out, report_id, [faults[report_id], *read_problems(out, report_id)])
        records += [_line(report_id, row) for row in read.records]
        reports.append(_report(out, report_id, read.records))
    _name_twins(reports)
    listed = [columns(report) for report in reports]
    meta = {key: _list(row[key] for row in listed) for key in ("report_id", "source_sha256")}
    with staged_files(out) as stage:
        write_table(stage / "observations", "observations", list(map(columns, observed)), meta)
        write_table(stage / "records", "records", list(map(columns, records)), meta)
        write_table(stage / "reports", "reports", listed, meta)
    _write_package(out, listed)
    return faults


class _Read(NamedTuple):
    """What quantities are made of: the records of a report, and the cells that each was read from."""

    records: list[RecordRow]
    origins: list[OriginRow]


def _read(out: Path, report_id: str) -> _Read | None:
    """What a report's folder holds; None where that is not this report, or not whole."""
    folder = out / report_id
    try:
        check_report_id(report_id)
        for name in REPORT_TABLES:
            held = read_meta(present(out, f"{report_id}/{name}.parquet"))["report_id"]
            if held != report_id:
                LOG.warning("%s holds the report %s and is passed over; rename it so", folder, escaped(held))
                return None
        records = [
            typed(kind, row)
            for name, kind in KINDS.items()
            for row in read_rows(present(out, f"{report_id}/{name}.parquet"))
        ]
        origins = read_rows(present(out, f"{report_id}/origins.parquet"))
        _report(out, report_id, records)
        return _Read(records, [typed(OriginRow, row) for row in origins])
    except Exception as error:  # a file that is damaged, or another program's, can raise almost anything
        said = escaped(f"{type(error).__name__}: {error}")
        LOG.warning("%s is no whole report and is passed over (%s); move it away", folder, said)
        return None


def _name_twins(reports: Iterable[ReportLine]) -> None:
    """Name reports that were read from the same bytes: their rows count twice."""
    same: dict[str, list[str]] = {}
    for report in reports:
        same.setdefault(report.source_sha256, []).append(report.report_id)
    for sha256, names in same.items():
        if sha256 and len(names) > 1:
            LOG.warning("the reports %s are of the same PDF, and count twice", " and ".join(names))


def _write_package(out: Path, reports: Sequence[Mapping[str, Any]]) -> None:
    text = package_text(out, reports)
    with staged_files(out) as stage:
        (stage / PACKAGE).write_text(text, encoding="utf-8", newline="\n")


def refresh_package(out: Path) -> None:
    """Write datapackage.json anew, where `out` has been collected before: for what adds or changes a diff.

    Call it inside `out_lock(out)`.
    """
    path = out / "reports.parquet"
    if path.exists():
        _write_package(out, read_rows(path))


def _report(out: Path, report_id: str, rows: Sequence[RecordRow]) -> ReportLine:
    path = present(out, f"{report_id}/problems.parquet")
    meta = read_meta(path)
    problems = read_rows(path)
    severities = Counter(row["severity"] for row in problems)
    return ReportLine(
        report_id=meta["report_id"],
        **{key: meta[key] for key in TEXT_KEYS},
        fiscal_year=int(meta["fiscal_year"]) if meta["fiscal_year"] else newest_year(rows),
        published=date.fromisoformat(meta["published"]) if meta["published"] else None,
        pages=int(meta["pages"]),
        measures=sum(isinstance(row, MeasureRow) for row in rows),
        indicators=sum(isinstance(row, IndicatorRow) for row in rows),
        goals=row_count(present(out, f"{report_id}/goals.parquet")),
        errors=severities["error"],
        warnings=severities["warning"],
        reviewed=len(json.loads(meta["reviewed"])),
        code_version=meta["code_version"],
        kept=any(row["code"] == KEPT for row in problems),
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
