"""The law of tables of records: the texts of the body are those of the records' columns, headings and
`unmapped`, a merged cell counted once; what is lost, made up or said twice is named."""

import re
from collections import Counter
from dataclasses import dataclass, replace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from shinchoku.cells import Cell, Document, Table
from shinchoku.layouts.announcements import announcement
from shinchoku.layouts.files import shipped
from shinchoku.records import Record, Records
from shinchoku.records.law import broken
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


def records_of(made: Made) -> tuple[Records, list[tuple[str, str]]]:
    """The records of a made table, and the findings of the law about them: code and text of the cell."""
    layouts, doc = shipped(), document(made)
    items = stitch(doc, layouts)
    records = read(items, layouts)
    return records, [(p.code, p.printed) for p in broken(doc.tables, items, records)]


NAMED_ACROSS = Made(
    ("基本目標", "施策", "戦略", "指標名", "", "単位"),
    (
        (0, 0, 1, 1, "t0x"),
        (0, 1, 1, 1, "t1x"),
        (0, 2, 1, 1, "t2x"),
        (0, 3, 1, 2, "t3x"),
        (0, 5, 1, 1, "t4x"),
        (1, 0, 2, 1, "t5x"),
        (1, 1, 1, 1, "t6x"),
        (1, 2, 1, 1, "t7x"),
        (1, 3, 2, 1, "t8x"),
        (1, 4, 1, 1, "t9x"),
        (1, 5, 1, 1, "t10x"),
        (2, 1, 1, 1, "t11x"),
        (2, 2, 1, 1, "t12x"),
        (2, 4, 1, 1, "t13x"),
        (2, 5, 1, 1, "t14x"),
    ),
)
"""A name merged over the column that parts those of the rows below."""


@example(NAMED_ACROSS)
@given(made_tables())
def test_no_text_is_lost_or_made_up_without_a_word(made: Made) -> None:
    layouts = shipped()
    records, found = records_of(made)
    rows = [columns(r) for r in (*measure_rows(records, layouts), *indicator_rows(records))]
    assume(rows)
    said = Counter(text for row in rows for text in set(re.findall(r"t\d+x", str(list(row.values())))))
    named = {text for _, text in found} | {p.printed for p in records.problems}
    printed = {t.strip("※"): (rs, cs) for _, _, rs, cs, t in made.cells if re.search(r"t\d+x", t)}
    assert {t for t in printed if t not in said and not any(t in text for text in named)} == set()
    assert said.keys() <= printed.keys()
    values = [str([*row["unmapped"].values(), *(row.get(c, "") for c in FIELDS)]) for row in rows]
    once = Counter(text for value in values for text in set(re.findall(r"t\d+x", value)))
    assert {t for t, count in once.items() if count > printed[t][0]} == set()
    assert [code for code, _ in found if code != "cell_unused"] == []


FIELDS = ("owner", "note", "progress", "achievement", "outlook", "definition", "unit")


def _is_plain(cells: tuple[Cell, ...]) -> bool:
    """Whether none of the cells is merged."""
    return all((c.row_span, c.col_span) == (1, 1) for c in cells)


def _with(records: Records, changed: Record) -> Records:
    """The records with their first one so."""
    first = (*records.measures, *records.indicators)[0]
    measures, indicators = (
        tuple(changed if r is first else r for r in rows) for rows in (records.measures, records.indicators)
    )
    return replace(records, measures=measures, indicators=indicators)


@pytest.mark.slow
@given(made_tables())
def test_a_text_that_is_lost_cut_made_up_or_said_twice_is_named(made: Made) -> None:
    layouts, doc = shipped(), document(made)
    items = stitch(doc, layouts)
    records = read(items, layouts)
    assume(records.measures or records.indicators)
    first = (*records.measures, *records.indicators)[0]
    texts = [key for key, text in first.unmapped.items() if re.fullmatch(r"t\d+x", text)]
    texts = [key for key in texts if _is_plain(first.cells[key])]
    assume(texts)
    key = texts[0]
    text, others = first.unmapped[key], {k: t for k, t in first.unmapped.items() if k != key}
    again = replace(
        first,
        unmapped={**first.unmapped, "again": text},
        cells={**first.cells, "again": first.cells[key]},
    )
    known = Counter((p.code, p.printed) for p in broken(doc.tables, items, records))
    for changed, code in [
        (replace(first, unmapped=others), "cell_unused"),
        (replace(first, unmapped={**others, key: text[:-1]}), "cell_unused"),
        (replace(first, unmapped={**others, key: text[::-1]}), "text_invented"),
        (replace(first, unmapped={**others, key: f"{text}1"}), "text_invented"),
        (again, "text_invented"),
        (replace(first, unmapped={**first.unmapped, "of no cell": text}), "text_invented"),
    ]:
        found = Counter((p.code, p.printed) for p in broken(doc.tables, items, _with(records, changed)))
        assert [said for said, _ in (found - known).elements()] == [code]


@pytest.mark.slow
@given(made_tables())
def test_a_cell_that_another_record_says_too_is_named(made: Made) -> None:
    layouts, doc = shipped(), document(made)
    items = stitch(doc, layouts)
    records = read(items, layouts)
    rows = (*records.measures, *records.indicators)
    assume(len(rows) > 1)
    taken = [key for key, text in rows[1].unmapped.items() if re.fullmatch(r"t\d+x", text)]
    taken = [key for key in taken if _is_plain(rows[1].cells[key])]
    assume(taken)
    text, cells = rows[1].unmapped[taken[0]], rows[1].cells[taken[0]]
    first = replace(
        rows[0], unmapped={**rows[0].unmapped, "other": text}, cells={**rows[0].cells, "other": cells}
    )
    found = [(p.code, p.printed) for p in broken(doc.tables, items, _with(records, first))]
    assert ("text_invented", text) in found
