"""Two rows in; how likely they are one, and every reason for it, out.

A score is the likeness of the names (0 to 1) with what place and values add or take away. It is the same
whichever of the two reports is the older one. Rows of one plan whose names differ are alike to 0.1 in the
median and to 0.5-0.65 in one of twenty; rewordings seen between reports keep 0.6 and more. So a name alone
decides from about 0.6 where the place is the same.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shinchoku.diff.keys import numbers_clash
from shinchoku.diff.pairing.assign import likeness
from shinchoku.diff.pairing.places import Path
from shinchoku.diff.rows import PLACES, Row

LEAST = 0.62
"""The score from which two rows are a pair."""
SURE = 0.8
"""Below this a pair of rows with different names should be looked at by a person."""
SURE_ALONE = 0.9
"""The same where no cell of the two rows is equal, so that little but the names speaks for the pair."""
NEAR = 0.45
"""From here on two rows that stay unpaired are suggested to a person."""
SAME_PLACE = 0.05
OTHER_PART = 0.05
"""Taken for another sub-item or another group in the same initiative."""
OTHER_INITIATIVE = 0.15
OTHER_PLAN = 0.3
NUMBER_CLASH = 0.35
"""Taken where each name has a number the other lacks: roads, phases and blocks are told apart by them."""
EQUAL_VALUE = 0.2
"""Added for an equal cell no other row has; less the more rows have it, nothing where half of them do."""
OTHER_VALUE = 0.08
VALUES_AT_MOST = 0.4
COMMON_QUANTITY = 0.1
"""Added where the reports share no column but the rows state a number with its unit that few rows state."""
ELSEWHERE_COMMON = 0.1
"""Taken, for each doubling of how often a name stands in a report, where the places differ; half of it
within one initiative."""
ELSEWHERE_SHORT = 0.05
"""Taken, where the places differ, for each character that a name has less than six; half of it within one
initiative."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why two rows are held to be one. `how` is identity, override, values (the same name and values in
    another place) or likeness; `alike` is the likeness of names and `score` what all evidence comes to,
    both 0 to 1."""

    how: str
    alike: float
    score: float
    other_levels: tuple[str, ...] = ()
    equal: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    numbers_clash: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Background:
    """What is needed to weigh evidence between two sides: the columns both have, and how common names,
    cells and quantities are."""

    shared: tuple[str, ...]
    size: int
    names: tuple[Counter[str], Counter[str]]
    cells: Mapping[str, Counter[str]]
    stated: Counter[str]


def background(
    first: Sequence[Row], second: Sequence[Row], shared: Iterable[str], stated: Iterable[frozenset[str]]
) -> Background:
    """Count names, cells and stated quantities (one set a row, of both sides) of all rows of one kind."""
    columns = tuple(shared)
    return Background(
        shared=columns,
        size=len(first) + len(second),
        names=(Counter(row.key for row in first), Counter(row.key for row in second)),
        cells={column: Counter(row.cells[column] for row in (*first, *second)) for column in columns},
        stated=Counter(quantity for row in stated for quantity in row),
    )


def rarity(times: int, size: int) -> float:
    """1 for a text that only two of `size` rows have, falling to 0 for one that nearly all have."""
    if size <= 4:
        return 1.0
    return max(0.0, min(1.0, 1 - math.log(max(times, 2) / 2) / math.log(size / 2)))


def other_levels(kind: str, a: Path, b: Path) -> tuple[str, ...]:
    """The levels (column of the title) on which two places differ, outermost first."""
    return tuple(title for (_, title), x, y in zip(PLACES[kind], a, b, strict=True) if x != y)


def compare_cells(a: Row, b: Row, columns: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those of the columns whose cells are filled and equal, and those whose cells differ."""
    columns = tuple(columns)
    equal = tuple(column for column in columns if a.cells[column] and a.cells[column] == b.cells[column])
    return equal, tuple(column for column in columns if a.cells[column] != b.cells[column])


def weigh(
    a: Row,
    b: Row,
    alike: float,
    places: tuple[Path, Path],
    quantities: tuple[frozenset[str], frozenset[str]],
    about: Background,
) -> Why:
    """All evidence for and against two rows being one, summed to a score."""
    levels = other_levels(a.kind, *places)
    if "group" in levels:
        alike = max(alike, _with_heading(a, b))
    if (a.key == a.whole) != (b.key == b.whole):  # only one cell was split in name and target
        alike = max(alike, likeness(a.whole, b.whole))
    clash = alike < 1 and numbers_clash(a.key, b.key)
    equal, different = compare_cells(a, b, about.shared)
    common = () if about.shared else tuple(sorted(quantities[0] & quantities[1]))
    score = alike - NUMBER_CLASH * clash + _place_worth(a, b, levels, about)
    score += values_worth(a, equal, different, about)
    score += COMMON_QUANTITY * max((rarity(about.stated[q], about.size) for q in common), default=0.0)
    return Why("likeness", alike, max(0.0, min(1.0, score)), levels, equal, different, common, clash)


def _with_heading(a: Row, b: Row) -> float:
    """How alike the names are with the group before them: a heading may be drawn into the names, or out of
    them."""
    groups = [row.place[-1][1] for row in (a, b)]
    return likeness(groups[0] + a.key, groups[1] + b.key) if not all(groups) else 0.0


def values_worth(a: Row, equal: Iterable[str], different: Sequence[str], about: Background) -> float:
    """What equal cells add, by how rare their text is, less what different ones take away."""
    rare = sum(rarity(about.cells[column][a.cells[column]], about.size) for column in equal)
    return min(VALUES_AT_MOST, EQUAL_VALUE * rare) - OTHER_VALUE * len(different)


def _place_worth(a: Row, b: Row, levels: Sequence[str], about: Background) -> float:
    if not levels:
        return SAME_PLACE
    times = max(about.names[0][a.key], about.names[1][b.key], 1)
    short = max(0, 6 - min(len(a.key), len(b.key)))
    plain = ELSEWHERE_COMMON * math.log2(times) + ELSEWHERE_SHORT * short
    if levels[0] == "plan_title":
        return -OTHER_PLAN - plain
    if levels[0] in ("section", "initiative_title"):
        return -OTHER_INITIATIVE - plain
    return -OTHER_PART * len(levels) - plain / 2
