"""A comparison in; its two tables as rows of columns, and as files, out."""

import json
from collections.abc import Sequence
from pathlib import Path

from shinchoku.dataset.files import write_table
from shinchoku.diff import Diff
from shinchoku.diff.compare import Change
from shinchoku.diff.pairs import Pair

FileRow = dict[str, object]


def row_records(diff: Diff) -> list[FileRow]:
    """One record for each pair, in the order of the new report, removed rows behind the row they followed."""
    return [_pair_record(diff, pair) for pair in diff.pairs]


def field_records(diff: Diff) -> list[FileRow]:
    """One record for each field that differs, in the order of the pairs."""
    return [_change_record(change) for change in diff.changes]


def write_files(diff: Diff, folder: Path) -> None:
    """Write rows.{parquet,csv} and fields.{parquet,csv} into `folder`: the same reports give the same
    bytes."""
    meta = {
        "report_id": json.dumps([diff.old.report_id, diff.new.report_id], ensure_ascii=False),
        "source_sha256": json.dumps([diff.old.source_sha256, diff.new.source_sha256]),
    }
    tables: Sequence[tuple[str, str, list[FileRow]]] = (
        ("rows", "diff_rows", row_records(diff)),
        ("fields", "diff_fields", field_records(diff)),
    )
    for stem, table, records in tables:
        write_table(folder / stem, table, records, meta)


def _pair_record(diff: Diff, pair: Pair) -> FileRow:
    old, new = pair.old, pair.new
    return {
        "row_kind": pair.row.kind,
        "status": pair.status,
        "old_row_id": old.row_id if old else "",
        "new_row_id": new.row_id if new else "",
        "old_row_order": old.order if old else None,
        "new_row_order": new.order if new else None,
        "old_name": old.name if old else "",
        "new_name": new.name if new else "",
        "similarity": pair.similarity,
        "evidence": pair.evidence(diff.weights),
    }


def _change_record(change: Change) -> FileRow:
    pair = change.pair
    return {
        "row_kind": pair.row.kind,
        "old_row_id": pair.old.row_id if pair.old else "",
        "new_row_id": pair.new.row_id if pair.new else "",
        "change": change.change,
        "column": change.column,
        "old_text": change.old_text,
        "new_text": change.new_text,
        "old_value": change.old_value,
        "new_value": change.new_value,
        "delta": change.delta,
        "unit": change.unit,
    }
