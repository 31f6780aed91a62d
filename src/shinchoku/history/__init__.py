"""The reports of an area, oldest first, in; every row of every report in exactly one series out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from shinchoku.diff.pairing.pairs import Decision
from shinchoku.diff.rows import KINDS, Report
from shinchoku.history.chain import Link, chain

__all__ = ["Decided", "Link", "lineage"]

Decided = Callable[[Report, Report], Mapping[str, Sequence[Decision]]]
"""What people have decided about the rows of two reports, the older one first, for each kind of row."""


def lineage(reports: Sequence[Report], decided: Decided = lambda old, new: {}) -> list[Link]:
    """One link for each row of `reports`, which come oldest first: kind by kind, then report by report in
    printed order. Rows with the same `series` number are one row over the years.

    A report that has no row of a kind does not part the reports before and after it.
    """
    links: list[Link] = []
    series = 0
    for kind in KINDS:
        having = [report for report in reports if report.sides[kind].rows]
        made = chain([report.sides[kind] for report in having], _of_kind(having, kind, decided))
        links += [replace(link, series=series + link.series) for link in made]
        series += max((link.series for link in made), default=-1) + 1
    return links


def _of_kind(
    reports: Sequence[Report], kind: str, decided: Decided
) -> Callable[[int, int], Sequence[Decision]]:
    return lambda old, new: decided(reports[old], reports[new]).get(kind, ())
