"""Two printed cells in; whether they agree, and by how much their numbers differ, out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from shinchoku.diff.keys import folded, words
from shinchoku.diff.rows import Row
from shinchoku.values.grammar import parse
from shinchoku.values.quantity import Quantity

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_POINTS = re.compile(r"[()・、。,:~/]")


class Agreement(StrEnum):
    """How two cells stand to each other. `qualified`: the same numbers and words, but only one of them says
    計, 約 or 程度, or separates its parts differently: 計181所 and 181所."""

    SAME = "same"
    QUALIFIED = "qualified"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two cells' agreement and the numbers that best compare: null where nothing in the two does. `delta`
    is new less old; `unit` is as printed, or the common one of two ways to write it. `deltas` says of every
    two numbers that compare what they count and their difference, those that best compare first."""

    agreement: Agreement
    old_value: float | None = None
    new_value: float | None = None
    delta: float | None = None
    unit: str = ""
    deltas: tuple[tuple[str, float], ...] = ()


def quantities_of(text: str) -> Sequence[Quantity]:
    """The quantities a printed cell states, in printed order."""
    return parse(text).quantities


def stated(row: Row) -> frozenset[str]:
    """The numbers with their units that a row's fiscal-year cells state, as text: 218床."""
    texts = {text for text in row.texts.values() if text}
    return frozenset(
        f"{quantity.value:g}{common_unit(quantity.unit)}"
        for text in texts
        for quantity in quantities_of(text)
        if quantity.value
    )


def compare_texts(old: str, new: str) -> Comparison:
    """Hold two printed cells against each other. Numbers of different units are not subtracted."""
    agreement = agree(old, new)
    if agreement is Agreement.SAME:
        return Comparison(agreement)
    # Taken in one fixed direction, so that the answer is the mirror image when old and new change places.
    held = _comparable(quantities_of(min(old, new)), quantities_of(max(old, new)))
    if not held:
        return Comparison(agreement)
    pairs = held if old < new else [(b, a) for a, b in held]
    a, b = pairs[0]
    deltas = tuple((_counted(x, y), _delta(x, y)) for x, y in pairs)
    return Comparison(agreement, float(a.value), float(b.value), _delta(a, b), _unit(a, b), deltas)


def _delta(old: Quantity, new: Quantity) -> float:
    return round(float(new.value - old.value), 9)


def _unit(old: Quantity, new: Quantity) -> str:
    return old.unit if old.unit == new.unit else common_unit(old.unit)


def _counted(old: Quantity, new: Quantity) -> str:
    """What two numbers count: 定員 計 人."""
    label = new.label if new.label == old.label else ""
    said = (label, "計" if old.cumulative and new.cumulative else "", _unit(old, new))
    return " ".join(filter(None, said))


def agree(old: str, new: str) -> Agreement:
    """Whether two printed cells say the same, white space, width, brackets' kinds and a number's commas
    aside."""
    if _plain(old) == _plain(new):
        return Agreement.SAME
    return Agreement.QUALIFIED if _bare(old) == _bare(new) else Agreement.DIFFERENT


def common_unit(unit: str) -> str:
    """The unit that stands for all ways to write this one: か所 for 箇所."""
    return words().same_unit.get(folded(unit), unit)


@cache
def _units() -> re.Pattern[str]:
    spelt = sorted(words().same_unit, key=len, reverse=True)
    return re.compile(rf"(?<=\d)(?:{'|'.join(map(re.escape, spelt))})")


@cache
def _qualifiers() -> re.Pattern[str]:
    before = "|".join(map(re.escape, words().before_number))
    after = "|".join(map(re.escape, words().after_number))
    return re.compile(rf"(?:{before})+(?=\d)|(?<=\d)({_units().pattern}|[^\d()]{{0,3}}?)(?:{after})")


def _plain(text: str) -> str:
    plain = _THOUSANDS.sub("", folded(text))
    plain = _units().sub(lambda found: words().same_unit[found[0]], plain)
    return "" if plain in words().nothing else plain


def _bare(text: str) -> str:
    return _POINTS.sub("", _qualifiers().sub(lambda found: found[1] or "", _plain(text)))


def _comparable(old: Sequence[Quantity], new: Sequence[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """The quantities that compare, the two that do best first. Those of one unit are paired one to one, the
    likest first; of the pairs, one that changed comes before one that did not, one of totals (計) before
    others, then the first printed."""
    ranked = sorted(
        (_rank(a, b, i, j), i, j)
        for i, a in enumerate(old)
        for j, b in enumerate(new)
        if common_unit(a.unit) == common_unit(b.unit) and a.per == b.per
    )
    left, right = set(range(len(old))), set(range(len(new)))
    pairs: list[tuple[bool, bool, int, int, int]] = []
    for _, i, j in ranked:
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            a, b = old[i], new[j]
            pairs.append((a.value == b.value, not (a.cumulative and b.cumulative), i + j, i, j))
    return [(old[pair[3]], new[pair[4]]) for pair in sorted(pairs)]


def _rank(a: Quantity, b: Quantity, i: int, j: int) -> tuple[float, ...]:
    """Lower compares better. Beside a number of this year a cell often prints the total (3校開始 〔計71校〕),
    so what is nearer in size compares better with a lone 79校."""
    least, most = sorted((abs(a.value), abs(b.value)))
    return (
        a.label != b.label,
        not (a.cumulative and b.cumulative),
        a.annual != b.annual,
        a.total != b.total,
        1 - least / most if most else 0.0,
        i + j,
        abs(i - j),
        least,
    )
