"""Tables of two pages that lie open side by side in, the one table whose rows go on from page to page out."""

from collections.abc import Sequence
from dataclasses import replace

from shinchoku.fiscal import FiscalColumn
from shinchoku.layouts import YearColumn
from shinchoku.stitch.parts import Column, LogicalTable, Part, named
from shinchoku.text import squeeze

ALIKE = 2.0
"""Rows of the same height differ by less than this many points."""
ROWS = ("number", "indicator", "measure", "initiative")
"""Columns whose texts, said again on the facing page, tell its rows."""
SAID = ("unit", "achievement", "progress", "outlook", "note")
"""Columns beside values that name nothing; an office or a source may."""
KEYS = (*ROWS, "plan", "goal", "pillar", "group")
"""Columns that may be said again there."""


def facing(left: LogicalTable, right: LogicalTable, titled: bool) -> LogicalTable | None:
    """Both tables as one where the rows of `right`, on the next page, go on with those of `left`: as many
    rows, and each says again what names it, or, where nothing names those on the right, is as high. `titled`
    says that a title of its own stands over `right`: then only what is said again tells, or that it holds
    nothing but values."""
    if right.pages[0].page != left.pages[-1].page + 1 or left.turned or right.turned:
        return None
    if not left.row_count or not left.columns or not right.columns or left.row_count != right.row_count:
        return None
    if named(left.columns, left.parts) is None or left.sample or right.sample:
        return None
    again, name = _said_again(left, right), named(right.columns, right.parts)
    if again is None or not (name is None or any(right.columns[i] is name for i in again)):
        return None
    other = titled and not all(_is_value(c) for c in right.columns)
    if not any(c.means in ROWS for c in again.values()) and (other or not _as_high(left, right)):
        return None
    if {c.path for c in left.columns} >= {c.path for c in right.columns}:
        return None
    return _joined(left, right, again)


def _is_value(column: Column) -> bool:
    """Whether a column holds what is said of rows, and cannot name them."""
    return isinstance(column.means, FiscalColumn | YearColumn) or column.means in SAID


def _said_again(left: LogicalTable, right: LogicalTable) -> dict[int, Column] | None:
    """The columns on the right that say again what a column of the left says, by their index, and that
    column; None where one of the same heading says something else."""
    found: dict[int, Column] = {}
    for i, column in enumerate(right.columns):
        same = next((c for c in left.columns if squeeze(c.path) == squeeze(column.path)), None)
        if same is None or column.means not in KEYS:
            continue
        if _texts(left, same) != _texts(right, column):
            return None
        found[i] = same
    return found


def _texts(table: LogicalTable, column: Column) -> list[str]:
    return [squeeze(p.text) for i in range(table.row_count) for p in _under(table, column, i)]


def _under(table: LogicalTable, column: Column, i: int) -> list[Part]:
    return [p for p in table.row(i) if column.x0 < p.middle < column.x1]


def _as_high(left: LogicalTable, right: LogicalTable) -> bool:
    """Whether each row is as high on one page as on the other."""
    heights = [_heights(table) for table in (left, right)]
    return all(abs(a - b) < ALIKE for a, b in zip(*heights, strict=True))


def _heights(table: LogicalTable) -> list[float]:
    rows = [[p for p in table.row(i) if p.first == p.last] for i in range(table.row_count)]
    return [row[0].cells[-1].box[3] - row[0].cells[-1].box[1] if row else 0.0 for row in rows]


def _joined(left: LogicalTable, right: LogicalTable, again: dict[int, Column]) -> LogicalTable:
    """The columns of the right table after those of the left one, but for those said again, whose cells
    become part of the left ones."""
    own = [c for i, c in enumerate(right.columns) if i not in again]
    columns = [replace(c, x0=c.x0 / 2, x1=c.x1 / 2) for c in left.columns]
    columns += [replace(c, x0=0.5 + c.x0 / 2, x1=0.5 + c.x1 / 2) for c in own]
    repeated: dict[int, list[Part]] = {}
    for i, column in again.items():
        for row in range(left.row_count):
            for known in _under(left, column, row):
                repeated.setdefault(id(known), []).extend(_under(right, right.columns[i], row))
    parts = [_half(p, 0.0, repeated.get(id(p), ())) for p in left.parts]
    taken = {id(p) for same in repeated.values() for p in same}
    parts += [_half(p, 0.5) for p in right.parts if id(p) not in taken]
    said = {squeeze(c.text) for c in left.titles} | {squeeze(c.text) for k in again.values() for c in k.cells}
    over = (*left.repeated, *(c for c in right.headings if squeeze(c.text) in said))
    return replace(
        left,
        columns=tuple(columns),
        parts=tuple(parts),
        faces=(*left.faces, *right.pages),
        repeated=over,
    )


def _half(part: Part, shift: float, same: Sequence[Part] = ()) -> Part:
    cells = dict.fromkeys((*part.cells, *(c for p in same for c in p.cells)))
    return replace(part, x0=shift + part.x0 / 2, x1=shift + part.x1 / 2, cells=tuple(cells))
