"""Logical tables in, how each of their column headings was understood out, and the lines that would teach a
layout the others."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shinchoku.fiscal import FiscalColumn
from shinchoku.layouts import YearColumn
from shinchoku.layouts.wordings import FIELDS
from shinchoku.layouts.years import dated
from shinchoku.stitch.parts import LogicalTable


@dataclass(frozen=True, slots=True)
class Understood:
    """A column's heading: where its table begins, what it says and what that was taken for: a `field`, or a
    `role` of a `year`, each "" or None where it says none. `rule` is the entry that decided, "" where no
    layout knows the heading."""

    page: int
    table: int
    kind: str
    heading: str
    field: str = ""
    year: int | None = None
    role: str = ""
    rule: str = ""

    @property
    def known(self) -> bool:
        return bool(self.field or self.role or self.year)


def understood(tables: Iterable[LogicalTable]) -> Iterator[Understood]:
    """Each heading of each table that has headings, in printed order."""
    for table in tables:
        first = table.pages[0]
        for column in table.columns:
            field, year, role = "", None, ""
            if isinstance(column.means, FiscalColumn):
                year, role = column.means.year, column.means.role
            elif isinstance(column.means, YearColumn):
                year, role = column.means.year, "/".join(column.means.roles)
            else:
                field = column.means or ""
            yield Understood(
                first.page, first.number, table.kind, column.path, field, year, role, column.rule
            )


def lines_to_add(headings: Iterable[Understood]) -> list[str]:
    """The entries of a layout file for headings that no layout knows, their names left to fill in."""
    unknown = dict.fromkeys(h.heading for h in headings if not h.known and h.heading)
    if not unknown:
        return []
    lines = [f"# name is one of {', '.join(FIELDS)}"]
    for heading in unknown:
        lowest = dated(heading.split("/")[-1]).rest
        lines += [
            "",
            "[[field]]",
            'name = ""',
            f"pattern = '^{re.escape(lowest)}$'  # {' '.join(heading.split())}",
        ]
    return lines
