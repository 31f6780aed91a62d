"""The shipped reports against the right answers, and a report of the same records in other house styles."""

from pathlib import Path

import pytest

from make.places import SHARED, needs_shared
from make.rows.gold import answers, reported, score, shipped

pytestmark = pytest.mark.slow

SPLIT = ("measure", "fy2021_target")


@pytest.mark.parametrize(
    ("report", "table", "name", "rows"),
    [
        ("fy2019_progress", "measures", "measure_text", 402),
        ("fy2019_progress", "indicators", "indicator", 96),
        ("fy2022_kpi_revision", "indicators", "indicator", 119),
        ("fy2022_kpi_revision", "goals", "text", 65),
    ],
)
def test_rows_of_the_shipped_reports(report: str, table: str, name: str, rows: int) -> None:
    found = score(answers(f"{report}.{table}"), shipped(report).table(table), name, SPLIT)
    assert (found.rows, found.extra) == (rows, 0)
    assert found.found >= 0.97 * rows
    assert found.cells >= 0.97 * rows
    assert found.exact >= 0.94 * rows


@pytest.mark.parametrize("report", ["fy2019_progress", "fy2022_kpi_revision"])
def test_no_error_and_no_false_alarm_in_the_shipped_reports(report: str) -> None:
    assert [p for p in shipped(report).problems if p.severity != "info"] == []


def test_row_ids_are_unique() -> None:
    for report in ("fy2019_progress", "fy2022_kpi_revision"):
        for table in ("measures", "indicators", "goals"):
            ids = [row["row_id"] for row in shipped(report).table(table)]
            assert len(ids) == len(set(ids))


def test_every_record_has_its_place_on_a_page() -> None:
    cells = {(c["page"], c["table"]) for c in shipped("fy2019_progress").table("cells")}
    rows = shipped("fy2019_progress").table("measures")
    assert len(rows) == 402
    assert {(r["page"], r["table"]) for r in rows} <= cells
    assert all(r["page"] <= r["page_last"] for r in rows)


VARIANTS = sorted((SHARED / "variants").glob("*.pdf"))


@needs_shared
@pytest.mark.parametrize("pdf", VARIANTS, ids=lambda p: p.stem)
def test_row_ids_are_the_same_in_other_typesettings(pdf: Path) -> None:
    made = reported(pdf)
    ours = shipped(pdf.stem.split(".")[0])
    for table in ("measures", "indicators", "goals"):
        assert [r["row_id"] for r in made.table(table)] == [r["row_id"] for r in ours.table(table)]
