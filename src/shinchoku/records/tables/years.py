"""The text of a cell in, the one fiscal year it states beside its value out."""

import re

from shinchoku.layouts.years import dated, narrowed

_BRACKETED = re.compile(r"[(\[<]([^()\[\]<>]*)[)\]>]")
_LEADING = re.compile(r"^([^:0-9]*[0-9元]{1,4}年?度?末?(?:時点|現在)?)[:](.*)$")
_AROUND = re.compile(r"(年度?|末|時点|現在|実績|値|の|調査|見込み?|[0-9]{1,2}月|[0-9]{1,2}日)*")
_MONTH = re.compile(r"([RHS][0-9]{1,2}|[0-9]{4})[./]([0-9]{1,2})(末?)")


def stated_year(text: str) -> int | None:
    """The year that a cell is made of (R3, 令和3年度, 2021), or that its month falls in (R6.3); None where it
    holds none or more."""
    month = _MONTH.fullmatch(narrowed(text))
    found = dated(f"{month[1]}年{month[2]}月{month[3]}" if month else text)
    return found.years[0] if len(found.years) == 1 and _AROUND.fullmatch(found.rest) else None


def own_year(text: str) -> int | None:
    """The year that a cell states beside its value: 1,180人（R3）, R3：1,180人, or on a line of its own; None
    where it states none, or several."""
    flat = narrowed(text)
    lines = [narrowed(line) for line in text.split("\n")] if "\n" in text else []
    asides = [m[1] for m in _BRACKETED.finditer(flat)] + lines
    leading = _LEADING.match(flat)
    if leading:
        asides.append(leading[1])
    years = {year for aside in asides if (year := stated_year(aside)) is not None}
    return years.pop() if len(years) == 1 else None
