"""A narrowed text and its numbers in; the words that say what each number counts out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from shinchoku.values.numbers import CLOSING, OPENING, Number
from shinchoku.values.words import words

DATE = "\0"
"""What the characters of dates are blanked with, so that no label runs over one."""

_JOINT = re.compile(r"[ ・/→+&]*")
_SEPARATOR = re.compile(r"[ ・/→+&、,]")
_STRONG = re.compile(r"[・/、,]")
_CUT = re.compile(r".*[、,;。:]", re.DOTALL)
_HEADING = re.compile(r"【[^】]*】")
_ENUMERATION = re.compile(r"(?:[①-⑳]|\(?[0-9]{1,2}\)|\(?[ア-ンa-z]\)) *")
_ANNUAL = re.compile(r"年間の?")
_TOTAL = re.compile(r"(?:延|の)べ(?!床)の?")


@dataclass(frozen=True, slots=True)
class Label:
    """text[start:end] is what a number counts, nothing where the two are equal; `annual` and `total` say
    that 年間 or 延べ stood before it (年間参加者数)."""

    start: int = 0
    end: int = 0
    annual: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class _Setting:
    """The narrowed text; the offset of each bracket's opening sign by its closing sign, and by each
    position inside it and in no inner one (-1 outside all); the numbers, and the labels found so far.
    `taken` holds the word that a bracket took, by its opening sign."""

    text: str
    opening: dict[int, int]
    around: list[int]
    numbers: Sequence[Number]
    labels: list[Label]
    taken: dict[int, Label]

    def floor(self, position: int) -> int:
        """Where the words may begin that label what stands there: after the start of its line and of its
        bracket."""
        return max(self.text.rfind("\n", 0, position), self.around[position]) + 1

    def last_close(self, position: int, floor: int) -> int:
        """The last closing sign of a bracket that stands between the two, floor - 1 if there is none."""
        return next(
            (at for at in range(position - 1, floor - 1, -1) if self.opening.get(at, -1) >= floor), floor - 1
        )


def labels(text: str, numbers: Sequence[Number]) -> list[Label]:
    """The label of each number. Source of the rules: the annotation of the reports' quantities. Words
    label what follows them on their line, never what precedes; numbers joined by ・, / or nothing share a
    label; a bracket without words takes the word before it, but none from before another number."""
    opening = dict(_brackets(text))
    setting = _Setting(text, opening, _around(text, opening), numbers, [], {})
    for index in range(len(numbers)):
        setting.labels.append(_label(setting, index))
    return setting.labels


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """The offsets of the closing and the opening sign of each pair of brackets."""
    opened: list[int] = []
    for position, sign in enumerate(text):
        if sign in OPENING:
            opened.append(position)
        elif sign in CLOSING and opened:
            yield position, opened.pop()


def _around(text: str, opening: dict[int, int]) -> list[int]:
    """For each position where the innermost bracket around it opens, or -1; a closing sign is inside its
    bracket."""
    around, opened, paired = [-1] * len(text), [-1], set(opening.values())
    for position in range(len(text)):
        around[position] = opened[-1]
        if position in paired:
            opened.append(position)
        elif position in opening:
            opened.pop()
    return around


def _label(setting: _Setting, index: int) -> Label:
    text, number = setting.text, setting.numbers[index]
    inside, floor = setting.around[number.start], setting.floor(number.start)
    previous = setting.numbers[index - 1] if index else None
    if previous is None or previous.end <= floor:
        if inside == floor - 1 >= 0 and not text[floor : number.start].strip():
            return _word(setting, inside, index)
        return _trim(text, floor, number.start)
    if setting.around[previous.start] != inside:
        return _trim(text, setting.last_close(number.start, floor) + 1, number.start)
    if previous.per_end:
        return _trim(text, previous.per_end, number.start)
    if _JOINT.fullmatch(text, previous.end, number.start):
        shared = setting.labels[-1]
        return replace(shared, annual=shared.annual or "annual all" in previous.marks)
    separator = _SEPARATOR.search(text, previous.end, number.start)
    return _trim(text, separator.end(), number.start) if separator else Label()


def _word(setting: _Setting, bracket: int, index: int) -> Label:
    """The word that a bracket without words of its own takes: the one before it on its line, or, where it
    begins the line, the one that a bracket of its kind took at the end of the line above."""
    text, floor = setting.text, setting.floor(bracket)
    close = setting.last_close(bracket, floor)
    previous = setting.numbers[index - 1] if index else None
    if previous is None or previous.end <= floor:
        above = setting.opening.get(_without_spaces(text, 0, floor) - 1, bracket)
        begins = above < bracket and text[above] == text[bracket] and not text[floor:bracket].strip()
        word = setting.taken.get(above, Label()) if begins else _trim(text, floor, bracket)
    elif previous.end <= close:
        between = text[close + 1 : bracket].strip()
        word = (
            _trim(text, close + 1, bracket) if between else setting.taken.get(setting.opening[close], Label())
        )
    else:
        strong = _STRONG.search(text, previous.end, bracket)
        word = _trim(text, strong.end(), bracket) if strong else Label()
    setting.taken[bracket] = word
    return word


def _trim(text: str, start: int, end: int) -> Label:
    """The label that text[start:end] comes down to when dates, lists, bullets, particles and brackets are
    taken off."""
    vocabulary = words()
    if (date := text.rfind(DATE, start, end)) >= 0:
        after = vocabulary.after_date.match(text, date + 1, end)
        start = after.end() if after else date + 1
    touching, end = text[end - 1 : end] != " ", _without_spaces(text, start, end)
    if cut := _CUT.match(text, start, end):
        start = cut.end()
    if touching:
        if text.endswith(vocabulary.no_label, start, end):
            return Label()
        while particle := next((p for p in vocabulary.particles if text.endswith(p, start, end)), ""):
            end -= len(particle)
    start, end = _out_of_brackets(text, start, end)
    bare = text[start:end].lstrip(vocabulary.bullets + ")]〕】 ")
    if mark := _ENUMERATION.match(bare):
        bare = bare[mark.end() :]
    for opener in vocabulary.openers:
        bare = bare.removeprefix(opener)
    start = end - len(bare.lstrip())
    annual, total = _ANNUAL.match(text, start, end), _TOTAL.match(text, start, end)
    start = max(start, *(m.end() for m in (annual, total) if m)) if annual or total else start
    return Label(start, max(start, end), annual is not None, total is not None)


def _out_of_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """Past a 【…】 at the beginning and before a bracket at the end; inside, if a bracket is all there
    is."""
    while end > start and text[end - 1] in CLOSING:
        open_ = max(text.rfind(sign, start, end) for sign in OPENING)
        if open_ < start:
            break
        if not text[start:open_].strip():
            return open_ + 1, end - 1
        end = _without_spaces(text, start, open_)
    heading = _HEADING.match(text, start, end)
    return (heading.end() if heading else start), end


def _without_spaces(text: str, start: int, end: int) -> int:
    """Where text[start:end] ends without the spaces, line breaks and colons at its end."""
    while end > start and text[end - 1] in " \n:":
        end -= 1
    return end
