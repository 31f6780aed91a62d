"""Every value can be found on the page: what a column says stands in the cells that `origins` names."""

import pytest

from make.rows.gold import shipped
from shinchoku.rows import Report, columns
from shinchoku.text import squeeze
from shinchoku.values.observe import observe

pytestmark = pytest.mark.slow

REPORTS = ("fy2019_progress", "fy2022_kpi_revision")


@pytest.mark.parametrize("report_id", REPORTS)
def test_a_column_says_what_its_cells_say(report_id: str) -> None:
    report = shipped(report_id)
    texts = {(c.page, c.table, c.row, c.col): squeeze(c.text) for c in report.cells}
    read: dict[tuple[str, str, str], str] = {}
    for o in report.origins:
        about = (o.row_kind, o.row_id, o.column)
        read[about] = read.get(about, "") + texts[o.page, o.table, o.row, o.col]
    looked = 0
    for row in report.records:
        target = report.fiscal["measures"][0] if row.kind == "measure" else None
        for column, text in row.fiscal.items():
            found = read.get((row.kind, row.row_id, column.name), "")
            assert squeeze(text) in found if column == target else squeeze(text) == found
            looked += bool(text)
        assert (
            squeeze(row.name) in read[row.kind, row.row_id, row.kind]
            or "再掲" in read[row.kind, row.row_id, row.kind]
        )
    assert _headings(report, read) > 100
    for goal in report.goals:
        assert squeeze(goal.text) in read["goal", goal.row_id, "text"]
    assert looked > 200


HEADINGS = ("pillar", "plan_title", "initiative_title", "sub_title", "goal_title", "group")


def _headings(report: Report, read: dict[tuple[str, str, str], str]) -> int:
    """How many headings were looked at that stand in cells, each of them said there."""
    looked = 0
    for row in report.records:
        told = columns(row)
        for column in HEADINGS:
            there = read.get((row.kind, row.row_id, column))
            for part in told.get(column, "").split(" > ") if there is not None else ():
                assert squeeze(part) in str(there)
                looked += 1
    return looked


@pytest.mark.parametrize("report_id", REPORTS)
def test_an_observation_names_its_cell(report_id: str) -> None:
    report = shipped(report_id)
    texts = {(c.page, c.table, c.row, c.col): squeeze(c.text) for c in report.cells}
    observed = observe(report_id, report.records, report.origins)
    stated = [o for o in observed if o.value is not None]
    assert len(stated) > 100
    for o in stated:
        assert o.column == f"fy{o.fiscal_year}_{o.role}"
        assert None not in (o.page, o.table, o.row, o.col)
        place = (o.page or 0, o.table or 0, o.row or 0, o.col or 0)
        assert squeeze(o.text.split("\n")[0]) in texts[place]


def test_a_problem_about_a_value_names_record_column_and_cell() -> None:
    report = shipped("fy2019_progress")
    found = [p for p in report.problems if p.code == "beyond_target"]
    ids = {(row.kind, row.row_id) for row in report.records}
    assert found
    for problem in found:
        assert (problem.row_kind, problem.row_id) in ids
        assert problem.column == "fy2019_actual"
        assert None not in (problem.page, problem.table, problem.row, problem.col, problem.box)
