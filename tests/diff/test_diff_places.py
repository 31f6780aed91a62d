"""Headings are recognised through renumbering and rewording."""

from make.rows.diff import Record, measure, measures
from shinchoku.diff.pairing.places import align_places


def _same_plan(old: list[Record], new: list[Record]) -> list[tuple[str, str]]:
    """Names of the first rows of plans that are held to be one."""
    first, second = measures(*old).rows, measures(*new).rows
    ours, theirs = align_places(first, second)
    starts = {path[0]: row.name for row, path in zip(reversed(first), reversed(ours), strict=True)}
    others = {path[0]: row.name for row, path in zip(reversed(second), reversed(theirs), strict=True)}
    return sorted((starts[plan], others[plan]) for plan in starts.keys() & others.keys())


def test_a_renumbered_plan_is_the_plan_of_its_title() -> None:
    old = [measure("甲", plan_no=3, plan_title="水とみどり"), measure("乙", plan_no=4, plan_title="住まい")]
    new = [measure("丙", plan_no=4, plan_title="水とみどり"), measure("丁", plan_no=5, plan_title="住まい")]
    assert _same_plan(old, new) == [("乙", "丁"), ("甲", "丙")]


def test_a_reworded_plan_is_known_by_number_and_title() -> None:
    old = [measure("甲", plan_no=6, plan_title="元気高齢者の活躍と介護予防の推進")]
    new = [measure("乙", plan_no=6, plan_title="元気高齢者の活躍と健康づくり・介護予防の推進")]
    assert _same_plan(old, new) == [("甲", "乙")]


def test_a_plan_with_another_title_is_known_by_its_rows() -> None:
    names = ("公園の整備", "街路樹の保全", "農地の活用")
    old = [measure(name, plan_no=1, plan_title="緑を守る") for name in names]
    new = [measure(name, plan_no=8, plan_title="ゆたかな環境づくり") for name in (*names, "水辺の再生")]
    assert _same_plan(old, new) == [("公園の整備", "公園の整備")]


def test_a_new_plan_in_the_place_of_an_old_one_is_another() -> None:
    old = [measure("公園の整備", plan_no=1, plan_title="緑を守る"), measure("図書館", plan_no=2)]
    new = [measure("図書館", plan_no=2), measure("窓口の改善", plan_no=9, plan_title="行政改革の推進")]
    assert _same_plan(old, new) == [("図書館", "図書館")]


def test_numbers_in_titles_tell_headings_apart() -> None:
    old = [measure("甲", plan_no=0, plan_title="補助135号線沿道地区のまちづくり")]
    new = [measure("乙", plan_no=1, plan_title="補助132号線沿道地区のまちづくり")]
    assert _same_plan(old, new) == []


def test_equal_initiatives_of_different_plans_are_different_places() -> None:
    old = [measure("甲", plan=1), measure("乙", plan=2)]
    ours, theirs = align_places(measures(*old).rows, measures(*old).rows)
    assert ours == theirs
    assert ours[0][2] != ours[1][2]
