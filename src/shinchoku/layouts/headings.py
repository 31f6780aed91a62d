"""A column's printed heading in, what it may mean out: a field, a fiscal column or a year whose rows say the
role."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shinchoku.fiscal import FiscalColumn
from shinchoku.layouts.wordings import LEADING, Wording
from shinchoku.layouts.years import Dated, dated, narrowed

LONGEST = 60
"""No column heading has more characters."""
_NEUTRAL = re.compile(
    r"(値|数値|数|量|年|年度|末|時点|A|B)?|(速報|暫定|確定|年度)値|速報|(中間|最終|前期|中期|後期|短期|長期)(年度|値)?|初年度?|[0-9]年目|(本|当)[市町村区県]|[市町村区]全体|全[市町村区]"
)
"""What is left of a heading that says nothing of its own: those over it decide."""
_NUMBER = re.compile("元|[0-9]{1,2}")
"""A number that the heading over it may make a year."""


@dataclass(frozen=True, slots=True)
class YearColumn:
    """A column of a year, None where none is said, whose rows say what of it (目標値, 実績値); `roles` are
    those of its upper and lower line where a heading says them (上段 目標 下段 実績)."""

    year: int | None
    roles: tuple[str, ...] = ()


Means = str | FiscalColumn | YearColumn | None
"""What a column means: the name of a field, a fiscal column, a year, or nothing that a layout knows."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that a heading may mean, where its column stands at `place` and holds `cells` of a kind, as
    in Wording; `rule` is what decided."""

    means: Means
    rule: str
    place: str = ""
    cells: str = ""


def options(
    parts: Sequence[str], near: int | None, fields: Sequence[Wording], roles: Sequence[Wording]
) -> tuple[Option, ...]:
    """What a heading may mean, likeliest first; `parts` are the headings above each other, the outermost
    first. The lowest part that says something decides, those over it add the year or the role. `near` is a
    year for numbers without an era. No options: no layout knows it, or it is a sentence."""
    parts = _with_eras(parts)
    if any("。" in part for part in parts):
        return ()
    text = "/".join(map(narrowed, parts))
    if len(text) > LONGEST:
        return ()
    read = [dated(part, near) for part in parts]
    year = _year(read)
    stacked = stacked_roles(text, roles) if "段" in text else ()
    if stacked:
        return () if year == 0 else (Option(YearColumn(year, stacked), "上段/下段"),)
    if any(_says_two(part.rest, roles) for part in read):
        return _by_cells(read, year, fields)
    for i in range(len(read) - 1, -1, -1):
        found = _said(read[i], "/".join(r.rest for r in read[:i]), year, fields, roles)
        if found:
            return found
        if not _NEUTRAL.fullmatch(read[i].rest):
            return _by_cells(read, year, fields)
    if not year:
        return _by_cells(read, year, fields)
    expected = any(r.expected for r in read)
    return (Option(FiscalColumn(year, "planned") if expected else YearColumn(year), "a year alone"),)


def _with_eras(parts: Sequence[str]) -> Sequence[str]:
    """The parts of a heading, a number alone as the year it is below one that says what it counts (実績値
    （令和・年度） over 元, 2, 3) and names no year itself."""
    number = _NUMBER.fullmatch(narrowed(parts[-1])) if len(parts) > 1 else None
    if number is None:
        return parts
    above = "/".join(map(narrowed, parts[:-1]))
    counts = re.search(r"年度|(令和|平成)(?![元0-9])", above)
    if counts is None or any(dated(part).years for part in parts[:-1]):
        return parts
    era = re.search(r"令和|平成", above)
    return (*parts[:-1], f"{era[0] if era else ''}{number[0]}年度")


def _says_two(rest: str, roles: Sequence[Wording]) -> bool:
    """Whether a part of a heading names two roles side by side: 実績/目標, 目標値・実績値."""
    pieces = re.split(r"[/・、,]", rest.strip("()"))
    said = [{known.means for known in roles if not known.dated and known.pattern.search(p)} for p in pieces]
    return len(pieces) > 1 and all(said) and not set.intersection(*said)


def _year(read: Sequence[Dated]) -> int | None:
    """The year of a heading: that of the lowest part that names one; None where none does, 0 where it is a
    range, several, or a number without an era."""
    for part in reversed(read):
        if part.years:
            return (part.years[0] or 0) if len(part.years) == 1 else 0
    return None


def _said(
    part: Dated, above: str, year: int | None, fields: Sequence[Wording], roles: Sequence[Wording]
) -> tuple[Option, ...]:
    """What one part of a heading says by the wordings of fields, then of roles."""
    found: dict[tuple[Means, str, str], Option] = {}
    for known in fields if part.rest else ():
        if not known.pattern.search(part.rest) or (known.over and not known.over.search(above)):
            continue
        if year is None or not (known.undated or known.means in LEADING):
            option = Option(known.means, known.rule, known.place, known.cells)
            found.setdefault((option.means, option.place, option.cells), option)
    for known in roles if year != 0 else ():
        if not (known.dated and year is None) and known.pattern.search(part.rest):
            option = Option(FiscalColumn(year, known.means), known.rule)
            found.setdefault((option.means, "", ""), option)
    return tuple(found.values()) if any(o.cells != "roles" for o in found.values()) else ()


def _by_cells(read: Sequence[Dated], year: int | None, fields: Sequence[Wording]) -> tuple[Option, ...]:
    """What a heading that says nothing may be by its cells alone: one over labels of rows."""
    if year is not None:
        return ()
    rest = read[-1].rest if read else ""
    return tuple(
        Option(known.means, known.rule, known.place, known.cells)
        for known in fields
        if known.cells == "roles" and known.pattern.search(rest)
    )


def stacked_roles(text: str, roles: Sequence[Wording]) -> tuple[str, ...]:
    """The roles of the upper and the lower line of each cell where a text says both, else none: 上段:目標値
    下段:実績値."""
    text = narrowed(text)
    upper, lower = text.find("上段"), text.find("下段")
    if upper < 0 or lower < 0:
        return ()
    first, second = sorted((upper, lower))
    said = [_role(text[first + 2 : second], roles), _role(text[second + 2 :], roles)]
    if not all(said):
        return ()
    return tuple(said) if upper < lower else (said[1], said[0])


def _role(text: str, roles: Sequence[Wording]) -> str:
    """The role that a text begins with."""
    rest = dated(text).rest.lstrip("：:=/・、,()[]<>のはがをで~-")
    found = [(m.start(), known.means) for known in roles if (m := known.pattern.search(rest[:8]))]
    return min(found, default=(0, ""))[1]
