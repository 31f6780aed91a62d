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
class _Bracket:
    open: int
    close: int


@dataclass(frozen=True, slots=True)
class _Setting:
    """The narrowed text, its pairs of brackets, and the numbers and labels before the one in question."""

    text: str
    brackets: Sequence[_Bracket]
    numbers: Sequence[Number]
    labels: list[Label]
    taken: dict[int, Label]

    def around(self, position: int) -> _Bracket | None:
        """The innermost bracket that the position stands in."""
        inside = [b for b in self.brackets if b.open < position <= b.close]
        return max(inside, key=lambda b: b.open, default=None)

    def line(self, position: int) -> int:
        """Where the line of the position starts."""
        return self.text.rfind("\n", 0, position) + 1


def labels(text: str, numbers: Sequence[Number]) -> list[Label]:
    """The label of each number. Source of the rules: the annotation of the reports' quantities. Words
    label what follows them on their line, never what precedes; numbers joined by ・, / or nothing share a
    label; a bracket without words takes the word before it, but none from before another number."""
    setting = _Setting(text, list(_brackets(text)), numbers, [], {})
    for index in range(len(numbers)):
        setting.labels.append(_label(setting, index))
    return setting.labels


def _brackets(text: str) -> Iterator[_Bracket]:
    opened: list[int] = []
    for position, sign in enumerate(text):
        if sign in OPENING:
            opened.append(position)
        elif sign in CLOSING and opened:
            yield _Bracket(opened.pop(), position)


def _label(setting: _Setting, index: int) -> Label:
    text, number = setting.text, setting.numbers[index]
    inside = setting.around(number.start)
    floor = max(setting.line(number.start), inside.open + 1 if inside else 0)
    previous = setting.numbers[index - 1] if index else None
    if previous is None or previous.end <= floor:
        wordless = inside and not text[floor : number.start].strip() and "\n" not in text[inside.open : floor]
        return _word(setting, inside, index) if inside and wordless else _trim(text, floor, number.start)
    if setting.around(previous.start) != inside:
        return _trim(text, _last_close(setting, number.start, floor) + 1, number.start)
    if _JOINT.fullmatch(text, previous.end, number.start):
        before = Label() if previous.is_per else setting.labels[-1]
        return replace(before, annual=before.annual or "annual all" in previous.marks)
    separator = _SEPARATOR.search(text, previous.end, number.start)
    return _trim(text, separator.end(), number.start) if separator else Label()


def _last_close(setting: _Setting, position: int, floor: int) -> int:
    """The last closing bracket between the two, floor - 1 if there is none."""
    return max(
        (b.close for b in setting.brackets if floor <= b.open and b.close < position), default=floor - 1
    )


def _word(setting: _Setting, bracket: _Bracket, index: int) -> Label:
    """The word that a bracket without words of its own takes: the one before it on its line, or, where it
    begins the line, the one that a bracket at the end of the line above took (課長級
    (通年1人)\\n(月2回1人))."""
    text, position = setting.text, bracket.open
    outer = setting.around(position)
    floor = max(setting.line(position), outer.open + 1 if outer else 0)
    close = _last_close(setting, position, floor)
    previous = setting.numbers[index - 1] if index else None
    if previous is None or previous.end <= floor:
        above = text[:floor].rstrip(" \n")
        begins = not text[floor:position].strip() and above[-1:] == text[bracket.close]
        word = _above(setting, len(above) - 1) if begins else _trim(text, floor, position)
    elif previous.end <= close:
        word = (
            _trim(text, close + 1, position) if text[close + 1 : position].strip() else _above(setting, close)
        )
    else:
        strong = _STRONG.search(text, previous.end, position)
        word = _trim(text, strong.end(), position) if strong else Label()
    setting.taken[bracket.close] = word
    return word


def _above(setting: _Setting, close: int) -> Label:
    return setting.taken.get(close, Label())


def _trim(text: str, start: int, end: int) -> Label:
    """The label that text[start:end] comes down to when dates, lists, bullets, particles and brackets are
    taken off."""
    vocabulary = words()
    if (date := text.rfind(DATE, start, end)) >= 0:
        after = vocabulary.after_date.match(text, date + 1, end)
        start = after.end() if after else date + 1
    if cut := _CUT.match(text, start, len(text[:end].rstrip(" :"))):
        start = cut.end()
    touching = text[end - 1 : end] != " "
    end = len(text[:end].rstrip(" :"))
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
        end = len(text[:open_].rstrip())
    heading = re.compile(r"【[^】]*】").match(text, start, end)
    return (heading.end() if heading else start), end
