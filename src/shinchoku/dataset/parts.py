"""A report's records in; its part of the tables over all reports out: its quantities, and where each record
stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from shinchoku.dataset.tables.files import write_columns
from shinchoku.language import say
from shinchoku.problems import Problem, internal_error
from shinchoku.rows import OriginRow, RecordRow, by_column
from shinchoku.values.observe import Observation, observe


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
