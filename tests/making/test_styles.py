"""The same records in other house styles come out the same."""

from dataclasses import replace
from pathlib import Path

import pytest

from make.styles import chance
from make.styles.chance import FEWER, LANDSCAPE, MORE, WORDED, worded
from make.styles.pages import Table, typeset
from make.styles.reading import answers, read, read_file, tally, wrong
from make.styles.report import expected_indicators, items
from make.styles.sheets import Cell, Sheet
from make.styles.style import KPI, PROGRESS, REVISION, Col, Style
from shinchoku.problems import Severity
from shinchoku.text import squeeze

pytestmark = pytest.mark.slow

MEASURES = answers("fy2019_progress.measures", 7)
INDICATORS = answers("fy2019_progress.indicators", 4)
REVISED = answers("fy2022_kpi_revision.indicators", 9)
GOALS = answers("fy2022_kpi_revision.goals", 1)[:20]

STYLES = {
    "landscape, text at the top": Style(page=LANDSCAPE, size=9, leading=12, valign="top", new_page=""),
    "no kinsoku": Style(kinsoku="none", font="HeiseiMin-W3"),
    "shaded stripes, no outer sides": Style(rules="rect", sides=False, zebra=True),
    "dotted rules": Style(rules="dotted", shade_heads=False),
    "doubled rules": Style(rules="double"),
    "headings on the first page alone": Style(head_again=False, new_page=""),
    "rows cut by page breaks, ruled off": Style(cut="closed", new_page="", valign="top"),
    "rows cut by page breaks, open": Style(cut="open", new_page="", valign="top", head_again=False),
    "rows cut by page breaks, open, headings again": Style(
        cut="open", new_page="", measures=worded(PROGRESS, WORDED), leading=11
    ),
    "rows cut by page breaks, no outer sides, headings once": Style(
        cut="open", new_page="", valign="top", sides=False, head_again=False, leading=10.4
    ),
    "rows cut by page breaks, ruled off, merged cells repeated": Style(
        cut="closed", new_page="", valign="top", lead_again="repeat", leading=11
    ),
    "merged cells repeated on the next page": Style(lead_again="repeat", new_page="", merge=("mark", "note")),
    "merged text in the middle of two pages": Style(lead_again="centre", new_page="", merge=("mark", "note")),
    "plans in rows of the table": Style(plan_at="inside", pillar_at="bar", new_page=""),
    "plans in boxes, full width numbers": Style(
        plan_at="box", plan="戦略計画{NO}　{title}", initiative="{NO}　{title}", sub="（{NO}）{title}"
    ),
    "titles on bars": Style(plan_at="bar", new_page="pillar"),
    "titles on bars close to each other": Style(size=7, leading=8, plan_at="bar"),
    "plans of a pillar in one table": Style(abut=True, pillar_at="above", new_page=""),
    "headings that go on": Style(again="戦略計画{no} {title}（続き）"),
    "other words": Style(measures=worded(PROGRESS, WORDED)),
    "more years": Style(measures=MORE, page=LANDSCAPE, size=7, leading=8.4),
    "fewer columns": Style(measures=FEWER),
    "headings that go on, plans in cells": Style(
        again="戦略計画{no} {title}（続き）", plan_at="cells", new_page="pillar"
    ),
    "many columns, tables close together, headings once": Style(
        measures=MORE,
        page=LANDSCAPE,
        size=6,
        leading=7.2,
        rules="dashed",
        sides=False,
        plan_at="cells",
        new_page="",
        head_again=False,
        group_at="behind",
    ),
    "offices in front": Style(
        measures=(Col("owner", "担当課", 7, source="pillar"), *PROGRESS), page=LANDSCAPE, size=7, leading=8.4
    ),
    "other repost marks": Style(repost="（{of}再掲）", repost_mark="【再掲】"),
}


@pytest.mark.parametrize("style", STYLES.values(), ids=list(STYLES))
def test_measures_and_indicators(style: Style, tmp_path: Path) -> None:
    result = tally(style, tmp_path, MEASURES, INDICATORS)
    assert result.holds, result


@pytest.mark.parametrize("cuts", [False, True])
def test_a_style_drawn_by_chance_is_the_same_each_time(cuts: bool, tmp_path: Path) -> None:
    drawn = chance.style(3, cuts)
    assert drawn == chance.style(3, cuts) != chance.style(4, cuts)
    assert tally(drawn, tmp_path, MEASURES[:40], INDICATORS[:10]).found


@pytest.mark.parametrize("seed", [108, 117])
def test_columns_of_few_rows_mean_what_they_do_elsewhere(seed: int, tmp_path: Path) -> None:
    """A page break leaves one row whose name begins with a number, or two remarks, under the headings."""
    measures = answers("fy2019_progress.measures", 21)
    assert tally(chance.style(seed, cuts=True), tmp_path, measures, INDICATORS).found


def test_a_row_without_any_value_at_the_top_of_a_page_is_a_row(tmp_path: Path) -> None:
    style = Style(
        measures=MORE,
        page=LANDSCAPE,
        size=6.5,
        leading=9.4,
        new_page="",
        merge=("mark", "note"),
        head_again=False,
    )
    rows = [r for r in answers("fy2019_progress.measures", 14) if r["plan_no"] >= 13]
    found = read(style, tmp_path, rows).table("measures")
    assert [squeeze(m["measure_text"]) for m in found] == [squeeze(r["measure_text"]) for r in rows]


@pytest.mark.parametrize("plan_at", ["box", "inside"])
def test_a_section_that_an_earlier_plan_had_too_begins_anew(plan_at: str, tmp_path: Path) -> None:
    style = Style(section_at="above", plan_at=plan_at, page=LANDSCAPE, leading=12.5)
    rows = [r for r in answers("fy2019_progress.measures", 12) if r["plan_no"] in (3, 11, 12)]
    found = read(style, tmp_path, rows).table("measures")
    assert [m["section"] for m in found] == [r["section"] for r in rows]


SHEETS = {
    "plans merged down": Style(new_page=""),
    "no outer sides": Style(new_page="", sides=False),
    "columns that end where those of goal sheets do": Style(
        indicators=tuple(replace(c, width=w) for c, w in zip(REVISION, (20, 36, 22, 22), strict=True)),
        head_again=False,
    ),
}


@pytest.mark.parametrize("style", SHEETS.values(), ids=list(SHEETS))
def test_plans_merged_down_and_goal_sheets(style: Style, tmp_path: Path) -> None:
    style = style.but(kpi_plan="計画{no}\n{title}", page=LANDSCAPE, size=9, leading=12)
    style = style if style.indicators != KPI else style.but(indicators=REVISION)
    found = read(style, tmp_path, [], REVISED, GOALS)
    assert wrong(expected_indicators(style, REVISED), found.table("indicators")) <= 2
    assert wrong(GOALS, found.table("goals")) <= 1


def test_a_table_that_may_be_the_rest_of_another_is_a_warning(tmp_path: Path) -> None:
    style = Style(new_page="")
    width = style.page[0] - 2 * style.margin
    rest = Sheet(
        tuple(width * share for share in (0.0, 0.1, 0.3, 0.6, 0.8, 1.0)),
        0,
        tuple(Cell(row, col, row + 1, col + 1, f"{row}-{col}") for row in range(2) for col in range(5)),
    )
    path = tmp_path / "made.pdf"
    path.write_bytes(typeset([*items(style, [], INDICATORS, []), Table(rest)], style))
    found = read_file(path)
    assert len(found.table("indicators")) == len(INDICATORS)
    assert [p.severity for p in found.problems if p.code == "no_headings"] == [Severity.WARNING]


def test_a_heading_that_no_layout_knows_is_a_warning_and_keeps_its_text(tmp_path: Path) -> None:
    odd = (*KPI, Col("odd", "担当部署の連絡先", 12, source="fy2019_actual"))
    found = read(Style(indicators=odd), tmp_path, [], INDICATORS)
    told = {(p.severity, p.printed) for p in found.problems if p.code == "unknown_heading"}
    assert told == {(Severity.WARNING, "担当部署の連絡先")}
    kept = [row["unmapped"].get("担当部署の連絡先", "") for row in found.table("indicators")]
    assert [squeeze(k) for k in kept] == [squeeze(r["fy2019_actual"]) for r in INDICATORS]
