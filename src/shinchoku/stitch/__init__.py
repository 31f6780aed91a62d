"""A document's page tables in, logical tables out: what goes on over a page is one table, repeated headings
dropped."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from shinchoku.cells import Block, Document, Table
from shinchoku.layouts import Layouts
from shinchoku.layouts.announcements import OUTER, Announcement, announcement
from shinchoku.stitch.facing import facing
from shinchoku.stitch.habits import Habits, full_columns, learn
from shinchoku.stitch.headings import Words, heading_rows, logical_tables, titles_of, year_of
from shinchoku.stitch.parts import (
    EDGE,
    GROUPS,
    Column,
    LogicalTable,
    Part,
    corrects,
    have_roles,
    name_column,
    named_by_lead,
    names_its_rows,
)
from shinchoku.stitch.samples import Sample, pieces
from shinchoku.stitch.seams import cut_score, is_open, seam
from shinchoku.stitch.sheets.over_pages import sheets
from shinchoku.stitch.unheaded import continuing, under_headings
from shinchoku.text import squeeze
from shinchoku.wraps import Joiner

KINDS = (*OUTER, "section", "initiative")
"""What blocks announce, outermost first: an outer heading begins inner ones anew."""

Said = dict[str, tuple[str, str, str]]
"""The key of what was announced last, by kind."""

__all__ = [
    "EDGE",
    "GROUPS",
    "Column",
    "LogicalTable",
    "Part",
    "corrects",
    "have_roles",
    "heading_rows",
    "name_column",
    "stitch",
    "year_of",
]


def stitch(document: Document, layouts: Layouts) -> tuple[LogicalTable | Block, ...]:
    """The document's blocks and logical tables in reading order; a table stands where it begins. A block that
    holds several headings is several."""
    items = list(_runs(document, layouts))
    tables = [t for item in items if not isinstance(item, Block) for t in item]
    if names_its_rows(tables):
        items = [i if isinstance(i, Block) else [named_by_lead(t) for t in i] for i in items]
    runs = [item for item in items if not isinstance(item, Block)]
    breaks = [pair for run in runs for pair in pairwise(run)]
    tables = [t for run in runs for t in run]
    full = full_columns(tables)
    scores = [cut_score(a, b, document.joiner, full) for a, b in breaks]
    habits = learn(tables, scores, [is_open(a, b) for a, b in breaks], full)
    return tuple(i if isinstance(i, Block) else _joined(i, document.joiner, habits, layouts) for i in items)


def _runs(document: Document, layouts: Layouts) -> Iterator[list[LogicalTable] | Block]:
    """The document's blocks, and the tables of its pages, those together that are one table going on; a run
    of tables stands where it begins."""
    out: list[list[LogicalTable] | Block] = []
    current: list[LogicalTable] = []
    headed: LogicalTable | None = None
    sample = Sample()
    said: Said = {}
    near = year_of(document)
    turned = sheets(document.items, near, layouts)
    between: list[Block] = []
    alike: defaultdict[Words, list[LogicalTable]] = defaultdict(list)
    running = _running(document)
    for item in (part for whole in document.items for part in _titled(whole)):
        if isinstance(item, Block):
            for block in pieces(item, layouts):
                out.append(block)
                found = block.said.key
                if not found and (block.page, block.text) in running:
                    continue
                between.append(block)
                if sample.block(block) and block.kind == "text":
                    current, said = [], {}
                elif found and said.get(found[0]) != found and not block.said.continued:
                    current, said = [], _after(said, found)
                elif not found and block.said.short:
                    current = []
            continue
        if item.told == "no_records":
            continue
        made = turned.get(id(item))
        for page_table in logical_tables(item, headed, near, layouts) if made is None else made:
            table = page_table
            if headed is not None:
                table = under_headings(headed, page_table, between, alike[headed.words])
            alike[table.words].append(table)
            titled = any(b.kind == "text" and b.said.short and not b.said.continued for b in between)
            between = []
            rest = bool(current) and _goes_on(current, table)
            table = replace(table, sample=sample.table(table, rest))
            run = next((run for run in reversed(out) if not isinstance(run, Block)), None)
            if item.told == "goes_on" and run is not None and run[-1].pages != table.pages:
                run.append(continuing(run[-1], table))
                current = run
                continue
            if rest and table.sample == current[-1].sample:
                current.append(table)
                continue
            whole = facing(run[-1], table, titled) if run else None
            if run is not None and whole is not None:
                run[-1] = whole
                continue
            headed = table if table.columns and not table.turned else headed
            for found in filter(None, (head.key for head in _spanning(table))):
                said = _after(said, found)
            current = [table]
            out.append(current)
    yield from out


def _titled(item: Table | Block) -> Sequence[Table | Block]:
    """A block or table; a table that holds titles alone as blocks."""
    return [item] if isinstance(item, Block) else titles_of(item) or [item]


def _running(document: Document) -> set[tuple[int, str]]:
    """Pages and texts outside tables that stood on the page before too: running heads."""
    texts: defaultdict[int, set[str]] = defaultdict(set)
    for block in document.blocks:
        texts[block.page].add(block.text)
    return {(page, text) for page, said in texts.items() for text in said if text in texts.get(page - 1, ())}


def _after(said: Said, found: tuple[str, str, str]) -> Said:
    """What was announced last of each kind after one more: what stands under an earlier one of its kind is
    announced anew."""
    lower = KINDS[KINDS.index(found[0]) :]
    return {k: v for k, v in said.items() if k not in lower} | {found[0]: found}


def _spanning(table: LogicalTable) -> Iterator[Announcement]:
    """What reaches all over the table says: titles over its headings, and a first row of one cell."""
    yield from (cell.said for cell in table.titles)
    first = table.row(0)
    if len(first) == 1:
        yield first[0].said


def _goes_on(run: Sequence[LogicalTable], table: LogicalTable) -> bool:
    """Whether `table` is what the tables of `run` go on with on the next page."""
    before = run[-1]
    if table.turned or before.turned or table.pages[0].page != before.pages[-1].page + 1:
        return False
    if not before.columns:
        return run[0].kind == "sheet" and not table.columns and _is_rest_of_sheet(run, table)
    if not table.columns or [squeeze(c.path) for c in table.columns] != [
        squeeze(c.path) for c in before.columns
    ]:
        return False
    if _begins_plan(run, table):
        return False
    own = [squeeze(c.said.text) for c in table.titles if c.text]
    known = [squeeze(c.text) for c in run[0].titles if c.text]
    return not own or own == known[len(known) - len(own) :]


def _begins_plan(run: Sequence[LogicalTable], table: LogicalTable) -> bool:
    """Whether the table's first row is the heading of a plan that none of the tables before it had."""
    first = table.row(0)
    if len(first) != 1 or first[0].said.kind not in OUTER:
        return False
    text = squeeze(first[0].said.text)
    return not any(squeeze(p.text) == text for t in run for p in t.parts)


def _is_rest_of_sheet(run: Sequence[LogicalTable], table: LogicalTable) -> bool:
    """Whether a table without columns is the rest of a goal sheet: the same two columns, no head that the
    sheet already has, but for the one that the page break cut."""
    sides = [sorted({round(p.x1, 2) for p in t.parts}) for t in (run[0], table)]
    heads = [p.text for t in run for p in t.parts if p.x0 < EDGE]
    own = {p.text for p in table.parts if p.x0 < EDGE and p.text}
    return sides[0] == sides[1] and not own & set(heads[:-1])


def _joined(run: Sequence[LogicalTable], joiner: Joiner, habits: Habits, layouts: Layouts) -> LogicalTable:
    """The tables of a run as one, the rows of each after those before; a row that a page break cut is one
    again, and so is a cell merged down over it."""
    whole = run[0]
    for table in run[1:]:
        found = seam(whole, table, joiner, habits)
        shift = whole.row_count - found.cut
        one = {
            id(a): replace(
                a,
                last=b.last + shift,
                text=text,
                said=announcement(text, layouts),
                cells=(*a.cells, *b.cells),
            )
            for a, b, text in found.joined
        }
        lower = {id(b) for _, b, _ in found.joined}
        parts = [one.get(id(p), p) for p in whole.parts]
        parts += [
            replace(p, first=p.first + shift, last=p.last + shift) for p in table.parts if id(p) not in lower
        ]
        whole = replace(
            whole,
            row_count=shift + table.row_count,
            parts=tuple(parts),
            starts=(*whole.starts, whole.row_count),
            pages=(*whole.pages, *table.pages),
            repeated=(*whole.repeated, *table.headings),
        )
    return whole
