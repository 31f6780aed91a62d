"""Tables ruled upright only: outer columns are theirs, lines of text make their rows."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from make.pdfs.walls import Sheet, each_reader, rows_of
from shinchoku.page import Reader

XS = (50.0, 150.0, 290.0, 380.0)
ROWS = [
    ["Plan", "What is done", "Target"],
    ["Nurseries,|all kinds", "three of them|are opened, none|is closed", "15"],
    ["Health checks", "calls go out", "4,000"],
    ["Roads|and bridges", "old ones|are mended", "10"],
]
LEADING = 11.0


def write(sheet: Sheet, rows: Sequence[Sequence[str]], between: float, centred: bool = False) -> float:
    """The texts of rows, `between` points apart from row to row; where the last one ends."""
    y = 116.0
    for row in rows:
        cells = [text.split("|") for text in row]
        most = max(map(len, cells))
        for lines, x in zip(cells, XS, strict=False):
            for k, line in enumerate(lines):
                down = (k + (most - len(lines)) / 2 if centred else k) * LEADING
                sheet.text(x + 4, y + down, line)
        y += most * LEADING + (between if row is not rows[0] else 8)
    return y


@each_reader
@pytest.mark.parametrize("centred", [False, True])
def test_rows_stand_further_apart_than_their_lines(centred: bool, reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    foot = write(sheet, ROWS, 8, centred)
    sheet.rules(sheet.line, xs=XS, ys=(104.0, 121.0, foot))
    raw = sheet.raw(tmp_path, reader)
    assert rows_of(raw) == [ROWS]
    assert "unruled_rows" not in {problem.code for problem in raw.problems}


@each_reader
def test_rows_no_further_apart_than_lines_are_told(reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    foot = write(sheet, ROWS, 0)
    sheet.rules(sheet.line, xs=XS, ys=(104.0, 121.0, foot))
    raw = sheet.raw(tmp_path, reader)
    assert rows_of(raw) == [ROWS]
    assert [(p.table, p.page) for p in raw.problems if p.code == "unruled_rows"] == [(1, 1)]


@each_reader
def test_lines_level_in_all_columns_are_rows(reader: Reader, tmp_path: Path) -> None:
    rows = [ROWS[0], *([f"{k}", "all of it", "15"] for k in range(4))]
    sheet = Sheet()
    foot = write(sheet, rows, 3)
    sheet.rules(sheet.line, xs=XS, ys=(104.0, 121.0, foot))
    assert rows_of(sheet.raw(tmp_path, reader)) == [rows]


PROSE = (
    "All of what was planned for them|is done now as it was to be,|and more of it is yet to come|in the next."
)


@each_reader
@pytest.mark.parametrize(
    "row",
    [
        ["Nurseries", "one|two|three", "15"],
        ["All of what was to|be is done and|so is the rest", PROSE, "15|16"],
        ["Nurseries|and schools", "three are opened", "15"],
        ["Nurseries|(all)", "three|(two)", "15|(12)"],
    ],
)
def test_lines_of_one_row_are_no_rows(row: list[str], reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    foot = write(sheet, [ROWS[0], row], 0)
    sheet.rules(sheet.line, xs=XS, ys=(104.0, 121.0, foot))
    assert rows_of(sheet.raw(tmp_path, reader)) == [[ROWS[0], row]]


@each_reader
@pytest.mark.parametrize("foot", [False, True])
def test_outer_columns_without_sides_are_the_tables(foot: bool, reader: Reader, tmp_path: Path) -> None:
    """Upright rules between the columns, one under the heading, none around."""
    sheet = Sheet()
    end = write(sheet, ROWS, 8)
    for x in XS[1:-1]:
        sheet.line(x, 104, x, end)
    for y in (121.0, end) if foot else (121.0,):
        sheet.line(XS[0], y, XS[-1], y)
    assert rows_of(sheet.raw(tmp_path, reader)) == [ROWS]


@each_reader
def test_rules_that_stick_out_without_text_beside_them_make_no_column(reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    foot = write(sheet, ROWS, 8)
    sheet.rules(sheet.line, xs=XS, ys=(104.0, 121.0, foot))
    sheet.line(XS[0] - 30, 121, XS[-1] + 30, 121)
    assert rows_of(sheet.raw(tmp_path, reader)) == [ROWS]


@each_reader
def test_a_table_with_rules_between_rows_keeps_the_lines_of_its_last_row(
    reader: Reader, tmp_path: Path
) -> None:
    sheet = Sheet()
    ys = (104.0, 121.0, 165.0, 185.0, 215.0)
    sheet.rules(sheet.line, xs=XS, ys=ys)
    rows = [*ROWS[:3], ["one|two", "three|four", "5|6"]]
    for row, (top, _) in zip(rows, pairwise(ys), strict=True):
        for text, x in zip(row, XS, strict=False):
            for k, line in enumerate(text.split("|")):
                sheet.text(x + 4, top + 12 + 11 * k, line)
    assert rows_of(sheet.raw(tmp_path, reader)) == [rows]


@each_reader
def test_loose_lines_are_rows_even_where_a_cell_is_empty(reader: Reader, tmp_path: Path) -> None:
    rows = [
        ROWS[0],
        ["Nurseries", "opened", ""],
        ["", "calls", "4,000"],
        ["Roads", "", "10"],
        ["Pools", "a", "3"],
    ]
    sheet = Sheet()
    foot = write(sheet, rows, 9)
    sheet.rules(sheet.line, xs=XS, ys=(104.0, 121.0, foot))
    raw = sheet.raw(tmp_path, reader)
    assert rows_of(raw) == [rows]
    assert "unruled_rows" not in {problem.code for problem in raw.problems}


@each_reader
def test_two_columns_of_prose_have_no_rows(reader: Reader, tmp_path: Path) -> None:
    xs, texts = (50.0, 215.0, 380.0), [["Now", "Then"], ["", ""]]
    lines = ["All of it is done as it was planned to", "be, in May.", "More is to come."]
    sheet = Sheet()
    sheet.rules(sheet.line, xs=xs, ys=(104.0, 121.0, 170.0))
    for k, x in enumerate(xs[:2]):
        sheet.text(x + 4, 116, texts[0][k])
        texts[1][k] = "|".join(lines)
        for n, line in enumerate(lines):
            sheet.text(x + 4, 134 + 12 * n, line)
    raw = sheet.raw(tmp_path, reader)
    assert rows_of(raw) == [texts]
    assert "unruled_rows" not in {problem.code for problem in raw.problems}


@each_reader
@pytest.mark.parametrize(("lines", "told"), [("a|b", True), ("a", False)])
def test_rooms_of_level_lines_are_told(lines: str, told: bool, reader: Reader, tmp_path: Path) -> None:
    """Rules part groups of two rows each; or names of two lines each."""
    sheet = Sheet()
    ys = (104.0, 121.0, 150.0, 179.0, 208.0)
    sheet.rules(sheet.line, xs=XS, ys=ys)
    rows = [ROWS[0], *(["one|two", "three|four", lines] for _ in range(3))]
    for row, top in zip(rows, ys, strict=False):
        for text, x in zip(row, XS, strict=False):
            for k, line in enumerate(text.split("|")):
                sheet.text(x + 4, top + 12 + 11 * k, line)
    raw = sheet.raw(tmp_path, reader)
    assert rows_of(raw) == [rows]
    assert ("unruled_rows" in {problem.code for problem in raw.problems}) == told


@each_reader
def test_raised_numbers_of_notes_make_no_rows(reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.rules(sheet.line, xs=XS, ys=(104.0, 121.0, 140.0))
    for text, x in zip(ROWS[0], XS, strict=False):
        sheet.text(x + 4, 116, text)
    for text, x in zip(("Nurseries", "opened", "4,000"), XS, strict=False):
        sheet.text(x + 4, 134, text)
        sheet.text(x + 4 + sheet.canvas.stringWidth(text, "Helvetica", 9), 129, "1)", 7)
    raw = sheet.raw(tmp_path, reader)
    (table,) = raw.tables
    assert (len(table.ys), len(table.cells)) == (3, 6)
    assert "unruled_rows" not in {problem.code for problem in raw.problems}
