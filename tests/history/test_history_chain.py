"""Every row of every report stands in one series, as the diff and people's decisions have it."""

from collections.abc import Mapping, Sequence

import pytest

from make.rows.diff import gold, measure, numbered, paired, report, truth
from make.rows.years import right_share, years
from shinchoku.diff.pairing.pairs import Decision
from shinchoku.diff.rows import KINDS, Report
from shinchoku.history import Decided, Link, lineage


def year(number: int, *names: str) -> Report:
    """A report of measures of these names, told apart by nothing else."""
    rows = [measure(name) | {f"fy{number}_actual": ""} for name in names]
    return report(f"fy{number}", measure=numbered(rows, "measure"))


def series_of(links: Sequence[Link]) -> dict[tuple[str, str], int]:
    return {(link.report_id, link.row.name): link.series for link in links}


@pytest.mark.parametrize("kind", KINDS)
def test_made_years_are_joined_as_they_were_made(kind: str) -> None:
    made = [years(kind, seed) for seed in range(3)]
    shares = [right_share(each, lineage(each.reports)) for each in made]
    assert sum(shares) / len(shares) >= 0.97


def test_the_pairs_of_truth_are_series_of_three_reports() -> None:
    reports = [
        report("fy2019", measure=gold("fy2019.measures.jsonl"), indicator=gold("fy2019.indicators.jsonl")),
        report("fy2020", measure=gold("fy2020.measures.jsonl"), indicator=gold("fy2020.indicators.jsonl")),
        report("fy2022", indicator=gold("fy2022.indicators.jsonl")),
    ]
    series: dict[int, dict[str, int]] = {}
    for link in lineage(reports):
        series.setdefault(link.series, {})[link.report_id] = link.row.order
    for kind in KINDS:
        numbers = {link.series for link in lineage(reports) if link.row_kind == kind}
        joined = [one for number, one in series.items() if number in numbers]
        got = {(one["fy2019"], one["fy2020"]) for one in joined if {"fy2019", "fy2020"} <= one.keys()}
        known = {pair for pair in truth(f"truth.{kind}s.jsonl") if None not in pair}
        assert 2 * len(got & known) / (len(got) + len(known)) >= 0.99


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_stands_in_exactly_one_series_and_once_a_report(kind: str) -> None:
    made = years(kind, 7)
    links = lineage(made.reports)
    rows = [(r.report_id, row.row_id) for r in made.reports for row in r.sides[kind].rows]
    assert [(link.report_id, link.row.row_id) for link in links] == rows
    assert len({(link.series, link.report_id) for link in links}) == len(links)
    firsts = [link.series for link in links if link.link == "first"]
    assert sorted(firsts) == sorted({link.series for link in links})


@pytest.mark.parametrize("kind", KINDS)
def test_the_history_of_two_reports_is_their_diff(kind: str) -> None:
    old, new = years(kind, 3).reports[:2]
    series = {(link.report_id, link.row.row_id): link for link in lineage([old, new])}
    for pair in paired(old.sides[kind], new.sides[kind]):
        if pair.old and pair.new:
            link = series[new.report_id, pair.new.row_id]
            assert link.series == series[old.report_id, pair.old.row_id].series
            assert (link.link, link.similarity) == (pair.status, pair.similarity)
        elif pair.new:
            assert series[new.report_id, pair.new.row_id].link == "first"


def test_a_row_may_sit_out_a_year() -> None:
    links = lineage(
        [
            year(2019, "街路樹の更新", "子育てのひろば"),
            year(2020, "子育てのひろば"),
            year(2021, "街路樹の更新"),
        ]
    )
    found = series_of(links)
    assert found["fy2019", "街路樹の更新"] == found["fy2021", "街路樹の更新"]
    assert "sits out a report" in links[-1].evidence


def test_across_a_gap_nothing_doubtful_is_paired() -> None:
    near = lineage([year(2019, "高齢者への運動支援", "A"), year(2020, "高齢者の運動と食の支援", "A")])
    far = lineage(
        [year(2019, "高齢者への運動支援", "A"), year(2020, "A"), year(2021, "高齢者の運動と食の支援", "A")]
    )
    assert [link.link for link in near] == ["first", "first", "renamed", "matched"]
    assert [link.link for link in far] == ["first", "first", "matched", "first", "matched"]


def test_a_row_that_splits_is_said_and_not_guessed() -> None:
    links = lineage([year(2019, "道路の整備と公園の整備"), year(2020, "道路の整備", "公園の整備")])
    assert [link.link for link in links].count("first") >= 2
    begun = next(link for link in links[1:] if link.link == "first")
    assert begun.evidence.startswith("split: ") or (len(links) == 3 and links[1].link == "first")


def test_a_row_that_takes_in_another_one_says_so() -> None:
    old = year(2019, "学校の改築", "学校の改築(その2)")
    links = lineage([old, year(2020, "学校の改築")])
    assert "merged: " in links[-1].evidence


def decided(*lines: tuple[str, str, str, str]) -> Decided:
    """Decisions as (older report, newer report, old row id, new row id)."""

    def of(old: Report, new: Report) -> Mapping[str, Sequence[Decision]]:
        pair = (old.report_id, new.report_id)
        return {"measure": [Decision(c, d, "said") for a, b, c, d in lines if (a, b) == pair]}

    return of


REPORTS = [year(2019, "甲の事業", "乙"), year(2020, "乙"), year(2021, "丙という施策", "乙")]


def test_people_decide_across_reports() -> None:
    assert series_of(lineage(REPORTS))["fy2021", "丙という施策"] != 0
    word = decided(("fy2019", "fy2021", "1/1/甲の事業", "1/1/丙という施策"))
    found = series_of(lineage(REPORTS, word))
    assert found["fy2021", "丙という施策"] == found["fy2019", "甲の事業"]


def test_a_decision_about_a_row_that_went_on_holds_for_its_series() -> None:
    reports = [year(2019, "甲の事業"), year(2020, "甲の事業"), year(2021, "丙という施策")]
    word = decided(("fy2019", "fy2021", "1/1/甲の事業", "1/1/丙という施策"))
    assert {link.series for link in lineage(reports, word)} == {0}


def test_people_decide_that_a_row_is_new() -> None:
    word = decided(("fy2020", "fy2021", "", "1/1/乙"))
    found = series_of(lineage(REPORTS, word))
    assert found["fy2021", "乙"] != found["fy2020", "乙"] == found["fy2019", "乙"]


def test_a_report_without_rows_of_a_kind_parts_nothing() -> None:
    links = lineage([year(2019, "甲の事業"), report("fy2020"), year(2021, "甲の事業")])
    assert [link.evidence for link in links] == ["", "same place and name"]
    assert {link.series for link in links} == {0}
