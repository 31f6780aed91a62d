"""Blocks and tables in reading order in, which of them are an example of how to read the others out."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from shinchoku.cells import Block
from shinchoku.layouts import Layouts
from shinchoku.layouts.announcements import Announcement, announcement
from shinchoku.stitch.parts import GROUPS, LogicalTable
from shinchoku.text import halve_digits, squeeze

ROW = 2
"""So many cells that say something tell a row from others."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass
class Sample:
    """Follows a document block by block and table by table. An example begins under a heading such as
    表の見方 and ends where the report proper begins: where its numbering begins anew or a row of it comes
    again, with a heading on a later page, or with a second table of a kind that it showed on an earlier page.
    What goes on over a page, or is numbered next, is still the example."""

    page: int = 0
    said: dict[str, list[Announcement]] = field(default_factory=dict)
    explained: bool = False
    kinds: dict[str, int] = field(default_factory=dict)
    rows: set[tuple[str, ...]] = field(default_factory=set)

    @property
    def last(self) -> int:
        return max([self.page, *self.kinds.values()])

    def block(self, block: Block) -> bool:
        """Whether the text outside tables belongs to an example."""
        said = block.said
        if said.kind == "sample":
            self._begin(block.page)
        elif self.page and said.key and said.kind != "initiative":
            later = block.page > self.last and not self._is_next(said)
            over = bool(self.kinds) and (later or not self.said or self._is_anew(said, said.continued))
            if over or block.page > self.last + 1 or (self.explained and block.page > self.page):
                self._begin(0)
            else:
                self.said.setdefault(said.kind, []).append(said)
        elif self.page and block.kind == "text" and not self.kinds:
            self.explained = True
        return bool(self.page)

    def table(self, table: LogicalTable, rest: bool) -> bool:
        """Whether the table is an example; `rest` says that it goes on with the one before it."""
        if not self.page:
            return False
        heads, rows = list(_heads(table)), list(_rows(table))
        known = table.columns or table.kind
        if known and (self._begins(rows[:1], heads[:1], rest) or self._is_late(table, rest, heads[:1])):
            self._begin(0)
            return False
        page = table.pages[0].page
        self.kinds[table.kind] = page if rest else self.kinds.get(table.kind, page)
        self.rows |= set(rows)
        for said in heads:
            self.said.setdefault(said.kind, []).append(said)
        return True

    def _begins(self, row: list[tuple[str, ...]], head: list[Announcement], rest: bool) -> bool:
        """Whether a table begins with a row that the example has, or with a heading that numbers anew."""
        return not self.rows.isdisjoint(row) or any(self._is_anew(said, rest) for said in head)

    def _is_late(self, table: LogicalTable, rest: bool, head: list[Announcement]) -> bool:
        """Whether a table stands on a page that the example does not reach."""
        page = table.pages[0].page
        if self.kinds:
            return page > self.kinds.get(table.kind, page) and not (rest or any(map(self._is_next, head)))
        return page > self.page + 1 or (page > self.page and self.explained)

    def _is_anew(self, said: Announcement, rest: bool) -> bool:
        """Whether the numbering begins anew with a heading: it was said before, or the last one of its kind
        has a higher number. Where the example goes on (`rest`) its last heading may come again."""
        known = self.said.get(said.kind, [])
        if known and said.key == known[-1].key:
            return not rest
        own, last = _number(said), _number(known[-1]) if known else None
        return said.key in {k.key for k in known} or (own is not None and last is not None and own < last)

    def _is_next(self, said: Announcement) -> bool:
        """Whether a heading is numbered as the next after the last one of its kind."""
        known = self.said.get(said.kind, [])
        own, last = _number(said), _number(known[-1]) if known else None
        return own is not None and last is not None and own == last + 1

    def _begin(self, page: int) -> None:
        self.page, self.said, self.explained, self.kinds, self.rows = page, {}, False, {}, set()


def _heads(table: LogicalTable) -> Iterator[Announcement]:
    """What the table announces in its order: titles, rows of one cell, cells of the columns of groups."""
    leads = [c for c in table.columns if c.means in GROUPS]
    yield from (said for said in table.heads if said.key)
    for i in range(table.row_count):
        row = table.row(i)
        for part in (p for p in row if p.first == i):
            column = next((c for c in leads if c.x0 < part.middle < c.x1), None)
            if len(row) == 1 and part.said.key:
                yield part.said
            elif column and part.said.no:
                yield replace(part.said, kind=str(column.means))
        if len(row) > 1 and row[0].said.beside == "goal":
            yield replace(row[1].said, kind="goal")


def _rows(table: LogicalTable) -> Iterator[tuple[str, ...]]:
    """What the rows say, cells merged over several aside."""
    for i in range(table.row_count):
        texts = tuple(squeeze(p.text) for p in table.row(i) if p.text and p.first == p.last)
        if len(texts) >= ROW:
            yield texts


def _number(said: Announcement) -> int | None:
    """The number of a heading, None where it has none."""
    no = halve_digits(said.no)
    if no.isdecimal():
        return int(no)
    if no in ROMAN:
        return ROMAN.index(no) + 1
    value = unicodedata.numeric(no, 0) if len(no) == 1 else 0
    return int(value) or None


def pieces(block: Block, layouts: Layouts) -> Iterator[Block]:
    """The block cut before each line that announces something, so that a heading stands alone."""
    if block.kind != "text" or "\n" not in block.text:
        yield block
        return
    texts: list[str] = []
    for line in block.text.split("\n"):
        if texts and not announcement(line, layouts).key:
            texts[-1] += "\n" + line
        else:
            texts.append(line)
    for text in texts:
        yield replace(block, text=text, said=announcement(text, layouts))
