"""A table without headings in, the same under the headings of the tables before it out, where it goes on with
their rows."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from shinchoku.cells import Block
from shinchoku.fiscal import FiscalColumn
from shinchoku.stitch.parts import EDGE, Column, LogicalTable, Part, name_column
from shinchoku.text import squeeze

WIDE = 2
"""A cell over so many columns of years is no value."""
HEAD = 3
"""A cell over the naming column and so many in all is a heading over rows."""
ENOUGH = 5
"""So many cells show what a column holds."""
UNLIKE = 2
"""A table is not read like others where so many of its columns are not, or that of marks is not."""

LARGER = 1.05
"""A line in letters so many times as large as a table's is a title over it."""


def under_headings(
    before: LogicalTable, table: LogicalTable, between: Iterable[Block], known: Sequence[LogicalTable]
) -> LogicalTable:
    """A table without headings takes those of the table before it where it goes on with its rows: its columns
    stand under them, nothing of what stands `between` the two begins another matter, its rows have the shape
    of rows, and its cells read like those of `known`, the tables under the same headings."""
    placed = _placed(before, table)
    if placed is None or _is_headed(table, known) or _begins_another(between, table):
        return table
    if not _has_rows(placed) or not _reads_like(placed, known):
        return table
    return placed


def _placed(before: LogicalTable, table: LogicalTable) -> LogicalTable | None:
    """The table under the headings of the one before it where its columns stand under them: as wide, and cut
    at every side of a column, or else nowhere but where that one was cut. A goal sheet has no headings,
    wherever it is cut."""
    if table.columns or table.kind or table.turned or not before.columns:
        return None
    own, other = table.pages[0].box, before.pages[-1].box
    width = other[2] - other[0]
    left, right = (own[0] - other[0]) / width, (own[2] - other[2]) / width
    sides = {x for c in before.columns for x in (c.x0, c.x1)}
    placed = table
    if abs(right) < EDGE < left and _near(left, sides):  # no rule bounds the cells of the first columns
        placed, sides = _scaled(table, left), {x for x in sides if x > left - EDGE}
    every = all(_near(x, _edges(placed)) for x in sides)
    as_wide = max(abs(left), abs(right)) < EDGE
    if every or (as_wide and all(_near(x, sides | _edges(before)) for x in _edges(table))):
        return replace(placed, columns=before.columns, kind=before.kind, words=before.words)
    return None


def _scaled(table: LogicalTable, left: float) -> LogicalTable:
    """A table whose sides are shares of a wider one, of which it is what lies right of `left`."""
    parts = (replace(p, x0=left + p.x0 * (1 - left), x1=left + p.x1 * (1 - left)) for p in table.parts)
    return replace(table, parts=tuple(parts))


def _edges(table: LogicalTable) -> set[float]:
    return {x for p in table.parts for x in (p.x0, p.x1)}


def continuing(before: LogicalTable, table: LogicalTable) -> LogicalTable:
    """A table that a person says goes on with the one before it: of its kind and, where it has no headings,
    under those, column by column where it has as many."""
    known = replace(table, sample=before.sample, kind=before.kind)
    if table.columns:
        return known
    own, other = _distinct(_edges(table)), _distinct({x for c in before.columns for x in (c.x0, c.x1)})
    if len(own) == len(other):
        moved = {x: other[min(range(len(own)), key=lambda n: abs(own[n] - x))] for x in _edges(table)}
        parts = tuple(replace(p, x0=moved[p.x0], x1=moved[p.x1]) for p in table.parts)
        known = replace(known, parts=parts)
    return replace(known, columns=before.columns, words=before.words)


def _distinct(edges: set[float]) -> list[float]:
    """Edges from the left, those that are the same one once."""
    found = sorted(edges)
    return [x for n, x in enumerate(found) if n == 0 or x - found[n - 1] > EDGE]


def _near(x: float, edges: set[float]) -> bool:
    return any(abs(x - e) < EDGE for e in edges)


def _is_headed(table: LogicalTable, known: Iterable[LogicalTable]) -> bool:
    """Whether the first row alone is shaded in all its cells, several: a heading that no layout knows. It is
    none where rows of `known` are shaded too."""
    first = table.row(0)
    every = sum(any(c.shaded for c in p.cells) for p in table.parts)
    whole = len(_shaded(first)) == len(first) == every > 1
    rows = (t.row(i) for t in known for i in range(t.row_count))
    return whole and table.row_count > 1 and not any(len(_shaded(row)) > 1 for row in rows)


def _shaded(row: Iterable[Part]) -> list[Part]:
    """The shaded cells that say something."""
    return [p for p in row if p.text and any(c.shaded for c in p.cells)]


def _begins_another(between: Iterable[Block], table: LogicalTable) -> bool:
    """Whether the last title between two tables is none of those that a report's rows stand under. A line in
    letters no larger than the table's own is a row of one cell that no side rule bounds."""
    letters = max((line.size for p in table.parts for c in p.cells for line in c.lines), default=0.0)
    titles = [
        block.said
        for block in between
        if block.kind == "text" and block.said.short and (block.said.kind or block.size > LARGER * letters)
    ]
    return bool(titles) and not titles[-1].kind


def _has_rows(table: LogicalTable) -> bool:
    """Whether some row has the shape of one, and most have: no heading, and no cell over the columns of two
    years."""
    rows = [row for row in map(table.row, range(table.row_count)) if not _is_heading(row, table.columns)]
    shaped = [row for row in rows if not any(_is_wide(p, table.columns) for p in row)]
    return bool(rows or table.row_count == 1) and 2 * len(shaped) >= len(rows)


def _under(part: Part, columns: Sequence[Column]) -> list[Column]:
    return [c for c in columns if part.x0 < (c.x0 + c.x1) / 2 < part.x1]


def _is_heading(row: Sequence[Part], columns: Sequence[Column]) -> bool:
    """Whether a cell of the row covers the naming column and two or more beside it."""
    name = name_column(columns)
    over = [_under(p, columns) for p in row]
    return any(name in found and len(found) >= min(HEAD, len(columns)) for found in over)


def _is_wide(part: Part, columns: Sequence[Column]) -> bool:
    """Whether a cell covers columns of different years."""
    years = {c.means.year or c.means for c in _under(part, columns) if isinstance(c.means, FiscalColumn)}
    return len(years) >= WIDE


FEATURES: tuple[Callable[[str], bool], ...] = (
    lambda text: re.search(r"\d", text) is not None,
    lambda text: re.search(r"[぀-ヿ一-鿿]", text) is not None,
    lambda text: text.endswith("。"),
)
"""What nearly all texts of a column share, or none has: figures, words, being a sentence."""


def _reads_like(table: LogicalTable, known: Sequence[LogicalTable]) -> bool:
    """Whether the cells of most columns have the features of those above them."""
    unlike = [c for c in table.columns if _differs(_texts(c, [table]), _texts(c, known))]
    return len(unlike) < UNLIKE and all(c.means != "progress" for c in unlike)


def _texts(column: Column, tables: Iterable[LogicalTable]) -> list[str]:
    """What the cells of a column say, 再掲 marks and signs alone (－) aside."""
    texts = [
        squeeze(p.said.unposted)
        for t in tables
        for p in t.parts
        if abs(p.x0 - column.x0) < EDGE and abs(p.x1 - column.x1) < EDGE
    ]
    return [text for text in texts if any(ch.isalnum() for ch in text)]


def _differs(own: Sequence[str], known: Sequence[str]) -> bool:
    """Whether most of the texts have what none of the known ones has, or lack what each of them has, or are
    longer than twice the longest."""
    if len(known) < ENOUGH or not own:
        return False
    most = len(own) / 2
    longest = 2 * max(map(len, known))
    if sum(len(text) > longest for text in own) > most:
        return True
    for has in FEATURES:
        share = sum(map(has, known))
        found = sum(map(has, own))
        if (share == 0 and found > most) or (share == len(known) and len(own) - found > most):
            return True
    return False
