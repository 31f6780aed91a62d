"""A printed heading or cell in; the fiscal years (年度, April to March) and the dates it names out."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, total_ordering
from typing import Self

from shinchoku.text import halve_digits

ROLES = ("target", "baseline", "planned", "actual", "budget", "settled")
"""What a fiscal-year column says about its year: 目標, 現況 or 現状, 当初計画, 実績, 予算, 決算."""


MONEY = ("budget", "settled")
"""Roles that count money, whatever the unit of the row is."""


@total_ordering
@dataclass(frozen=True, slots=True)
class FiscalColumn:
    """One fiscal-year column: the fiscal year (western, of its April), None where nothing says it, and one of
    ROLES. Ordered by year, none first, then as ROLES are. Raises ValueError for another role."""

    year: int | None
    role: str

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ValueError(f"{self.role!r} is no role of a fiscal-year column; they are {', '.join(ROLES)}")

    @property
    def name(self) -> str:
        """The column's name in every table: fy2021_target, or target where nothing says the year."""
        return self.role if self.year is None else f"fy{self.year}_{self.role}"

    @classmethod
    @cache
    def parse(cls, name: str) -> Self | None:
        """The column a name such as fy2021_target or target stands for; None where it is not the name of
        one."""
        match = re.fullmatch(r"(?:fy([0-9]{4})_)?([a-z]+)", name)
        return cls(int(match[1]) if match[1] else None, match[2]) if match and match[2] in ROLES else None

    def __lt__(self, other: "FiscalColumn") -> bool:
        return (self.year or 0, ROLES.index(self.role)) < (other.year or 0, ROLES.index(other.role))


@dataclass(frozen=True, slots=True)
class YearMention:
    """One printed year. `year` and `until` are the first and the last fiscal year of a range, equal for a
    single year; text[start:end] is what is printed. `precision` is how the year is meant, white space
    aside: 年度, 年度末, 年度末見込, …; 日, 月末, 月 for a date, whose `year` is the fiscal year it falls
    in; 年 for a calendar year, whose `year` is its own number. `other` is the year that a bracket states
    beside it, if it is another one."""

    year: int
    until: int
    start: int
    end: int
    precision: str
    other: int | None = None

    @property
    def conflict(self) -> bool:
        """Whether the bracket beside the year names a different year: 令和2年度(2019年度)."""
        return self.other is not None


# How many years of an era are accepted, after its first western year. 昭和 ended in its 64th year. 平成 ended
# in its 31st, but papers printed before the next era had a name count on, the longest plans as far as 2050
# (平成62年度); what lies beyond is a misprint. 令和 goes on.
_ERAS = {"令和": (2019, 99), "平成": (1989, 62), "昭和": (1926, 64)}
_LETTERS = {"R": "令和", "H": "平成", "S": "昭和", "㋿": "令和", "㍻": "平成", "㍼": "昭和"}

_ERA = r"(?:令和|平成|昭和|[㋿㍻㍼]|(?<![0-9A-Za-z])[RHS])"
_NUMBER = r"(?:元|[0-9]{1,2}(?![0-9]))"
_WESTERN = r"(?<![0-9,.])(?:19|20)[0-9]{2}(?![0-9])"
_ONE = rf"(?:{_ERA}{_NUMBER}|{_WESTERN})"
_UPTO = r"(?:[~-]|から)"
_OPEN, _CLOSE = r"[(\[〔【]", r"[)\]〕】]"
_YEAR = re.compile(
    rf"(?P<first>{_ONE})"
    rf"(?:{_OPEN}(?P<inner>{_ONE}|元){_CLOSE}(?=年))?"
    rf"(?:(?:年度?)?{_UPTO}(?P<last>{_NUMBER})(?=年(?![間後目])|$)|(?P<more>(?:[・、,]{_NUMBER})+)(?=年度))?"
    rf"(?P<unit>年度?)?"
    rf"(?:{_OPEN}(?P<outer>{_ONE})(?:年度?)?(?:{_UPTO}(?P<outer_last>{_ONE}|{_NUMBER})(?:年度?)?)?{_CLOSE})?"
)
_NEXT = re.compile(rf"[・、,](?P<number>{_NUMBER})年度")
_SUFFIX = re.compile(r"(?:(末)日?)?(?:(見込)み?)?")
_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_DAY = re.compile(
    rf"{_MONTH}月(?:(?P<day>[0-9]{{1,2}})日|(?P<end>末)日?|{_UPTO}(?P<last>1[0-2]|0?[1-9])月末?(?!日|[0-9]))?"
)
_DOTTED = re.compile(rf"[./]{_MONTH}(?:[./](?P<day>[0-9]{{1,2}})(?![0-9])|(?P<end>末)日?)(?P<last>)")
_TAIL = re.compile(r"(?:見込み?|予定|実績|調査|結果|時点|現在|目標|推計|決算|速報|確定|値|の|より|分)*")
_STATED = re.compile(r"の?(?:現在|時点)")


def find_years(text: str) -> tuple[YearMention, ...]:
    """Every fiscal year, calendar year and date with a year that the text names, in printed order.
    Understands eras by name and letter (令和元年度, R3, H30年度, 平成32年度), western years, full-width
    digits and brackets, line breaks inside, ranges and lists (令和5～7年度, 令和4年度、5年度), and a
    second year in brackets, which makes one mention with the first (平成31(令和元)年度,
    令和元年度(2019年度)). Years no era has (令和0年度) are no mentions."""
    _, kept, whens = _find(text)
    return tuple(replace(when, start=kept[when.start], end=kept[when.end - 1] + 1) for when, _ in whens)


def as_of(text: str) -> date | None:
    """The day for which a cell's numbers hold, or None. A date before 現在 or 時点 is that day anywhere;
    otherwise a date or year must stand alone on its line or in its brackets, 見込, 実績 and the like
    after it aside: the last day of N月末, of a month or of a range of months, 31 March after a fiscal
    year, 31 December of a calendar year. The first such day counts. Source: the rules for `as_of` by
    which the reports' quantities were annotated."""
    squeezed, kept, whens = _find(text)
    breaks = {i for i in range(1, len(kept)) if "\n" in text[kept[i - 1] + 1 : kept[i] + 1]} | {0, len(kept)}
    for when, last_day in whens:
        if _STATED.match(squeezed, when.end):
            return last_day
        opens = when.start in breaks or squeezed[when.start - 1] in "([〔【"
        tail = _TAIL.match(squeezed, when.end)
        stops = (when.end, tail.end() if tail else when.end)
        if opens and any(stop in breaks or squeezed[stop] in ")]〕】" for stop in stops):
            return last_day
    return None


_When = tuple[YearMention, date]
"""A mention with offsets into the squeezed text, and the last day of what it names."""


def _find(text: str) -> tuple[str, list[int], list[_When]]:
    """The squeezed text, where each of its characters stood, and what it names."""
    squeezed, kept = _squeeze(text)
    whens: list[_When] = []
    match = _YEAR.search(squeezed)
    while match:
        read = list(_read(squeezed, match))
        end = read[-1][0].end if read else match.end("first")
        if whens and read and re.fullmatch(_UPTO, squeezed[whens[-1][0].end : read[0][0].start]):
            before, (after, last_day) = whens.pop()[0], read[0]
            read[0] = (replace(after, year=before.year, start=before.start), last_day)
        whens += read
        match = _YEAR.search(squeezed, end)
    return squeezed, kept, whens


def _read(s: str, match: re.Match[str]) -> Iterator[_When]:
    """The mentions one match of _YEAR makes, with offsets into the squeezed text; none where it is no
    year."""
    first = match["first"]
    year, is_one = _reckon(first)
    until, is_last = _reckon(match["last"], first) if match["last"] else (year, True)
    if not (is_one and is_last) or until < year:
        return
    start, end, unit = match.start(), match.end(), match["unit"]
    if unit != "年度":
        when = _dated(s, match, year) if unit or _DOTTED.match(s, end) else _bare(s, match, year, until)
        if when:
            yield when
        return
    suffix = _SUFFIX.match(s, end)
    if suffix and suffix[0]:
        unit, end = unit + (suffix[1] or "") + (suffix[2] or ""), suffix.end()
    mention = YearMention(year, until, start, end, unit, _other(match, year, until))
    for number in re.finditer(_NUMBER, match["more"] or ""):
        yield replace(mention, end=match.start("more") + number.start() - 1), date(mention.until + 1, 3, 31)
        year = _reckon(number[0], first)[0]
        mention = replace(mention, year=year, until=year, start=match.start("more") + number.start())
    yield mention, date(mention.until + 1, 3, 31)
    while further := _NEXT.match(s, mention.end):
        year = _reckon(further["number"], first)[0]
        mention = YearMention(year, year, further.start("number"), further.end(), "年度")
        yield mention, date(year + 1, 3, 31)


def _other(match: re.Match[str], year: int, until: int) -> int | None:
    """The year in brackets that is not the year (or end of range) beside it."""
    asides = [(match["inner"] or match["outer"], year), (match["outer_last"], until)]
    stated = (
        (_reckon(aside, match["outer"] or match["first"])[0], beside) for aside, beside in asides if aside
    )
    return next((number for number, beside in stated if number != beside), None)


def _bare(s: str, match: re.Match[str], year: int, until: int) -> _When | None:
    """A year by its era's letter alone, R3 or H30, where no digit, letter or decimal sign makes it a part
    of a code."""
    if match["first"][0] not in "RH㋿㍻" or re.match(r"[0-9A-Za-z.,/%]", s[match.end() :]):
        return None
    return YearMention(year, until, match.start(), match.end(), "年度"), date(until + 1, 3, 31)


def _dated(s: str, match: re.Match[str], year: int) -> _When | None:
    """A date, a month, a range of months or a calendar year; None for a day that no calendar has."""
    start, end, other = match.start(), match.end(), _other(match, year, year)
    day = (_DAY if match["unit"] else _DOTTED).match(s, end)
    if not day:
        return YearMention(year, year, start, end, "年", other), date(year, 12, 31)
    month, last = int(day["month"]), int(day["last"] or day["month"])
    last_year = year + (last < month)
    number = int(day["day"]) if day["day"] else monthrange(last_year, last)[1]
    if not 1 <= number <= monthrange(last_year, last)[1]:
        return None
    precision = "日" if day["day"] else "月末" if day["end"] else "月"
    mention = YearMention(year - (month < 4), last_year - (last < 4), start, day.end(), precision, other)
    return mention, date(last_year, last, number)


def _reckon(printed: str, beside: str = "") -> tuple[int, bool]:
    """The western number of 令和元, H30 or 2019, or of a bare number (7, 元) as the year printed beside
    it counts; and whether its era has such a year."""
    if re.fullmatch("[0-9]{4}", printed):
        return int(printed), True
    head = re.match(_ERA, printed) or re.match(_ERA, beside)
    digits = printed.removeprefix(head[0]) if head else printed
    number = 1 if digits == "元" else int(digits)
    if not head:
        return int(beside[:2]) * 100 + number, True
    if printed == "元" and _reckon(beside)[0] in {first for first, _ in _ERAS.values()}:
        return _reckon(beside)
    first, numbers = _ERAS[_LETTERS.get(head[0], head[0])]
    return first + number - 1, 1 <= number <= numbers


def _squeeze(text: str) -> tuple[str, list[int]]:
    """The text narrowed and without white space, save one character of it between two digits; and where
    each character stood."""
    narrow = halve_digits(text)
    kept: list[int] = []
    for run in re.finditer(r"\S+", narrow):
        if kept and narrow[kept[-1]].isdigit() and run[0][0].isdigit():
            kept.append(kept[-1] + 1)
        kept.extend(range(run.start(), run.end()))
    return "".join(narrow[i] for i in kept), kept
