"""The tables of a document in, what it does at page breaks and with equal cells out: evidence where a single
break does not tell."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from shinchoku.layouts import Means
from shinchoku.stitch.parts import EDGE, LogicalTable

SURE = 2.5
"""A page break that scores more cut a row for sure."""
SELDOM = 0.02
"""Where fewer cells of a column than this share are empty, none is by intent."""
MANY = 20
"""A column with fewer cells does not tell."""
OFTEN = 0.1
"""A document whose breaks surely cut rows in this share of cases is one that cuts rows."""


@dataclass(frozen=True, slots=True)
class Habits:
    """`cut_from` is the score from which on a page break is held to have cut a row; `rules_off`: rows that a
    page break cut have no rule there, others do; `says_continued`: first cells that are repeated on a page
    say 続き, as a habit; `full` are columns that each row fills; `merged`, `empty`: how often rows share a
    cell of a column with the row above, and have an empty one of their own."""

    cut_from: float = SURE
    rules_off: bool = False
    says_continued: bool = False
    full: frozenset[Means] = frozenset()
    merged: Counter[Means] = field(default_factory=Counter)
    empty: Counter[Means] = field(default_factory=Counter)

    def merges(self, means: Means) -> bool:
        """Whether an empty cell of a column below a page break is rather the rest of a merged one."""
        return self.merged[means] > self.empty[means]


def full_columns(tables: Iterable[LogicalTable]) -> frozenset[Means]:
    """What the columns mean in which no row but those at page breaks has an empty cell."""
    texts: Counter[Means] = Counter()
    empty: Counter[Means] = Counter()
    for table in tables:
        for part in (p for p in table.parts if 0 < p.first == p.last < table.row_count - 1):
            column = next((c for c in table.columns if c.x0 < part.middle < c.x1), None)
            if column is not None and abs(part.x1 - column.x1) < EDGE:
                (texts if part.text else empty)[column.means] += 1
    return frozenset(m for m, n in texts.items() if n >= MANY and empty[m] < SELDOM * n)


def learn(
    tables: Sequence[LogicalTable], scores: Iterable[float], opens: Sequence[bool], full: frozenset[Means]
) -> Habits:
    """The habits of a document from the tables of its pages; `scores` are those of its page breaks, `opens`
    says which of these no rule closes, `full` what columns each row fills."""
    scored = [s for s in scores if s > float("-inf")]
    cuts = sum(s > SURE for s in scored) >= max(1.0, OFTEN * len(scored))
    repeats = sum(
        any(p.said.continued for p in table.row(0) if p.x0 < EDGE) for table in tables if table.columns
    )
    merged: Counter[Means] = Counter()
    empty: Counter[Means] = Counter()
    for table in tables:
        for column in table.columns:
            for part in table.parts:
                if abs(part.x0 - column.x0) < EDGE and abs(part.x1 - column.x1) < EDGE:
                    merged[column.means] += part.last - part.first
                    empty[column.means] += not part.text and part.first == part.last
    return Habits(0.0 if cuts else SURE, any(opens) and not all(opens), repeats > 1, full, merged, empty)
