"""A narrowed text in; its numbers with units and the qualifiers that touch them out, names left aside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shinchoku.values.numerals import NUMBER, numeral
from shinchoku.values.words import words

_OKURIGANA = re.compile("[っりいうくけげすせちつみむめらるれき]")
"""What stands behind the last character of a verb: 20本作った, 48回行い."""
_AHEAD = 8  # how far behind a unit's last character a word may reach that ends it
_RANGE = re.compile(r" *(?:[~-]|または|又は|もしくは|若しくは|あるいは|ないし) *(?=[0-9])")
_FROM = re.compile(r"から(?=[0-9])")
_OUT_OF = re.compile(r" */ *(?=[0-9])")
_AMONG = re.compile(r" *(?:中|の?うち)[、 ]*(?=[0-9])")
_LIST = re.compile(r"[・,、](?=[0-9])")
_LETTER = re.compile(r"[A-Za-z][.-]?$")
_WORD = re.compile(r"[一-鿿々ぁ-んァ-ヺー]$")
_REST = re.compile(r" *(?:\n|$)")
_MINUS = re.compile(r"(?:[▲△]|(?:^|(?<=[\n( ]))-)$")
OPENING, CLOSING = frozenset("([〔【<《〈"), frozenset(")]〕】>》〉")


@dataclass(frozen=True, slots=True)
class Number:
    """A number with all that touches it, text[start:end] of the narrowed text; its qualifiers' meanings
    as qualifiers.toml gives them are `marks`. Where the next number is per this one (人口10万人あたり),
    `per_end` is the end of the word that says so, else 0. `unit` is "" where a number stands alone on its
    line."""

    start: int
    end: int
    value: float
    unit: str
    high: float | None
    of: float | None
    marks: frozenset[str]
    per_end: int


@dataclass(frozen=True, slots=True)
class _Amount:
    value: float
    unit: str
    end: int


def numbers(text: str) -> Iterator[Number]:
    """The numbers of a narrowed text that count something, in printed order. Dates and the digits of
    quoted names must have been blanked."""
    position = floor = 0
    while match := NUMBER.search(text, position):
        number = _number(text, floor, match.start())
        if number:
            yield number
            position = floor = number.end
        else:
            position = _past_name(text, match.end())


def _past_name(text: str, end: int) -> int:
    """Past a number that is a name, and the numbers that make a range or a list with it (1～2年生,
    放射35・36号線)."""
    while link := _RANGE.match(text, end) or _LIST.match(text, end):
        second = NUMBER.match(text, link.end())
        if second is None:
            break
        end = second.end()
    return end


def _number(text: str, floor: int, start: int) -> Number | None:
    """The number that starts there, its qualifiers looked for from `floor` on; None where it is part of a
    name."""
    vocabulary = words()
    first = _amount(text, start)
    if first is None or vocabulary.name_before.search(text, max(floor, start - 6), start):
        return None
    value, high, of, last = _with_second(text, first)
    begin, marks = _qualifiers_before(text, floor, start)
    end = last.end
    while after := vocabulary.after.match(text, end):
        marks.add(vocabulary.meaning_after[after[1]])
        end = after.end()
    minus = _MINUS.search(text, floor, begin)
    counts = last.unit or _alone(text, minus.start() if minus else begin, end)
    if (
        not counts
        or _names_one(text, begin, end, last.unit)
        or (begin == start and _in_word(text, floor, start, last.unit))
    ):
        return None
    if minus:
        begin, value = minus.start(), -value
    per = vocabulary.per.match(text, end)
    if per is None and last.unit in vocabulary.periods:
        per = vocabulary.per_period.match(text, end)
    return Number(begin, end, value, last.unit, high, of, frozenset(marks), per.end() if per else 0)


def _with_second(text: str, first: _Amount) -> tuple[float, float | None, float | None, _Amount]:
    """Value, upper end, denominator and last amount of a number and the one it may be joined to: 2～12歳,
    98件/101件, 98校中77校."""
    second = _linked(text, first.end, _RANGE, first.unit)
    if second is None and not first.unit:
        second = _linked(text, first.end, _FROM, "")
    if second and second.value > first.value:
        return first.value, second.value, None, second
    second = _linked(text, first.end, _OUT_OF, first.unit)
    if second and (second.unit or first.value <= second.value):
        return first.value, None, second.value, second
    second = _linked(text, first.end, _AMONG, first.unit) if first.unit else None
    if second:
        return second.value, None, first.value, second
    return first.value, None, None, first


def _linked(text: str, end: int, link: re.Pattern[str], unit: str = "") -> _Amount | None:
    """The amount that a link such as ～ or / joins to one that ends there: in the same unit, or in any if
    that has none."""
    joint = link.match(text, end)
    second = _amount(text, joint.end()) if joint else None
    return second if second and unit in ("", second.unit) else None


def _amount(text: str, start: int) -> _Amount | None:
    """The number there and its unit, 2万3,000人 being 23000 人 and 1億2,000万円 12000 万円; None if what
    follows makes a name of it (号線, 丁目)."""
    found = numeral(text, start)
    end = _unit_end(text, found.end) if found else None
    if found is None or end is None:
        return None
    return _Amount(found.value, text[found.end : end].lstrip(" "), end)


def _unit_end(text: str, start: int) -> int | None:
    """Where the unit that starts there ends: the longest run of kanji or katakana up to a verb. None for
    a name."""
    vocabulary = words()
    if vocabulary.after.match(text, start):
        return start
    spaced = start
    while text[spaced : spaced + 1] == " ":
        spaced += 1
    if sign := vocabulary.sign_unit.match(text, spaced):
        return sign.end()
    if vocabulary.name_after.match(text, start):
        return None
    if spaced > start and not vocabulary.closed.match(text, spaced):
        return start
    run = vocabulary.run_unit.match(text, spaced)
    if run is None:
        return start
    end = run.end()
    for stop in vocabulary.stop.finditer(text, spaced + 1, end + _AHEAD):
        if stop.start() >= end:
            break
        if not vocabulary.verbs.fullmatch(text, spaced, stop.start()):
            end = stop.start()
            break
    closed = vocabulary.closed.match(text, spaced, end)
    if closed and end - closed.end() > (0 if _OKURIGANA.match(text, end) else 1):
        return closed.end()
    unit = text[spaced:end]
    if unit.endswith(vocabulary.ordinal) and not unit.endswith(vocabulary.not_ordinal):
        return None
    return end


def _qualifiers_before(text: str, floor: int, start: int) -> tuple[int, set[str]]:
    """Where the qualifiers before a number begin, and what they mean."""
    vocabulary, marks = words(), set[str]()
    while before := vocabulary.before.search(text, max(floor, start - 12), start):
        longer = vocabulary.words_ending.get(before[1], ())
        if longer and text.endswith(longer, floor, before.end(1)):
            break
        marks.add(vocabulary.meaning_before[before[1]])
        start = before.start()
    return start, marks


def _alone(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is all that its line holds."""
    line = text.rfind("\n", 0, start) + 1
    return not text[line:start].strip() and _REST.match(text, end) is not None


def _in_word(text: str, floor: int, start: int, unit: str) -> bool:
    """Whether the number is part of the word it touches: a code (A4), or one followed by nothing that is
    commonly counted (中3勉強会, 外環の2沿道)."""
    vocabulary = words()
    if vocabulary.common.fullmatch(unit):
        return False
    if _LETTER.search(text, floor, start):
        return True
    signed = vocabulary.sign_unit.fullmatch(unit)
    return (
        not signed
        and _WORD.search(text, floor, start) is not None
        and not text.endswith(vocabulary.no_label, floor, start)
    )


def _names_one(text: str, start: int, end: int, unit: str) -> bool:
    """Whether the number, alone in a bracket, says which one and not how many: (1工区)."""
    return (
        unit in words().name_in_brackets
        and text[start - 1 : start] in OPENING
        and text[end : end + 1] in CLOSING
    )
