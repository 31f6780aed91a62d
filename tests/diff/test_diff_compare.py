"""Which fields differ, and what kind of change each is."""

from typing import Any

import pytest

from make.rows.diff import gold, measure, numbered, report
from shinchoku.diff import Change, Diff, compare_reports
from shinchoku.diff.compare import Comparable, comparable_columns


def _changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    before = report("a", measure=numbered([measure("保育所の整備") | old], "measure"))
    after = report("b", measure=numbered([measure("保育所の整備") | new], "measure"))
    return list(compare_reports(before, after).changes)


def _told(changes: list[Change]) -> list[tuple[str, str, str, str]]:
    return [(c.change, c.column, c.old_text, c.new_text) for c in changes]


def test_the_same_year_and_role_with_another_number_is_restated() -> None:
    (change,) = _changes({"fy2018_baseline": "計6か所"}, {"fy2018_baseline": "計7か所"})
    assert (change.change, change.column) == ("restated", "fy2018_baseline")
    assert (change.old_value, change.new_value, change.delta, change.unit) == (6.0, 7.0, 1.0, "か所")


def test_the_same_number_with_another_mark_is_wording() -> None:
    (change,) = _changes({"fy2018_baseline": "計181所"}, {"fy2018_baseline": "181所"})
    assert (change.change, change.delta) == ("wording", 0.0)


def test_typesetting_is_no_change() -> None:
    assert (
        _changes(
            {"fy2018_baseline": "計６か所\n（区立）", "note": "未定 。"},
            {"fy2018_baseline": "計6か所(区立)", "note": "未定。"},
        )
        == []
    )


def test_other_units_are_not_subtracted() -> None:
    (change,) = _changes({"fy2021_target": "8か所"}, {"fy2021_target": "75校"})
    assert change.change == "restated"
    assert (change.old_value, change.new_value, change.delta, change.unit) == (None, None, None, "")


def test_a_newer_years_value_is_progressed() -> None:
    (change,) = _changes({"fy2019_actual": "〔計7か所〕"}, {"fy2020_actual": "〔計8か所〕"})
    assert (change.change, change.column, change.delta) == ("progressed", "fy2020_actual", 1.0)
    assert (change.old_text, change.new_text) == ("〔計7か所〕", "〔計8か所〕")


def test_marks_remarks_and_names() -> None:
    old = {"progress": "A", "note": "", "group": "直営"}
    new = {"progress": "B", "note": "<script>遅延</script>", "group": "直営・委託"}
    assert _told(_changes(old, new)) == [
        ("wording", "group", "直営", "直営・委託"),
        ("progress", "progress", "A", "B"),
        ("note", "note", "", "<script>遅延</script>"),
    ]


def test_a_provisional_name_made_final_is_wording_of_a_matched_row() -> None:
    assert _told(_changes({"measure": "(仮称)保育所の整備"}, {})) == [
        ("wording", "measure", "(仮称)保育所の整備", "保育所の整備")
    ]


@pytest.mark.parametrize(
    ("name", "target"),
    [("保育所の整備計8か所", ""), ("保育所の整備", "計8か所"), ("保育所の整備・拡張計8か所", "")],
)
def test_a_cell_split_in_another_place_is_not_restated(name: str, target: str) -> None:
    old = {"measure_text": "保育所の整備\n計8か所", "fy2021_target": "計8か所"}
    new = {"measure_text": name + target, "measure": name, "fy2021_target": target}
    assert [c.change for c in _changes(old, new)] == (["wording"] if "拡張" in name else [])
    assert [c.change for c in _changes(new, old)] == (["wording"] if "拡張" in name else [])


def test_a_target_that_was_taken_out_is_restated() -> None:
    (change,) = _changes({"fy2021_target": "計8か所"}, {"fy2021_target": ""})
    assert (change.change, change.new_text) == ("restated", "")


def test_columns_only_one_report_has_are_not_compared() -> None:
    indicator = {"plan_no": 1, "plan_title": "計画", "group": "", "indicator": "率", "fy2021_target": "80%"}
    old = report("a", indicator=numbered([indicator | {"progress": "A"}], "indicator"))
    new = report("b", indicator=numbered([indicator], "indicator"))
    assert compare_reports(old, new).identical


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        (["fy2018_baseline"], ["fy2018_baseline"], [("restated", "fy2018_baseline", "fy2018_baseline")]),
        (
            ["fy2018_baseline", "fy2019_actual"],
            ["fy2018_baseline", "fy2020_actual"],
            [
                ("restated", "fy2018_baseline", "fy2018_baseline"),
                ("progressed", "fy2019_actual", "fy2020_actual"),
            ],
        ),
        (
            ["fy2021_target", "fy2018_baseline", "fy2019_actual"],
            ["fy2021_baseline", "fy2023_target"],
            [
                ("progressed", "fy2019_actual", "fy2021_baseline"),
                ("progressed", "fy2021_target", "fy2023_target"),
            ],
        ),
        (
            ["fy2019_actual"],
            ["fy2020_actual", "fy2021_actual"],
            [
                ("progressed", "fy2019_actual", "fy2020_actual"),
                ("progressed", "fy2019_actual", "fy2021_actual"),
            ],
        ),
        (["fy2021_baseline"], ["fy2021_actual"], [("progressed", "fy2021_baseline", "fy2021_actual")]),
        (["fy2019_planned"], ["fy2020_actual"], []),
        (["actual"], ["actual"], [("progressed", "actual", "actual")]),
    ],
)
def test_which_columns_are_held_against_each_other(
    old: list[str], new: list[str], wanted: list[tuple[str, str, str]]
) -> None:
    found = comparable_columns(old, new)
    assert [(c.change, c.old, c.new) for c in found] == wanted
    mirrored = [Comparable(c.change, c.column, c.new, c.old) for c in comparable_columns(new, old)]
    assert sorted(map(str, mirrored)) == sorted(map(str, found))


def _kpi() -> Diff:
    old = report("fy2019", indicator=gold("fy2019.indicators.jsonl"))
    return compare_reports(old, report("fy2022", indicator=gold("fy2022.indicators.jsonl")))


SAME = {
    *((0, 0), (1, 1), (2, 2), (6, 5), (7, 8), (15, 16), (25, 26), (26, 28)),
    *((30, 33), (41, 47), (42, 49), (44, 52), (45, 55), (55, 68), (56, 69), (57, 70)),
    *((62, 76), (63, 77), (65, 80), (66, 82), (68, 84), (67, 83), (74, 92), (85, 104)),
    *((9, 10), (12, 13), (40, 46), (43, 50), (71, 88), (91, 108), (95, 112)),
}
GONE = {5, 8, 11, 16, 20, 27, 36, 39, 64, 69, 70, 77, 79, 80, 81, 82, 86, 87, 88, 89, 90, 92, 93}
COME = {
    *(6, 7, 9, 12, 15, 21, 23, 27, 31, 32, 39, 42, 45, 48),
    *(51, 53, 54, 58, 59, 75, 78, 81, 85, 89, 95, 96, 101),
}
"""Pairs, and unpaired rows, of the indicators of the two reports as a person judges them."""


def test_indicators_of_a_revision_read_by_eye() -> None:
    pairs = {(p.old.order, p.new.order) for p in _kpi().pairs if p.old and p.new}
    assert pairs >= SAME
    assert not GONE & {old for old, _ in pairs}
    assert not COME & {new for _, new in pairs}


def test_pairs_that_need_a_person_say_so() -> None:
    """A head noun that changed looks like a rewording: each such pair is marked."""
    diff = _kpi()
    doubtful = {(p.old.order, p.new.order) for p in diff.pairs if p.old and p.new and p.doubtful}
    assert {(14, 14), (18, 18), (38, 44), (46, 56)} <= doubtful
