"""The law of tables of records over whole reports: every printed body cell of theirs was read into a column,
says a heading that some row stands under, or is named. A cell merged over rows is one cell."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from make.places import SHARED, needs_shared
from make.rows.gold import reported, shipped
from make.styles import chance
from make.styles.reading import answers, read
from shinchoku.rows import Report, columns
from shinchoku.text import squeeze

pytestmark = pytest.mark.slow

HEADINGS = (
    *("pillar", "goal_title", "plan_title", "section"),
    *("initiative_title", "sub_title", "group"),
)
LABELS = ("目標値", "実績値", "達成率")
"""What labels of rows say: which role the row's values have."""


def unread(report: Report) -> Counter[str]:
    """The texts of the cells that the law does not hold for, each as often as it is printed so."""
    kinds = ("measure", "indicator")
    used = {(o.page, o.table, o.row, o.col) for o in report.origins if o.row_kind in kinds}
    tables = {place[:2] for place in used}
    named = {(p.page, p.table, p.row, p.col) for p in report.problems}
    told = {squeeze(part) for row in report.records for part in _headings(columns(row))}
    told |= {f"計画{row.plan_no}" for row in report.records}
    return Counter(
        cell.text
        for cell in report.cells
        if (cell.page, cell.table) in tables and cell.text and not cell.is_header
        if (cell.page, cell.table, cell.row, cell.col) not in used | named
        if not _is_told(squeeze(cell.text), told)
    )


def broken(report: Report) -> list[tuple[str, str]]:
    """What the report itself says the law does not hold for; a heading that no row stands under is told."""
    codes = ("cell_unused", "text_invented")
    return [(p.code, p.printed) for p in report.problems if p.code in codes and p.severity == "error"]


def _headings(row: dict[str, object]) -> list[str]:
    found = [str(row.get(column, "")) for column in HEADINGS]
    return [part for text in found for part in (text, *text.split(" > ")) if part]


def _is_told(text: str, told: set[str]) -> bool:
    """Whether a text is a heading that rows have, with its number and words before it (計画6, 関連する), or
    a label."""
    return text in LABELS or text in told or any(len(t) > 1 and text.endswith(t) for t in told)


@pytest.mark.parametrize("report_id", ["fy2019_progress", "fy2022_kpi_revision"])
def test_it_holds_over_the_shipped_reports(report_id: str) -> None:
    assert unread(shipped(report_id)) == Counter()
    assert broken(shipped(report_id)) == []


@pytest.mark.parametrize(("seed", "cuts"), [(5, False), (38, False), (37, True), (54, True)])
def test_it_holds_over_house_styles(seed: int, cuts: bool, tmp_path: Path) -> None:
    records = answers("fy2019_progress.measures", 7), answers("fy2019_progress.indicators", 9)
    report = read(chance.style(seed, cuts), tmp_path, *records)
    assert unread(report) == Counter()
    assert broken(report) == []


@needs_shared
@pytest.mark.parametrize("folder", ["variants", "next_year", "forms", "rows"])
def test_it_holds_over_the_reports_beside_the_project(folder: str) -> None:
    paths = sorted((SHARED / folder).glob("*.pdf"))
    assert paths
    reports = {p.stem: reported(p) for p in paths}
    assert {name: (unread(report), broken(report)) for name, report in reports.items()} == {
        name: (Counter(), []) for name in reports
    }


def test_a_lost_cell_is_found() -> None:
    report = shipped("fy2022_kpi_revision")
    lost = next(o for o in report.origins if o.row_kind == "indicator" and o.column == "fy2023_target")
    place = (lost.page, lost.table, lost.row, lost.col)
    kept = tuple(o for o in report.origins if (o.page, o.table, o.row, o.col) != place)
    (cell,) = [c for c in report.cells if (c.page, c.table, c.row, c.col) == place]
    assert unread(replace(report, origins=kept)) == Counter([cell.text])
