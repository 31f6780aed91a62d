"""Blocks and logical tables in reading order in, records out: what each row stands under is carried along."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from shinchoku.cells import Block, Cell
from shinchoku.fiscal import MONEY, FiscalColumn
from shinchoku.language import Said, say
from shinchoku.layouts import Layouts, one_line
from shinchoku.layouts.announcements import LONGEST_TITLE, Announcement
from shinchoku.problems import Problem, Severity
from shinchoku.records import Goal, Heading, Record, Records, Told
from shinchoku.records.context import OUTER, Context
from shinchoku.records.legend import explains
from shinchoku.records.marks import numbered_heading
from shinchoku.records.sheets import announced, goal_sheet, headed
from shinchoku.records.tables.findings import heading_unused
from shinchoku.records.tables.reader import HELD, TableReader
from shinchoku.stitch import LogicalTable, corrects

SMALLER = 0.95
"""A pillar's title is set no smaller than this many times the heading of the plan below it."""
MANY = 3
"""A table with a row of so many cells may hold records."""
_NUMBERED = re.compile(
    r"(第?[\d０-９一二三四五六七八九十IVXⅠ-Ⅻ]{1,3}(の柱|[章節部編])?|柱[\d０-９]{1,2})[\s.．、:：]+"
)


def read(items: Sequence[LogicalTable | Block], layouts: Layouts) -> Records:
    """The records of a report."""
    context = Context({})
    rows: dict[str, list[Record]] = {"measure": [], "indicator": []}
    columns: dict[str, dict[FiscalColumn, None]] = {"measure": {}, "indicator": {}}
    goals: list[Goal] = []
    legend: list[str] = []
    problems: list[Problem] = []
    running = _running_heads(items)
    stacked = next((r for i in items if isinstance(i, Block) and (r := layouts.stacked(i.text))), ())
    exemplary = False
    behind = False
    told: list[Told] = []
    labels: list[Cell] = []
    for item in items:
        if isinstance(item, Block):
            exemplary = exemplary or item.said.kind == "sample"
            legend += [item.text] if exemplary or explains(item.text) else []
            if item.text not in running:
                context = _after_block(context, item)
            if "単位" in item.text:
                context = replace(context, caption=item.text)
            continue
        exemplary = exemplary and item.sample
        legend += _explaining_rows(item) if item.sample or not item.kind else []
        if item.sample:
            problems.append(
                _unread(item, "sample_table", say("an example under 表の見方: no rows are taken from it"))
            )
        elif item.kind == "sheet":
            statements, goal = goal_sheet(item, context.headings.get("goal", Heading()), layouts)
            context = context.under("goal", goal)
            goals += statements
        elif item.kind:
            table = TableReader(item, layouts, stacked)
            context = table.read(_above(context, item))
            rows[item.kind] += table.records
            columns[item.kind] |= dict.fromkeys(table.printed())
            problems += table.problems
            told += table.said
            labels += (c for cells in table.labelled for c in cells)
            behind = True
        else:
            context = announced(context, item, layouts)
            problems.append(_unknown(item, behind, headed(item, layouts, 1 if behind else 2)))
        context = replace(context, loose=(), caption="")
    problems += _unsaid(told, (*rows["measure"], *rows["indicator"]))
    return Records(
        tuple(rows["measure"]),
        tuple(rows["indicator"]),
        tuple(goals),
        {kind: tuple(found) for kind, found in columns.items()},
        tuple(legend),
        tuple(told),
        tuple(labels),
        tuple(problems),
    )


def _unsaid(told: Iterable[Told], records: Iterable[Record]) -> list[Problem]:
    """The cells that say headings which no record stands under, or has no column for."""
    shown: set[Heading] = set()
    for record in records:
        held = {k: h for k, h in record.headings.items() if k in HELD[record.kind]}
        if "pillar" in held:
            held.pop("goal", None)
        shown.update(held.values(), record.group, [Heading("", record.section)])
    return [heading_unused(said.cells[0]) for said in told if said.heading not in shown]


def _explaining_rows(table: LogicalTable) -> list[str]:
    """The rows of two cells of a table that gives no records: a mark, and what it means."""
    rows = (table.row(i) for i in range(table.row_count))
    return ["：".join(one_line(p.text) for p in row) for row in rows if len(row) == 2]


def _running_heads(items: Iterable[LogicalTable | Block]) -> set[str]:
    """Texts outside tables that come again on half of the pages or more: page headers and footers."""
    pages: Counter[str] = Counter()
    blocks = [i for i in items if isinstance(i, Block)]
    for _, text in {(block.page, block.text) for block in blocks}:
        pages[text] += 1
    many = max(3, len({block.page for block in blocks}) / 2)
    return {block.text for block in blocks if pages[block.text] >= many and not block.said.kind}


def _unknown(table: LogicalTable, behind: bool, headed: bool) -> Problem:
    """A table that no layout knows; one with columns of fiscal years should have been known, but for sums of
    goals, pillars or plans; one of many columns that stands `behind` one of records, or is `headed` as such
    are, may hold more of them."""
    if corrects(table.columns):
        message = say(
            "this table corrects misprints of the report: no rows are taken from it, and nothing is "
            "corrected by it; put what it says into raw_pdfs/corrections.csv"
        )
        return replace(_unread(table, "errata", message), severity=Severity.WARNING)
    roles = {c.means.role for c in table.columns if isinstance(c.means, FiscalColumn)}
    if roles and not (roles <= set(MONEY) and any(c.means in OUTER for c in table.columns)):
        heads = " | ".join(c.path for c in table.columns)
        message = say(
            "no column of this table is known to name its rows; its text is in cells alone; run "
            "`shinchoku layout` on the PDF: it prints the lines to add"
        )
        return replace(_unread(table, "unknown_heading", message), severity=Severity.ERROR, printed=heads)
    if behind and any(len(table.row(i)) >= MANY for i in range(table.row_count)):
        message = say(
            "this table has no headings and does not stand under those of the table before it; its "
            "text is in cells alone; look at the page for rows that are missing"
        )
        return replace(_unread(table, "no_headings", message), severity=Severity.WARNING)
    if headed:
        message = say(
            "headings of this table are known, but nothing names records in it; its text is in cells alone, "
            "but for the goals and plans it announces; look at the page"
        )
        return replace(_unread(table, "other_table", message), severity=Severity.WARNING)
    return _unread(table, "other_table", say("no layout knows this table; its text is in cells alone"))


def _unread(table: LogicalTable, code: str, message: Said) -> Problem:
    first = table.pages[0]
    return Problem(Severity.INFO, code, message, page=first.page, table=first.number, box=first.box)


def _after_block(context: Context, block: Block) -> Context:
    """The context after text outside tables: a banner changes it, other text may turn out to be a pillar's
    or an initiative's title."""
    said = block.said
    if said.kind in ("", "initiative"):
        return replace(context, loose=(*context.loose, block)) if said.text else context
    if said.kind == "sample":
        return Context({}, numbering=context.numbering)
    title = numbered_heading(said)
    if said.kind == "plan":
        pillar = _pillar(context.loose, block.page, block.size)
        if pillar is not None:
            context = context.under("pillar", pillar)
    if said.kind == "section":
        return replace(context.in_section(said.title), loose=())
    if context.headings.get(said.kind) == title:
        return context
    return replace(context.under(said.kind, title), loose=())


def _pillar(loose: tuple[Block, ...], page: int, size: float) -> Heading | None:
    """A short line right over the heading of a plan, set no smaller than its `size`: the title of the pillar
    that begins there. A number before it is no part of it."""
    if not loose or page - loose[-1].page > 1 or loose[-1].size < SMALLER * size:
        return None
    title = _NUMBERED.sub("", one_line(loose[-1].text), count=1)
    return Heading("", title) if title and loose[-1].said.short else None


def _above(context: Context, table: LogicalTable) -> Context:
    """The context of a table that text stands above: a numbered title of indicators, or, right above it, rows
    of one cell of a table that goes on, the heading of an initiative, or of a pillar whose plan is announced
    in the table's first row."""
    titles = [b.said for b in context.loose if b.said.kind == "initiative" and _is_title(b.said)]
    if titles and table.kind == "indicator":
        context = replace(context, title=numbered_heading(titles[-1]))
    last = context.loose[-1] if context.loose else None
    if last is None or not last.said.short:
        return context
    page = table.pages[0]
    size = max((line.size for c in page.cells for line in c.lines), default=0.0)
    if table.kind == "measure" and not _has_headings(table) and SMALLER * last.size < size:
        for block in context.loose:
            context = _after_row(context, block.said)
        return context
    if last.said.kind and table.kind == "measure":
        return _after_row(context, last.said)
    return replace(context, waiting=_pillar(context.loose, page.page, size))


def _is_title(said: Announcement) -> bool:
    """Whether a numbered line is no sentence."""
    return 0 < len(said.title) <= LONGEST_TITLE and not said.title.endswith("。")


def _has_headings(table: LogicalTable) -> bool:
    """Whether its columns stand under headings of its own, not under those of a table before it."""
    own = (table.pages[0].page, table.pages[0].number)
    return any((c.page, c.table) == own for column in table.columns for c in column.cells)


def _after_row(context: Context, said: Announcement) -> Context:
    """The context after a row of one cell that no rule bounds: an initiative's, or that of a group."""
    if not said.short:
        return context
    title = numbered_heading(said)
    if said.kind:
        return replace(context.under("initiative", title), numbering=said.style)
    return context.in_group(0.0, title, inset=False)
