"""Two reports in; which row is which and what changed between them out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shinchoku.diff.compare import Change, compare
from shinchoku.diff.legend import direction
from shinchoku.diff.pairing.align import align
from shinchoku.diff.pairing.pairs import Decision, Pair
from shinchoku.diff.rows import Report

__all__ = ["Change", "Decision", "Diff", "Pair", "Report", "compare_reports"]


@dataclass(frozen=True, slots=True)
class Diff:
    """Two reports compared: every row of both in one pair of its kind, and every field that differs in a
    pair."""

    old: Report
    new: Report
    pairs: tuple[Pair, ...]
    changes: tuple[Change, ...]

    @property
    def identical(self) -> bool:
        """Whether every row is matched and nothing in any of them differs."""
        return not self.changes and all(pair.status == "matched" for pair in self.pairs)

    def better(self, change: Change) -> int:
        """Whether a change of mark is for the better (1), for the worse (-1) or neither (0), as any other."""
        if change.change != "progress":
            return 0
        return direction(change.old_text, change.new_text, self.old.legend, self.new.legend)


def compare_reports(
    old: Report, new: Report, decisions: Mapping[str, Sequence[Decision]] | None = None
) -> Diff:
    """Pair the rows of two reports, kind by kind, and list what differs. `decisions` are people's words for
    each kind of row; they come before all else."""
    pairs: list[Pair] = []
    changes: list[Change] = []
    for kind in old.sides:
        before, after = old.sides[kind], new.sides[kind]
        found = align(before, after, (decisions or {}).get(kind, ()))
        pairs += found
        changes += compare(found, before, after)
    return Diff(old, new, tuple(pairs), tuple(changes))
