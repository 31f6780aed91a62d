"""Tables ruled across only: their columns are those of the heading, or stand apart in white."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from make.pdfs.walls import Sheet, each_reader, rows_of
from shinchoku.page import Reader

XS = (50.0, 190.0, 300.0, 410.0, 500.0)
YS = (100.0, 122.0, 144.0, 176.0, 198.0)
TEXTS = [
    ["Plan and what it says", "This year", "Target", "Notes"],
    ["Nurseries, all kinds", "181", "190", ""],
    ["Health checks|of all ages", "64.5%", "70%", "by March"],
    ["Volunteers", "1,250", "1,500", ""],
]


def write(sheet: Sheet) -> None:
    for row, y in zip(TEXTS, YS, strict=False):
        for text, x in zip(row, XS, strict=False):
            for k, line in enumerate(text.split("|")):
                sheet.text(x + 4, y + 13 + 11 * k, line)


@each_reader
@pytest.mark.parametrize("thick", [0.5, 1.5])
def test_columns_stand_apart_in_white(thick: float, reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    for y in YS:
        sheet.line(XS[0], y, XS[-1], y, width=thick)
    write(sheet)
    assert rows_of(sheet.raw(tmp_path, reader)) == [TEXTS]


@each_reader
@pytest.mark.parametrize("groups", [False, True])
def test_lines_under_one_heading_are_rows(groups: bool, reader: Reader, tmp_path: Path) -> None:
    """Rules stand over and under the heading, at the end, and between groups of rows, none between rows; a
    name goes on in a second line."""
    rows = [*TEXTS, ["Libraries", "12", "13", "all"]]
    sheet = Sheet()
    for y in (100.0, 118.0, *([174.0] if groups else []), 188.0):
        sheet.line(XS[0], y, XS[-1], y)
    for row, y in zip(rows, (113.0, 131.0, 145.0, 170.0, 184.0), strict=True):
        for text, x in zip(row, XS, strict=False):
            for k, line in enumerate(text.split("|")):
                sheet.text(x + 4, y + 11 * k, line)
    assert rows_of(sheet.raw(tmp_path, reader)) == [rows]


@each_reader
def test_stripes_have_the_columns_that_stand_apart_in_them(reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    for k, y in enumerate(YS[:-1]):
        sheet.fill(XS[0], y, XS[-1], YS[k + 1], shade=(0.75, 0.9)[k % 2])
    write(sheet)
    assert rows_of(sheet.raw(tmp_path, reader)) == [TEXTS]


@each_reader
@pytest.mark.parametrize("sides", [True, False])
def test_rows_take_the_walls_of_their_heading(sides: bool, reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    for y in YS:
        sheet.line(XS[0], y, XS[-1], y)
    for x in XS[1:-1]:
        sheet.line(x, YS[0], x, YS[1])
    for x in (XS[0], XS[-1]) if sides else ():
        sheet.line(x, YS[0], x, YS[-1])
    write(sheet)
    assert rows_of(sheet.raw(tmp_path, reader)) == [TEXTS]


@each_reader
def test_a_row_over_all_columns_stays_one_cell(reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    for y in (*YS, 220.0, 242.0):
        sheet.line(XS[0], y, XS[-1], y)
    write(sheet)
    sheet.text(XS[0] + 4, 211, "Chapter two, of health, with a title that runs on over columns")
    for x, text in zip(XS, ("Clinics", "12", "15", ""), strict=False):
        sheet.text(x + 4, 233, text)
    (rows,) = rows_of(sheet.raw(tmp_path, reader))
    assert rows[4] == ["Chapter two, of health, with a title that runs on over columns", None, None, None]
    assert rows[5] == ["Clinics", "12", "15", ""]


@each_reader
def test_headings_of_groups_hide_no_columns(reader: Reader, tmp_path: Path) -> None:
    """Every second row is one text over the columns."""
    rows = [TEXTS[0], *(row for text in TEXTS[1:] for row in (["All that goes for each of the wards"], text))]
    sheet = Sheet()
    for k in range(len(rows) + 1):
        sheet.line(XS[0], 100 + 28 * k, XS[-1], 100 + 28 * k)
    for n, row in enumerate(rows):
        for text, x in zip(row, XS, strict=False):
            for k, line in enumerate(text.split("|")):
                sheet.text(x + 4, 112 + 28 * n + 11 * k, line)
    (table,) = rows_of(sheet.raw(tmp_path, reader))
    assert [row for row in table if len([text for text in row if text]) > 1] == TEXTS
    assert [row[0] for row in table[1::2]] == ["All that goes for each of the wards"] * 3


@each_reader
def test_columns_that_begin_level_stand_apart_in_little_white(reader: Reader, tmp_path: Path) -> None:
    rows = [
        ["long headings", "of two", "or more"],
        ["long headings", "181", "190"],
        ["Volunteers", "12,250", "5"],
    ]
    sheet = Sheet()
    first = XS[0] + sheet.canvas.stringWidth(rows[0][0], "Helvetica", 9) + 5
    xs = (XS[0], first, first + sheet.canvas.stringWidth(rows[2][1], "Helvetica", 9) + 5)
    for k in range(4):
        sheet.line(XS[0], 100 + 20 * k, XS[-1], 100 + 20 * k)
    for row, y in zip(rows, (113, 133, 153), strict=True):
        for text, x in zip(row, xs, strict=True):
            sheet.text(x + 2, y, text)
    assert rows_of(sheet.raw(tmp_path, reader)) == [rows]


@each_reader
def test_running_text_between_rules_is_no_table(reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    for y in (100.0, 160.0, 220.0, 280.0):
        sheet.line(50, y, 500, y)
        for k in range(4 if y < 280 else 0):
            sheet.text(
                54,
                y + 13 + 12 * k,
                f"A sentence that goes on to the end of line {k}, and says more of the plan.",
            )
    assert rows_of(sheet.raw(tmp_path, reader)) == []


@each_reader
@pytest.mark.parametrize("again", [True, False])
def test_a_heading_between_two_tables_is_in_neither(again: bool, reader: Reader, tmp_path: Path) -> None:
    """No sides are drawn: where the columns' headings are not said again it is a row of one table."""
    rows = [
        ["Name", "181", "190"],
        ["Nurseries", "12", "15"],
        ["Plan 2"],
        ["Name", "181", "190"],
        ["Checks", "7", "9"],
    ]
    if not again:
        rows[3] = ["Clinics", "3", "4"]
    sheet = Sheet()
    for k, row in enumerate(rows):
        for at in (100 + 22 * k, 122 + 22 * k):
            sheet.line(XS[0], at, XS[3], at)
        for text, x in zip(row, XS, strict=False):
            sheet.text(x + 4, 113 + 22 * k, text)
        for x in XS[1:3] if len(row) > 1 else ():
            sheet.line(x, 100 + 22 * k, x, 122 + 22 * k)
    raw = sheet.raw(tmp_path, reader)
    expected = [[*rows[:2]], [*rows[3:]]] if again else [[*rows[:2], ["Plan 2", None, None], *rows[3:]]]
    assert rows_of(raw) == expected
    assert [line.text for block in raw.blocks for line in block.lines] == (["Plan 2"] if again else [])


def bare(sheet: Sheet, top: float, rows: list[list[str]]) -> None:
    """Rows 22 points high between rules across, walls between the cells of those of several, no sides."""
    for k, row in enumerate(rows):
        y = top + 22 * k
        for at in (y, y + 22):
            sheet.line(XS[0], at, XS[3], at)
        for text, x in zip(row, XS, strict=False):
            sheet.text(x + 4, y + 13, text)
        for x in XS[1:3] if len(row) > 1 else ():
            sheet.line(x, y, x, y + 22)


@each_reader
def test_tables_close_to_each_other_keep_the_rows_of_one_cell(reader: Reader, tmp_path: Path) -> None:
    """The room between two tables is lower than a row, and nothing is printed in it."""
    first = [["Name", "181", "190"], ["Plan 1"], ["Nurseries", "12", "15"]]
    second = [["Clinics", "3", "4"], ["Plan 2"], ["Checks", "7", "9"]]
    sheet = Sheet()
    bare(sheet, 100, first)
    bare(sheet, 174, second)
    expected = [[row if len(row) > 1 else [*row, None, None] for row in rows] for rows in (first, second)]
    assert rows_of(sheet.raw(tmp_path, reader)) == expected


@each_reader
def test_the_rest_of_a_table_has_the_sides_of_others_on_the_page(reader: Reader, tmp_path: Path) -> None:
    """A page break cut the row: one rule alone reaches to the table's ends."""
    sheet = Sheet()
    for x in XS[1:3]:
        sheet.line(x, 60, x, 80)
    sheet.line(XS[0], 80, XS[3], 80)
    sheet.text(XS[1] + 4, 74, "of the year")
    below = [["Clinics", "3", "4"], ["Checks", "7", "9"]]
    bare(sheet, 100, below)
    assert rows_of(sheet.raw(tmp_path, reader)) == [[["", "of the year", ""]], below]


@each_reader
def test_boxes_around_titles_make_no_table_of_what_stands_between(reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    rows = [["Name", "This year", "Target"], ["Clinics", "3", "4"], ["Checks", "7", "9"]]
    for k in range(3):
        top = 100.0 + 100 * k
        sheet.box(XS[0], top, XS[3], top + 20)
        sheet.text(XS[0] + 4, top + 13, f"Plan {k + 1}")
        ys = [top + at for at in (26.0, 48.0, 70.0, 92.0)]
        sheet.rules(sheet.line, xs=XS[:4], ys=ys)
        sheet.texts(rows, xs=XS, ys=ys)
    raw = sheet.raw(tmp_path, reader)
    assert rows_of(raw) == [rows] * 3
    assert [line.text for block in raw.blocks for line in block.lines] == ["Plan 1", "Plan 2", "Plan 3"]


def framed(sheet: Sheet) -> None:
    """A closed frame, rules across in it."""
    sheet.rules(sheet.line, xs=(XS[0], XS[-1]), ys=YS)


def striped(sheet: Sheet) -> None:
    """Every second row shaded, no rules; the heading is none of them."""
    for k in (1, 3):
        sheet.fill(XS[0], YS[k], XS[-1], YS[k + 1], shade=0.9)


def shaded_heading(sheet: Sheet) -> None:
    """A shaded heading, rules under the rows."""
    sheet.fill(XS[0], YS[0], XS[-1], YS[1], shade=0.8)
    for y in YS[2:]:
        sheet.line(XS[0], y, XS[-1], y)


def ruled_below(sheet: Sheet) -> None:
    """No rule over the heading."""
    for y in YS[1:]:
        sheet.line(XS[0], y, XS[-1], y)


@each_reader
@pytest.mark.parametrize("draw", [framed, striped, shaded_heading, ruled_below])
def test_a_table_has_the_rows_that_nothing_parts_or_closes(
    draw: Callable[[Sheet], None], reader: Reader, tmp_path: Path
) -> None:
    sheet = Sheet()
    draw(sheet)
    write(sheet)
    assert rows_of(sheet.raw(tmp_path, reader)) == [TEXTS]


@each_reader
@pytest.mark.parametrize("inner", [4.5, 8.0])
def test_texts_of_a_heading_close_to_each_other_are_two_cells(
    inner: float, reader: Reader, tmp_path: Path
) -> None:
    """The longest texts of two columns, side by side in the heading."""
    rows = [["Plan", "as it was this year", "as it is to be", "Notes"], *TEXTS[1:]]
    sheet = Sheet()
    for y in YS:
        sheet.line(XS[0], y, XS[-1], y)
    end = XS[1] + 4 + sheet.canvas.stringWidth(rows[0][1], "Helvetica", 9)
    xs = (XS[0], XS[1], end + inner - 4, XS[3])
    for row, y in zip(rows, YS, strict=False):
        for text, x in zip(row, xs, strict=True):
            for k, line in enumerate(text.split("|")):
                sheet.text(x + 4, y + 13 + 11 * k, line)
    assert rows_of(sheet.raw(tmp_path, reader)) == [rows]


@each_reader
@pytest.mark.parametrize("first", [0, 1])
def test_rows_that_no_stripe_lies_under_are_the_tables(first: int, reader: Reader, tmp_path: Path) -> None:
    """Every second row is shaded, and nothing else drawn: the heading, or the last row, is not."""
    rows = [*TEXTS, ["Libraries", "12", "13", "all"]]
    ys = [100.0 + 26 * k for k in range(len(rows) + 1)]
    sheet = Sheet()
    for k in range(first, len(rows) - first, 2):
        for x0, x1 in pairwise(XS):
            sheet.fill(x0, ys[k], x1, ys[k + 1], 0.85)
    for row, y in zip(rows, ys, strict=False):
        for text, x in zip(row, XS, strict=False):
            for k, line in enumerate(text.split("|")):
                sheet.text(x + 4, y + 11 + 10 * k, line)
    sheet.text(XS[0], ys[-1] + 8, "Numbers are as of March, and are those that were said to us then.")
    assert rows_of(sheet.raw(tmp_path, reader)) == [rows]
