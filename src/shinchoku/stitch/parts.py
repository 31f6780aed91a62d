"""What a logical table is made of: columns by their headings, cells that a page break no longer cuts."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from shinchoku.cells import Cell, Table
from shinchoku.fiscal import FiscalColumn
from shinchoku.layouts import LEADING, Means, YearColumn
from shinchoku.layouts.announcements import Announcement
from shinchoku.layouts.wordings import CHANGE, ERRATUM
from shinchoku.text import halve_digits, squeeze

EDGE = 0.012
"""Two column edges are the same when they are this near, as a share of the table's width."""

NUMBER = re.compile(r"[△▲+-]?[0-9][0-9,.]*.{0,4}|[-~―ー]|未公表|調査中|集計中")
"""A value that is a number, or says that there is none; narrowed, without white space."""
ALONE = re.compile(r"[△▲+-]?[0-9][0-9,.]*.{0,2}|[-~―ー]")
"""The one text of a column must be no more than a number and its unit to be one: 3か所移転 is a name."""

MOSTLY = 0.9
"""A column that says something of its own in more than this share of the rows names them."""

GROUPS = LEADING
"""What columns left of the naming one hold, merged down over the rows they hold for."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its heading: from `x0` to `x1` as shares of the table's width; `path` is the heading's
    texts from the top, joined by "/"; `means` is the field or fiscal column, None where no layout knows the
    heading, `rule` what decided that."""

    x0: float
    x1: float
    path: str
    means: Means
    cells: tuple[Cell, ...]
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One cell of a logical table: from row `first` to row `last` (0-based, both in), `x0` to `x1` as shares
    of the table's width; `said` is what its text says as a heading, `cells` are the printed cells it is made
    of, several where a page break cut it."""

    first: int
    last: int
    x0: float
    x1: float
    text: str
    said: Announcement
    cells: tuple[Cell, ...]

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class LogicalTable:
    """A table as it was before it was cut into pages. `titles` stand in rows over the heading, `heads` are
    what these rows say as a whole, `starts` are the rows that come first on each of `pages`. `kind` is
    indicator, measure, sheet, or "" for a table that no layout knows, `words` what its headings say, row by
    row; `sample` says that it is an example that explains how to read the others, `turned` that its headings
    stood left of its cells; `faces` are the tables of facing pages that its rows go on in, `repeated` titles
    and headings said again on its further pages."""

    titles: tuple[Cell, ...]
    heads: tuple[Announcement, ...]
    columns: tuple[Column, ...]
    row_count: int
    parts: tuple[Part, ...]
    starts: tuple[int, ...]
    pages: tuple[Table, ...]
    kind: str
    words: tuple[tuple[int, str], ...] = ()
    sample: bool = False
    turned: bool = False
    faces: tuple[Table, ...] = ()
    repeated: tuple[Cell, ...] = ()

    @property
    def headings(self) -> tuple[Cell, ...]:
        """The cells of its titles and column headings, on all its pages."""
        return (*self.titles, *(c for column in self.columns for c in column.cells), *self.repeated)

    def row(self, i: int) -> tuple[Part, ...]:
        """The cells that cover row i, left to right."""
        return tuple(p for p in self.parts if p.first <= i <= p.last)

    def page_of(self, i: int) -> Table:
        """The page's table that row i begins in."""
        return self.pages[bisect_right(self.starts, i) - 1]


def have_roles(columns: Iterable[Column]) -> bool:
    """Whether labels of rows, or a heading, say what the columns of years hold."""
    return any(c.means == "roles" or (isinstance(c.means, YearColumn) and c.means.roles) for c in columns)


def name_column(columns: Sequence[Column]) -> Column | None:
    """The column that names a row: the indicator's, the measure's own, or the target column where no other
    than those of headings, offices and numbers stands left of it: an action plan has name and target in
    one."""
    for meaning in ("indicator", "measure"):
        found = next((c for c in columns if c.means == meaning), None)
        if found is not None:
            return found
    first = next((c for c in columns if c.means not in (*GROUPS, "owner", "number")), None)
    target = first is not None and isinstance(first.means, FiscalColumn) and first.means.role == "target"
    if target and (first is not columns[0] or first.means != FiscalColumn(None, "target")):
        return first
    return next((c for c in columns if c.means == "initiative"), None)


def named(columns: Sequence[Column], parts: Sequence[Part]) -> Column | None:
    """The column that names the rows of `parts`: a column of targets that are numbers names nothing."""
    found = name_column(columns)
    if found is None or not isinstance(found.means, FiscalColumn):
        return found
    texts = [squeeze(halve_digits(p.text)) for p in parts if p.text and found.x0 < p.middle < found.x1]
    numbers = sum((NUMBER if len(texts) > 1 else ALONE).fullmatch(text) is not None for text in texts)
    return None if texts and 2 * numbers > len(texts) else found


def names_its_rows(tables: Sequence[LogicalTable]) -> bool:
    """Whether the one column of initiatives of an action plan names its rows: nearly each row has its own
    text there, and no other column names them."""
    rows = own = 0
    for table in tables:
        leads = [c for c in table.columns if c.means == "initiative"]
        if table.sample or len(leads) != 1 or _is_named(table):
            continue
        first = leads[0]
        for i in range(table.row_count):
            parts = [p for p in table.row(i) if first.x0 < p.middle < first.x1 and p.x1 < first.x1 + EDGE]
            rows += bool(parts)
            own += any(p.text and p.first == p.last for p in parts)
    return own > MOSTLY * rows


def named_by_lead(table: LogicalTable) -> LogicalTable:
    """The table with its column of initiatives as the one that names its rows, where no other one does."""
    if _is_named(table):
        return table
    columns = tuple(replace(c, means="measure") if c.means == "initiative" else c for c in table.columns)
    return replace(table, columns=columns)


def _is_named(table: LogicalTable) -> bool:
    """Whether a column of indicators or measures names the rows."""
    return any(c.means in ("indicator", "measure") for c in table.columns)


def corrects(columns: Sequence[Column]) -> bool:
    """Whether columns say what is wrong and what is right: those of a list of misprints."""
    return [column.means for column in columns].count(ERRATUM) > 1


def _changes(columns: Sequence[Column]) -> bool:
    """Whether columns say what was and what is now, and no values of years: those of a list of changes."""
    means = [column.means for column in columns]
    return means.count(CHANGE) > 1 and not any(isinstance(m, FiscalColumn | YearColumn) for m in means)


def kind_of(columns: Sequence[Column], parts: Sequence[Part]) -> str:
    """indicator, measure or sheet, "" for a table that no layout knows."""
    means = {c.means for c in columns}
    if corrects(columns) or _changes(columns):
        return ""
    if "indicator" in means:
        return "indicator"
    if named(columns, parts) is not None:
        return "measure"
    return "sheet" if any(p.said.beside for p in parts if p.x0 < EDGE) else ""
