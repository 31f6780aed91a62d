"""Records and the rows made of them in, the printed cells that each column was read from out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from shinchoku.cells import Cell
from shinchoku.problems import Problem
from shinchoku.records import Record, Records
from shinchoku.rows import (
    CellRow,
    GoalRow,
    IndicatorRow,
    MeasureRow,
    OriginRow,
    Place,
    RecordRow,
    columns,
    place_of,
)

About = tuple[str, str, str]
"""Kind and id of a row, and one of its columns."""


def origin_rows(
    records: Records,
    measures: Sequence[MeasureRow],
    indicators: Sequence[IndicatorRow],
    goals: Sequence[GoalRow],
) -> tuple[OriginRow, ...]:
    """The rows of `origins`: record by record, column by column, the cells in the order they are printed."""
    found = _of_records(records.measures, measures) + _of_records(records.indicators, indicators)
    for goal, statement in zip(records.goals, goals, strict=True):
        found += _origins("goal", statement.row_id, "text", goal.cells)
    return tuple(found)


def _of_records(records: Sequence[Record], rows: Sequence[RecordRow]) -> list[OriginRow]:
    names = list(columns(rows[0])) if rows else []
    return [
        origin for record, row in zip(records, rows, strict=True) for origin in _of_record(record, row, names)
    ]


def _of_record(record: Record, row: RecordRow, names: Iterable[str]) -> Iterator[OriginRow]:
    """The cells of the columns `names` of a row."""
    name = record.cells["name"]
    found: dict[str, tuple[Cell, ...]] = dict.fromkeys(("measure_text", "measure", "indicator"), name)
    if record.target is not None:
        found[record.target.name] = name
    for key, cells in record.cells.items():
        if not isinstance(key, str):
            found[key.name] = cells
        elif key in record.unmapped:
            found["unmapped"] = (*found.get("unmapped", ()), *cells)
        else:
            found[key] = cells
    for kind, heading in record.headings.items():
        said = ("no", heading.no), ("title", heading.title)
        found |= {f"{kind}_{what}": heading.cells for what, text in said if text}
    pillar = record.headings.get("pillar") or record.headings.get("goal")
    found["pillar"] = pillar.cells if pillar else ()
    found["group"] = tuple(dict.fromkeys(cell for heading in record.group for cell in heading.cells))
    for column in names:
        yield from _origins(row.kind, row.row_id, column, found.get(column, ()))


def _origins(kind: str, row_id: str, column: str, cells: Iterable[Cell]) -> Iterator[OriginRow]:
    for cell in cells:
        yield OriginRow(kind, row_id, column, *place_of(cell))


def placed(
    problems: Iterable[Problem], origins: Iterable[OriginRow], cells: Iterable[CellRow]
) -> list[Problem]:
    """The problems, those about a column of a record with the first cell it was read from, and those about a
    cell that one record alone was read from with that record."""
    boxes = {place_of(c): c.box for c in cells}
    first: dict[About, Place] = {}
    read: dict[Place, list[About]] = {}
    for origin in origins:
        about = (origin.row_kind, origin.row_id, origin.column)
        place = place_of(origin)
        first.setdefault(about, place)
        read.setdefault(place, []).append(about)
    return [_placed(problem, first, read, boxes) for problem in problems]


def _placed(
    problem: Problem,
    first: dict[About, Place],
    read: dict[Place, list[About]],
    boxes: dict[Place, tuple[float, float, float, float]],
) -> Problem:
    if problem.row_id and problem.row is None:
        place = first.get((problem.row_kind, problem.row_id, problem.column))
        if place is not None:
            page, table, row, col = place
            return replace(problem, page=page, table=table, row=row, col=col, box=boxes[place])
    place = (problem.page or 0, problem.table or 0, problem.row or 0, problem.col or 0)
    about = read.get(place, []) if problem.col is not None and not problem.row_id else []
    if len({(kind, row_id) for kind, row_id, _ in about}) == 1:
        kind, row_id, column = about[0]
        return replace(problem, row_kind=kind, row_id=row_id, column=column)
    return problem
