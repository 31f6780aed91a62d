"""A narrowed text in; the value of the numeral that stands at a place, its scales read whole, out; and which
runs of figures are no numeral."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shinchoku.values.words import words

_PLAIN = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
NUMBER = re.compile(_PLAIN)
_SCALED = re.compile(rf"(?P<figures>{_PLAIN})(?P<small>[百千]?)(?P<large>[万億兆]?)")
_GOES_ON = re.compile(rf" (?={_PLAIN}[百千]?[万億兆])|(?=[0-9])")
_SMALL = {"": 1, "百": 100, "千": 1000}
_LARGE = {"": 1, "万": 10**4, "億": 10**8, "兆": 10**12}
_LONGEST = 15  # a longer number is a code, and more than a float holds exactly
_JOINTS = r"~\-/+×=→⇒:;()\[\]〔〕【】<>《》〈〉「」『』“”%‰℃°㎡㎥㎞㎝㎜㏊㎏㎎"
_CHAIN = re.compile(rf"(?<![0-9※*注])[0-9]+(?:(?:[,.]+| +|_+|[^\w\s\x00-\x1f\ue000{_JOINTS}])[0-9]+)+")
_TOKEN = re.compile(
    r"(?<![A-Za-z0-9])(?:[0-9lIO|\ufffd]|\(cid:[0-9]+\))(?:[0-9lIO|\ufffd,.]|\(cid:[0-9]+\))*(?![A-Za-z0-9])"
)
_SPOILT = re.compile(r"[I|\ufffd]|(?<!^)O|^l|\(cid:")


_KANJI = "〇一二三四五六七八九"
_BEFORE = rf"(?:^|(?<=[\n約計全(（]))(?=[百千]*[{_KANJI}十])"
_KANJI_NUMERAL = re.compile(
    rf"{_BEFORE}(?:[{_KANJI}]+|(?:[{_KANJI}]?千)?(?:[{_KANJI}]?百)?(?:[{_KANJI}]?十)?[{_KANJI}]?)(?=[^\s{_KANJI}十百千])"
)
_KANJI_RUN = re.compile(rf"{_BEFORE}[{_KANJI}十百千万億]+")
_FIGURES = r"[0-9①-⑳½⅓¼¾⅔⁰¹²³⁴-⁹]"
_UNREAD = re.compile(
    rf"^[\s(\[〔【「△▲▼+-]*{_FIGURES}(?:[.,]?(?:{_FIGURES}|[〇○]))*[^\w\n]{{0,2}}(?P<unit>.*?)[\s)\]〕】」]*$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A printed number: its value in the scale that stands at text[end:], if one does."""

    value: float
    end: int


def numeral(text: str, start: int) -> Numeral | None:
    """The number that begins there: 1億2千万円 is 12000 and ends before 万円, 2千5百人 is 2500 and ends
    before 人, while the scale of a number that has but one stays in its unit (3千人 is 3). None for a code,
    and where scales do not fall."""
    parts = list(_parts(text, start))
    if not parts or any(len(part["figures"]) > _LONGEST for part in parts):
        return None
    first, last = parts[0], parts[-1]
    if len(parts) == 1:
        return Numeral(_value(first["figures"]), first.end("figures"))
    total = group = 0.0
    ceiling, room = float("inf"), float("inf")
    for part in parts:
        small, large = _SMALL[part["small"]], _LARGE[part["large"]]
        amount = _value(part["figures"]) * small
        if amount >= room:
            return None
        group, room = group + amount, small
        if large > 1 or part is last:
            if large >= ceiling:
                return None
            total, group, ceiling, room = total + group * large, 0.0, large, large
    return Numeral(total / _LARGE[last["large"]], last.start("large"))


def _parts(text: str, start: int) -> Iterator[re.Match[str]]:
    """The numbers with scales that follow each other from there, the last one with or without."""
    while part := _SCALED.match(text, start):
        yield part
        on = _GOES_ON.match(text, part.end()) if part["large"] else None
        if not (part["small"] or part["large"]) or not (on or text[part.end() : part.end() + 1].isdigit()):
            return
        start = on.end() if on else part.end()


def _value(figures: str) -> float:
    return float(figures.replace(",", ""))


def doubtful(text: str) -> Iterator[tuple[int, int]]:
    """Where figures stand that may be one number or several: parted by a space (1 500人) or a sign that joins
    no numbers (15※1, 1・5), or by commas and points that no number has so (12,34). Names (1・2歳児) and
    numbers of notes (※1) are left out. And figures beside a sign that nobody can read, or a letter that looks
    like a figure (1O, l5)."""
    vocabulary = words()
    spoilt = [t.span() for t in _TOKEN.finditer(text) if _SPOILT.search(t[0]) and re.search("[0-9]", t[0])]
    yield from spoilt
    for chain in _CHAIN.finditer(text):
        named = vocabulary.name_after.match(text, chain.end())
        named = named or vocabulary.name_before.search(text, max(chain.start() - 6, 0), chain.start())
        known = named is not None or any(start < chain.end() and chain.start() < end for start, end in spoilt)
        if not known and not NUMBER.fullmatch(chain[0]):
            yield chain.span()


def in_digits(text: str) -> str:
    """The text with Japanese numerals that count something in digits: 十五か所 is 15か所. They begin a line
    or follow a word as 約 does, and a counter follows them; 一部 and 十分 count nothing. 二三十人, which is
    two or three tens, and 一万五千人 stay as they are."""
    if not any(numeral in text for numeral in _KANJI + "十百千"):
        return text
    counted = words().counted

    def digits(found: re.Match[str]) -> str:
        return str(_kanji_value(found[0])) if counted.match(text, found.end()) else found[0]

    return _KANJI_NUMERAL.sub(digits, text)


def _kanji_value(numeral: str) -> int:
    """百二十 is 120, 一五 is 15."""
    if not any(scale in numeral for scale in "十百千"):
        return int("".join(str(_KANJI.index(figure)) for figure in numeral))
    total = figure = 0
    for sign in numeral:
        if sign in _KANJI:
            figure = _KANJI.index(sign)
        else:
            total, figure = total + (figure or 1) * {"十": 10, "百": 100, "千": 1000}[sign], 0
    return total + figure


def unread(text: str) -> Iterator[str]:
    """The lines of a text without a value that hold figures, and nothing else but brackets, signs and what is
    counted: (15), 1½か所; and Japanese numerals that count something and are not in digits."""
    for line in _UNREAD.finditer(text):
        unit, counted = line["unit"], words().counted.match(line["unit"])
        rest = unit[counted.end() :] if counted else unit
        if unit not in words().name_in_brackets and (not rest or words().verbs.fullmatch(rest)):
            yield line[0].strip()
    for run in _KANJI_RUN.finditer(text):
        if words().counted.match(text, run.end()):
            yield run[0]
