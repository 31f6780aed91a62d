"""Blocks and tables in reading order in, which of them are an example of how to read the others out."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from shinchoku.announcements import announcement
from shinchoku.cells import Block
from shinchoku.layouts import Layouts
from shinchoku.stitch.parts import LogicalTable


@dataclass
class Sample:
    """Follows a document block by block and table by table. An example begins under a heading such as
    表の見方 and ends where the report proper begins: with a heading on a later page, with one that the
    example already had, or with a second table of a kind that it showed on an earlier page."""

    page: int = 0
    said: set[tuple[str, str, str]] = field(default_factory=set)
    explained: bool = False
    kinds: dict[str, int] = field(default_factory=dict)

    @property
    def last(self) -> int:
        return max([self.page, *self.kinds.values()])

    def block(self, block: Block) -> bool:
        """Whether the text outside tables belongs to an example."""
        found = block.said.key
        if block.said.kind == "sample":
            self._begin(block.page)
        elif self.page and found and block.said.kind != "initiative":
            again = found in self.said or not self.said
            over = bool(self.kinds) and (again or block.page > self.last)
            if over or block.page > self.page + 1 or (self.explained and block.page > self.page):
                self._begin(0)
            self.said.add(found)
        elif self.page and block.kind == "text" and not self.kinds:
            self.explained = True
        return bool(self.page)

    def table(self, table: LogicalTable) -> bool:
        """Whether the table is an example."""
        if not self.page:
            return False
        page = table.pages[0].page
        shown = self.kinds.get(table.kind, page)
        late = page > self.page + 1 or (page > self.page and self.explained)
        if (table.columns or table.kind) and (page > shown or (not self.kinds and late)):
            self._begin(0)
            return False
        self.kinds.setdefault(table.kind, page)
        return True

    def _begin(self, page: int) -> None:
        self.page, self.said, self.explained, self.kinds = page, set(), False, {}


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
