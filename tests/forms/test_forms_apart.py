"""Tables that stand like parts of one and are none: nothing of one is said of the other's records."""

from pathlib import Path

import pytest
from form_pdfs import STYLES, Form, pdf, sheet

from shinchoku.rows import columns
from styles.pages import Item, NewPage, Table, Text
from styles.reading import read_file

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


def pages(title: str) -> Form:
    """Indicators, and on the next page a table of as many rows, as high, under `title`."""
    left = Table(sheet({"table": INDICATORS, "widths": [200, 60, 100]}))
    right = Table(sheet({"table": OFFICES, "widths": [200, 160]}))
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
