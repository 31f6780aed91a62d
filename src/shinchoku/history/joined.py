"""An area's reports in; the rows of `lineage` and of `series`, and how many there are of each kind, out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from shinchoku.dataset.schema import table
from shinchoku.diff.rows import Report
from shinchoku.history import Decided, Link, lineage
from shinchoku.history.series import series

CONFIRM = "[to confirm]"
"""Ends the evidence of a pair that a person should look at."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The reports of one area as series: its ids, oldest first, the rows of the two tables in the order of
    the files, and the counts of a summary."""

    area_code: str
    reports: tuple[str, ...]
    lineage: Sequence[Mapping[str, Any]]
    series: Sequence[Mapping[str, Any]]

    @property
    def counts(self) -> dict[str, int]:
        """Series, rows, rows by link, rows to be confirmed, series with a value that was restated."""
        links = Counter(row["link"] for row in self.lineage)
        return {
            "series": links["first"],
            "rows": len(self.lineage),
            **{link: links[link] for link in ("matched", "renamed", "moved")},
            "to_confirm": sum(CONFIRM in row["evidence"] for row in self.lineage),
            "restated": len({row["series_id"] for row in self.series if row["restated"]}),
        }


def join(area: str, reports: Sequence[Report], observations: pd.DataFrame, decided: Decided | None) -> Joined:
    """Join the reports of the area `area`, which come oldest first; `observations` are their rows of that
    table, `decided` what people say of any two of them."""
    links = lineage(reports, decided)
    names = _series_ids(area, links)
    ids = tuple(report.report_id for report in reports)
    lines = [_line(area, names[link.series], link) for link in links]
    return Joined(area, ids, lines, _series_rows(area, links, names, observations, ids))


def _series_ids(area: str, links: Sequence[Link]) -> dict[int, str]:
    """A readable name for each series that no other one has: where its first row stands; the report too, if
    another one begins with a row of the same id."""
    names: dict[int, str] = {}
    taken: set[str] = set()
    for link in links:
        if link.series not in names:
            name = "/".join(filter(None, (area, link.row_kind, link.row.row_id)))
            while name in taken:
                name += f"@{link.report_id}"
            names[link.series] = name
            taken.add(name)
    return names


def _line(area: str, series_id: str, link: Link) -> dict[str, Any]:
    return {
        "series_id": series_id,
        "area_code": area,
        "row_kind": link.row_kind,
        "report_id": link.report_id,
        "row_id": link.row.row_id,
        "link": link.link,
        "similarity": link.similarity,
        "evidence": link.evidence,
    }


def _series_rows(
    area: str,
    links: Sequence[Link],
    names: Mapping[int, str],
    observations: pd.DataFrame,
    order: Sequence[str],
) -> list[dict[str, Any]]:
    """The rows of `series`; name and plan of each are those of the series' newest row."""
    newest = {link.series: link.row for link in links}
    wanted = table("series").column_names
    found = series(links, observations, order)
    plain = found.astype(object).where(found.notna(), None)
    rows = []
    for row in plain.to_dict("records"):
        number = row["series"]
        year = row["fiscal_year"]
        held = newest[number]
        plan_no = held.place[0][0]
        row |= {
            "series_id": names[number],
            "area_code": area,
            "name": held.name,
            "plan_no": int(plan_no) if plan_no else None,
            "plan_title": held.columns.get("plan_title", ""),
            "fiscal_year": None if year is None else int(year),
        }
        rows.append({name: row[name] for name in wanted})
    return rows
