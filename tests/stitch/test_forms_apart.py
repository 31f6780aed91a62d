"""Tables that stand like parts of one and are none, and parts of one that page breaks hold apart."""

from pathlib import Path

import pytest

from make.forms import STYLES, Form, form, pdf, sheet
from make.styles.pages import Item, NewPage, Table, Text
from make.styles.reading import read_file
from shinchoku.rows import columns

INDICATORS = """
指標名 | 単位 | 基準値（R1）
新規就農者数 | 人 | 20
創業件数 | 件 | 100
"""
OFFICES = """
課名 | R5決算額
農林課 | 1,200
商工課 | 3,400
"""


VALUES = """
実績値（R5） | 評価
18 | B
97 | A
"""


def pages(title: str, table: str = OFFICES) -> Form:
    """Indicators, and on the next page a table of as many rows, as high, under `title`."""
    left = Table(sheet({"table": INDICATORS, "widths": [200, 60, 100]}))
    right = Table(sheet({"table": table, "widths": [200, 160]}))
    over: list[Item] = [Text(title, 1.2)] if title else []
    return Form((Text("指標一覧", 1.2), left, NewPage(), *over, right), ())


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("title", "joined"), [("課別の決算", False), ("指標一覧（続き）", True), ("", True)])
def test_a_table_under_a_title_of_its_own_is_no_facing_page(
    title: str, joined: bool, style: str, tmp_path: Path
) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf(pages(title), STYLES[style]))
    found = read_file(path)
    assert [row.name for row in found.records] == ["新規就農者数", "創業件数"]
    assert [columns(row).get("fy2023_settled", "") for row in found.records] == (
        ["1,200", "3,400"] if joined else ["", ""]
    )
    errors = [p.printed for p in found.problems if p.code == "unknown_heading"]
    assert errors == ([] if joined else ["課名 | R5決算額"])


@pytest.mark.parametrize("style", STYLES)
def test_a_sheet_over_pages_is_traced_to_the_cells_of_each(style: str, tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf(form("sheet_over_pages"), STYLES[style]))
    found = read_file(path)
    printed = {(c.page, c.table, c.row, c.col): c.text for c in found.cells}
    row = next(r for r in found.records if r.name == "防災訓練の参加者数")
    assert (row.page, row.page_last) == (1, 2)
    read = {o.column: printed[o.page, o.table, o.row, o.col] for o in found.origins if o.row_id == row.row_id}
    said = columns(row)
    names = ("indicator", "unit", "owner", "fy2021_target", "fy2022_target", "fy2022_actual", "progress")
    assert {name: read[name] for name in names} == {name: said[name] for name in names}


@pytest.mark.parametrize("style", STYLES)
def test_labels_and_values_side_by_side_are_no_headings(style: str, tmp_path: Path) -> None:
    """The rest of a sheet whose beginning is not there: no record is made of it, and it is told."""
    rest = "R3目標値 | 105 | R3実績値 | 12\nR4目標値 | 12 | R4実績値 | 18\n"
    items = (Text("進行管理", 1.2), Table(sheet({"table": rest, "widths": [90, 90, 90, 90], "heads": 0})))
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf(Form(items, ()), STYLES[style]))
    found = read_file(path)
    assert found.records == ()
    assert "no_known_layout" in {p.code for p in found.problems}


OTHERS = {
    "changes": """
    項目 | 変更前 | 変更後 | 変更理由
    計画期間 | R2～R6 | R2～R7 | 整合を図る
    目標値 | 50件 | 60件 | 前倒しで達成
    """,
    "offices": """
    組織 | 役割 | 開催回数（R5実績）
    推進本部 | 全体の進行管理 | 3回
    庁内検討会 | 個別事業の調整 | 6回
    """,
    "sums of marks": """
    評価 | 件数 | 割合
    A | 12 | 40.0％
    B | 15 | 50.0％
    """,
    "a legend": """
    評価 | 基準 | 達成率の目安
    A | 目標を達成した | 100％以上
    B | 達成していない | 100％未満
    """,
    "accounts": """
    区分 | 予算現額 | 決算額 | 執行率
    一般会計 | 21,000 | 20,412 | 97.2%
    特別会計 | 5,100 | 5,020 | 98.4%
    """,
}


@pytest.mark.parametrize("name", OTHERS)
def test_tables_of_other_matters_give_no_rows(name: str, tmp_path: Path) -> None:
    rows = OTHERS[name]
    columns = len(rows.strip().split("\n")[0].split("|"))
    table = sheet({"table": rows, "widths": [120] * columns})
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf(Form((Text("参考資料", 1.2), Table(table)), ()), STYLES["plain"]))
    found = read_file(path)
    assert found.records == ()
    assert "no_known_layout" in {p.code for p in found.problems}


@pytest.mark.parametrize("style", STYLES)
def test_a_table_of_values_alone_is_a_facing_page_under_any_title(style: str, tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf(pages("令和5年度の状況", VALUES), STYLES[style]))
    found = read_file(path)
    told = [(row.name, columns(row)["fy2023_actual"], columns(row)["progress"]) for row in found.records]
    assert told == [("新規就農者数", "18", "B"), ("創業件数", "97", "A")]
    assert [p.code for p in found.problems if p.code in ("cell_unused", "unknown_heading")] == []
