"""What a row stands under: headings of each kind, carried along from block to block and from row to row."""

from dataclasses import dataclass, replace

from shinchoku.cells import Block
from shinchoku.records import Heading

ORDER = ("goal", "pillar", "plan", "initiative", "sub")
"""Kinds of heading, outermost first: a new one ends those after it."""
NEAR = 0.006
"""Left sides nearer than this share of the table's width are in line."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a row stands under. `groups` are unnumbered headings with their left sides, outermost first.
    `sample` is the page of a 表の見方 whose example has not ended yet, `seen` the kinds of table that were in
    it."""

    headings: dict[str, Heading]
    section: str = ""
    groups: tuple[tuple[float, Heading], ...] = ()
    sample: int = 0
    seen: tuple[str, ...] = ()
    loose: tuple[Block, ...] = ()

    def under(self, kind: str, found: Heading) -> "Context":
        """The context after a heading of that kind: what stood under an earlier one of it ends."""
        kept = {k: v for k, v in self.headings.items() if ORDER.index(k) < ORDER.index(kind)}
        if kind == "pillar" and "goal" in self.headings:
            kept["goal"] = self.headings["goal"]
        section = self.section if kind in ("initiative", "sub") else ""
        groups = self.groups if kind == "sub" else ()
        return replace(self, headings={**kept, kind: found}, section=section, groups=groups)

    def in_section(self, title: str) -> "Context":
        """The context in a section such as 関連する事業: its initiatives are numbered anew."""
        kept = {k: v for k, v in self.headings.items() if k not in ("initiative", "sub")}
        return replace(self, headings=kept, section=title, groups=())
