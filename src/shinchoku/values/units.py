"""The name of a record in, the unit that stands in brackets in it out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TypeVar

from shinchoku.fiscal import MONEY
from shinchoku.records import Record
from shinchoku.rows import IndicatorRow, MeasureRow
from shinchoku.text import halve_digits, squeeze
from shinchoku.values.words import OWN, one_of, vocabulary

_BRACKETED = re.compile(r"[(（\[［〔【]\s*(?:単位\s*[:：]?)?([^()（）\[\]［］〔〕【】]{1,8})[)）\]］〕】]")
_CAPTION = re.compile(r"単位\s*[:：]\s*([^)）\]］〕】\s、。，,]{1,8})\s*(?:[)）\]］〕】]|$)")
_TIMES = ("年", "年間", "月間", "日", "日間", "回目")
"""What brackets in a heading of a year say of time, no unit of what is counted."""
_R = TypeVar("_R", MeasureRow, IndicatorRow)


def unit_in(name: str) -> str:
    """The unit in the last brackets that hold one: 新規就農者数（人）, 受診率［％］; "" where none do. What
    rather says which of several is meant (在籍者数（小学校）, 耐震化率（住宅）) is none."""
    found = ((m[1].strip(), name[: m.start()]) for m in _BRACKETED.finditer(name) if _is_unit(m[1]))
    units = [unit for unit, before in found if _counts(unit, before)]
    return units[-1] if units else ""


def _counts(unit: str, name: str) -> bool:
    """Whether a word in brackets counts what the name before it says: no kind of places, bodies or plans,
    unless the name is of these."""
    return unit in name or unit not in vocabulary("units", OWN.get())["kinds"]


def with_units(rows: Sequence[_R], records: Sequence[Record]) -> tuple[_R, ...]:
    """The rows of these records: with the unit in brackets in their name where no column gave one, and the
    units that headings state, or a remark over the table where nothing nearer states one."""
    stated = {path: unit_in(path) for path in {path for record in records for path in record.paths.values()}}
    return tuple(
        replace(row, unit=unit, units=_of_columns(unit, record, stated))
        for row, record in zip(rows, records, strict=True)
        for unit in [row.unit or unit_in(row.name)]
    )


def _of_columns(unit: str, record: Record, stated: Mapping[str, str]) -> dict[str, str]:
    """The units of the columns of a record that counts in `unit`; `stated` are those that paths state."""
    found = _CAPTION.search(record.caption)
    over = found[1] if found and _is_unit(found[1]) else ""
    units = {}
    for column, path in record.paths.items():
        nearer = "" if stated[path] in _TIMES else stated[path]
        units[column.name] = nearer or ("" if unit and column.role not in MONEY else over)
    return {name: own for name, own in units.items() if own}


def _is_unit(text: str) -> bool:
    parts = re.split("/[0-9]*|・", squeeze(halve_digits(text)).replace("％", "%"))
    return all(_pattern(OWN.get()).fullmatch(part) for part in parts)


@cache
def _pattern(own: str) -> re.Pattern[str]:
    units = vocabulary("units", own)
    words = one_of([*units["common"], *units["closed"], *units["kana"], "人分", "位", "個"])
    return re.compile(rf"{one_of(units['signs'])}|[百千万億兆]*{words}|[百千万億]+")
