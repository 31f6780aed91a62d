"""A comparison in; its two tables as rows of columns, and as files, out."""

import json
from dataclasses import dataclass
from pathlib import Path

from shinchoku.dataset.tables.files import write_columns
from shinchoku.diff import Change, Diff
from shinchoku.rows import by_column


@dataclass(frozen=True, slots=True)
class PairRow:
    """A row of `rows`: a pair, or a row without partner, whose other id is ""."""

    row_kind: str
    status: str
    old_row_id: str
    new_row_id: str
    old_row_order: int | None
    new_row_order: int | None
    old_name: str
    new_name: str
    similarity: float | None
    evidence: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A row of `fields`: one field of a pair that differs."""

    row_kind: str
    old_row_id: str
    new_row_id: str
    change: str
    column: str
    old_text: str
    new_text: str
    old_value: float | None
    new_value: float | None
    delta: float | None
    unit: str
    deltas: dict[str, str]


def pair_rows(diff: Diff) -> list[PairRow]:
    """One row for each pair, in the order of the new report, removed rows behind the row they followed."""
    return [
        PairRow(
            row_kind=pair.row.kind,
            status=pair.status,
            old_row_id=pair.old.row_id if pair.old else "",
            new_row_id=pair.new.row_id if pair.new else "",
            old_row_order=pair.old.order if pair.old else None,
            new_row_order=pair.new.order if pair.new else None,
            old_name=pair.old.name if pair.old else "",
            new_name=pair.new.name if pair.new else "",
            similarity=pair.similarity,
            evidence=pair.evidence,
        )
        for pair in diff.pairs
    ]


def change_rows(diff: Diff) -> list[ChangeRow]:
    """One row for each field that differs, in the order of the pairs."""
    return [
        ChangeRow(
            row_kind=change.pair.row.kind,
            old_row_id=change.pair.old.row_id if change.pair.old else "",
            new_row_id=change.pair.new.row_id if change.pair.new else "",
            change=change.change,
            column=change.column,
            old_text=change.old_text,
            new_text=change.new_text,
            old_value=change.old_value,
            new_value=change.new_value,
            delta=change.delta,
            unit=change.unit,
            deltas=deltas(change),
        )
        for change in diff.changes
    ]


def deltas(change: Change) -> dict[str, str]:
    """What each number of the cell counts, and its difference with its sign; one that counts the same as one
    before it has its place behind it."""
    said: dict[str, str] = {}
    for name, delta in change.deltas:
        key, place = name, 2
        while key in said:
            key, place = f"{name}#{place}", place + 1
        said[key] = f"{delta:+.10g}" if delta else "0"
    return said


def write_files(diff: Diff, folder: Path) -> None:
    """Write rows.{parquet,csv} and fields.{parquet,csv} into `folder`: the same reports give the same
    bytes."""
    meta = {
        "report_id": json.dumps([diff.old.report_id, diff.new.report_id], ensure_ascii=False),
        "source_sha256": json.dumps([diff.old.source_sha256, diff.new.source_sha256]),
    }
    write_columns(folder / "rows", "diff_rows", by_column(list(pair_rows(diff))), meta)
    write_columns(folder / "fields", "diff_fields", by_column(list(change_rows(diff))), meta)
