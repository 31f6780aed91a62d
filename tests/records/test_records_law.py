"""The law of tables of records: every text of the body is in a record's columns, in a heading of one, or in
`unmapped`, and what is not is named."""

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from shinchoku.cells import Cell, Document, Table
from shinchoku.layouts.announcements import announcement
from shinchoku.layouts.files import shipped
from shinchoku.records.reading import read
from shinchoku.records.rows import indicator_rows, measure_rows
from shinchoku.rows import columns
from shinchoku.stitch import stitch
from shinchoku.wraps import learn

LEADS = ("基本目標", "施策の柱", "分野", "施策", "戦略", "章", "部会", "No.", "区分", "取組名", "大項目")
NAMES = ("指標名", "KPI", "事業名", "実施項目", "成果指標")
VALUES = (
    *("単位", "基準値", "基準年度", "現状値（R1）", "R5目標", "R5実績", "R6/2024/目標", "目標値", "実績値"),
    *("達成率", "評価", "前回評価", "進捗状況", "担当課", "所管課", "備考", "課題", "今後の方針", "出典"),
    *("事業費", "決算額", "施策", "H23-27実績額（B）", "町の声", "R4", "事業内容", "上段：目標、下段：実績"),
)


@dataclass(frozen=True)
class Made:
    """A table of one page: its headings, and its cells as (row, column, rows, columns, text)."""

    heads: tuple[str, ...]
    cells: tuple[tuple[int, int, int, int, str], ...]

    @property
    def rows(self) -> int:
        return 1 + max(c[0] + c[2] for c in self.cells)


@st.composite
def made_tables(draw: st.DrawFn) -> Made:
    """Leads, a name and values; cells merged down or across, some empty, labels of rows, rows of one cell."""
    leads = draw(st.lists(st.sampled_from(LEADS), max_size=3))
    values = draw(st.lists(st.sampled_from(VALUES), min_size=1, max_size=7))
    labels = draw(st.booleans())
    heads = (*leads, draw(st.sampled_from(NAMES)), *(("",) if labels else ()), *values)
    count = draw(st.integers(1, 6))
    taken: set[tuple[int, int]] = set()
    cells: list[tuple[int, int, int, int, str]] = []
    for row in range(count):
        if draw(st.integers(0, 9)) == 0 and all((row, c) not in taken for c in range(len(heads))):
            sign = draw(st.sampled_from(("", "※")))
            cells.append((row, 0, 1, len(heads), f"{sign}t{len(cells)}x"))
            continue
        for col in range(len(heads)):
            if (row, col) in taken:
                continue
            down = draw(st.integers(1, min(3, count - row))) if draw(st.integers(0, 3)) == 0 else 1
            across = 2 if draw(st.integers(0, 9)) == 0 and col + 1 < len(heads) else 1
            span = {(r, c) for r in range(row, row + down) for c in range(col, col + across)}
            if span & taken:
                down, across, span = 1, 1, {(row, col)}
            taken |= span
            text = draw(st.sampled_from(("", "x{}")) if draw(st.booleans()) else st.just("t{}x"))
            if labels and col == len(leads) + 1 and across == 1:
                text = draw(st.sampled_from(("目標値", "実績値", "達成率")))
            cells.append((row, col, down, across, text.format(len(cells))))
    return Made(heads, tuple(cells))


def document(made: Made) -> Document:
    """The document whose one page holds the table, cells 60 x 20 points."""
    layouts = shipped()
    heads = [(0, i, 1, 1, head) for i, head in enumerate(made.heads)]
    body = [(r + 1, c, rs, cs, t) for r, c, rs, cs, t in made.cells]
    cells = tuple(
        Cell(
            1,
            1,
            r,
            c,
            rs,
            cs,
            (60.0 * c, 20.0 * r, 60.0 * (c + cs), 20.0 * (r + rs)),
            r == 0,
            t,
            announcement(t, layouts),
            (),
        )
        for r, c, rs, cs, t in (*heads, *body)
    )
    box = (0.0, 0.0, 60.0 * len(made.heads), 20.0 * made.rows)
    return Document((Table(1, 1, box, made.rows, False, False, cells),), learn([]))


@given(made_tables())
def test_no_text_is_lost_without_a_word(made: Made) -> None:
    layouts = shipped()
    records = read(stitch(document(made), layouts), layouts)
    if not (records.measures or records.indicators):
        return
    said = _said([columns(r) for r in (*measure_rows(records, layouts), *indicator_rows(records))])
    named = {p.printed for p in records.problems if p.code == "cell_unused"}
    texts = {t for *_, t in made.cells if t not in ("", "目標値", "実績値", "達成率")}
    assert {t for t in texts if t.strip("※") not in said and t not in named} == set()


def _said(rows: Sequence[dict[str, object]]) -> str:
    """All that rows hold, one text."""
    return "\n".join(str(value) for row in rows for value in row.values())
