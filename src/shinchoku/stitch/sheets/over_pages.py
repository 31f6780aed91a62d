"""The tables of all pages in, those of them out whose headings stand left of their values: sheets, one that
goes on over pages as one table."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from shinchoku.cells import Block, Cell, Table
from shinchoku.layouts import Layouts
from shinchoku.stitch.parts import LogicalTable
from shinchoku.stitch.sheets.places import NEAR
from shinchoku.stitch.sheets.turned import turned_tables
from shinchoku.text import squeeze

HEAD = 4
"""Fewer rows at the foot of a page may be the head of a sheet that goes on, too little to be known as one."""


def sheets(
    items: Iterable[Block | Table], near: int | None, layouts: Layouts
) -> dict[int, tuple[LogicalTable, ...]]:
    """The logical tables of page tables that are sheets, by the `id` of the page table; of those that go on
    over pages all at the first, none at the others. `near` is as in Layouts.options."""
    found: dict[int, tuple[LogicalTable, ...]] = {}
    run: list[Table] = []
    sides: set[float] = set()
    titled = False
    for item in items:
        if isinstance(item, Block):
            titled = titled or (item.kind == "text" and bool(item.said.kind))
            continue
        if run and not titled and _goes_on(run, item, sides):
            run.append(item)
        else:
            found |= _made(run, near, layouts)
            own = turned_tables(item, near, layouts)
            found |= {id(item): own} if own else {}
            run = [item] if own or item.row_count < HEAD else []
            sides |= _sides(item) if own else set()
        titled = False
    return found | _made(run, near, layouts)


def _goes_on(run: Sequence[Table], table: Table, sides: set[float]) -> bool:
    """Whether a table at the top of the next page is as wide as the last of a run, is cut where that is, or
    where sheets before it are (`sides`), and does not begin as the run does."""
    before = run[-1]
    if table.page != before.page + 1 or table.number != 1 or not table.cells:
        return False
    first, own = (min(t.cells, key=lambda c: (c.row, c.col)) for t in (run[0], table))
    as_wide = all(abs(before.box[i] - table.box[i]) < NEAR for i in (0, 2))
    aligned = all(any(abs(x - y) < NEAR for y in _sides(before) | sides) for x in _sides(table))
    return as_wide and aligned and squeeze(first.text) != squeeze(own.text)


def _sides(table: Table) -> set[float]:
    return {x for c in table.cells for x in (c.box[0], c.box[2])}


def _made(run: Sequence[Table], near: int | None, layouts: Layouts) -> dict[int, tuple[LogicalTable, ...]]:
    """What the tables of a run of several are: sheets together, or else each by itself."""
    if len(run) < 2:
        return {}
    printed: dict[Cell, Cell] = {}
    rows = 0
    for table in run:
        printed |= {replace(c, row=c.row + rows): c for c in table.cells}
        rows += table.row_count
    whole = replace(run[0], row_count=rows, cells=tuple(printed))
    made = turned_tables(whole, near, layouts, printed)
    if made:
        return {id(run[0]): made} | {id(t): () for t in run[1:]}
    return {id(t): own for t in run[1:] if (own := turned_tables(t, near, layouts))}
