"""The text of one heading in; the fiscal years it names, in every way that headings name them, and the rest
of it out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from shinchoku.fiscal import find_years
from shinchoku.text import halve_digits, squeeze

_NARROW = str.maketrans("［］〈〉＜＞【】〔〕「」‘’′`´", "[]<><>[][]\"\"'''''")
_WESTERN = re.compile(r"(?<![0-9,.'])((?:19|20)[0-9]{2})(?![0-9,.])年?度?|'([0-9]{2})(?![0-9])年?度?")
_NUMBER = re.compile("[0-9元]")
_BARE = re.compile(r"(?<![0-9A-Za-z.,])(元|[0-9]{1,2})年度(末)?")
_RANGE = re.compile(r"(年度?|末)?[~-](令和|平成|[RH'])?(元|[0-9])")
_EMPTY = re.compile(r"[(\[<][)\]>]|^[の・/:]+|[の・/:]+$")
_COUNT = re.compile(r"(?<=[A-Za-z一-鿿ァ-ヶ])[0-9]{1,2}$")
"""Which of several a heading is: 指標1, KPI2."""
_ENCLOSED = re.compile(r"[(\[<\"][^()\[\]<>\"]*[)\]>\"]")
_TERM = r"(?:[A-Ea-e]|[①-⑳])"
_SIGNS = re.compile(
    r"^[■□◆◇●○◎▶►▼▽★☆]+(?=.)"
    r"|^(?:[①-⑳]|\((?:[0-9]{1,2}|[A-Za-zア-ン])\)|[0-9]{1,2}[.、)](?![0-9])|[A-Ea-e](?=[぀-ヿ一-鿿]))(?=.)"
    rf"|\(?{_TERM}[/÷+-]{_TERM}(?:[*×x]100)?(?:%\)|\))?"
    r"|(?<=.)(?:[①-⑳]|\([A-Za-z]\)|(?<=[぀-ヿ一-鿿])[A-Ea-e])$"
    r"|(?<=.)(?:\((?:※|\*|注)[0-9]*\)|(?:※|\*|注[0-9])[0-9]*\)?)$"
)
"""What numbers a heading, says how it is reckoned (B/A, ②÷①) or points to a footnote (※1)."""
ASKED = 4096
"""So many texts are remembered with the years in them: cells say the same, and are asked more than once."""
_ERAS = (2018, 1988, 1925)
"""Years before the first of 令和, 平成, 昭和: what a number without its era is counted from."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A heading's text taken apart: `years` are the fiscal years it names, each once, None among them for a
    range and for a number whose era nothing says; `rest` is the text without them, white space and empty
    brackets, narrowed; `expected` says that a year is named as one that is foreseen (見込)."""

    years: tuple[int | None, ...]
    rest: str
    expected: bool = False


def narrowed(text: str) -> str:
    """The text of a heading as patterns see it: no white space, letters, digits and brackets half width."""
    return squeeze(halve_digits(text).translate(_NARROW))


def _unsigned(flat: str) -> str:
    """A narrowed heading without the signs that number it or point elsewhere: ①, (B), ※1."""
    while (bare := _SIGNS.sub("", flat)) != flat:
        flat = bare
    return flat


@lru_cache(maxsize=ASKED)
def dated(text: str, near: int | None = None) -> Dated:
    """The years that a heading names: 令和4年度, R5, ㍻30, 2022, ‘28; a number without an era (25年度) is the
    year of that number that is nearest to `near`."""
    flat = _unsigned(narrowed(text))
    if not _NUMBER.search(flat):
        return Dated((), _trimmed(flat))
    found: list[tuple[int, int, int | None]] = []
    expected = False
    for mention in find_years(flat):
        single = mention.year == mention.until and not mention.conflict
        found.append((mention.start, mention.end, mention.year if single else None))
        expected = expected or "見込" in mention.precision
    for match in _WESTERN.finditer(flat):
        if not any(start < match.end() and match.start() < end for start, end, _ in found):
            found.append((*match.span(), int(match[1] or f"20{match[2]}")))
    for match in _BARE.finditer(flat):
        if not any(start < match.end() and match.start() < end for start, end, _ in found):
            found.append((*match.span(), _nearest(match[1], near)))
    years = [None if _RANGE.match(flat, end) else year for _, end, year in sorted(found, key=lambda f: f[0])]
    rest = flat
    for start, end, _ in sorted(found, reverse=True, key=lambda f: f[0]):
        rest = rest[:start] + rest[end:]
    return Dated(tuple(dict.fromkeys(years)), _trimmed(rest), expected)


def named_years(texts: Iterable[str]) -> list[int]:
    """The years that the texts name with their era or in full, in order."""
    return [year for text in texts for year in dated(text).years if year is not None]


def _nearest(number: str, near: int | None) -> int | None:
    if near is None:
        return None
    count = 1 if number == "元" else int(number)
    return min((first + count for first in _ERAS), key=lambda year: abs(year - near))


def _trimmed(rest: str) -> str:
    """The rest without empty brackets and what joined it to a year; brackets around all of it dropped."""
    before = None
    while before != rest:
        before = rest
        rest = _COUNT.sub("", _EMPTY.sub("", rest))
        if _ENCLOSED.fullmatch(rest):
            rest = rest[1:-1]
    return rest
