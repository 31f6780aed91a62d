"""A logical table and what it stands under in, its rows as records out."""

from collections.abc import Sequence
from dataclasses import replace

from shinchoku.announcements import Announcement, named
from shinchoku.cells import Cell
from shinchoku.fiscal import FiscalColumn, find_years
from shinchoku.layouts import Layouts, one_line
from shinchoku.problems import Problem, Severity
from shinchoku.records import Heading, Record
from shinchoku.records.context import NEAR, Context
from shinchoku.records.marks import heading, numbered_heading, sub_heading
from shinchoku.stitch import GROUPS, Column, LogicalTable, Part, name_column


class TableReader:
    """Reads one logical table row by row; `records` and `problems` fill as it does."""

    def __init__(self, table: LogicalTable, layouts: Layouts) -> None:
        self.table, self.layouts = table, layouts
        columns = table.columns
        name = name_column(columns)
        if name is None:
            raise ValueError("a table without a naming column has no kind and is not read")
        self.name = name
        self.leads = [c for c in columns if c.means in GROUPS and c.x1 < self.name.x0 + NEAR]
        outer = [c.x1 for c in self.leads if c.means != "initiative"]
        self.left = max(outer, default=0.0)
        data = [c for c in columns if c is not self.name and c not in self.leads]
        newest = sorted(data, key=lambda c: -_year(c) if isinstance(c.means, str) else 0)
        self.fields = {c.means: c for c in reversed(newest) if c.means is not None}
        self.unmapped = [c for c in data if self.fields.get(c.means or "") is not c]
        self.target = self.name.means if isinstance(self.name.means, FiscalColumn) else None
        self.fiscal = [c.means for c in columns if isinstance(c.means, FiscalColumn)]
        self.records: list[Record] = []
        self.problems = [_unknown_heading(c) for c in self.unmapped]

    def read(self, context: Context) -> Context:
        """Read all rows; the context after the last one."""
        for said in self.table.heads:
            context = self._spanning(context, said, 0.0)
        context = replace(context, groups=tuple(g for g in context.groups if g.inset is not None))
        for i in range(self.table.row_count):
            context = self._row(context, i)
        return context

    def _row(self, context: Context, i: int) -> Context:
        parts = self.table.row(i)
        new = [p for p in parts if p.first == i]
        for column in self.leads:
            part = next((p for p in new if column.x0 < p.middle < column.x1 and not self._spans(p)), None)
            if part is not None:
                context = self._lead(context, column, part)
        wide = next((p for p in new if self._spans(p)), None)
        if wide is not None:
            return self._spanning(context, wide.said, max(0.0, wide.x0 - self.left))
        body = [p for p in parts if not any(c.x0 < p.middle < c.x1 for c in self.leads)]
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
        named = part.x0 < (self.name.x0 + self.name.x1) / 2 < part.x1
        return named and len(over) >= min(3, len(self.table.columns))

    def _spanning(self, context: Context, said: Announcement, x0: float) -> Context:
        """The context after a row that spans the table; a footnote in such a row changes nothing."""
        text = said.text.strip()
        if not text or text[0] in "※＊" or text.startswith(("注", "(注", "（注")):
            return context
        if x0 >= NEAR or not said.kind or not context.may_number(said):
            return context.in_group(x0, heading(said, said.bare))
        if said.kind == "section":
            return context.in_section(said.title)
        title = numbered_heading(said)
        if said.kind != "initiative":
            return context.announce(said.kind, title)
        if context.numbering in ("", said.style):
            return replace(context.under("initiative", title), numbering=said.style)
        return context.under("sub", sub_heading(said, said.bare))

    def _lead(self, context: Context, column: Column, part: Part) -> Context:
        """The context after a new cell of a column left of the naming one."""
        said, kind = part.said, str(column.means)
        if kind != "initiative":
            return context.announce(kind, self._outer_title(kind, said)) if said.text else context
        groups = tuple(g for g in context.groups if g.x0 < column.x1 - self.left - NEAR)
        if said.kind == "initiative" and said.style == context.numbering != "0":
            return context.under("initiative", numbered_heading(said))
        return replace(context.under("sub", sub_heading(said, said.unposted)), groups=groups)

    def _outer_title(self, kind: str, said: Announcement) -> Heading:
        """The goal, pillar or plan that a cell of a column of such names says, with or without the word
        itself."""
        found = said if said.kind == kind else named(kind, said.text, self.layouts)
        return numbered_heading(found) if found.kind == kind else Heading("", one_line(said.text))

    def _data_row(self, context: Context, body: Sequence[Part], i: int) -> Context:
        """The record of a row: the last cell under the naming column names it, cells left of that one are
        items."""
        naming = [p for p in body if self.name.x0 - NEAR < p.middle < self.name.x1 + NEAR]
        title = naming[-1] if naming else None
        context = context.at((title.x0 if title else self.name.x0) - self.left)
        items = tuple(heading(p.said, p.said.unposted) for p in naming[:-1] if p.text)
        cells: dict[str | FiscalColumn, tuple[Cell, ...]] = {
            "name": title.cells if title else (),
            "group": tuple(c for p in naming[:-1] if p.text for c in p.cells),
        }
        texts: dict[str | FiscalColumn, str] = {}
        for column in (*self.fields.values(), *self.unmapped):
            part = _under(column, body)
            texts[_key(column)] = part.text if part else ""
            cells[_key(column)] = part.cells if part else ()
        own = [p for p in body if p.first == p.last == i]
        begins = self.table.page_of(i)
        self.records.append(
            Record(
                kind=self.table.kind,
                name=title.text if title else "",
                target=self.target,
                headings=context.headings,
                section=context.section,
                group=(*(g.heading for g in context.groups), *items),
                values={c: t for c, t in texts.items() if isinstance(c, FiscalColumn)},
                progress=texts.get("progress", ""),
                note=texts.get("note", ""),
                unmapped={c.path: texts[_key(c)] for c in self.unmapped},
                page=begins.page,
                page_last=max([begins.page, *(c.page for p in own for c in p.cells)]),
                table=begins.number,
                cells=cells,
            )
        )
        return context


def _year(column: Column) -> int:
    """The year that the heading of a column of marks or remarks names, 0 for none."""
    return max((y.year for y in find_years(column.path)), default=0)


def _under(column: Column, body: Sequence[Part]) -> Part | None:
    middle = (column.x0 + column.x1) / 2
    return next((p for p in body if p.x0 < middle < p.x1), None)


def _key(column: Column) -> str | FiscalColumn:
    return column.means or column.path


def _unknown_heading(column: Column) -> Problem:
    cell = column.cells[-1]
    message = (
        "no layout knows this heading; its text is kept in `unmapped`; "
        "add the wording to layouts/headings.toml and run again"
    )
    severity = Severity.ERROR
    if column.means is not None:
        severity = Severity.WARNING
        message = "another column already has this meaning; the text of this one is kept in `unmapped`"
    return Problem(
        severity,
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
