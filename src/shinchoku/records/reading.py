"""Blocks and logical tables in reading order in, records out: what each row stands under is carried along."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from shinchoku import layouts
from shinchoku.cells import Block, Cell
from shinchoku.fiscal import FiscalColumn
from shinchoku.problems import Problem, Severity
from shinchoku.records import Goal, Heading, Record, Records
from shinchoku.records.marks import heading, sub_heading, without_marks
from shinchoku.records.sheets import goal_sheet
from shinchoku.stitch import CONTINUED, Column, LogicalTable, Part

NEAR = 0.006
"""Left sides nearer than this share of the table's width are in line."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a row stands under. `groups` are unnumbered headings with their left sides, outermost first. `sample` is
    the page of a 表の見方 whose example has not ended yet, `seen` the kinds of table that were in it."""

    headings: dict[str, Heading]
    section: str = ""
    groups: tuple[tuple[float, Heading], ...] = ()
    sample: int = 0
    seen: tuple[str, ...] = ()
    loose: tuple[Block, ...] = ()

    def under(self, kind: str, found: Heading) -> "Context":
        """The context after a heading of that kind: what stood under an earlier one of it ends."""
        order = ("goal", "pillar", "plan", "initiative", "sub")
        kept = {k: v for k, v in self.headings.items() if order.index(k) < order.index(kind)}
        if kind == "pillar" and "goal" in self.headings:
            kept["goal"] = self.headings["goal"]
        section = self.section if kind in ("initiative", "sub") else ""
        groups = self.groups if kind == "sub" else ()
        return replace(self, headings={**kept, kind: found}, section=section, groups=groups)


def read(items: Iterable[LogicalTable | Block]) -> Records:
    """The records of a report."""
    context = Context({})
    rows: dict[str, list[Record]] = {"measure": [], "indicator": []}
    columns: dict[str, list[FiscalColumn]] = {"measure": [], "indicator": []}
    goals: list[Goal] = []
    problems: list[Problem] = []
    for item in items:
        if isinstance(item, Block):
            context = _after_block(context, item)
            continue
        kind = _kind(item)
        context = _sample_ends(context, kind, item)
        if context.sample:
            context = replace(context, seen=(*context.seen, kind))
            continue
        if kind == "sheet":
            found, goal = goal_sheet(item, context.headings.get("goal", Heading()))
            context = context.under("goal", goal)
            goals += found
        elif kind:
            for column in _fiscal(item, kind):
                if column not in columns[kind]:
                    columns[kind].append(column)
            table = _TableReader(item, kind)
            context = table.read(context)
            rows[kind] += table.records
            problems += table.problems
        context = replace(context, loose=())
    return Records(
        tuple(rows["measure"]),
        tuple(rows["indicator"]),
        tuple(goals),
        {k: tuple(v) for k, v in columns.items()},
        tuple(problems),
    )


def _after_block(context: Context, block: Block) -> Context:
    """The context after text outside tables: a banner changes it, other text may turn out to be a pillar's title."""
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
        return replace(context, section=found.title)
    return replace(context.under(found.kind, title), loose=())


def _pillar(loose: tuple[Block, ...], plan: Block) -> Heading | None:
    """A short line right over the plan's own heading, set no smaller: the title of the pillar that begins there."""
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
    """An example under 表の見方 has ended when the kind of table it began with comes again on a later page."""
    if context.seen and kind == context.seen[0] and table.pages[0].page > context.sample:
        return replace(context, sample=0, seen=())
    return context


def _name_column(table: LogicalTable, kind: str) -> Column:
    """The column that names a row: the indicator's, or the first target column, where an action plan has both."""
    if kind == "indicator":
        return next(c for c in table.columns if c.means == "indicator")
    targets = (c for c in table.columns if isinstance(c.means, FiscalColumn) and c.means.role == "target")
    return next(targets, next(c for c in table.columns if c.means == "initiative"))


def _fiscal(table: LogicalTable, kind: str) -> list[FiscalColumn]:
    return [c.means for c in table.columns if isinstance(c.means, FiscalColumn)]


class _TableReader:
    """Reads one logical table row by row."""

    def __init__(self, table: LogicalTable, kind: str) -> None:
        self.table = table
        self.kind = kind
        self.name = _name_column(table, kind)
        lead = "plan" if kind == "indicator" else "initiative"
        self.lead = next((c for c in table.columns if c.means == lead and c is not self.name), None)
        self.records: list[Record] = []
        self.problems: list[Problem] = []
        self.carried: dict[str, Part] = {}

    def read(self, context: Context) -> Context:
        """Read all rows; the context after the last one."""
        for cell in self.table.titles:
            context = self._spanning(context, cell.text, 0.0, cell)
        for i in range(self.table.row_count):
            context = self._row(context, i)
        return context

    def _row(self, context: Context, i: int) -> Context:
        parts = self.table.row(i)
        new = [p for p in parts if p.first == i]
        wide = next((p for p in new if self._spans(p)), None)
        if wide is not None:
            context = self._lead(context, parts, i)
            return self._spanning(context, wide.text, wide.x0, wide.cells[0])
        context = self._lead(context, parts, i)
        body = [p for p in parts if not self._is_lead(p)]
        if not any(p.first == i for p in body):
            return context
        return self._data_row(context, body, i)

    def _spans(self, part: Part) -> bool:
        """Whether a cell covers the naming column and two columns or more beside it: a heading in a row of its own."""
        over = [c for c in self.table.columns if part.x0 < (c.x0 + c.x1) / 2 < part.x1]
        return self.name in over and len(over) >= min(3, len(self.table.columns))

    def _is_lead(self, part: Part) -> bool:
        return self.lead is not None and self.lead.x0 < part.middle < self.lead.x1

    def _spanning(self, context: Context, text: str, x0: float, cell: Cell) -> Context:
        """The context after a row that spans the table."""
        text = CONTINUED.sub("", text).strip()
        if not text:
            return context
        found = layouts.banner(without_marks(text)) if x0 < NEAR else None
        if found is None:
            groups = tuple(g for g in context.groups if g[0] < x0 - NEAR)
            return replace(context, groups=(*groups, (x0, heading(text))))
        marks = heading(text)
        title = Heading(found.no, found.title, marks.repost, marks.repost_of)
        if found.kind == "section":
            kept = {k: v for k, v in context.headings.items() if k not in ("initiative", "sub")}
            return replace(context, headings=kept, section=found.title, groups=())
        if found.kind == "plan" and context.headings.get("plan") == title:
            return context
        return context.under(found.kind, title)

    def _lead(self, context: Context, parts: tuple[Part, ...], i: int) -> Context:
        """The context after the first column's cell of row i: a plan, or a sub-item."""
        part = next((p for p in parts if self._is_lead(p) and p.first == i and not self._spans(p)), None)
        if part is None:
            return context
        if not part.text and i in self.table.starts[1:]:
            return context
        if self.kind == "indicator":
            found = layouts.banner(CONTINUED.sub("", part.text))
            if found is None or found.kind != "plan":
                return context
            title = Heading(found.no, found.title)
            return context if context.headings.get("plan") == title else context.under("plan", title)
        return context.under("sub", sub_heading(part.text))

    def _data_row(self, context: Context, body: list[Part], i: int) -> Context:
        named = [p for p in body if self.name.x0 - NEAR < p.middle < self.name.x1 + NEAR]
        first = min((p.x0 for p in named if p.text), default=self.name.x0)
        title = named[-1] if named else None
        items = tuple(heading(p.text) for p in named[:-1] if p.text)
        edge = title.x0 if title is not None else first
        groups = tuple(g for g in context.groups if g[0] < edge - NEAR)
        context = replace(context, groups=groups)
        values: dict[FiscalColumn, str] = {}
        plain = {"progress": "", "note": ""}
        unmapped: dict[str, str] = {}
        cells: dict[str, tuple[Cell, ...]] = {}
        for column in self.table.columns:
            if column is self.name or column is self.lead:
                continue
            middle = (column.x0 + column.x1) / 2
            part = next((p for p in body if p.x0 < middle < p.x1), None)
            text = part.text if part else ""
            if isinstance(column.means, FiscalColumn):
                values[column.means] = text
            elif column.means in plain:
                plain[column.means] = text
            else:
                unmapped[column.path] = text
            cells[_key(column)] = part.cells if part else ()
        cells["name"] = title.cells if title else ()
        name = title.text if title else ""
        pages = [c.page for p in body if p.first == i for c in p.cells]
        self.records.append(
            Record(
                self.kind,
                name,
                context.headings,
                context.section,
                (*(g for _, g in groups), *items),
                values,
                plain["progress"],
                plain["note"],
                unmapped,
                min(pages),
                max(pages),
                self.table.pages[0].number,
                cells,
            )
        )
        return context


def _key(column: Column) -> str:
    return column.means.name if isinstance(column.means, FiscalColumn) else column.means or column.path
