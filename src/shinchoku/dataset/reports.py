"""A report in, its folder of files out."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shinchoku import __version__
from shinchoku.dataset import REPORT_TABLES
from shinchoku.dataset.output import staging
from shinchoku.dataset.output.whole import report_files
from shinchoku.dataset.publish import (
    DIFFS,
    check_report_id,
    clear_errors,
    report_folder,
    report_names,
    staged_folder,
)
from shinchoku.dataset.schema import SchemaError
from shinchoku.dataset.tables.files import read_meta, write_columns
from shinchoku.language import say
from shinchoku.problems import Problem, internal_error
from shinchoku.rows import OriginRow, RecordRow, Report, by_column
from shinchoku.sources import Source
from shinchoku.values.observe import Observation, observe

SOURCE_KEYS = (
    *("source_file", "source_path", "source_sha256", "source_title", "source_publisher", "source_url"),
    *("source_licence", "source_note", "area_code", "area_name", "published", "fiscal_year"),
)
"""What a report's Parquet files say of their source, beside `report_id`; "" where it is not known."""

MADE_KEYS = ("pages", "code_version", "corrections", "reviewed")
"""What they say of how they were made; the last two are JSON arrays: keys of the corrections that
were applied, pages that are signed."""


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


def source_meta(source: Source) -> dict[str, str]:
    """What the files of a report say of its PDF: the keys SOURCE_KEYS."""
    return {
        "source_file": source.path.name,
        "source_path": source.place,
        "source_sha256": source.sha256,
        "source_title": source.title,
        "source_publisher": source.publisher,
        "source_url": source.url,
        "source_licence": source.licence,
        "source_note": source.note,
        "area_code": source.area_code,
        "area_name": source.area_name,
        "published": source.published,
        "fiscal_year": source.fiscal_year,
    }


def reports_of(out: Path, folder: str, but: Collection[str] = ()) -> set[str]:
    """The reports in `out`, `but` these, whose PDFs were read from a folder of PDFs of that name."""
    return {
        report_id
        for report_id in set(report_names(out)).difference(but)
        if read_meta(out / report_id / "problems.parquet").get("source_path", "").startswith(f"{folder}/")
    }


def forget_report(out: Path, report_id: str) -> None:
    """Stage, inside `out_lock(out)`, that the files of a report and its diffs are removed; what others put
    beside them stays. Collect afterwards. Raises ShinchokuError where there is no such report."""
    report_folder(out, report_id)
    files = report_files(report_id)
    for rows in (out / DIFFS).rglob("rows.parquet"):
        name = rows.parent.relative_to(out / DIFFS).as_posix()
        if name.startswith(f"{report_id}__") or name.endswith(f"__{report_id}"):
            files += [path.relative_to(out).as_posix() for path in rows.parent.iterdir() if path.is_file()]
    with clear_errors(out / report_id):
        staging.remove(out, files)


def publish_report(out: Path, report: Report, meta: Mapping[str, str]) -> Report:
    """Write all tables of a report to the folder of its id, whole or not at all; call it inside
    `out_lock(out)`. The report as it is written: with one problem more where its quantities cannot be made.

    `meta` holds every key in SOURCE_KEYS. Raises SchemaError where a key is missing or unknown, OutputError
    where the disk refuses.
    """
    check_report_id(report.report_id)
    if set(meta) != set(SOURCE_KEYS):
        raise SchemaError.say(
            "{report_id}: the source's keys {found} are not {needed}",
            report_id=report.report_id,
            found=sorted(meta),
            needed=sorted(SOURCE_KEYS),
        )
    made = {
        "pages": str(report.pages),
        "code_version": __version__,
        "corrections": json.dumps(report.corrections),
        "reviewed": json.dumps(report.reviewed),
    }
    named = {"report_id": report.report_id, **{key: meta[key] for key in SOURCE_KEYS}, **made}
    with staged_folder(out, report.report_id) as stage:
        fault = write_parts(stage, report.report_id, report.records, report.origins, named)
        if fault is not None:
            report = replace(report, problems=(fault, *report.problems))
        for name in REPORT_TABLES:
            fiscal = [column.name for column in report.fiscal.get(name, ())]
            write_columns(stage / name, name, report.columns(name), named, fiscal)
    return report


def write_parts(
    folder: Path,
    report_id: str,
    records: Sequence[RecordRow],
    origins: Iterable[OriginRow],
    meta: Mapping[str, str],
) -> Problem | None:
    """Write the PART_TABLES of a report into `folder`. Where its quantities cannot be made there are none of
    them, and the answer is the problem that says so."""
    observed: list[Observation] = []
    fault = None
    try:
        observed = observe(report_id, records, origins)
    except Exception as error:
        fault = internal_error(error, say("the reading of its quantities"))
    lines = [_line(report_id, row) for row in records]
    write_columns(folder / "observations", "observations", by_column(observed), meta)
    write_columns(folder / "records", "records", by_column(lines), meta)
    return fault


def _line(report_id: str, row: RecordRow) -> RecordLine:
    return RecordLine(
        report_id, row.kind, row.row_id, row.row_order, row.page, row.plan_no, row.plan_title, row.name
    )
