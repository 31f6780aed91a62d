"""Columns and cells of a table in, what they are for the reading of its rows out: which hold headings, roles
or numbers."""

import re
from collections.abc import Sequence
from dataclasses import replace

from shinchoku.layouts import LEADING, Layouts, YearColumn
from shinchoku.layouts.announcements import announcement
from shinchoku.layouts.years import named_years
from shinchoku.records.context import NEAR, OUTER
from shinchoku.stitch import Column, Part
from shinchoku.text import halve_digits, squeeze

_NUMBER = re.compile(r"\(?(?:[0-9]{1,3}|[①-⑳]|[0-9]{1,2}(?:-[0-9]{1,2})+)[).]?")
_LABELLED = re.compile(r"\s*[【\[(（［]?([^:：】\])）］\n]{1,12})[:：】\])）］]")


def stacked_columns(columns: tuple[Column, ...], roles: tuple[str, ...]) -> tuple[Column, ...]:
    """The columns, those of a year alone with the roles that a remark says their upper and lower lines
    have."""
    return tuple(
        replace(c, means=YearColumn(c.means.year, roles)) if isinstance(c.means, YearColumn) else c
        for c in columns
    )


def leads(column: Column, name: Column) -> bool:
    """Whether a column holds what the rows stand under: left of the naming one, or a goal, pillar or plan
    anywhere."""
    if column.means not in LEADING:
        return False
    return column.x1 < name.x0 + NEAR or column.means in OUTER


def newest(column: Column) -> int:
    """The year that the heading of a column of marks or remarks names, 0 for none."""
    return max(named_years(column.path.split("/")), default=0)


def is_number(text: str) -> bool:
    """Whether a text numbers what stands beside it, and says nothing else: 3, ①, 1-2."""
    return _NUMBER.fullmatch(squeeze(halve_digits(text))) is not None


def numbered(parts: Sequence[Part], layouts: Layouts) -> Sequence[Part]:
    """The cells of a column of headings, a number and the heading beside it as one."""
    if len(parts) != 2 or not is_number(parts[0].text) or parts[0].first != parts[1].first:
        return parts
    number, title = parts
    text = f"{number.text} {title.text}"
    cells = (*number.cells, *title.cells)
    return [replace(title, text=text, said=announcement(text, layouts), cells=cells)]


def remark_label(text: str, layouts: Layouts) -> str:
    """What a row of one cell says that it is about where it is a remark (要因：休館のため), else ""."""
    found = _LABELLED.match(text)
    return found[1] if found and layouts.field(found[1]) in ("note", "outlook", "definition") else ""
