"""Logical tables and headings in, records out: measures, indicators and goals with named fields."""

from dataclasses import dataclass, field

from shinchoku.cells import Cell
from shinchoku.fiscal import FiscalColumn
from shinchoku.problems import Problem


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, numbered or not; `repost_of` is what its 【戦略計画12-1の再掲】 mark says ("12-1"), else "".
    `cells` are those it stands in, none where it stands outside tables."""

    no: str = ""
    title: str = ""
    repost: bool = False
    repost_of: str = ""
    cells: tuple[Cell, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a report. `headings` holds what it stands under (goal, pillar, plan, initiative, sub),
    `group` the unnumbered headings outermost first, `values` the printed text of each fiscal column, `texts`
    that of the fields of layouts.TEXTS. `target` is the column whose target the name states too, None where
    it has a column of its own. `unmapped` is the text of every other cell of the row, by heading. `cells` are
    the printed cells that its name, each of its columns and of its texts in `unmapped` were read from,
    `paths` the heading of each fiscal column, `caption` what stands over the table about its units."""

    kind: str
    name: str
    target: FiscalColumn | None
    headings: dict[str, Heading]
    section: str
    group: tuple[Heading, ...]
    values: dict[FiscalColumn, str]
    texts: dict[str, str]
    unmapped: dict[str, str]
    page: int
    page_last: int
    table: int
    cells: dict[str | FiscalColumn, tuple[Cell, ...]]
    paths: dict[FiscalColumn, str]
    caption: str


@dataclass(frozen=True, slots=True)
class Goal:
    """One statement of a goal sheet, from `cells`; `kind` is numeric_target or direction."""

    goal: Heading
    kind: str
    text: str
    page: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A heading that cells of a table of records say."""

    cells: tuple[Cell, ...]
    heading: Heading


@dataclass(frozen=True, slots=True)
class Records:
    """All records of a report in the order they are printed, and what was odd about them. `columns` are the
    fiscal columns of each kind as printed, `legend` the texts under 表の見方, which explain the marks, `told`
    the headings that tables of records say, `labels` cells that say what the values of their rows are."""

    measures: tuple[Record, ...]
    indicators: tuple[Record, ...]
    goals: tuple[Goal, ...]
    columns: dict[str, tuple[FiscalColumn, ...]]
    legend: tuple[str, ...]
    told: tuple[Told, ...]
    labels: tuple[Cell, ...]
    problems: tuple[Problem, ...]
