"""What a new year of a report may bring beside its records: sums, counts, misprints, members of a body. None
of it is taken for rows, before the records or behind them."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from make.forms import sheet
from make.styles.pages import Item, NewPage, Table, Text, typeset
from make.styles.reading import answers, read_file
from make.styles.report import items
from make.styles.style import Style
from shinchoku.page import READERS, Reader
from shinchoku.problems import Severity
from shinchoku.text import squeeze

pytestmark = pytest.mark.slow

MEASURES = answers("fy2019_progress.measures", 2)
INDICATORS = answers("fy2019_progress.indicators", 2)

SUMS = """
施策の柱 | 令和2年度予算額 | 令和元年度決算額
子どもたちの笑顔輝くまち | 120,000 | 118,000
高齢者が住みなれた地域で暮らせるまち | 95,000 | 91,000
計 | 215,000 | 209,000
"""
COUNTS = """
戦略計画 | A+ | A | B | * | － | 計
戦略計画1 子育て | 2 | 11 | 2 | 0 | 1 | 16
戦略計画2 学び | 1 | 12 | 3 | 0 | 0 | 16
合計 | 3 | 23 | 5 | 0 | 1 | 32
"""
COURSE = """
区分 | 平成30年度末 | 令和元年度末 | 令和2年度末
A+ 計画以上 | 10 | 12 | 14
A 計画どおり | 300 | 310 | 305
B 計画より遅れ | 22 | 20 | 30
"""
MISPRINTS = """
ページ | 項目 | 誤 | 正
12 | 令和元年度実績 | 3か所 | 4か所
15 | 進捗状況 | B | A
"""
MISPRINTED = """
頁 | 訂正前 | 訂正後
12 | 3か所 | 4か所
"""
CHANGES = """
計画名 | 変更前 | 変更後 | 理由
保育所の整備 | 令和3年度目標 10か所 | 令和3年度目標 12か所 | 需要の増
"""
MEMBERS = """
区分 | 氏名 | 所属 | 備考
学識経験者 | 山田太郎 | 大学 | 会長
区民 | 佐藤花子 | 公募 |
"""


def page(title: str, table: str, widths: Sequence[int]) -> list[Item]:
    return [NewPage(), Text(title, 1.4), Table(sheet({"table": table, "widths": list(widths)}))]


PAGES = {
    "sums of pillars": page("施策の柱別の事業費（単位：百万円）", SUMS, (260, 120, 120)),
    "counts of marks": page("進捗状況の総括", COUNTS, (200, 40, 40, 40, 40, 40, 50)),
    "counts over years": page("進捗状況の推移", COURSE, (150, 90, 90, 90)),
    "misprints": page("正誤表", MISPRINTS, (60, 160, 120, 120)),
    "misprints of three columns": page("訂正", MISPRINTED, (60, 160, 160)),
    "changes of plans": page("計画の変更", CHANGES, (120, 130, 130, 100)),
    "members": page("委員名簿", MEMBERS, (100, 100, 200, 80)),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("other", PAGES)
def test_what_stands_beside_the_records_gives_no_rows(other: str, reader: Reader, tmp_path: Path) -> None:
    style = Style()
    made = list(items(style, MEASURES, INDICATORS, []))
    first = next(i for i, item in enumerate(made) if isinstance(item, NewPage))
    path = tmp_path / "made.pdf"
    path.write_bytes(typeset([*made[:first], *PAGES[other], *made[first:], *PAGES[other]], style))
    found = read_file(path, reader)
    texts = [squeeze(row["measure_text"]) for row in found.table("measures")]
    assert texts == [squeeze(row["measure_text"]) for row in MEASURES]
    names = [squeeze(row["indicator"]) for row in found.table("indicators")]
    assert names == [squeeze(row["indicator"]) for row in INDICATORS]
    assert [p for p in found.problems if p.severity is Severity.ERROR] == []
    told = [p.page for p in found.problems if p.code == "errata"]
    assert told == ([2, found.pages] if "misprints" in other else [])


def test_a_pillar_over_a_plan_in_the_table_is_not_read_from_the_plan(tmp_path: Path) -> None:
    """The pillar's title stands outside the table, and no cell is named for it."""
    style = Style(plan_at="inside")
    path = tmp_path / "made.pdf"
    path.write_bytes(typeset(items(style, MEASURES, [], []), style))
    found = read_file(path)
    assert {row.pillar for row in found.measures} == {row["pillar"] for row in MEASURES}
    assert [o for o in found.origins if o.column == "pillar"] == []
