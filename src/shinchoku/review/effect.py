"""A report before and after a correction in; which rows, columns and quantities differ out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from shinchoku.language import Said
from shinchoku.rows import RecordRow, Report, columns
from shinchoku.values.observe import Observation, observe

UNTOLD = ("report_id", "row_id", "row_order", "page", "page_last", "table")
"""Columns that say where a row stands, not what it says."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A column of a row that says something else: kind and name of the row, column, both texts."""

    kind: str
    name: str
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What a correction changes: columns of records, quantities, rows that go and come, and problems that it
    solves and makes."""

    fields: tuple[Difference, ...]
    quantities: tuple[Difference, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    solved: tuple[Said, ...]
    made: tuple[Said, ...]


def effect(before: Report, after: Report) -> Effect:
    """The differences between two readings of one report. Rows are the same by their id; of those whose name
    changed, as many as there are before and after, in their order."""
    old, new = ({(r.kind, r.row_id): r for r in report.records} for report in (before, after))
    pairs = [(old[key], new[key]) for key in old if key in new]
    gone = [row for key, row in old.items() if key not in new]
    come = [row for key, row in new.items() if key not in old]
    if len(gone) == len(come):
        pairs, gone, come = [*pairs, *zip(gone, come, strict=True)], [], []
    said, says = (
        [Said(f"{p.code}: {p.said.en}", f"{p.code}: {p.said.ja}") for p in report.problems]
        for report in (before, after)
    )
    return Effect(
        tuple(d for a, b in pairs for d in _fields(a, b)),
        tuple(d for a, b in pairs for d in _quantities(before, a, after, b)),
        tuple(row.name for row in gone),
        tuple(row.name for row in come),
        tuple(text for text in said if text not in says),
        tuple(text for text in says if text not in said),
    )


def _fields(a: RecordRow, b: RecordRow) -> list[Difference]:
    one, other = columns(a), columns(b)
    names = [name for name in {**one, **other} if name not in UNTOLD]
    return [
        Difference(b.kind, b.name, name, _text(one.get(name)), _text(other.get(name)))
        for name in names
        if one.get(name) != other.get(name)
    ]


def _quantities(before: Report, a: RecordRow, after: Report, b: RecordRow) -> list[Difference]:
    one, other = _stated(observe(before.report_id, [a])), _stated(observe(after.report_id, [b]))
    return [
        Difference(b.kind, b.name, column, one.get(column, ""), other.get(column, ""))
        for column in {**one, **other}
        if one.get(column) != other.get(column)
    ]


def _stated(observations: Iterable[Observation]) -> dict[str, str]:
    """The quantities of each column in words."""
    said: dict[str, list[str]] = {}
    for o in observations:
        if o.value is not None:
            high = "" if o.high is None else f"-{o.high:,.15g}"
            said.setdefault(o.column, []).append(f"{o.label} {o.value:,.15g}{high}{o.unit}".strip())
    return {column: "; ".join(texts) for column, texts in said.items()}


def _text(value: Any) -> str:
    return "" if value is None else str(value)
