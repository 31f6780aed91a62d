"""The same records in other house styles come out the same."""

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shinchoku.extraction import Extraction, extract
from shinchoku.fiscal import FiscalColumn
from shinchoku.page import open_pdf
from shinchoku.problems import Severity
from shinchoku.raw import raw_page
from shinchoku.text import squeeze
from styles.pages import Table, typeset
from styles.report import expected_indicators, expected_measures, items, report
from styles.sheets import Cell, Sheet
from styles.style import KPI, PROGRESS, REVISION, Col, Style

GOLD = Path(__file__).parent.parent / "gold"
LANDSCAPE = (842.0, 595.0)


def answers(name: str, last_plan: int) -> list[dict[str, Any]]:
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row.get("plan_no", 1) <= last_plan]


MEASURES = answers("fy2019_progress.measures", 7)
INDICATORS = answers("fy2019_progress.indicators", 4)
REVISED = answers("fy2022_kpi_revision.indicators", 9)
GOALS = answers("fy2022_kpi_revision.goals", 1)[:20]

WORDED = tuple(
    replace(column, head=head)
    for column, head in zip(
        PROGRESS,
        (
            "事業名",
            "令和３年度末の目標",
            "H30年度末の現況",
            "平成31(令和元)年度/当初\n計画",
            "平成31(令和元)年度/実績",
            "進捗",
            "備　考",
        ),
        strict=True,
    )
)
MORE = (
    *PROGRESS[:3],
    Col("fy2020_planned", "令和2年度(2020年度)/当初計画", 12, source="fy2019_planned"),
    Col("fy2020_actual", "令和2年度(2020年度)/実績", 12, source="fy2019_actual"),
    Col("fy2022_target", "令和4年度目標", 10, source="fy2018_baseline"),
    *PROGRESS[3:],
)
FEWER = (*PROGRESS[:3], Col("fy2019_actual", "令和元年度実績", 14), PROGRESS[5])

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
        cut="open", new_page="", measures=WORDED, leading=11
    ),
    "rows cut by page breaks, no outer sides, headings once": Style(
        cut="open", new_page="", valign="top", sides=False, head_again=False, leading=10.4
    ),
    "merged cells repeated on the next page": Style(lead_again="repeat", new_page="", merge=("mark", "note")),
    "merged text in the middle of two pages": Style(lead_again="centre", new_page="", merge=("mark", "note")),
    "plans in rows of the table": Style(plan_at="inside", pillar_at="bar", new_page=""),
    "plans in boxes, full width numbers": Style(
        plan_at="box", plan="戦略計画{NO}　{title}", initiative="{NO}　{title}", sub="（{NO}）{title}"
    ),
    "titles on bars": Style(plan_at="bar", new_page="pillar"),
    "plans of a pillar in one table": Style(abut=True, pillar_at="above", new_page=""),
    "headings that go on": Style(again="戦略計画{no} {title}（続き）"),
    "other words": Style(measures=WORDED),
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
    "other repost marks": Style(repost="（{of}再掲）", repost_mark="【再掲】"),
}


def read(style: Style, folder: Path, *records: list[dict[str, Any]]) -> Extraction:
    path = folder / "made.pdf"
    path.write_bytes(report(style, *records))
    pdf = open_pdf(path)
    try:
        return extract("made", [raw_page(pdf.read(n)) for n in range(1, pdf.page_count + 1)])
    finally:
        pdf.close()


def wrong(gold: list[dict[str, Any]], made: list[dict[str, Any]], besides: tuple[str, ...] = ()) -> int:
    """How many rows differ in a column, those of `besides` aside."""
    return sum(any(g[c] != m[c] for c in g if c not in besides) for g, m in zip(gold, made, strict=True))


@pytest.mark.parametrize("style", STYLES.values(), ids=list(STYLES))
def test_measures_and_indicators(style: Style, tmp_path: Path) -> None:
    found = read(style, tmp_path, MEASURES, INDICATORS)
    measures, indicators = found.tables["measures"], found.tables["indicators"]
    gold = expected_measures(style, MEASURES)
    assert [squeeze(m["measure_text"]) for m in measures] == [squeeze(g["measure_text"]) for g in gold]
    splits = ("measure", *(c for c in gold[0] if (f := FiscalColumn.parse(c)) and f.role == "target"))
    assert wrong(gold, measures, splits) <= 0.03 * len(gold)
    assert wrong(gold, measures) <= 0.06 * len(gold)
    assert wrong(expected_indicators(style, INDICATORS), indicators) <= 0.05 * len(indicators)
    assert [p for p in found.problems if p.severity is Severity.ERROR] == []


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
    found = read(style, tmp_path, rows).tables["measures"]
    assert [squeeze(m["measure_text"]) for m in found] == [squeeze(r["measure_text"]) for r in rows]


SHEETS = {
    "plans merged down": Style(new_page=""),
    "no outer sides": Style(new_page="", sides=False),
    "columns that end where those of goal sheets do": Style(
        indicators=tuple(replace(c, width=w) for c, w in zip(REVISION, (20, 36, 22, 22), strict=True)),
        head_again=False,
    ),
}


@pytest.mark.parametrize("plan_at", ["box", "inside"])
def test_a_section_that_an_earlier_plan_had_too_begins_anew(plan_at: str, tmp_path: Path) -> None:
    style = Style(section_at="above", plan_at=plan_at, page=LANDSCAPE, leading=12.5)
    rows = [r for r in answers("fy2019_progress.measures", 12) if r["plan_no"] in (3, 11, 12)]
    found = read(style, tmp_path, rows).tables["measures"]
    assert [m["section"] for m in found] == [r["section"] for r in rows]


@pytest.mark.parametrize("style", SHEETS.values(), ids=list(SHEETS))
def test_plans_merged_down_and_goal_sheets(style: Style, tmp_path: Path) -> None:
    style = style.but(kpi_plan="計画{no}\n{title}", page=LANDSCAPE, size=9, leading=12)
    style = style if style.indicators != KPI else style.but(indicators=REVISION)
    found = read(style, tmp_path, [], REVISED, GOALS)
    assert wrong(expected_indicators(style, REVISED), found.tables["indicators"]) <= 2
    assert wrong(GOALS, found.tables["goals"]) <= 1


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
    with closing(open_pdf(path)) as pdf:
        found = extract("made", [raw_page(pdf.read(n)) for n in range(1, pdf.page_count + 1)])
    assert len(found.tables["indicators"]) == len(INDICATORS)
    assert [p.severity for p in found.problems if p.code == "no_headings"] == [Severity.WARNING]


def test_a_heading_that_no_layout_knows_is_an_error_and_keeps_its_text(tmp_path: Path) -> None:
    odd = (*KPI, Col("odd", "担当部署の連絡先", 12, source="fy2019_actual"))
    found = read(Style(indicators=odd), tmp_path, [], INDICATORS)
    errors = {(p.code, p.printed) for p in found.problems if p.severity is Severity.ERROR}
    assert errors == {("unknown_heading", "担当部署の連絡先")}
    kept = [row["unmapped"]["担当部署の連絡先"] for row in found.tables["indicators"]]
    assert [squeeze(k) for k in kept] == [squeeze(r["fy2019_actual"]) for r in INDICATORS]
