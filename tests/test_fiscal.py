"""Printed years and dates, and what they are in the western calendar of fiscal years."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shinchoku.fiscal import ROLES, FiscalColumn, as_of, find_years

YEARS = [
    ("令和元年度", 2019),
    ("令和１年度", 2019),
    ("令和\n元年度", 2019),
    ("令 和 元 年 度", 2019),
    ("令和3年度末", 2021),
    ("令和３年度末見込み", 2021),
    ("（令和３年度）", 2021),
    ("平成31年度", 2019),
    ("平成31(令和元)年度", 2019),
    ("平成31(元)年度", 2019),
    ("平成31年度(2019年度)", 2019),
    ("令和元年度（平成31年度）", 2019),
    ("令和元(2019)年度", 2019),
    ("2019年度", 2019),
    ("(2019年度)", 2019),
    ("R1", 2019),
    ("R元年度", 2019),
    ("R3年度", 2021),
    ("H30", 2018),
    ("平成32年度", 2020),
    ("平成42年度", 2030),
    ("昭和63年度", 1988),
]

OTHER_YEARS = [
    ("", []),
    ("目標", []),
    ("令和0年度", []),
    ("平成63年度", []),
    ("昭和65年度", []),
    ("令和3", []),
    ("S1", []),
    ("R3-1", []),
    ("2,019", []),
    ("令和5～7年度", [(2023, 2025, "年度", None)]),
    ("令和4年度、5年度", [(2022, 2022, "年度", None), (2023, 2023, "年度", None)]),
    ("令和2年度(2019年度)", [(2020, 2020, "年度", 2019)]),
    ("令和2年4月1日", [(2020, 2020, "日", None)]),
    ("令和2年9月末", [(2020, 2020, "月末", None)]),
    ("令和2年", [(2020, 2020, "年", None)]),
]


@pytest.mark.parametrize(("text", "year"), YEARS)
def test_the_one_fiscal_year_that_a_text_names(text: str, year: int) -> None:
    (mention,) = find_years(text)
    assert (mention.year, mention.until, mention.other) == (year, year, None)
    assert mention.precision.startswith("年度")
    assert text[: mention.start].strip("(（") == text[mention.end :].strip(")）み") == ""


@pytest.mark.parametrize(("text", "found"), OTHER_YEARS)
def test_what_is_no_fiscal_year_or_more_than_one(
    text: str, found: list[tuple[int, int, str, int | None]]
) -> None:
    assert [(m.year, m.until, m.precision, m.other) for m in find_years(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("平成30年度末の\n現況", [("平成30年度末", 2018, 2018, "年度末")]),
        ("目標値\n(原則：令和5年度末)", [("令和5年度末", 2023, 2023, "年度末")]),
        ("（令和３年\n度末見込み）", [("令和３年\n度末見込み", 2021, 2021, "年度末見込")]),
        ("令和元年度 当初計画", [("令和元年度", 2019, 2019, "年度")]),
        ("令和3年度目標", [("令和3年度", 2021, 2021, "年度")]),
        ("R3実績", [("R3", 2021, 2021, "年度")]),
        ("令和5～7年度", [("令和5～7年度", 2023, 2025, "年度")]),
        ("令和元-3年度", [("令和元-3年度", 2019, 2021, "年度")]),
        ("令和3年度から令和5年度まで", [("令和3年度から令和5年度", 2021, 2023, "年度")]),
        ("2019～21年度", [("2019～21年度", 2019, 2021, "年度")]),
        ("令和5～7年度(2023～2025年度)", [("令和5～7年度(2023～2025年度)", 2023, 2025, "年度")]),
        (
            "令和4年度、5年度の2か年",
            [("令和4年度", 2022, 2022, "年度"), ("5年度", 2023, 2023, "年度")],
        ),
        ("令和3・4年度", [("令和3", 2021, 2021, "年度"), ("4年度", 2022, 2022, "年度")]),
        ("令和3年度から5年間", [("令和3年度", 2021, 2021, "年度")]),
        ("令和2年3月31日", [("令和2年3月31日", 2019, 2019, "日")]),
        ("令和2年4月1日現在", [("令和2年4月1日", 2020, 2020, "日")]),
        ("平成31年4月～令和2年3月", [("平成31年4月～令和2年3月", 2019, 2019, "月")]),
        ("令和12（2030）年", [("令和12（2030）年", 2030, 2030, "年")]),
        ("令和2年2月30日", []),
        ("2000.5人", []),
        ("H2O、COVID-19、A4", []),
    ],
)
def test_find_years(text: str, found: list[tuple[str, int, int, str]]) -> None:
    mentions = find_years(text)
    assert [(text[m.start : m.end], m.year, m.until, m.precision) for m in mentions] == found


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("令和元年度(2020年度)", 2020),
        ("令和元(2018)年度", 2018),
        ("令和4年(2021年)3月", 2021),
        ("令和5～7年度(2023～2024年度)", 2024),
        ("平成30(元)年度", 1989),
        ("令和元年度(平成31年度)", None),
    ],
)
def test_years_that_disagree_are_told(text: str, other: int | None) -> None:
    (mention,) = find_years(text)
    assert mention.other == other
    assert mention.conflict is (other is not None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("100%\n(令和6年4月1日現在)", date(2024, 4, 1)),
        ("令和2年4月1日現在26か所のまま", date(2020, 4, 1)),
        ("(令和3年4月1日時点)", date(2021, 4, 1)),
        ("97.2%\nH31年4月1日現在", date(2019, 4, 1)),
        ("5人\nR2.4.1現在", date(2020, 4, 1)),
        ("21.8%\n(令和3年9月末)", date(2021, 9, 30)),
        ("令和2年2月末", date(2020, 2, 29)),
        ("20人（令和３年度末見込）", date(2022, 3, 31)),
        ("87.5%\n(令和2年度調査結果)", date(2021, 3, 31)),
        ("457床\n令和4年度", date(2023, 3, 31)),
        ("5回\n令和2年1月～3月", date(2020, 3, 31)),
        ("5回\n令和元年10月～3月", date(2020, 3, 31)),
        ("5件\n令和元年", date(2019, 12, 31)),
        ("耐震診断\n平成27年度に101件全て終了", None),
        ("令和2年4月1日施行・運用開始", None),
        ("令和2年度受講生決定", None),
        ("令和2年2月30日現在", None),
        ("4月1日現在", None),
        ("5人", None),
    ],
)
def test_as_of(text: str, day: date | None) -> None:
    assert as_of(text) == day


@given(
    st.text(alphabet=list("令和平成昭HRS元年度月日末現在時点0123456789１２()（）～-、・./\n 人"), max_size=30)
)
def test_any_text_can_be_read(text: str) -> None:
    mentions = find_years(text)
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.year <= mention.until
    for before, after in pairwise(mentions):
        assert before.end <= after.start
    assert as_of(text) is None or mentions


@given(st.sampled_from(["令和", "平成", "昭和", "R", "H"]), st.integers(1, 62))
def test_full_width_and_half_width_years_are_the_same(era: str, number: int) -> None:
    wide = str(number).translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})
    printed = (f"{era}{number}年度", f"{era}{wide}年度", f"{era}{number}年度末", f"({era}{number}\n年度)")
    years = [[mention.year for mention in find_years(text)] for text in printed]
    assert len(years[0]) == 1
    assert years == [years[0]] * 4


def test_columns_have_names_and_an_order() -> None:
    column = FiscalColumn(2021, "target")
    assert column.name == "fy2021_target"
    assert FiscalColumn.parse("fy2021_target") == column
    for other in ("fy2021_goal", "fy21_target", "progress", "fy2021_target "):
        assert FiscalColumn.parse(other) is None
    shuffled = [FiscalColumn(year, role) for role in reversed(ROLES) for year in (2020, 2019)]
    assert [c.name for c in sorted(shuffled)] == [f"fy{y}_{r}" for y in (2019, 2020) for r in ROLES]
    with pytest.raises(ValueError, match="goal"):
        FiscalColumn(2021, "goal")
