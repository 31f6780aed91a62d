"""The rows of a report's tables as typed values, and the report that holds them; a row's columns by name, and
a row from them again."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from inspect import signature
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any, ClassVar, TypeVar

from shinchoku.fiscal import FiscalColumn
from shinchoku.language import Said, counted, joined
from shinchoku.parts import Box
from shinchoku.problems import Problem

R = TypeVar("R")

SIDES = ("x0", "top", "x1", "bottom")
"""The columns of a box, in points from the page's top left."""

PLACE = ("page", "table", "row", "col")
Place = tuple[int, int, int, int]
"""Page, table, row and column of a cell."""
place_of, place_in = attrgetter(*PLACE), itemgetter(*PLACE)
"""The place of a cell, an origin or a problem, given as a value or as the columns of its row."""

HEADINGS = (
    *("pillar", "plan_no", "plan_title", "section", "initiative_no", "initiative_title"),
    *("sub_no", "sub_title", "goal_no", "goal_title", "group"),
)
"""Columns of what a row stands under: their cells may be on pages before it."""


@dataclass(frozen=True, slots=True)
class CellRow:
    """A row of `cells`: a printed cell; `box` is (x0, top, x1, bottom) in points, `lines` its
    text before wraps are joined."""

    page: int
    table: int
    row: int
    col: int
    row_span: int
    col_span: int
    box: Box
    text: str
    lines: str = ""
    is_header: bool = False
    ocr: bool = False
    corrected: bool = False
    struck: bool = False
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A row of `blocks`: text outside tables."""

    page: int
    block: int
    kind: str
    box: Box
    text: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A row of `measures`; `fiscal` holds the printed text of each fiscal-year column."""

    kind: ClassVar = "measure"
    row_id: str
    row_order: int
    page: int
    page_last: int
    table: int
    pillar: str = ""
    plan_no: int | None = None
    plan_title: str = ""
    section: str = ""
    initiative_no: int | None = None
    initiative_title: str = ""
    sub_no: str = ""
    sub_title: str = ""
    group: str = ""
    measure_text: str = ""
    measure: str = ""
    is_repost: bool = False
    repost_of: str = ""
    unit: str = ""
    fiscal: Mapping[FiscalColumn, str] = field(default_factory=dict)
    achievement: str = ""
    progress: str = ""
    outlook: str = ""
    owner: str = ""
    definition: str = ""
    note: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    unmapped: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.measure


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A row of `indicators`; `fiscal` holds the printed text of each fiscal-year column."""

    kind: ClassVar = "indicator"
    row_id: str
    row_order: int
    page: int
    page_last: int
    table: int
    goal_no: str = ""
    goal_title: str = ""
    plan_no: int | None = None
    plan_title: str = ""
    group: str = ""
    indicator: str = ""
    unit: str = ""
    fiscal: Mapping[FiscalColumn, str] = field(default_factory=dict)
    achievement: str = ""
    progress: str = ""
    outlook: str = ""
    owner: str = ""
    definition: str = ""
    note: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    unmapped: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.indicator


RecordRow = MeasureRow | IndicatorRow


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A row of `goals`: one statement of a goal sheet."""

    row_id: str
    row_order: int
    page: int
    kind: str
    text: str
    goal_no: str = ""
    goal_title: str = ""


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A row of `marks`: what the legend says that a mark means; `order` counts from 0."""

    mark: str
    order: int
    meaning: str


@dataclass(frozen=True, slots=True)
class OriginRow:
    """A row of `origins`: one printed cell that a column of a measure, an indicator or a goal was read
    from."""

    row_kind: str
    row_id: str
    column: str
    page: int
    table: int
    row: int
    col: int


Row = CellRow | BlockRow | MeasureRow | IndicatorRow | GoalRow | MarkRow | OriginRow | Problem


@dataclass(frozen=True, slots=True)
class Report:
    """All that is read of one report: how many pages it has, the rows of its tables, each in order, and the
    fiscal-year columns that `measures` and `indicators` print, in printed order; `corrections` are the keys
    of those that were applied, `reviewed` the pages that somebody signed as they are read."""

    report_id: str
    pages: int = 0
    cells: tuple[CellRow, ...] = ()
    blocks: tuple[BlockRow, ...] = ()
    measures: tuple[MeasureRow, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    goals: tuple[GoalRow, ...] = ()
    marks: tuple[MarkRow, ...] = ()
    origins: tuple[OriginRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    fiscal: Mapping[str, tuple[FiscalColumn, ...]] = field(default_factory=dict)
    corrections: tuple[str, ...] = ()
    reviewed: tuple[int, ...] = ()

    @property
    def records(self) -> tuple[RecordRow, ...]:
        """Measures, then indicators."""
        return (*self.measures, *self.indicators)

    def columns(self, name: str) -> dict[str, list[Any]]:
        """The columns of the table of that name, each its values in the order of the rows; none where it has
        no rows."""
        rows = getattr(self, name)
        return {"report_id": [self.report_id] * len(rows), **by_column(rows)} if rows else {}

    def table(self, name: str) -> list[dict[str, Any]]:
        """The rows of the table of that name, each its columns by name."""
        found = self.columns(name)
        return [dict(zip(found, values, strict=True)) for values in zip(*found.values(), strict=True)]


def how_many(pages: int, measures: int, indicators: int, goals: int) -> Said:
    """What was read of a report, counted."""
    parts = (
        counted("{n} page", "{n} pages", pages),
        counted("{n} measure", "{n} measures", measures),
        counted("{n} indicator", "{n} indicators", indicators),
        counted("{n} goal", "{n} goals", goals),
    )
    return joined(", ", parts)


def columns(row: object) -> dict[str, Any]:
    """The columns of a row of any table by name."""
    return {name: value for name, (value,) in by_column([row]).items()}


def by_column(rows: Sequence[object]) -> dict[str, list[Any]]:
    """The columns of rows of one type by name, each its values in the order of the rows: of a box its four
    sides, rounded to a hundredth of a point, what is said as `message` and `message_ja`, fiscal-year columns
    by their names, of which all rows have the same."""
    if not rows:
        return {}
    kind: Any = type(rows[0])
    found: dict[str, list[Any]] = {}
    for name in _fields(kind):
        values = list(map(attrgetter(name), rows))
        found |= _TAKEN_APART[name](values) if name in _TAKEN_APART else {name: values}
    return found


def _sides(boxes: Iterable[Box | None]) -> dict[str, list[Any]]:
    sides = zip(*(box or (None,) * len(SIDES) for box in boxes), strict=True)
    return {
        side: [v if v is None else round(v, 2) for v in values]
        for side, values in zip(SIDES, sides, strict=True)
    }


def _texts(fiscal: Sequence[Mapping[FiscalColumn, str]]) -> dict[str, list[Any]]:
    printed = dict.fromkeys(chain.from_iterable(fiscal))
    return {column.name: [row[column] for row in fiscal] for column in printed}


_TAKEN_APART: Mapping[str, Callable[[list[Any]], dict[str, list[Any]]]] = {
    "box": _sides,
    "said": lambda said: {"message": [s.en for s in said], "message_ja": [s.ja for s in said]},
    "fiscal": _texts,
}
"""The fields of rows that are several columns."""


def typed(kind: Callable[..., R], found: Mapping[str, Any]) -> R:
    """The row of type `kind` whose columns are `found`, as `columns` or a file gives them; columns that it
    does not have are passed over, and those that are not there are as where nothing is printed."""
    names = _fields(kind)
    known = {name: found[name] for name in names if name in found}
    if "box" in names:
        known["box"] = None if found["x0"] is None else tuple(found[side] for side in SIDES)
    if "said" in names:
        known["said"] = Said(found["message"], found["message_ja"])
    if "fiscal" in names:
        known["fiscal"] = dict(_fiscal(found))
    for name in ("unmapped", "units"):
        if isinstance(known.get(name), str):
            known[name] = json.loads(known[name])
    return kind(**known)


def _fiscal(found: Mapping[str, Any]) -> Iterable[tuple[FiscalColumn, str]]:
    for name, text in found.items():
        column = FiscalColumn.parse(name)
        if column is not None:
            yield column, text or ""


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(signature(kind).parameters)
