"""The table of reports in; the areas, and the reports of each, oldest first, out."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

EARLY = date.min


class Area(NamedTuple):
    """A municipality by its code or, where that is not known, the folder that reports lie in ("" for none):
    reports of two folders may be two municipalities'."""

    code: str
    folder: str = ""


def area_of(code: str, report_id: str) -> Area:
    """The area of a report, whose municipality has this code, "" where it is not known."""
    return Area(code) if code else Area("", report_id.rpartition("/")[0])


def by_area(reports: Iterable[Mapping[str, Any]]) -> dict[Area, list[str]]:
    """For each area the ids of its reports, by fiscal year, then by the day of publication, then by id. A
    report that names no fiscal year comes first, one without a day of publication before those with one."""
    areas: dict[Area, list[tuple[int, date, str]]] = {}
    for report in reports:
        when = (report["fiscal_year"] or 0, report["published"] or EARLY, report["report_id"])
        areas.setdefault(area_of(report["area_code"], report["report_id"]), []).append(when)
    return {area: [report_id for _, _, report_id in sorted(areas[area])] for area in sorted(areas)}
