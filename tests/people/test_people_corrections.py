"""Corrections hold: to the one cell or table they fit, in any order, as often as they are said."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.rows.corrections import (
    REPORT,
    cell_of,
    measure,
    of_cell,
    of_table,
    pages_of,
    part,
    raw_part,
    tables,
)
from make.styles.reading import answers
from make.styles.report import report as report_pdf
from make.styles.style import Style
from shinchoku.cells import Document, document
from shinchoku.layouts.files import shipped as layouts
from shinchoku.making.extraction import extract
from shinchoku.people import NOBODY, Correction, People, Place
from shinchoku.people.corrected import corrected
from shinchoku.rows import CellRow, Report
from shinchoku.values.observe import observe

pytestmark = pytest.mark.slow

NAME = "子育てのひろば"


def extracted(*corrections: Correction) -> Report:
    return extract(REPORT, raw_part(), people=People(corrections))


def unused(report: Report) -> list[str]:
    return [p.message for p in report.problems if p.code == "correction_unused"]


@cache
def two_pages() -> Document:
    """The cells of the pages that they are of."""
    return document(raw_part()[16:18], layouts())


@cache
def candidates() -> list[Correction]:
    """Corrections that fit, that do not, and that contradict each other."""
    cells = [c for c in part().cells if c.page in (17, 18) and c.text][5:9]
    found = [of_cell(cell, f"訂正{n}") for n, cell in enumerate(cells)]
    found += [of_cell(cells[0], "別の訂正"), of_cell(cells[1], "遅い", printed="古い版の本文")]
    return [*found, of_table("no_records", 18, 1), of_table("goes_on", 18, 1)]


CANDIDATES = st.lists(st.integers(0, 7), max_size=8)


@given(CANDIDATES, st.randoms(use_true_random=False))
def test_order_and_repetition_make_no_difference(chosen: list[int], chance: Random) -> None:
    doc = two_pages()
    lines = [candidates()[n] for n in chosen]
    shuffled = [*lines, *lines[:1]]
    chance.shuffle(shuffled)
    once, problems, keys = corrected(doc, lines, layouts())
    other, _, other_keys = corrected(doc, shuffled, layouts())
    assert (once, keys) == (other, other_keys)
    assert len(problems) == sum(line.key not in keys for line in lines)


@given(CANDIDATES)
def test_applied_twice_is_applied_once(chosen: list[int]) -> None:
    doc = two_pages()
    lines = [candidates()[n] for n in chosen]
    once, _, keys = corrected(doc, lines, layouts())
    again, _, _ = corrected(once, [line for line in lines if line.key in keys], layouts())
    assert again == once


def test_without_corrections_nothing_differs() -> None:
    assert extract(REPORT, raw_part(), people=NOBODY) == part()
    doc = two_pages()
    assert corrected(doc, [], layouts()) == (doc, [], ())


def test_a_corrected_cell_flows_into_record_and_observation() -> None:
    row = measure(NAME)
    cell = cell_of(row, "fy2019_actual")
    correction = of_cell(cell, "2か所開設")
    report = extracted(correction)
    assert report.corrections == (correction.key,)
    assert unused(report) == []
    after = next(r for r in report.measures if r.row_id == row.row_id)
    changed = {c: t for c, t in after.fiscal.items() if t != row.fiscal[c]}
    assert {c.name: t for c, t in changed.items()} == {"fy2019_actual": "2か所開設"}
    assert replace(after, fiscal=row.fiscal) == row
    assert [r for r in report.measures if r.row_id != row.row_id] == [
        r for r in part().measures if r.row_id != row.row_id
    ]
    (stated,) = [o for o in observe(REPORT, [after], report.origins) if o.column == "fy2019_actual"]
    assert (stated.value, stated.unit, stated.page) == (2.0, "か所", cell.page)
    marked = [c for c in report.cells if c.corrected]
    assert [(c.text, c.lines) for c in marked] == [("2か所開設", cell.text)]


def test_a_correction_that_does_not_fit_is_an_error_and_changes_nothing() -> None:
    cell = cell_of(measure(NAME), "fy2019_actual")
    late = of_cell(cell, "2か所開設", printed="3か所開設")
    nowhere = replace(late, place=late.place._replace(page=999))
    report = extracted(late, nowhere)
    assert len(unused(report)) == 2
    assert all(p.severity == "error" for p in report.problems if p.code == "correction_unused")
    assert "the cell says '1か所開設'" in unused(report)[0] + unused(report)[1]
    assert report.measures == part().measures
    assert report.corrections == ()


def test_two_that_contradict_each_other_do_not_count() -> None:
    cell = cell_of(measure(NAME), "fy2019_actual")
    report = extracted(of_cell(cell, "2か所開設"), of_cell(cell, "3か所開設"))
    assert len(unused(report)) == 2
    assert report.measures == part().measures


def test_a_table_may_be_told_to_give_no_records() -> None:
    row = measure(NAME)
    report = extracted(of_table("no_records", row.page, row.table))
    gone = {r.row_id for r in part().measures} - {r.row_id for r in report.measures}
    assert row.row_id in gone
    assert {c.text for c in report.cells} == {c.text for c in part().cells}
    wrong = extracted(of_table("no_records", row.page, row.table, printed="別の表"))
    assert len(unused(wrong)) == 1
    assert wrong.measures == part().measures


def test_a_corrected_half_of_a_cut_row_is_joined_with_the_other(tmp_path: Path) -> None:
    (tmp_path / "cut.pdf").write_bytes(report_pdf(Style(cut="open"), answers("fy2019_progress.measures", 8)))
    pages = pages_of(tmp_path / "cut.pdf")
    before = extract("cut", pages)
    texts = {(c.page, c.table, c.row, c.col): c for c in before.cells}
    halves: dict[tuple[str, str], list[CellRow]] = {}
    for o in before.origins:
        halves.setdefault((o.row_id, o.column), []).append(texts[o.page, o.table, o.row, o.col])
    cut = {about[0]: cells for about, cells in halves.items() if about[1] == "note" and len(cells) == 2}
    cut = {row_id: cells for row_id, cells in cut.items() if all(cell.text for cell in cells)}
    assert cut
    for row_id, (upper, lower) in cut.items():
        old = next(r for r in before.measures if r.row_id == row_id).note
        for half, new in ((upper, "訂正" + old), (lower, old + "訂正")):
            text = "訂正" + half.text if half is upper else half.text + "訂正"
            line = replace(of_cell(half, text), report_id="cut")
            after = extract("cut", pages, people=People((line,)))
            assert next(r for r in after.measures if r.row_id == row_id).note == new


def test_a_table_may_be_told_to_go_on(tmp_path: Path) -> None:
    heads = ["事業名", "令和元年度 実績", "進捗状況"]
    lower = [["あずかり事業の推進", "3人", "A"], ["相談の充実", "4件", "B"]]
    path = tmp_path / "two.pdf"
    tables(
        path, [((60, 200, 400, 460), [heads, ["ひろばの整備", "2か所", "A"]]), ((60, 320, 390, 520), lower)]
    )
    pages = pages_of(path)
    before = extract("two", pages)
    assert [r.measure for r in before.measures] == ["ひろばの整備"]
    place = Place(2, 1, None, None)
    line = Correction("two", place, "goes_on", "あずかり事業の推進\n3人", "", "表の続き", "練馬", "")
    after = extract("two", pages, people=People((line,)))
    assert after.corrections == (line.key,)
    assert [r.measure for r in after.measures] == ["ひろばの整備", *(row[0] for row in lower)]
    assert [list(r.fiscal.values()) for r in after.measures] == [["2か所"], ["3人"], ["4件"]]
    assert [r.progress for r in after.measures] == ["A", "A", "B"]
    first = replace(line, place=place._replace(page=1), printed="事業名")
    assert "no table stands before" in unused(extract("two", pages, people=People((first,))))[0]
