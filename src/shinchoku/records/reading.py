"""Blocks and logical tables in reading order in, records out: what each row stands under is carried along."""

from collections.abc import Iterable
from dataclasses import replace

from shinchoku import layouts
from shinchoku.cells import Block
from shinchoku.fiscal import FiscalColumn
from shinchoku.problems import Problem, Severity
from shinchoku.records import Goal, Heading, Record, Records
from shinchoku.records.context import NEAR, Context
from shinchoku.records.sheets import goal_sheet
from shinchoku.records.tables import TableReader
from shinchoku.stitch import CONTINUED, LogicalTable


def read(items: Iterable[LogicalTable | Block]) -> Records:
    """The records of a report."""
    context = Context({})
    rows: dict[str, list[Record]] = {"measure": [], "indicator": []}
    columns: dict[str, dict[FiscalColumn, None]] = {"measure": {}, "indicator": {}}
    goals: list[Goal] = []
    legend: list[str] = []
    problems: list[Problem] = []
    for item in items:
        if isinstance(item, Block):
            context = _after_block(context, item)
            legend += [item.text] if context.sample else []
            continue
        kind = _kind(item)
        context = _sample_ends(context, kind, item)
        if context.sample:
            context = replace(context, seen=(*context.seen, kind))
            problems.append(
                _unread(item, "sample_table", "an example under 表の見方: no rows are taken from it")
            )
        elif kind == "sheet":
            found, goal = goal_sheet(item, context.headings.get("goal", Heading()))
            context = context.under("goal", goal)
            goals += found
        elif kind:
            table = TableReader(item, kind)
            context = table.read(context)
            rows[kind] += table.records
            columns[kind] |= dict.fromkeys(table.fiscal)
            problems += table.problems
        else:
            problems.append(
                _unread(item, "other_table", "no layout knows this table; its text is in cells alone")
            )
        context = replace(context, loose=())
    return Records(
        tuple(rows["measure"]),
        tuple(rows["indicator"]),
        tuple(goals),
        {kind: tuple(found) for kind, found in columns.items()},
        tuple(legend),
        tuple(problems),
    )


def _unread(table: LogicalTable, code: str, message: str) -> Problem:
    first = table.pages[0]
    return Problem(Severity.INFO, code, message, page=first.page, table=first.number, box=first.box)


def _after_block(context: Context, block: Block) -> Context:
    """The context after text outside tables: a banner changes it, other text may turn out to be a pillar's
    title."""
    if block.kind != "text":
        return context
    text = CONTINUED.sub("", block.text)
    found = layouts.banner(text)
    if found is None or found.kind == "initiative" or layouts.is_contents_line(text):
        return replace(context, loose=(*context.loose, block))
    if found.kind == "sample":
        return Context(context.headings, sample=block.page)
    if context.sample and not context.seen:
        return context
    title = Heading(found.no, found.title)
    context = replace(context, sample=0, seen=())
    if found.kind == "plan":
        pillar = _pillar(context.loose, block)
        if pillar is not None:
            context = context.under("pillar", pillar)
        if context.headings.get("plan") == title:
            return context
    if found.kind == "section":
        return context.in_section(found.title)
    return replace(context.under(found.kind, title), loose=())


def _pillar(loose: tuple[Block, ...], plan: Block) -> Heading | None:
    """A short line right over the plan's own heading, set no smaller: the title of the pillar that begins
    there."""
    if not loose or plan.page - loose[-1].page > 1 or loose[-1].size < plan.size:
        return None
    text = " ".join(loose[-1].text.split())
    return Heading("", text) if len(text) <= 40 and not text.endswith("。") else None


def _kind(table: LogicalTable) -> str:
    """sheet, measure, indicator, or "" for a table that no layout knows."""
    means = {c.means for c in table.columns}
    if "indicator" in means:
        return "indicator"
    if "initiative" in means:
        return "measure"
    heads = [layouts.sheet_row(p.text) for p in table.parts if p.x0 < NEAR]
    return "sheet" if any(h in ("numeric_target", "direction") for h in heads) else ""


def _sample_ends(context: Context, kind: str, table: LogicalTable) -> Context:
    """An example under 表の見方 has ended when the kind of table it began with comes again on a later
    page."""
    if context.seen and kind == context.seen[0] and table.pages[0].page > context.sample:
        return replace(context, sample=0, seen=())
    return context
