"""The name of a record in, the unit that stands in brackets in it out."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TypeVar

from shinchoku.rows import IndicatorRow, MeasureRow
from shinchoku.text import halve_digits, squeeze
from shinchoku.values.words import one_of, vocabulary

_BRACKETED = re.compile(r"[(（\[［〔【]\s*(?:単位\s*[:：]?)?([^()（）\[\]［］〔〕【】]{1,8})[)）\]］〕】]")
_R = TypeVar("_R", MeasureRow, IndicatorRow)


def unit_in(name: str) -> str:
    """The unit in the last brackets that hold one: 新規就農者数（人）, 受診率［％］; "" where none do."""
    found = [m[1].strip() for m in _BRACKETED.finditer(name) if _is_unit(m[1])]
    return found[-1] if found else ""


def with_units(rows: Sequence[_R]) -> tuple[_R, ...]:
    """The rows, those that no column gave a unit with the one in brackets in their name."""
    return tuple(row if row.unit else replace(row, unit=unit_in(row.name)) for row in rows)


def _is_unit(text: str) -> bool:
    parts = re.split("[/・]", squeeze(halve_digits(text)).replace("％", "%"))
    return all(_pattern().fullmatch(part) for part in parts)


@cache
def _pattern() -> re.Pattern[str]:
    units = vocabulary("units")
    words = one_of([*units["common"], *units["closed"], *units["kana"], "人分", "位", "個"])
    return re.compile(rf"{one_of(units['signs'])}|[百千万億兆]*{words}|[百千万億]+")
