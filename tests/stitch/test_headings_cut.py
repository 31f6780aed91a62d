"""A heading in a cell that a page break cuts in the middle of a word is one heading, whichever way it is
cut."""

from itertools import accumulate
from pathlib import Path

import pytest

from make.styles.pages import Table, Text, typeset
from make.styles.reading import read_file
from make.styles.sheets import Cell, Sheet
from make.styles.style import Style
from shinchoku.page import READERS, Reader
from shinchoku.text import squeeze

TITLES = (
    "地域と連携した教育活動や体験活動の推進",
    "安心して子どもを預けられる環境の整備",
    "区民と協働する公園や緑地の維持管理の推進",
)
NAMES = ("放課後子ども教室の実施校", "体験農園の受入れ", "自然観察会の開催")
MEASURES = ("取組名", "令和3年度目標", "平成30年度末の現況", "令和元年度実績", "進捗状況", "備考")
INDICATORS = ("戦略計画", "指標", "現状値（令和3年度末）", "目標値（令和5年度末）", "備考")
HEIGHTS = {"measures": (180.0, 276.0), "indicators": (174.0, 204.0)}


def sheet(heads: tuple[str, ...], heading: str, style: Style) -> Sheet:
    """Three headings in a narrow first column, each merged down over three rows."""
    wide = (style.page[0] - 2 * style.margin) / 100
    shares = (10, 30, *(60 / (len(heads) - 2) for _ in heads[2:]))
    cells = [Cell(0, c, 1, c + 1, head, shaded=True) for c, head in enumerate(heads)]
    measures = heads[0] == "取組名"
    for t, title in enumerate(TITLES):
        top = 1 + 3 * t
        cells.append(Cell(top, 0, top + 3, 1, heading.format(no=t + 1, title=title)))
        for i, name in enumerate(NAMES):
            texts = (f"{name}（第{t + 1}期）", "10か所", "12か所", *(("A",) if measures else ()), "")
            texts = (f"{texts[0]}\n計20か所", *texts[1:]) if measures else texts
            cells += [Cell(top + i, c, top + i + 1, c + 1, text) for c, text in enumerate(texts, 1)]
    return Sheet(tuple(x * wide for x in (0, *accumulate(shares))), 1, tuple(cells))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("cut", ["", "open", "closed"])
@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("measures", "({no}) {title}"),
        ("measures", "{title}"),
        ("indicators", "計画{no}\n{title}"),
        ("indicators", "{title}"),
    ],
)
def test_a_heading_cut_by_a_page_break_is_one(
    kind: str, heading: str, cut: str, reader: Reader, tmp_path: Path
) -> None:
    torn = 0
    for height in HEIGHTS[kind]:
        for again in (True, False):
            style = Style(page=(842.0, height), cut=cut, head_again=again, new_page="", valign="top")
            heads = MEASURES if kind == "measures" else INDICATORS
            over = Text("戦略計画1 子育て" if kind == "measures" else "指標一覧", 1.2)
            path = tmp_path / "made.pdf"
            path.write_bytes(typeset([over, Table(sheet(heads, heading, style))], style))
            found = read_file(path, reader)
            rows = found.measures if kind == "measures" else found.indicators
            titles = [getattr(row, "sub_title" if kind == "measures" else "plan_title") for row in rows]
            assert titles == [title for title in TITLES for _ in NAMES]
            texts = [squeeze(cell.text) for cell in found.cells if cell.col == 0]
            torn += any(not any(title in text for text in texts) for title in TITLES)
    assert torn


@pytest.mark.parametrize("height", [192.0, 264.0])
def test_a_target_below_a_page_break_that_rules_its_row_off_is_no_row(height: float, tmp_path: Path) -> None:
    """計20か所 stands alone in the first row of a page, the rest of its row above the break."""
    style = Style(page=(842.0, height), cut="closed", new_page="", valign="top")
    path = tmp_path / "made.pdf"
    made = sheet(MEASURES, "({no}) {title}", style)
    path.write_bytes(typeset([Text("戦略計画1 子育て", 1.2), Table(made)], style))
    found = read_file(path)
    assert "計20か所" in {cell.text for cell in found.cells}
    assert {row.fiscal[found.fiscal["measures"][0]] for row in found.measures} == {"計20か所"}
    assert len(found.measures) == 9
