"""What typesetting changes is no difference; what the author changed is."""

import pytest

from shinchoku.diff.keys import folded, name_key, numbers_clash


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1か所", "１か所"),
        ("(定員 800人)", "（定員\n８００人）"),
        ("〔計7か所〕", "(計7か所)"),
        ("「映像文化のまち」", "『映像文化のまち』"),
        ("ﾋﾟｱﾉ教室", "ピアノ教室"),
        ("第Ⅱ期", "第II期"),
        ("0-12歳", "0－12歳"),
        ("⼦ども", "子ども"),
    ],
)
def test_two_printings_of_one_text_fold_to_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("①5人", "15人"), ("1か所", "2か所"), ("ー", "-"), ("A", "A+")])
def test_different_texts_stay_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    "name",
    [
        "（仮称）子育てアプリの構築",
        "(仮称)子育てアプリの構築",
        "子育てアプリの構築【戦略計画2-1の再掲】",
        "子育て\nアプリの構築",
    ],
)
def test_marks_are_no_part_of_a_name(name: str) -> None:
    assert name_key(name) == "子育てアプリの構築"


def test_a_name_that_is_only_a_mark_stays() -> None:
    assert name_key("【再掲】") == "(再掲)"


def test_other_brackets_are_part_of_a_name() -> None:
    assert name_key("常設型(5か所)") != name_key("常設型")


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ("補助135号線", "補助132号線", True),
        ("大泉町二丁目", "大泉町三丁目", True),
        ("整備(第Ⅰ期)", "整備(第Ⅱ期)", True),
        ("①窓口の改善", "②窓口の改善", True),
        ("第三保育園の改築", "第二保育園の改築", True),
        ("街路樹の整備", "街路樹の整備(3路線)", False),
        ("補助135号線", "補助135号線の整備", False),
        ("一部の見直し", "一体の見直し", False),
    ],
)
def test_numbers_tell_names_apart(one: str, other: str, clash: bool) -> None:
    assert numbers_clash(name_key(one), name_key(other)) is clash
    assert numbers_clash(name_key(other), name_key(one)) is clash
