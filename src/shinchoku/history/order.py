"""The table of reports in; the areas, and the reports of each, oldest first, out."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

EARLY = date.min


def by_area(reports: Iterable[Mapping[str, Any]], area: str = "") -> dict[str, list[str]]:
    """For each area code the ids of its reports, by fiscal year, then by the day of publication, then by id;
    all areas where `area` is "". A report that names no fiscal year comes first, one without a day of
    publication before those with one. Reports whose area is not known ("") are one area."""
    areas: dict[str, list[tuple[int, date, str]]] = {}
    for report in reports:
        code = report["area_code"]
        if area in ("", code):
            when = (report["fiscal_year"] or 0, report["published"] or EARLY, report["report_id"])
            areas.setdefault(code, []).append(when)
    return {code: [report_id for _, _, report_id in sorted(areas[code])] for code in sorted(areas)}
