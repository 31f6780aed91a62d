"""A logical table and what it stands under in, its rows as records out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from shinchoku.cells import Cell
from shinchoku.fiscal import FiscalColumn
from shinchoku.layouts import ASIDE, TEXTS, YEARS, Layouts, YearColumn, one_line
from shinchoku.layouts.announcements import Announcement, named
from shinchoku.records import Heading, Record, Told
from shinchoku.records.context import NEAR, OUTER, Context
from shinchoku.records.marks import heading, numbered_heading, sub_heading
from shinchoku.records.tables.columns import (
    is_number,
    leads,
    newest,
    numbered,
    remark_label,
    stacked_columns,
)
from shinchoku.records.tables.filling import Filled, Said, fill, roles_of_lines
from shinchoku.records.tables.findings import doubled_heading, empty_row, unknown_heading
from shinchoku.records.tables.splits import splitting, under
from shinchoku.stitch import Column, LogicalTable, Part, have_roles, name_column
from shinchoku.text import squeeze

HELD = {"measure": ("goal", "pillar", "plan", "initiative", "sub", "section"), "indicator": ("goal", "plan")}
"""The headings that the rows of each kind have columns for; others are groups."""
FOOTNOTE = "※"
"""The heading under which `unmapped` keeps a remark in a row of its own."""


class TableReader:
    """Reads one logical table row by row; `records` and `problems` fill as it does."""

    def __init__(self, table: LogicalTable, layouts: Layouts, stacked: tuple[str, ...] = ()) -> None:
        self.table, self.layouts = table, layouts
        columns = table.columns if have_roles(table.columns) else stacked_columns(table.columns, stacked)
        self.columns = columns
        name = name_column(columns)
        if name is None:
            raise ValueError("a table without a naming column has no kind and is not read")
        self.name = name
        self.leads = [c for c in columns if c is not name and leads(c, name)]
        outer = [c.x1 for c in self.leads if c.means != "initiative" and c.x1 < name.x0 + NEAR]
        self.left = max(outer, default=0.0)
        self.labels = next((c for c in columns if c.means == "roles"), None)
        self.target = name.means if isinstance(name.means, FiscalColumn) else None
        data = [c for c in columns if c not in (name, self.labels, *self.leads)]
        again = [c for c in data if self.target is not None and c.means == self.target]
        data = [replace(c, means=None) if c in again else c for c in data]
        spans = list(self._spans_of_records())
        self.split = splitting(table, name, data, spans) if self.target is None else None
        data = [c for c in data if c is not self.split]
        self.data = sorted(data, key=lambda c: -newest(c) if isinstance(c.means, str) else 0)
        self.fiscal = [c.means for c in columns if isinstance(c.means, FiscalColumn)]
        self.records: list[Record] = []
        self.problems = [unknown_heading(c) for c in data if not self._is_known(c)]
        self.notes: list[tuple[str, Part, int]] = []
        self.said: list[Told] = []
        self.labelled: list[tuple[Cell, ...]] = []

    def _is_known(self, column: Column) -> bool:
        means = column.means
        if isinstance(means, YearColumn):
            parts = [p for p in self.table.parts if p.text and column.x0 < p.middle < column.x1]
            lined = all(roles_of_lines((p,), (), self.layouts) for p in parts)
            return bool(means.roles) or self.labels is not None or lined
        return isinstance(means, FiscalColumn) or means in (*TEXTS, *YEARS, *ASIDE)

    def read(self, context: Context) -> Context:
        """Read all rows; the context after the last one."""
        context = context.beginning({str(c.means) for c in self.leads})
        for said in self.table.heads:
            cells = tuple(c for c in self.table.titles if c.text and squeeze(c.text) in squeeze(said.text))
            context = self._spanning(context, said, 0.0).read_from(context, cells)
        context = replace(context, groups=tuple(g for g in context.groups if g.inset is not None))
        for first, last in self._spans_of_records():
            context = self._rows(context, first, last)
        self._keep_notes()
        return context

    def printed(self) -> list[FiscalColumn]:
        """The fiscal columns of the records, in printed order; one without a year stays where some record
        has a text of no year in it, or none has any."""
        said = [c for r in self.records for c, text in r.values.items() if text]
        dated = {c.role for c in said if c.year is not None}
        said += [self.target] if self.target is not None else []
        known = [c for c in self.fiscal if c.year is not None or c in said or c.role not in dated]
        return list(dict.fromkeys([*known, *said]))

    def _spans_of_records(self) -> Iterator[tuple[int, int]]:
        """The first and last row of each record: one row, or, where rows are labelled or said to be upper and
        lower ones, those that share a name."""
        stacked = any(isinstance(c.means, YearColumn) and c.means.roles for c in self.columns)
        if self.labels is None and not stacked:
            yield from ((i, i) for i in range(self.table.row_count))
            return
        start, seen = 0, set[str]()
        for i in range(self.table.row_count):
            label = self._label(i)
            if i > start and not (self._shares_name(i) and label not in seen - {""}):
                yield start, i - 1
                start, seen = i, set()
            seen.add(label)
        yield start, self.table.row_count - 1

    def _label(self, i: int) -> str:
        if self.labels is None:
            return ""
        return next((p.text for p in self.table.row(i) if self.labels.x0 < p.middle < self.labels.x1), "")

    def _shares_name(self, i: int) -> bool:
        """Whether a row has the name of the row above it: merged down, said again, or left empty."""
        above, own = (
            next((p for p in self.table.row(n) if self.name.x0 < p.middle < self.name.x1), None)
            for n in (i - 1, i)
        )
        if own is None or above is None:
            return False
        if own is above:
            return True
        return self.labels is not None and squeeze(own.text) in ("", squeeze(above.text))

    def _rows(self, context: Context, first: int, last: int) -> Context:
        rows = [self.table.row(i) for i in range(first, last + 1)]
        new = [p for i, row in enumerate(rows, first) for p in row if p.first == i]
        for column in self.leads:
            own = [p for p in new if column.x0 < p.middle < column.x1 and not self._spans(p)]
            found = numbered(own, self.layouts)
            if len(found) < len(own):
                context = replace(context, waiting=None)
            for part in found:
                before, context = context, self._lead(context, column, part)
                context = context.read_from(before, part.cells)
                self.said += [Told(part.cells, h) for h in context.told(part.text, before)]
        wide = next((p for p in new if self._spans(p)), None)
        if wide is not None:
            return self._spanning_part(context, wide)
        bodies = [[p for p in row if not any(c.x0 < p.middle < c.x1 for c in self.leads)] for row in rows]
        if not any(p in new for p in bodies[0]):
            return context
        if not any(p.text for body in bodies for p in body):
            self.problems.append(empty_row(bodies[0][0]))
            return context
        return self._record(context, bodies, first, last)

    def _spanning_part(self, context: Context, part: Part) -> Context:
        """The context after a row of one cell; what it says is to be found in some record."""
        label = remark_label(part.text, self.layouts)
        if _is_note(part.said) or (label and self.records):
            self.notes.append((label or FOOTNOTE, part, len(self.records) - 1 if label else -1))
            return context
        after = self._spanning(context, part.said, max(0.0, part.x0 - self.left))
        after = after.read_from(context, part.cells)
        self.said += [Told(part.cells, h) for h in after.told(part.text, context)]
        return after

    def _spans(self, part: Part) -> bool:
        """Whether a cell covers the naming column and two columns or more beside it: a heading in a row of
        its own."""
        over = [c for c in self.columns if part.x0 < (c.x0 + c.x1) / 2 < part.x1]
        named = part.x0 < (self.name.x0 + self.name.x1) / 2 < part.x1
        return named and len(over) >= min(3, len(self.columns))

    def _spanning(self, context: Context, said: Announcement, x0: float) -> Context:
        """The context after a row that spans the table; a footnote in such a row changes nothing."""
        if not said.text.strip() or _is_note(said):
            return context
        if x0 >= NEAR or said.kind not in HELD[self.table.kind] or not context.may_number(said):
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
        if kind == "initiative" and self.table.kind == "measure":
            groups = tuple(g for g in context.groups if g.x0 < column.x1 - self.left - NEAR)
            if said.kind == "initiative" and said.style == context.numbering != "0":
                return context.under("initiative", numbered_heading(said))
            return replace(context.under("sub", sub_heading(said, said.unposted)), groups=groups)
        if not said.text:
            return context
        if kind in HELD[self.table.kind] and not self._is_second(column):
            above = tuple(g for g in context.groups if g.inset is None or g.x0 < column.x0 - 1)
            title = self._outer_title(kind, said)
            plain = context if title.no else replace(context, waiting=None)
            return replace(plain.announce(kind, title), groups=above)
        return context.in_lead_group(column.x0 - 1, heading(said, said.bare))

    def _outer_title(self, kind: str, said: Announcement) -> Heading:
        """The goal, pillar or plan that a cell of a column of such names says, with or without the word
        itself."""
        found = said if said.kind == kind else named(kind, said.text, self.layouts)
        return numbered_heading(found) if found.kind == kind else Heading("", one_line(said.text))

    def _is_second(self, column: Column) -> bool:
        """Whether the rows have one column for this heading and another one: a goal beside a pillar, or two
        columns of the same."""
        others = [c.means for c in self.leads if c is not column]
        alike = column.means == "goal" and self.table.kind == "measure" and "pillar" in others
        left = [c.means for c in self.leads if c.x0 < column.x0]
        alike = alike or any(m in OUTER and OUTER.index(m) > OUTER.index(column.means) for m in left)
        return alike or next(c for c in self.leads if c.means == column.means) is not column

    def _record(self, context: Context, bodies: Sequence[Sequence[Part]], first: int, last: int) -> Context:
        """The record of some rows: the last cell under the naming column names it, with what parts it from
        others of that name; cells left of that one are items."""
        named = self._named(bodies[0])
        title = named[-1] if named else None
        context = context.at((title.x0 if title else self.name.x0) - self.left)
        above = [p for p in named[:-1] if p.text]
        items = tuple(
            replace(heading(p.said, p.said.unposted), cells=p.cells) for p in above if not is_number(p.text)
        )
        labels = [self._label(i) for i in range(first, last + 1)]
        values = [[p for p in body if not self._names(p)] for body in bodies]
        filled = fill(self.data, values, labels, self.layouts)
        for part in (p for p in above if is_number(p.text)):
            filled.put(Said(None, self.name.path, part.text, (part,), self.name))
        self._keep_labels(bodies, filled)
        for column in filled.doubled:
            found = doubled_heading(column)
            self.problems += [] if found in self.problems else [found]
        own = [p for body in bodies for p in body if first <= p.first and p.last <= last]
        begins = self.table.page_of(first)
        kinds = [p for p in under(self.table, self.split, first) if p is not title] if self.split else []
        below = [p for body in bodies[1:] for p in self._named(body) if p.text and p is not title]
        over = [context.title] if context.title and self.table.kind == "indicator" else []
        filled.parts |= {"name": tuple(dict.fromkeys([*([title] if title else []), *kinds, *below]))}
        self.records.append(
            Record(
                kind=self.table.kind,
                name="\n".join(p.text for p in (title, *kinds) if p),
                target=self.target,
                headings=context.headings,
                section=context.section,
                group=(*over, *(g.heading for g in context.groups), *items),
                values=filled.values,
                texts=filled.texts,
                unmapped=filled.unmapped,
                page=begins.page,
                page_last=max([begins.page, *(c.page for p in own for c in p.cells)]),
                table=begins.number,
                cells={key: tuple(c for p in parts for c in p.cells) for key, parts in filled.parts.items()},
                paths=filled.paths,
                caption=context.caption,
            )
        )
        return context

    def _named(self, body: Sequence[Part]) -> list[Part]:
        return [p for p in body if self._names(p)]

    def _names(self, part: Part) -> bool:
        return self.name.x0 - NEAR < part.middle < self.name.x1 + NEAR

    def _keep_labels(self, bodies: Sequence[Sequence[Part]], filled: Filled) -> None:
        """Put labels of rows that say nothing of the record's columns, and head no text, into `unmapped`."""
        labels = self.labels
        if labels is None:
            return
        for part in dict.fromkeys(p for body in bodies for p in body if labels.x0 < p.middle < labels.x1):
            known = self.layouts.label(part.text) or self.layouts.two_labels(part.text)
            if known or any(path.startswith(f"{part.text}/") for path in filled.unmapped):
                self.labelled.append(part.cells)
            else:
                filled.put(Said(None, labels.path, part.text, (part,), labels))

    def _keep_notes(self) -> None:
        """Put remarks in rows of their own into `unmapped`: one that says what it is about (要因：…) of the
        record above it, others of the table's last."""
        for label, part, at in self.notes if self.records else ():
            record = self.records[at]
            known, cells = record.unmapped.get(label, ""), record.cells.get(label, ())
            self.records[at] = replace(
                record,
                unmapped={**record.unmapped, label: f"{known}\n{part.text}" if known else part.text},
                cells={**record.cells, label: (*cells, *part.cells)},
            )


def _is_note(said: Announcement) -> bool:
    """Whether a row of one cell is a footnote."""
    text = said.text.strip()
    return text.startswith(("※", "＊", "注", "(注", "（注"))
