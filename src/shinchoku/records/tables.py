"""A logical table and what it stands under in, its rows as records out."""

from collections.abc import Sequence
from dataclasses import replace

from shinchoku import layouts
from shinchoku.fiscal import FiscalColumn
from shinchoku.problems import Problem, Severity
from shinchoku.records import Heading, Record
from shinchoku.records.context import NEAR, Context
from shinchoku.records.marks import heading, sub_heading, without_marks
from shinchoku.stitch import CONTINUED, Column, LogicalTable, Part

LEADS = {"indicator": "plan", "measure": "initiative"}
"""The column, left of the naming one, whose cells are merged down over the rows they hold for."""


class TableReader:
    """Reads one logical table row by row; `records` and `problems` fill as it does."""

    def __init__(self, table: LogicalTable, kind: str) -> None:
        self.table = table
        self.kind = kind
        self.name = _name_column(table.columns, kind)
        self.lead = next((c for c in table.columns if c.means == LEADS[kind] and c is not self.name), None)
        data = [c for c in table.columns if c is not self.name and c is not self.lead]
        self.fields = {c.means: c for c in reversed(data) if c.means is not None}
        self.unmapped = [c for c in data if self.fields.get(c.means or "") is not c]
        named = [self.name.means] if isinstance(self.name.means, FiscalColumn) else []
        self.fiscal = [*named, *(c.means for c in data if isinstance(c.means, FiscalColumn))]
        self.records: list[Record] = []
        self.problems = [_unknown_heading(table, c) for c in self.unmapped]

    def read(self, context: Context) -> Context:
        """Read all rows; the context after the last one."""
        for cell in self.table.titles:
            if layouts.banner(_title(cell.text)) is not None:
                context = self._spanning(context, cell.text, 0.0)
        for i in range(self.table.row_count):
            context = self._row(context, i)
        return context

    def _row(self, context: Context, i: int) -> Context:
        parts = self.table.row(i)
        new = [p for p in parts if p.first == i]
        context = self._lead(context, new, i)
        wide = next((p for p in new if self._spans(p)), None)
        if wide is not None:
            return self._spanning(context, wide.text, wide.x0)
        body = [p for p in parts if not self._is_lead(p)]
        if not any(p.first == i for p in body):
            return context
        if not any(p.text for p in body):
            self.problems.append(_empty_row(body))
            return context
        return self._data_row(context, body, i)

    def _spans(self, part: Part) -> bool:
        """Whether a cell covers the naming column and two columns or more beside it: a heading in a row of
        its own."""
        over = [c for c in self.table.columns if part.x0 < (c.x0 + c.x1) / 2 < part.x1]
        return self.name in over and len(over) >= min(3, len(self.table.columns))

    def _is_lead(self, part: Part) -> bool:
        return self.lead is not None and self.lead.x0 < part.middle < self.lead.x1

    def _spanning(self, context: Context, text: str, x0: float) -> Context:
        """The context after a row that spans the table; a footnote in such a row changes nothing."""
        text = _title(text)
        if not text or text[0] in "※＊" or text.startswith(("注", "(注", "（注")):
            return context
        found = layouts.banner(without_marks(text)) if x0 < NEAR else None
        if found is None:
            groups = tuple(g for g in context.groups if g[0] < x0 - NEAR)
            return replace(context, groups=(*groups, (x0, heading(text))))
        if found.kind == "section":
            return context.in_section(found.title)
        marks = heading(text)
        title = Heading(found.no, found.title, marks.repost, marks.repost_of)
        if found.kind == "plan" and context.headings.get("plan") == title:
            return context
        return context.under(found.kind, title)

    def _lead(self, context: Context, new: Sequence[Part], i: int) -> Context:
        """The context after the first column's new cell: a plan, or a sub-item. An empty one at the top of a
        page goes on from the page before."""
        part = next((p for p in new if self._is_lead(p) and not self._spans(p)), None)
        if part is None or (not part.text and i in self.table.starts[1:]):
            return context
        if self.kind == "measure":
            return context.under("sub", sub_heading(part.text))
        found = layouts.banner(_title(part.text))
        if found is None or found.kind != "plan":
            return context
        title = Heading(found.no, found.title)
        return context if context.headings.get("plan") == title else context.under("plan", title)

    def _data_row(self, context: Context, body: Sequence[Part], i: int) -> Context:
        """The record of a row: the last cell under the naming column names it, cells left of that one are
        items."""
        named = [p for p in body if self.name.x0 - NEAR < p.middle < self.name.x1 + NEAR]
        title = self._carried(named[-1], i) if named else None
        edge = title.x0 if title is not None else self.name.x0
        groups = tuple(g for g in context.groups if g[0] < edge - NEAR)
        items = tuple(heading(p.text) for p in (self._carried(p, i) for p in named[:-1]) if p.text)
        cells = {"name": title.cells if title else ()}
        texts: dict[str | FiscalColumn, str] = {}
        for column in (*self.fields.values(), *self.unmapped):
            part = _under(column, body)
            texts[_key(column)] = part.text if part else ""
            cells[str(_key(column))] = part.cells if part else ()
        pages = [c.page for p in body if p.first == i for c in p.cells]
        self.records.append(
            Record(
                kind=self.kind,
                name=title.text if title else "",
                headings=context.headings,
                section=context.section,
                group=(*(g for _, g in groups), *items),
                values={c: t for c, t in texts.items() if isinstance(c, FiscalColumn)},
                progress=texts.get("progress", ""),
                note=texts.get("note", ""),
                unmapped={c.path: texts[_key(c)] for c in self.unmapped},
                page=min(pages),
                page_last=max(pages),
                table=next(c.table for p in body if p.first == i for c in p.cells if c.page == min(pages)),
                cells=cells,
            )
        )
        return replace(context, groups=groups)

    def _carried(self, part: Part, i: int) -> Part:
        """The cell, or where it is an empty one at the top of a page the cell that was merged down to the
        foot of the page before in its place."""
        if part.text or i not in self.table.starts[1:] or part.first != i:
            return part
        above = [
            p for p in self.table.row(i - 1) if abs(p.x0 - part.x0) < NEAR and abs(p.x1 - part.x1) < NEAR
        ]
        merged = [p for p in above if p.last > p.first and p.text]
        return replace(part, text=merged[0].text, cells=(*merged[0].cells, *part.cells)) if merged else part


def _name_column(columns: Sequence[Column], kind: str) -> Column:
    """The column that names a row: the indicator's, or the first target column, where an action plan has
    both."""
    if kind == "indicator":
        return next(c for c in columns if c.means == "indicator")
    targets = (c for c in columns if isinstance(c.means, FiscalColumn) and c.means.role == "target")
    return next(targets, next(c for c in columns if c.means == "initiative"))


def _under(column: Column, body: Sequence[Part]) -> Part | None:
    middle = (column.x0 + column.x1) / 2
    return next((p for p in body if p.x0 < middle < p.x1), None)


def _key(column: Column) -> str | FiscalColumn:
    return column.means or column.path


def _title(text: str) -> str:
    return CONTINUED.sub("", text).strip()


def _unknown_heading(table: LogicalTable, column: Column) -> Problem:
    cell = column.cells[-1]
    what = "another column already has this meaning" if column.means else "no layout knows this heading"
    message = (
        f"{what}; its text is kept in `unmapped`; add the wording to layouts/headings.toml and run again"
    )
    return Problem(
        Severity.ERROR,
        "unknown_heading",
        message,
        page=cell.page,
        table=cell.table,
        row=cell.row,
        col=cell.col,
        printed=column.path,
        box=cell.box,
    )


def _empty_row(body: Sequence[Part]) -> Problem:
    cell = body[0].cells[0]
    message = "every cell of this row is empty; no record was made of it"
    return Problem(
        Severity.WARNING, "empty_row", message, page=cell.page, table=cell.table, row=cell.row, box=cell.box
    )
