"""A report in, its folder of files out."""

import json
from collections.abc import Mapping
from pathlib import Path

from shinchoku import __version__
from shinchoku.dataset.files import write_table
from shinchoku.dataset.publish import check_report_id, staged_folder
from shinchoku.dataset.schema import REPORT_TABLES, SchemaError
from shinchoku.language import say
from shinchoku.rows import Report
from shinchoku.sources import Source

SOURCE_KEYS = (
    "source_file",
    "source_sha256",
    "source_title",
    "source_publisher",
    "source_url",
    "source_licence",
    "source_note",
    "area_code",
    "area_name",
    "published",
    "fiscal_year",
)
"""What a report's Parquet files say of their source, beside `report_id`; "" where it is not known."""

MADE_KEYS = ("pages", "code_version", "corrections", "reviewed")
"""What they say of how they were made; the last two are JSON arrays: keys of the corrections that
were applied, pages that are signed."""


def source_meta(source: Source) -> dict[str, str]:
    """What the files of a report say of its PDF: the keys SOURCE_KEYS."""
    return {
        "source_file": source.path.name,
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


def publish_report(out: Path, report: Report, meta: Mapping[str, str]) -> None:
    """Write all tables of a report to the folder of its id, whole or not at all; call it inside
    `out_lock(out)`.

    `meta` holds every key in SOURCE_KEYS. Raises SchemaError where a key is missing or unknown, OutputError
    where the disk refuses.
    """
    check_report_id(report.report_id)
    if set(meta) != set(SOURCE_KEYS):
        raise SchemaError(
            say(
                "{report_id}: the source's keys {found} are not {needed}",
                report_id=report.report_id,
                found=sorted(meta),
                needed=sorted(SOURCE_KEYS),
            )
        )
    made = {
        "pages": str(report.pages),
        "code_version": __version__,
        "corrections": json.dumps(report.corrections),
        "reviewed": json.dumps(report.reviewed),
    }
    named = {"report_id": report.report_id, **{key: meta[key] for key in SOURCE_KEYS}, **made}
    with staged_folder(out, report.report_id) as stage:
        for name in REPORT_TABLES:
            fiscal = [column.name for column in report.fiscal.get(name, ())]
            write_table(stage / name, name, report.table(name), named, fiscal)
