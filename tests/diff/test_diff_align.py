"""Which row becomes which: gold pairs, and one test for each rule."""

from typing import Any

import pytest

from make.rows.diff import gold, measure, measures, names, numbered, paired, quality, truth
from shinchoku.diff.pairing.pairs import Decision
from shinchoku.diff.rows import side


@pytest.mark.parametrize("kind", ["measure", "indicator"])
def test_the_next_years_report_is_paired_as_known(kind: str) -> None:
    old = side("fy2019", kind, gold(f"fy2019.{kind}s.jsonl"))
    new = side("fy2020", kind, gold(f"fy2020.{kind}s.jsonl"))
    known = truth(f"truth.{kind}s.jsonl")
    found = paired(old, new)
    assert quality(found, known) == (1.0, 1.0)


def test_typesetting_provisional_names_and_repost_marks_do_not_rename() -> None:
    old = measures(measure("（仮称）こども発達\n支援センター"))
    new = measures(measure("こども発達支援センター"))
    assert names(paired(old, new)) == [
        ("matched", "（仮称）こども発達\n支援センター", "こども発達支援センター")
    ]


def test_a_reworded_name_in_the_same_place_is_a_rename() -> None:
    old = measures(measure("住まい確保支援事業の実施", fy2018_baseline="検討"))
    new = measures(measure("住まい確保サポート事業の推進", fy2018_baseline="検討"))
    assert [status for status, _, _ in names(paired(old, new))] == ["renamed"]


def test_an_unlike_row_is_added_and_the_old_one_removed() -> None:
    old = measures(measure("資格助成の利用者", fy2021_target="年間300人", fy2018_baseline="年間275人"))
    new = measures(measure("防災備蓄アプリの運用", fy2021_target="計8か所", fy2018_baseline="検討"))
    assert sorted(names(paired(old, new))) == [
        ("added", "", "防災備蓄アプリの運用"),
        ("removed", "資格助成の利用者", ""),
    ]


def test_equal_rare_values_carry_a_thorough_rename() -> None:
    rest = [measure(f"その他の取組{n}", fy2021_target="実施", fy2018_baseline="検討") for n in range(8)]
    values: dict[str, Any] = {"fy2021_target": "年間3,500人", "fy2018_baseline": "年間3,017人"}
    old = measures(measure("介護人材センターの利用者", **values), *rest)
    new = measures(measure("介護のしごと相談センターを使った人数", **values), *rest)
    assert [status for status, _, _ in names(paired(old, new))].count("renamed") == 1
    bare = measures(
        measure("介護のしごと相談センターを使った人数", fy2021_target="実施", fy2018_baseline="検討"), *rest
    )
    assert [status for status, _, _ in names(paired(old, bare))].count("renamed") == 0


def test_another_road_is_no_rename() -> None:
    old = measures(measure("補助135号線の整備"))
    new = measures(measure("補助132号線の整備"))
    assert sorted(status for status, _, _ in names(paired(old, new))) == ["added", "removed"]


def test_a_count_in_a_name_may_change_where_values_stay() -> None:
    values: dict[str, Any] = {"fy2021_target": "月2回実施", "fy2018_baseline": "月1回実施"}
    old = measures(measure("発達に不安のある親子のひろば(5か所)", **values))
    new = measures(measure("発達に不安のある親子のひろば(6か所)", **values))
    found = paired(old, new)
    assert [pair.status for pair in found] == ["renamed"]


def test_reposted_rows_match_only_reposted_rows() -> None:
    old = measures(measure("交通広場の整備", is_repost=True, repost_of="12-1"))
    new = measures(measure("交通広場の整備"))
    assert sorted(status for status, _, _ in names(paired(old, new))) == ["added", "removed"]
    both = measures(measure("交通広場の整備"), measure("交通広場の整備", is_repost=True, repost_of="12-1"))
    turned = measures(measure("交通広場の整備", is_repost=True, repost_of="12-1"), measure("交通広場の整備"))
    pairs = paired(both, turned)
    assert all(p.old and p.new and p.old.reposted == p.new.reposted for p in pairs)


def test_namesakes_follow_their_values_then_their_order() -> None:
    old = measures(*(measure("四季のイベント", fy2018_baseline=text) for text in ("花火", "薪能", "音楽会")))
    new = measures(*(measure("四季のイベント", fy2018_baseline=text) for text in ("薪能", "音楽会")))
    pairs = {(p.old.texts["fy2018_baseline"] if p.old else "", p.status) for p in paired(old, new)}
    assert pairs == {("花火", "removed"), ("薪能", "matched"), ("音楽会", "matched")}
    plain = measures(measure("設計"), measure("設計"), measure("設計"))
    fewer = measures(measure("設計"), measure("設計"))
    orders = [(p.old.order if p.old else None, p.new.order if p.new else None) for p in paired(plain, fewer)]
    assert orders == [(0, 0), (1, 1), (2, None)]


def test_a_row_in_another_plan_is_moved() -> None:
    stay = [measure("図書館の改修", plan=1), measure("窓口の改善", plan=2)]
    old = measures(*stay, measure("街路樹診断の実施", plan=1))
    new = measures(*stay, measure("街路樹診断の実施", plan=2))
    assert ("moved", "街路樹診断の実施", "街路樹診断の実施") in names(paired(old, new))


def test_rows_of_a_reworded_initiative_are_not_moved() -> None:
    names_below = ("図書館の改修", "窓口の改善", "公園の整備")
    old = measures(*(measure(name, initiative_title="地域の拠点づくり") for name in names_below))
    new = measures(*(measure(name, initiative_title="地域拠点の更なる充実") for name in names_below))
    assert {status for status, _, _ in names(paired(old, new))} == {"matched"}


def test_a_common_short_name_elsewhere_is_not_the_same_row() -> None:
    fill = [measure("設計", plan=n) for n in range(3, 8)]
    old = measures(*fill, measure("設計", plan=1, fy2018_baseline="用地買収"), measure("園芸", plan=2))
    new = measures(
        *fill,
        measure("庭園", plan=1),
        measure("設計", plan=2, fy2018_baseline="検討"),
        measure("園芸", plan=2),
    )
    assert ("removed", "設計", "") in names(paired(old, new))


def test_a_group_heading_drawn_into_the_name_is_seen() -> None:
    old = measures(measure("常設型 出張所跡施設等での開設", group="街かどケアカフェ"))
    new = measures(measure("街かどケアカフェの充実 常設型 出張所跡施設活用による開設"))
    assert [status for status, _, _ in names(paired(old, new))] == ["renamed"]


def test_only_the_split_of_a_cell_differs() -> None:
    old = measures(measure("子育てのひろば", measure_text="子育てのひろば\n計27か所"))
    new = measures(measure("子育てのひろば\n計27か所", measure_text="子育てのひろば\n計27か所"))
    assert [status for status, _, _ in names(paired(old, new))] == ["matched"]


def test_people_decide_before_all_else() -> None:
    old = numbered([measure("甲の実施"), measure("乙の実施")], "measure")
    new = numbered([measure("甲の実施"), measure("丙という別の名")], "measure")
    first, second = side("a", "measure", old), side("b", "measure", new)
    crossed = [
        Decision(old[0]["row_id"], new[1]["row_id"], "同じ事業"),
        Decision(old[1]["row_id"], "", "終了"),
    ]
    found = paired(first, second, crossed)
    assert names(found) == [
        ("added", "", "甲の実施"),
        ("renamed", "甲の実施", "丙という別の名"),
        ("removed", "乙の実施", ""),
    ]
    assert [pair.why.reason for pair in found if pair.why] == ["同じ事業", "終了"]


def test_a_near_miss_is_named_on_both_sides() -> None:
    old = measures(measure("ユニバーサルスポーツフェスティバルの地域展開"))
    new = measures(measure("誰もがスポーツを楽しめる取組の地域展開"))
    found = {pair.status: pair for pair in paired(old, new)}
    assert found["removed"].near == new.rows[0].row_id
    assert found["added"].near == old.rows[0].row_id


def test_removed_rows_stand_behind_the_row_they_followed() -> None:
    old = measures(measure("甲の整備"), measure("乙という催し"), measure("丙の検討"))
    new = measures(measure("甲の整備"), measure("丙の検討"), measure("丁を知らせる"))
    assert [status for status, _, _ in names(paired(old, new))] == ["matched", "removed", "matched", "added"]
