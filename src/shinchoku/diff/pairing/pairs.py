"""Which row of one report is which of the other: the pair, its status and its reasons in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from shinchoku.diff.pairing.score import LEAST, SURE, SURE_ALONE, Why
from shinchoku.diff.rows import Row
from shinchoku.language import Said

LEVELS = {
    "plan_title": Said("plan", "計画"),
    "section": Said("section", "区分"),
    "initiative_title": Said("initiative", "取組"),
    "sub_title": Said("sub-item", "小項目"),
    "group": Said("group", "見出し"),
}
"""What the headings are called that a row stands under, by their columns, outermost first."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word: `old` (a row id) is `new`; an empty one says that the other has no partner."""

    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of the old report and the row of the new one that it is, or None on the side that has none.

    `why` is None for an unpaired row that nothing is near; else, for an unpaired row, it tells of `near`,
    the row id of the likest unpaired row of the other side, or of the person's word that it has none. `plan`
    counts the plans of both reports together: it is the same for all rows of one plan, the new row's where
    the two stand in different ones."""

    old: Row | None
    new: Row | None
    why: Why | None
    near: str = ""
    plan: int = 0

    @property
    def row(self) -> Row:
        """The new row, or the old one where there is no new one."""
        row = self.new or self.old
        if row is None:
            raise ValueError("a pair of no rows")
        return row

    @property
    def status(self) -> str:
        """matched | renamed (the name changed) | moved (the same name in another place) | added | removed.

        Another group within one initiative is no move, but shows as a change of wording.
        """
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        if self.old.key != self.new.key and self.old.whole != self.new.whole:
            return "renamed"
        moved = self.why is not None and any(level != "group" for level in self.why.other_levels)
        return "moved" if moved else "matched"

    @property
    def similarity(self) -> float | None:
        """How alike the two names are, 0 to 100, to one decimal; None for an unpaired row."""
        return round(100 * self.why.alike, 1) if self.old and self.new and self.why else None

    @property
    def doubtful(self) -> bool:
        """Whether a person should confirm the pair: another name, and little else that speaks for it."""
        if self.status not in ("renamed", "moved") or self.why is None or self.why.how == "override":
            return False
        enough = SURE if self.why.equal else SURE_ALONE
        return self.why.numbers_clash or self.why.score < enough

    @property
    def evidence(self) -> str:
        """Why the pair was made, or why none was, in one line of English."""
        why = self.why
        if why is None:
            return "no unpaired row of the other report is near"
        if why.how == "override":
            return "renames.csv" + (f": {why.reason}" if why.reason else "")
        if not (self.old and self.new):
            return f"nearest: {self.near} (score {why.score:.2f}, a pair needs {LEAST:.2f})"
        if why.how == "identity":
            said = ["same place and name"]
        else:
            said = ["same name and values" if why.how == "values" else f"names {why.alike:.0%} alike"]
            said.append(f"other {LEVELS[why.other_levels[0]].en}" if why.other_levels else "same place")
        said += [f"{word} {_listed(*columns)}" for word, columns in _cells(why) if columns]
        if why.numbers_clash:
            said.append("numbers in the names differ")
        if why.how == "likeness":
            said.append(f"score {why.score:.2f}")
        return "; ".join(said) + (" [to confirm]" if self.doubtful else "")


def _cells(why: Why) -> Sequence[tuple[str, Sequence[str]]]:
    return [("equal", why.equal), ("different", why.different), ("both state", why.common)]


def _listed(*words: str) -> str:
    return ", ".join(words)
