"""The folders of all reports in, the tables over all of them and datapackage.json out.

No text is read for it: each report's folder holds its part of each table, and the parts are put together one
after the other.
"""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from shinchoku.dataset import PART_TABLES, REPORT_TABLES
from shinchoku.dataset.output.keeping import KEPT, own_meta, read_problems, write_problems
from shinchoku.dataset.output.staging import is_staged, present
from shinchoku.dataset.output.whole import described, report_digest, report_files
from shinchoku.dataset.package import package_text
from shinchoku.dataset.publish import (
    PACKAGE,
    OutputError,
    check_report_id,
    report_names,
    staged_files,
    staged_folder,
)
from shinchoku.dataset.reports import SOURCE_KEYS, write_parts
from shinchoku.dataset.tables.files import read_arrow, read_meta, read_rows, row_count, write_table
from shinchoku.dataset.tables.joined import is_current, joined_table, read_part
from shinchoku.language import say, tell
from shinchoku.rows import IndicatorRow, MeasureRow, OriginRow, columns, typed
from shinchoku.text import escaped

LOG = logging.getLogger(__name__)
TEXT_KEYS = tuple(key for key in SOURCE_KEYS if key not in ("source_path", "published", "fiscal_year"))
KINDS = {"measures": MeasureRow, "indicators": IndicatorRow}


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


def collect(out: Path, known: Mapping[str, str] = {}) -> dict[str, str]:
    """Write observations, records, reports and datapackage.json over every report present under `out`.

    Call it inside `out_lock(out)`, after the last report or diff is published. `known` are the digests of
    reports whose files were just found to be as they were made; the answer are those of all reports. A
    folder that holds no whole report, or another's, is named in the log and passed over.
    """
    digests = _whole(out, known)
    reports: list[dict[str, Any]] = []

    def meta() -> dict[str, str]:
        return {key: _list(row[key] for row in reports) for key in ("report_id", "source_sha256")}

    with staged_files(out) as stage:
        with (
            joined_table(stage / "observations", "observations", meta) as observed,
            joined_table(stage / "records", "records", meta) as records,
        ):
            for report_id in sorted(digests):
                part = _part(out, report_id)
                if part is not None:
                    observed(_stem(out, report_id, "observations"), part.observed)
                    records(_stem(out, report_id, "records"), part.records)
                    reports.append(columns(part.line))
        write_table(stage / "reports", "reports", reports, meta())
    _name_twins(reports)
    _write_package(out, reports, digests)
    return digests


class _Part(NamedTuple):
    """What a report adds to each table over all reports."""

    observed: pa.Table
    records: pa.Table
    line: ReportLine


def _part(out: Path, report_id: str) -> _Part | None:
    """What is added by a report; None where its files cannot be read."""
    try:
        observed, records = (read_part(_stem(out, report_id, name), name) for name in PART_TABLES)
        return _Part(observed, records, _report(out, report_id, observed, records))
    except Exception as error:  # a file that is damaged, or another program's, can raise almost anything
        _pass_over(out / report_id, error)
        return None


def _whole(out: Path, known: Mapping[str, str]) -> dict[str, str]:
    """The digest of the files of each report present under `out`.

    Parts are relied on where they were made by this run, or are what the last one described; any other
    report is held against its folder's name, and its parts are made anew of its records.
    """
    before = described(out).reports
    found: dict[str, str] = {}
    for report_id in report_names(out):
        try:
            digest = known.get(report_id) or _digest(out, report_id)
            made = all(is_staged(out, name) for name in report_files(report_id))
            kept = digest and digest == before.get(report_id) and _is_current(out, report_id)
            if not (made or kept):
                check_report_id(report_id)
                if not _is_of(out, report_id):
                    continue
                _mend(out, report_id)
                digest = _digest(out, report_id)
            found[report_id] = digest
        except OutputError:
            raise
        except Exception as error:
            _pass_over(out / report_id, error)
    return found


def _digest(out: Path, report_id: str) -> str:
    return report_digest(report_id, partial(present, out))


def _is_current(out: Path, report_id: str) -> bool:
    return all(is_current(_stem(out, report_id, name), name) for name in PART_TABLES)


def _is_of(out: Path, report_id: str) -> bool:
    """Whether the tables of a folder are those of the report of its name."""
    for name in REPORT_TABLES:
        held = read_meta(present(out, f"{report_id}/{name}.parquet"))["report_id"]
        if held != report_id:
            message = say(
                "{folder} holds the report {held} and is passed over; rename it so",
                folder=out / report_id,
                held=escaped(held),
            )
            LOG.warning(tell(message))
            return False
    return True


def _mend(out: Path, report_id: str) -> None:
    """Make the parts of a report of its records as they stand in its folder."""
    meta = own_meta(out, report_id)
    records = [
        typed(kind, row)
        for name, kind in KINDS.items()
        for row in read_rows(present(out, f"{report_id}/{name}.parquet"))
    ]
    origins = [typed(OriginRow, row) for row in read_rows(present(out, f"{report_id}/origins.parquet"))]
    with staged_folder(out, report_id) as stage:
        fault = write_parts(stage, report_id, records, origins, meta)
    if fault is not None:
        write_problems(out, report_id, [fault, *read_problems(out, report_id)])


def _pass_over(folder: Path, error: Exception) -> None:
    said = escaped(f"{type(error).__name__}: {error}")
    message = say(
        "{folder} is no whole report and is passed over ({error}); move it away", folder=folder, error=said
    )
    LOG.warning(tell(message))


def _name_twins(reports: Iterable[Mapping[str, Any]]) -> None:
    """Name reports that were read from the same bytes: their rows count twice."""
    same: dict[str, list[str]] = {}
    for report in reports:
        same.setdefault(report["source_sha256"], []).append(report["report_id"])
    for sha256, names in same.items():
        if sha256 and len(names) > 1:
            listed = ", ".join(names)
            LOG.warning(tell(say("the reports {listed} are of the same PDF, and count twice", listed=listed)))


def _write_package(out: Path, reports: Sequence[Mapping[str, Any]], digests: Mapping[str, str]) -> None:
    text = package_text(out, reports, digests)
    with staged_files(out) as stage:
        (stage / PACKAGE).write_text(text, encoding="utf-8", newline="\n")


def refresh_package(out: Path) -> None:
    """Write datapackage.json anew, where `out` has been collected before: for what adds or changes a diff.

    Call it inside `out_lock(out)`.
    """
    path = out / "reports.parquet"
    if path.exists():
        reports = read_rows(path)
        _write_package(out, reports, {row["report_id"]: _digest(out, row["report_id"]) for row in reports})


def _report(out: Path, report_id: str, observed: pa.Table, records: pa.Table) -> ReportLine:
    path = present(out, f"{report_id}/problems.parquet")
    meta, problems = read_meta(path), read_arrow(path, ("severity", "code"))
    return ReportLine(
        report_id=meta["report_id"],
        **{key: meta[key] for key in TEXT_KEYS},
        fiscal_year=int(meta["fiscal_year"]) if meta["fiscal_year"] else newest_year(observed),
        published=date.fromisoformat(meta["published"]) if meta["published"] else None,
        pages=int(meta["pages"]),
        measures=_count(records["row_kind"], "measure"),
        indicators=_count(records["row_kind"], "indicator"),
        goals=row_count(present(out, f"{report_id}/goals.parquet")),
        errors=_count(problems["severity"], "error"),
        warnings=_count(problems["severity"], "warning"),
        reviewed=len(json.loads(meta["reviewed"])),
        code_version=meta["code_version"],
        kept=_count(problems["code"], KEPT) > 0,
    )


def newest_year(observed: pa.Table) -> int | None:
    """The newest fiscal year with an actual among these rows of `observations`, else the newest with anything
    printed; None where there is none."""
    rows = zip(*(observed[name].to_pylist() for name in ("fiscal_year", "role", "text")), strict=True)
    printed = [(role == "actual", year) for year, role, text in rows if text and year is not None]
    return max(printed, default=(False, None))[1]


def _count(column: pa.ChunkedArray, value: str) -> int:
    count: int = column.to_pylist().count(value)
    return count


def _stem(out: Path, report_id: str, name: str) -> Path:
    return present(out, f"{report_id}/{name}.parquet").with_suffix("")


def _list(values: Iterable[str]) -> str:
    """Several values as one metadata value: a JSON array, in the order of the reports."""
    return json.dumps(list(values), ensure_ascii=False)
