"""What a row stands under: headings of each kind, carried along from block to block and from row to row."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from shinchoku.cells import Block, Cell
from shinchoku.layouts.announcements import Announcement
from shinchoku.layouts.years import narrowed
from shinchoku.records import Heading

ORDER = ("goal", "pillar", "plan", "initiative", "sub")
"""Kinds of heading, outermost first: a new one ends those after it."""
OUTER = ("goal", "pillar", "plan")
"""The headings that a column, or a table of its own, may say wherever it stands."""
NEAR = 0.006
"""Left sides nearer than this share of the table's width are in line."""


@dataclass(frozen=True, slots=True)
class Group:
    """An unnumbered heading over rows; `x0` is its left side, `inset` whether its rows stand further right
    (behind a narrow cell), None before the first of them."""

    x0: float
    heading: Heading
    inset: bool | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a row stands under. `groups` are unnumbered headings, outermost first; `numbering` is how
    initiatives are numbered in this report, "" until one was seen. `loose` is the text outside tables since
    the last table, `waiting` what may turn out to be the title of a pillar, should a plan come next, `led`
    the kinds of headings that columns of the last table said, `caption` the last remark over a table that
    states a unit, `title` the last numbered line over tables of indicators."""

    headings: dict[str, Heading]
    section: str = ""
    groups: tuple[Group, ...] = ()
    numbering: str = ""
    loose: tuple[Block, ...] = ()
    waiting: Heading | None = None
    led: frozenset[str] = frozenset()
    caption: str = ""
    title: Heading | None = None

    def under(self, kind: str, found: Heading) -> "Context":
        """The context after a heading of that kind: what stood under an earlier one of it ends."""
        kept = {k: v for k, v in self.headings.items() if ORDER.index(k) < ORDER.index(kind)}
        section = self.section if kind in ("initiative", "sub") else ""
        groups = self.groups if kind == "sub" else ()
        title = None if kind in OUTER else self.title
        return replace(self, headings={**kept, kind: found}, section=section, groups=groups, title=title)

    def beginning(self, led: set[str]) -> "Context":
        """The context at the top of a table whose columns say headings of the kinds `led`: what columns of
        the table before said, and none of this one does, no longer holds."""
        kept = {k: v for k, v in self.headings.items() if k not in self.led or k in led}
        groups = tuple(g for g in self.groups if g.x0 >= 0)
        return replace(self, headings=kept, groups=groups, led=frozenset(led))

    def in_lead_group(self, x0: float, found: Heading) -> "Context":
        """The context after a cell of a column of such headings; `x0` is below 0, left of any row's."""
        groups = tuple(g for g in self.groups if g.x0 < x0 - NEAR)
        return replace(self, groups=(*groups, Group(x0, found, True)))

    def told(self, text: str, before: "Context") -> list[Heading]:
        """The headings that a text says: what this context has and the one `before` had not, or, where that
        is nothing, those that it says again."""
        if not text:
            return []
        known = (*before.headings.values(), before.waiting, *(g.heading for g in before.groups))
        section = [Heading("", self.section)] if self.section else []
        found = [*section, *self.headings.values(), *(g.heading for g in self.groups)]
        new = [h for h in found if h not in (*known, Heading("", before.section))]
        return new or [h for h in found if says(text, h)]

    def announce(self, kind: str, found: Heading) -> "Context":
        """The context after a goal, pillar or plan. One that is announced again changes nothing; an
        unnumbered heading right before a plan is the title of its pillar."""
        above = self
        if kind == "plan" and self.waiting and self.waiting != self.headings.get("pillar"):
            above = self.under("pillar", self.waiting)
        if above.headings.get(kind) == found:
            return self
        return replace(above.under(kind, found), waiting=None)

    def in_section(self, title: str) -> "Context":
        """The context in a section such as 関連する事業: its initiatives are numbered anew."""
        kept = {k: v for k, v in self.headings.items() if k not in ("initiative", "sub")}
        return replace(self, headings=kept, section=title, groups=())

    def in_group(self, x0: float, found: Heading, inset: bool | None = None) -> "Context":
        """The context after an unnumbered heading whose left side is at `x0`; `inset` as in `Group`."""
        groups = tuple(g for g in self.groups if g.x0 < x0 - NEAR)
        waiting = found if x0 < NEAR else None
        return replace(self, groups=(*groups, Group(x0, found, inset)), waiting=waiting)

    def read_from(self, before: "Context", cells: tuple[Cell, ...]) -> "Context":
        """This context, what is new in it since `before` being read from `cells`."""

        def known(heading: Heading, old: Iterable[Heading | None]) -> Heading:
            there = bool(heading.cells) or any(heading is each for each in old)
            return heading if there else replace(heading, cells=cells)

        outer = (*before.headings.values(), before.waiting)
        headings = {kind: known(found, outer) for kind, found in self.headings.items()}
        inner = [group.heading for group in before.groups]
        groups = tuple(replace(g, heading=known(g.heading, inner)) for g in self.groups)
        waiting = self.waiting and known(self.waiting, (before.waiting,))
        return replace(self, headings=headings, groups=groups, waiting=waiting)

    def may_number(self, found: Announcement) -> bool:
        """Whether what is announced may be one: a number that its title follows at once (3歳児健診) is part
        of the title where initiatives are numbered otherwise."""
        tight = found.kind == "initiative" and found.style.endswith("0")
        return not tight or self.numbering in ("", found.style)

    def at(self, x0: float) -> "Context":
        """The context of a row whose naming cell begins at `x0`: a group whose rows were set in ends with the
        first that is not."""
        groups = []
        for group in self.groups:
            inset = x0 > group.x0 + NEAR
            if group.inset in (None, inset) or inset:
                groups.append(replace(group, inset=inset))
        return replace(self, groups=tuple(groups), waiting=None)


def says(text: str, found: Heading) -> bool:
    """Whether a text is a heading with its number and title, other words before and marks behind aside."""
    whole = narrowed(text)
    return bool(found.no or found.title) and all(narrowed(part) in whole for part in (found.no, found.title))
