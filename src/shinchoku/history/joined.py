"""An area's reports in; the rows of `lineage` and of `series`, and how many there are of each kind, out."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

import pandas as pd

from shinchoku.dataset.schema import table
from shinchoku.diff.rows import Report
from shinchoku.history import Decided, Link, lineage
from shinchoku.history.order import Area
from shinchoku.history.series import restatements, series

Observations = Callable[[Collection[str]], pd.DataFrame]
"""The rows of `observations` of an area's reports, by the ids of their records."""
PART = 20_000
"""Rows of reports whose series are made at once."""
CONFIRM = "[to confirm]"
"""Ends the evidence of a pair that a person should look at."""


@dataclass(frozen=True, slots=True)
class Summary:
    """An area whose reports are joined: their ids, oldest first, and how many series and rows there are, rows
    by link, rows to be confirmed, and series with a value that was restated."""

    area: Area
    reports: tuple[str, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Joined:
    """The reports of one area as series: the rows of the two tables in the order of the files, those of
    `series` in parts that are made when asked for."""

    summary: Summary
    lineage: Sequence[Mapping[str, Any]]
    series: Iterator[Sequence[Mapping[str, Any]]]


def join(area: Area, reports: Sequence[Report], observations: Observations, decided: Decided) -> Joined:
    """Join the reports of the area `area`, which come oldest first; `observations` gives their rows of that
    table, `decided` what people say of any two of them."""
    links = lineage(reports, decided)
    names = _series_ids(area, links)
    ids = tuple(report.report_id for report in reports)
    lines = [_line(area, names[link.series], link) for link in links]
    rows = _series_rows(area, links, names, observations, ids)
    return Joined(Summary(area, ids, _counts(links)), lines, rows)


def _counts(links: Sequence[Link]) -> dict[str, int]:
    by_link = Counter(link.link for link in links)
    return {
        "series": by_link["first"],
        "rows": len(links),
        **{link: by_link[link] for link in ("matched", "renamed", "moved")},
        "to_confirm": sum(CONFIRM in link.evidence for link in links),
        "restated": len({number for number, _, _ in restatements(links)}),
    }


def _series_ids(area: Area, links: Sequence[Link]) -> dict[int, str]:
    """A readable name for each series that no other one has: where its first row stands; the report too, if
    another one begins with a row of the same id. A folder has a slash before it, which no code has."""
    place = area.code or (area.folder and f"/{area.folder}")
    names: dict[int, str] = {}
    taken: set[str] = set()
    for link in links:
        if link.series not in names:
            name = "/".join(filter(None, (place, link.row_kind, link.row.row_id)))
            while name in taken:
                name += f"@{link.report_id}"
            names[link.series] = name
            taken.add(name)
    return names


def _line(area: Area, series_id: str, link: Link) -> dict[str, Any]:
    return {
        "series_id": series_id,
        "area_code": area.code,
        "row_kind": link.row_kind,
        "report_id": link.report_id,
        "row_id": link.row.row_id,
        "link": link.link,
        "similarity": link.similarity,
        "evidence": link.evidence,
    }


def _series_rows(
    area: Area,
    links: Sequence[Link],
    names: Mapping[int, str],
    observations: Observations,
    order: Sequence[str],
) -> Iterator[list[dict[str, Any]]]:
    """The rows of `series`, part by part; name and plan of each are those of the series' newest row."""
    part: list[Link] = []
    by_series = attrgetter("series")
    for _, same in groupby(sorted(links, key=by_series), key=by_series):
        part += same
        if len(part) >= PART:
            yield _part(area, part, names, observations, order)
            part = []
    if part:
        yield _part(area, part, names, observations, order)


def _part(
    area: Area,
    links: Sequence[Link],
    names: Mapping[int, str],
    observations: Observations,
    order: Sequence[str],
) -> list[dict[str, Any]]:
    """The rows of `series` of these links, which are all of their series, oldest first."""
    newest = {link.series: link.row for link in links}
    wanted = table("series").column_names
    found = series(links, observations({link.row.row_id for link in links}), order)
    plain = found.astype(object).where(found.notna(), None)
    rows = []
    for row in plain.to_dict("records"):
        number = row["series"]
        year = row["fiscal_year"]
        held = newest[number]
        plan_no = held.place[0][0]
        row |= {
            "series_id": names[number],
            "area_code": area.code,
            "name": held.name,
            "plan_no": int(plan_no) if plan_no else None,
            "plan_title": held.columns.get("plan_title", ""),
            "fiscal_year": None if year is None else int(year),
        }
        rows.append({name: row[name] for name in wanted})
    return rows
