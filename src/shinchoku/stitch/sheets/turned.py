"""A table whose headings stand in its first column in, one that reads from top to bottom out: a sheet about
one indicator or project, or a table of several side by side."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from shinchoku.cells import Cell, Table
from shinchoku.fiscal import FiscalColumn
from shinchoku.layouts import LEADING, TEXTS, Layouts, Means, YearColumn
from shinchoku.stitch.meanings import with_actuals
from shinchoku.stitch.parts import Column, LogicalTable, Part, kind_of
from shinchoku.stitch.sheets.heads import headings, naming
from shinchoku.stitch.sheets.inner import inner_tables
from shinchoku.stitch.sheets.meant import Meant, anywhere
from shinchoku.stitch.sheets.places import (
    heads_above,
    in_line,
    is_beside,
    left_of,
    next_head,
    same_rows,
    side_by_side,
    stands_over,
)
from shinchoku.text import halve_digits, squeeze

DEEP = 4
"""What names the first record stands in one of this many rows at the top."""


@dataclass(frozen=True)
class _Sheet:
    """The cells of a table that are headings (`heads`, with what each means) and all others (`values`)."""

    heads: dict[Cell, Means]
    values: tuple[Cell, ...]
    near: int | None
    layouts: Layouts

    def means(self, path: Sequence[Cell]) -> tuple[Means, str]:
        """What headings above each other, or beside each other, mean together, and by which rule."""
        found = anywhere(self.layouts.options([c.said.text for c in path], self.near))
        return (found[0].means, found[0].rule) if found else (None, "")


def turned_tables(
    table: Table, near: int | None, layouts: Layouts, printed: Mapping[Cell, Cell] | None = None
) -> tuple[LogicalTable, ...]:
    """The table as logical tables, one for each sheet in it, if its headings stand left of what they say;
    none otherwise, or where a table stands inside. `printed` are the cells of pages that those of a table
    made of several stand for."""
    meant = Meant(near, layouts)
    if not any(meant.names(c) for c in table.cells if c.row < DEEP):
        return ()
    name = naming(table, meant)
    if name is None or inner_tables(table, near, layouts):
        return ()
    halves = side_by_side(table, name)
    if halves:
        return tuple(made for half in halves for made in turned_tables(half, near, layouts, printed))
    heads = headings(table, meant, name)
    values = tuple(c for c in table.cells if c not in heads)
    sheet = _Sheet({c: meant[c] for c in heads}, values, near, layouts)
    alike = (c for c in heads if meant[c] == meant[name] and in_line(c, name))
    names = sorted((c for c in alike if _says_the_same(c, name)), key=lambda c: c.row)
    made = (_block(table, sheet, rows, names) for rows in _blocks(table, heads, names))
    return tuple(_printed(block, printed) for block in made) if printed else tuple(made)


def _printed(block: LogicalTable, printed: Mapping[Cell, Cell]) -> LogicalTable:
    """A sheet with the cells as they stand on their pages."""

    def of(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(printed[c] for c in cells)

    parts = tuple(replace(p, cells=of(p.cells)) for p in block.parts)
    columns = tuple(replace(c, cells=of(c.cells)) for c in block.columns)
    (table,) = block.pages
    own = {(c.page, c.table): c for p in parts for c in p.cells}
    pages = tuple(replace(table, page=page, number=number) for page, number in sorted(own)) or block.pages
    return replace(
        block,
        titles=of(block.titles),
        columns=columns,
        parts=parts,
        pages=pages,
        repeated=of(block.repeated),
    )


def _says_the_same(cell: Cell, other: Cell) -> bool:
    """Whether two headings say the same, which of several they are aside: 指標1, 指標2."""
    one, two = (re.sub(r"[0-9①-⑳]", "", squeeze(halve_digits(c.text))) for c in (cell, other))
    return one == two


def _blocks(table: Table, heads: set[Cell], names: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """The rows (first, row after) of each sheet: from one heading that begins sheets to the next."""
    first = min(heads, key=lambda c: (c.row, c.col))
    again = [c for c in heads if squeeze(c.text) == squeeze(first.text) and in_line(c, first)]
    starts = sorted({c.row for c in (again if len(again) > 1 else names)})
    if len(again) < 2:
        starts[0] = min(starts[0], first.row)
    above = [c.row for c in table.cells if c.text and c.row < starts[0]]
    if len(above) == len(set(above)):
        starts[0] = 0
    yield from pairwise(dict.fromkeys([0, *starts, table.row_count]))


def _block(table: Table, sheet: _Sheet, rows: tuple[int, int], names: Sequence[Cell]) -> LogicalTable:
    """One sheet as a table of a row a record; `names` are the headings of what names records. What stands
    above the first of several such that begin with the name holds for each."""
    begins = any(c.row == rows[0] for c in names) and rows[0] > 0
    above = names[0].row if begins and not _begin_alike(sheet, rows[0]) else 0
    inside = [c for c in table.cells if c.row < above or rows[0] <= c.row < rows[1]]
    heads = [c for c in inside if c in sheet.heads]
    values = [c for c in inside if c not in sheet.heads]
    name = next((c for c in names if rows[0] <= c.row < rows[1]), None)
    if name is None:
        return _nameless(table, inside, rows)
    named = [c for c in values if same_rows(c, name) and next_head(c, heads) is name]
    records = named if len(named) > 1 else named[:1]
    found: dict[str, tuple[Means, str, tuple[Cell, ...], list[tuple[int, Cell]]]] = {}
    titles = tuple(
        c for c in values if not left_of(c, heads) and not heads_above(c, heads, values) and c.text
    )
    for cell in (c for c in values if c not in titles):
        path, (means, rule) = _path(cell, heads, values, sheet)
        key = "/".join(c.said.text for c in path)
        of = [i for i, r in enumerate(records) if len(records) == 1 or stands_over(cell, r)]
        entry = found.setdefault(key, (means, rule, tuple(path), []))
        entry[3].extend((i, cell) for i in of)
    over = {c for _, _, path, _ in found.values() for c in path}
    corners = tuple(c for c in heads if c not in over and any(is_beside(c, h) for h in heads))
    return replace(_turned(table, found, titles, max(1, len(records))), repeated=corners)


def _begin_alike(sheet: _Sheet, row: int) -> bool:
    """Whether the heading that row begins with is that of the first row too."""
    first, own = (min((c for c in sheet.heads if c.row >= r), key=lambda c: (c.row, c.col)) for r in (0, row))
    return _says_the_same(first, own)


def _nameless(table: Table, inside: Sequence[Cell], rows: tuple[int, int]) -> LogicalTable:
    """Rows of a table of sheets that name nothing, such as the rest of one from the page before."""
    left, width = table.box[0], table.box[2] - table.box[0]
    parts = tuple(
        Part(
            c.row - rows[0],
            c.row + c.row_span - 1 - rows[0],
            (c.box[0] - left) / width,
            (c.box[2] - left) / width,
            c.text,
            c.said,
            (c,),
        )
        for c in inside
    )
    own = replace(table, cells=tuple(inside))
    return LogicalTable((), (), (), rows[1] - rows[0], parts, (0,), (own,), "", turned=True)


def _turned(
    table: Table,
    found: dict[str, tuple[Means, str, tuple[Cell, ...], list[tuple[int, Cell]]]],
    titles: tuple[Cell, ...],
    count: int,
) -> LogicalTable:
    """The columns found, those of headings first, and their cells, a row a record."""
    order = sorted(found, key=lambda key: found[key][0] not in LEADING or found[key][0] == "initiative")
    columns: list[Column] = []
    parts: list[Part] = []
    slots = [(key, cells) for key in order for cells in _rounds(found[key][3])]
    for k, (key, cells) in enumerate(slots):
        means, rule, path, _ = found[key]
        x0, x1 = k / len(slots), (k + 1) / len(slots)
        columns.append(Column(x0, x1, key, "measure" if means == "initiative" else means, path, rule))
        rows: dict[Cell, list[int]] = {}
        for i, cell in cells:
            rows.setdefault(cell, []).append(i)
        parts += [Part(min(i), max(i), x0, x1, c.text, c.said, (c,)) for c, i in rows.items()]
    heads = tuple(c.said for c in titles)
    made = tuple(with_actuals(columns, parts))
    if any(c.means == "indicator" for c in made):
        made = tuple(replace(c, means="initiative") if c.means == "measure" else c for c in made)
        made = tuple(sorted(made, key=lambda c: c.x0))
    kind = kind_of(made, parts)
    return LogicalTable(titles, heads, made, count, tuple(parts), (0,), (table,), kind, turned=True)


def _rounds(cells: Sequence[tuple[int, Cell]]) -> Iterator[list[tuple[int, Cell]]]:
    """The cells of one heading, those of a record one after the other: the first of each, the second …"""
    left = list(cells)
    while left:
        first: dict[int, Cell] = {}
        for i, cell in left:
            first.setdefault(i, cell)
        yield list(first.items())
        left = [(i, c) for i, c in left if first[i] is not c]


def _path(
    cell: Cell, heads: Sequence[Cell], values: Sequence[Cell], sheet: _Sheet
) -> tuple[list[Cell], tuple[Means, str]]:
    """The headings of a value, and what they mean: those left of it, with a year or role above it where they
    say only the other of the two."""
    left, top = left_of(cell, heads), heads_above(cell, heads, values)
    if not left:
        return top, sheet.means(top)
    said = sheet.means(left)
    above = sheet.means(top) if top else (None, "")
    crossed = _crossed(above[0], said[0])
    if crossed is not None:
        return [*top, *left], (crossed, above[1])
    if top and _is_half(said[0]) and _is_half(sheet.means(top)[0]):
        both = sheet.means([*top, *left])
        if isinstance(both[0], FiscalColumn):
            return [*top, *left], both
    if top and said[0] is None:
        both = sheet.means([*top, *left])
        if isinstance(both[0], FiscalColumn | YearColumn):
            return [*top, *left], both
    if isinstance(said[0], YearColumn) and above[0] in TEXTS:
        return [*left, *top], above
    if isinstance(above[0], YearColumn) and said[0] in ("achievement", "progress", "note"):
        return [*top, *left], said
    return left, said


def _crossed(above: Means, left: Means) -> Means:
    """What a value is that has a role with its year above it and one without a year left of it; a baseline
    was an actual once, other pairs of roles are no column's. None where its headings say otherwise."""
    if not isinstance(above, FiscalColumn) or not isinstance(left, FiscalColumn) or left.year is not None:
        return None
    if above.role == left.role and above.year is not None:
        return above
    if above.role == "baseline" and left.role == "actual":
        return above
    return None if above.year is None else "category"


def _is_half(means: Means) -> bool:
    """Whether headings say a year without a role, or a role without a year."""
    return isinstance(means, YearColumn) or (isinstance(means, FiscalColumn) and means.year is None)
