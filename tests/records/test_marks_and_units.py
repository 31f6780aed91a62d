"""What a legend says of marks; units, reasons and directions that reach the observations."""

from pathlib import Path

import pytest

from make.forms import PLAIN, Form, form, pdf, sheet
from make.styles.pages import Table, Text
from make.styles.reading import read_file
from shinchoku.fiscal import FiscalColumn
from shinchoku.records.legend import explains, marks_in
from shinchoku.rows import IndicatorRow
from shinchoku.values.observe import Observation, observe
from shinchoku.values.units import unit_in


@pytest.mark.parametrize(
    ("text", "used", "marks"),
    [
        (
            "【評価の基準】 ◎：目標以上　○：目標どおり　×：下回る",
            (),
            ["◎ 目標以上", "○ 目標どおり", "× 下回る"],
        ),
        ("凡例　A：完了　B：順調　－：対象外", (), ["A 完了", "B 順調", "－ 対象外"]),
        ("評価区分\nＳ…目標を大きく上回る\nＡ…目標達成", (), ["Ｓ 目標を大きく上回る", "Ａ 目標達成"]),
        ("▶ A+ …… 計画以上に進んだもの", (), ["A+ 計画以上に進んだもの"]),
        (
            "評価の目安 順調：8割以上 やや遅れ：5割以上 備考：参考",
            ("順調", "やや遅れ"),
            ["順調 8割以上", "やや遅れ 5割以上"],
        ),
        (
            "「5」目標を上回ったもの\n「4」目標どおりのもの",
            ("4", "5"),
            ["5 「5」目標を上回ったもの", "4 「4」目標どおりのもの"],
        ),
        ("5：達成 4：概ね達成 1：指標の説明", ("4", "5"), ["5 達成", "4 概ね達成"]),
        (
            "短期になじまない事業には「*」を記載しています。",
            (),
            ["* 短期になじまない事業には「*」を記載しています。"],
        ),
    ],
)
def test_a_legend_says_what_marks_mean(text: str, used: tuple[str, ...], marks: list[str]) -> None:
    assert [" ".join(pair) for pair in marks_in([text], used)] == marks


def test_a_text_that_explains_nothing_is_no_legend() -> None:
    assert explains("【評価の基準】")
    assert explains("A：達成 B：未達成")
    assert not explains("計画期間：令和2年度から令和6年度")


def test_marks_of_a_report_are_a_table(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf(form("shared_marks"), PLAIN))
    marks = read_file(path).marks
    assert [(m.mark, m.order, m.meaning) for m in marks] == [
        ("A", 0, "完了"),
        ("B", 1, "順調"),
        ("C", 2, "やや遅れ"),
        ("D", 3, "遅れ"),
        ("－", 4, "対象外"),
    ]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("新規就農者数（人）", "人"),
        ("受診率［％］", "％"),
        ("寄附額(百万円)", "百万円"),
        ("1人1日当たりのごみ排出量（単位：g/人・日）", "g/人・日"),
        ("健康寿命（男性）（歳）", "歳"),
        ("管路の事故割合（件/100km）", "件/100km"),
        ("公園数（公園）", "公園"),
        ("在籍者数（小学校）", ""),
        ("耐震化率（住宅）", ""),
        ("健康寿命（年）", "年"),
        ("広報紙の発行（部）", "部"),
        ("創業件数（累計）", ""),
        ("満足度（市民意識調査）", ""),
        ("削減率（平成25年度比）", ""),
    ],
)
def test_the_unit_in_brackets_of_a_name(name: str, unit: str) -> None:
    assert unit_in(name) == unit


def observed(role: str, text: str) -> Observation:
    """The observation of one cell of an indicator counted in 人."""
    cells = {FiscalColumn(2023, role): text}
    (made,) = observe("r", [IndicatorRow("a", 0, 1, 1, 1, indicator="利用者数", unit="人", fiscal=cells)])
    return made


@pytest.mark.parametrize(
    ("text", "value", "unit", "label", "bound"),
    [
        ("1,234", 1234.0, "人", "", ""),
        ("12件", 12.0, "件", "", ""),
        ("50以上", 50.0, "人", "", "ge"),
        ("－", None, "", "－", ""),
        ("未公表", None, "", "未公表", ""),
        ("（集計中）", None, "", "（集計中）", ""),
        ("前年度より増加", None, "", "", "ge"),
        ("全国平均以下", None, "", "", "le"),
        ("現状維持", None, "", "", ""),
    ],
)
def test_what_a_cell_states(text: str, value: float | None, unit: str, label: str, bound: str) -> None:
    row = IndicatorRow(
        "a", 0, 1, 1, 1, indicator="利用者数", unit="人", fiscal={FiscalColumn(2023, "actual"): text}
    )
    (made,) = observe("r", [row])
    assert (made.text, made.value, made.unit, made.label, made.bound) == (text, value, unit, label, bound)


def test_money_is_not_counted_in_the_unit_of_the_row() -> None:
    row = IndicatorRow(
        "a", 0, 1, 1, 1, indicator="利用者数", unit="人", fiscal={FiscalColumn(2023, "settled"): "1,234"}
    )
    assert [made.unit for made in observe("r", [row])] == [""]


def units_of(folder: Path, table: str, caption: str = "") -> list[tuple[str, str, str]]:
    """Name, column and unit of each observation of a made table."""
    items = (
        Text("実施計画", 1.2),
        Text(caption, 1.0),
        Table(sheet({"table": table, "widths": [150, 90, 90, 90]})),
    )
    path = folder / "made.pdf"
    path.write_bytes(pdf(Form(items, ()), PLAIN))
    found = read_file(path)
    return sorted((o.name, o.column, o.unit) for o in observe("made", found.records))


def test_units_of_headings_reach_the_observations_of_their_columns(tmp_path: Path) -> None:
    table = """
事業名 | R5予算額（千円） | R5決算額（千円） | R5実績
橋りょう補修事業 | 85,000 | 61,240 | 3橋
街路灯整備事業 | 12,000 | 11,870 | 215基
"""
    assert units_of(tmp_path, table) == [
        ("橋りょう補修事業", "fy2023_actual", "橋"),
        ("橋りょう補修事業", "fy2023_budget", "千円"),
        ("橋りょう補修事業", "fy2023_settled", "千円"),
        ("街路灯整備事業", "fy2023_actual", "基"),
        ("街路灯整備事業", "fy2023_budget", "千円"),
        ("街路灯整備事業", "fy2023_settled", "千円"),
    ]


def test_a_unit_over_the_table_holds_where_nothing_nearer_states_one(tmp_path: Path) -> None:
    table = """
指標 | 単位 | R5実績 | R5決算
講座の受講者 | 人 | 215 | 1,180
"""
    assert units_of(tmp_path, table, "（単位：百万円）") == [
        ("講座の受講者", "fy2023_actual", "人"),
        ("講座の受講者", "fy2023_settled", "百万円"),
    ]
