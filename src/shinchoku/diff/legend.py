"""What the legends of two reports say of their marks in; whether a change of mark is for the better or the
worse out.

A legend says in words what is behind the plan, as planned or ahead of it; within one of these its order
counts. A mark of which it says that it judges nothing compares with none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import pairwise

from shinchoku.diff.keys import folded, words


class Standing(IntEnum):
    """What a mark says of the work, best first."""

    AHEAD = 0
    PLANNED = 1
    BEHIND = 2


@dataclass(frozen=True, slots=True)
class Rank:
    """A mark's standing, None where the legend's words do not tell it, and its place among all marks that
    judge, the best 0."""

    standing: Standing | None
    place: int


Legend = Mapping[str, Rank]
"""The marks that judge, folded."""


def legend(marks: Iterable[tuple[str, str]]) -> Legend:
    """The ranks of the marks (mark, meaning), given in the order of the legend, best first or last."""
    judging = [(folded(mark), _standing(folded(meaning))) for mark, meaning in marks]
    kept = [(mark, standing) for mark, standing in judging if standing != "none"]
    known = [Standing[standing.upper()] for _, standing in kept if standing]
    if known and any(a > b for a, b in pairwise(known)) and all(a >= b for a, b in pairwise(known)):
        kept.reverse()
    return {
        mark: Rank(Standing[standing.upper()] if standing else None, place)
        for place, (mark, standing) in enumerate(kept)
    }


def _standing(meaning: str) -> str:
    """Which list of words the meaning has one of, the first that does; "" for none."""
    lists = words().standing
    return next((name for name, said in lists.items() if any(word in meaning for word in said)), "")


def direction(old: str, new: str, before: Legend, after: Legend) -> int:
    """Whether a change of mark is for the better (1), for the worse (-1) or neither (0).

    For the worse is only what ends behind the plan, where the legend says what is: from A+ to A is no delay.
    Marks of different legends compare by their standing alone. A report without a legend is read by the
    other's, where neither has one by the usual order of marks.
    """
    before, after = before or after or _usual(), after or before or _usual()
    a, b = before.get(folded(old)), after.get(folded(new))
    if a is None or b is None:
        return 0
    if a.standing is not None and b.standing is not None and a.standing != b.standing:
        turn = (a.standing > b.standing) - (a.standing < b.standing)
    else:
        here = after.get(folded(old)) if folded(new) in before else None
        turn = (here.place > b.place) - (here.place < b.place) if here else 0
    return 0 if turn < 0 and b.standing in (Standing.AHEAD, Standing.PLANNED) else turn


@cache
def _usual() -> Legend:
    return {mark: Rank(None, place) for place, mark in enumerate(words().marks)}
