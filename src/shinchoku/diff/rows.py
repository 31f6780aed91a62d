"""A report's folder in; its rows as the comparison needs them out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shinchoku.dataset.publish import report_folder
from shinchoku.dataset.schema import fiscal_names
from shinchoku.dataset.tables.files import read_meta, read_rows
from shinchoku.diff.keys import folded, name_key
from shinchoku.diff.legend import Legend, legend
from shinchoku.problems import ShinchokuError

KINDS = ("measure", "indicator")

PLACES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "measure": (
        ("plan_no", "plan_title"),
        ("", "section"),
        ("initiative_no", "initiative_title"),
        ("sub_no", "sub_title"),
        ("", "group"),
    ),
    "indicator": (("plan_no", "plan_title"), ("", "group")),
}
"""For each kind of row the headings it stands under, outermost first: column of the number, column of the
title."""


class DiffError(ShinchokuError):
    """The two reports cannot be compared; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record. `place` is a (number, title) for each level of PLACES, folded; `cells` and `texts` map a
    fiscal-year column to its folded and its printed text; `columns` holds the printed text of the other
    columns."""

    kind: str
    row_id: str
    order: int
    page: int | None
    place: tuple[tuple[str, str], ...]
    name: str
    key: str
    whole: str
    reposted: bool
    repost_of: str
    cells: Mapping[str, str]
    texts: Mapping[str, str]
    columns: Mapping[str, str]

    @property
    def content(self) -> tuple[object, ...]:
        """All that is printed, to put rows in an order that does not depend on where they stand."""
        return (
            self.key, self.place, self.reposted, self.repost_of, self.whole,
            tuple(sorted(self.cells.items())), self.name, tuple(sorted(self.columns.items())),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """One report's rows of one kind, in printed order, and its fiscal-year columns."""

    report_id: str
    kind: str
    fiscal: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its id, the rows of each kind, the sha256 of its PDF ("" where the files do not say), and
    what its legend says of its marks."""

    report_id: str
    source_sha256: str
    sides: Mapping[str, Side]
    legend: Legend = field(default_factory=dict)


def read_report(data: Path, report_id: str) -> Report:
    """Read `data/report_id/{measures,indicators}.parquet`; raises ShinchokuError where there is no such
    report, DiffError where its files are not what extraction writes."""
    sides: dict[str, Side] = {}
    sha256 = ""
    for kind in KINDS:
        path = report_folder(data, report_id, f"{kind}s.parquet") / f"{kind}s.parquet"
        try:
            records = read_rows(path)
            sha256 = sha256 or read_meta(path).get("source_sha256", "")
        except (OSError, ValueError) as error:
            raise DiffError.say(
                "cannot read {path} ({error}); run `shinchoku extract` again", path=path, error=error
            ) from error
        lacking = [column for column in ("row_id", "row_order", kind) if records and column not in records[0]]
        if lacking:
            raise DiffError.say(
                "{path} has no column {lacking}; run `shinchoku extract` again", path=path, lacking=lacking[0]
            )
        sides[kind] = side(report_id, kind, records)
    return Report(report_id, sha256, sides, _legend(data / report_id / "marks.parquet"))


def _legend(path: Path) -> Legend:
    """The legend of a report; empty where its files have none."""
    rows = sorted(read_rows(path), key=lambda row: row["order"]) if path.is_file() else []
    return legend((row["mark"], row["meaning"]) for row in rows)


def side(report_id: str, kind: str, records: Sequence[Mapping[str, Any]]) -> Side:
    """The records of one kind as a Side, in the order of their row_order."""
    fiscal = tuple(fiscal_names(key for record in records[:1] for key in record))
    rows = sorted((_row(kind, record, fiscal) for record in records), key=lambda row: row.order)
    return Side(report_id, kind, fiscal, tuple(rows))


def _row(kind: str, record: Mapping[str, Any], fiscal: Iterable[str]) -> Row:
    name = _text(record, kind)
    texts = {column: _text(record, column) for column in fiscal}
    page = record.get("page")
    kept = ["progress", "note", *(title for _, title in PLACES[kind])]
    return Row(
        kind=kind,
        row_id=_text(record, "row_id"),
        order=int(record["row_order"]),
        page=None if page is None else int(page),
        place=tuple(
            (folded(_text(record, no)), name_key(_text(record, title))) for no, title in PLACES[kind]
        ),
        name=name,
        key=name_key(name),
        whole=name_key(_text(record, "measure_text") or name),
        reposted=bool(record.get("is_repost")),
        repost_of=folded(_text(record, "repost_of")),
        cells={column: folded(text) for column, text in texts.items()},
        texts=texts,
        columns={column: _text(record, column) for column in kept if column in record},
    )


def _text(record: Mapping[str, Any], column: str) -> str:
    value = record.get(column)
    return "" if value is None else str(value)
