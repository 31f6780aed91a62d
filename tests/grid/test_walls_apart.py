"""Boxes a few points apart: cells or rows of one table, or tables; brackets beside a table are none of it."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from make.pdfs.walls import TEXTS, XS, YS, Sheet, each_reader, rows_of
from shinchoku.page import Reader

HEADING = ["Field", "What", "Base", "Target"]
ROWS = [HEADING, ["roads", "length", "812", "780"], ["schools", "pupils", "1,204", "1,500"]]


def table(sheet: Sheet, rows: Sequence[Sequence[str]], top: float, frame: float = 0.6) -> float:
    """A table whose rows are 24 points high; where it ends."""
    ys = [top + 24 * k for k in range(len(rows) + 1)]
    sheet.rules(sheet.line, ys=ys)
    sheet.box(XS[0], ys[0], XS[-1], ys[-1], width=frame)
    sheet.texts(rows, ys=ys)
    return ys[-1]


@each_reader
@pytest.mark.parametrize("apart", [2.5, 4.0, 6.0])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (ROWS, [HEADING, ["pools", "guests", "5", "6"]]),
        ([["Plan", "Unit", "in 2019", "in 2020"], *ROWS[1:]], ROWS),
    ],
)
def test_tables_with_headings_of_their_own_are_two(
    first: list[list[str]], second: list[list[str]], apart: float, reader: Reader, tmp_path: Path
) -> None:
    sheet = Sheet()
    foot = table(sheet, first, 100, frame=1.5)
    table(sheet, second, foot + apart, frame=1.5)
    assert rows_of(sheet.raw(tmp_path, reader)) == [first, second]


@each_reader
def test_a_shaded_heading_begins_a_table(reader: Reader, tmp_path: Path) -> None:
    sheet, foot = Sheet(), 96.0
    tables = [[["Plan", "2019", year, "Notes"], *ROWS[1:]] for year in ("2020", "2021")]
    for rows in tables:
        sheet.fill(XS[0], foot + 4, XS[-1], foot + 28, shade=0.85)
        foot = table(sheet, rows, foot + 4)
    assert rows_of(sheet.raw(tmp_path, reader)) == tables


@each_reader
@pytest.mark.parametrize(
    "parts",
    [
        [ROWS, [["all", "", "9", "7"]]],
        [[HEADING], ROWS[1:]],
        [[row] for row in ROWS],
        [ROWS, [["pools", "guests", "5", "6"], ["parks", "trees", "7", "8"]]],
        [ROWS, [["pools", "guests", "none", "6"], ["parks", "trees", "7", "8"]]],
    ],
)
def test_boxes_of_one_table_are_one(parts: list[list[list[str]]], reader: Reader, tmp_path: Path) -> None:
    sheet, foot = Sheet(), 96.0
    for rows in parts:
        foot = table(sheet, rows, foot + 4)
    assert rows_of(sheet.raw(tmp_path, reader)) == [[row for rows in parts for row in rows]]


def framed_twice(apart: float, between: float) -> Callable[[Sheet], None]:
    def draw(sheet: Sheet) -> None:
        """Each cell in two boxes, `between` points from one another, `apart` from the next cell's."""
        for x0, x1 in pairwise(XS):
            for y0, y1 in pairwise(YS):
                for off in (apart / 2, apart / 2 + between):
                    sheet.box(x0 + off, y0 + off, x1 - off, y1 - off)

    return draw


def bevelled(sheet: Sheet) -> None:
    """Each cell with sides of two shades, 8 points from the next."""
    for x0, x1 in pairwise(XS):
        for y0, y1 in pairwise(YS):
            for off, shade in ((3.2, 0.5), (4.0, 0.0)):
                sheet.fill(x0 + off, y0 + off, x1 - off, y0 + off + 0.8, shade)
                sheet.fill(x0 + off, y1 - off - 0.8, x1 - off, y1 - off, shade)
                sheet.fill(x0 + off, y0 + off, x0 + off + 0.8, y1 - off, shade)
                sheet.fill(x1 - off - 0.8, y0 + off, x1 - off, y1 - off, shade)


@each_reader
@pytest.mark.parametrize("draw", [framed_twice(3.0, 2.2), framed_twice(2.4, 1.6), bevelled])
def test_sides_of_cells_that_stand_apart_are_one_wall(
    draw: Callable[[Sheet], None], reader: Reader, tmp_path: Path
) -> None:
    sheet = Sheet()
    draw(sheet)
    sheet.texts()
    assert rows_of(sheet.raw(tmp_path, reader)) == [TEXTS]


@each_reader
def test_a_column_of_small_letters_is_no_gutter(reader: Reader, tmp_path: Path) -> None:
    xs = (50.0, 150.0, 157.0, 250.0)
    sheet = Sheet()
    sheet.rules(sheet.line, xs=xs)
    rows = [[a, "", d] for a, _, _, d in TEXTS]
    sheet.texts(rows, xs=xs)
    sheet.text(151, 145, "A", size=6)
    rows[1][1] = "A"
    assert rows_of(sheet.raw(tmp_path, reader)) == [rows]


def right(sheet: Sheet) -> None:
    sheet.line(XS[-1], YS[1], XS[-1] + 12, YS[1])
    sheet.line(XS[-1] + 12, YS[1], XS[-1] + 12, YS[3])
    sheet.line(XS[-1], YS[3], XS[-1] + 12, YS[3])


def right_over_rows(sheet: Sheet) -> None:
    """It begins and ends within rows, 2 points off the table."""
    sheet.line(XS[-1] + 2, YS[0] + 8, XS[-1] + 10, YS[0] + 8)
    sheet.line(XS[-1] + 10, YS[0] + 8, XS[-1] + 10, YS[-1] - 8)
    sheet.line(XS[-1] + 2, YS[-1] - 8, XS[-1] + 10, YS[-1] - 8)


def left(sheet: Sheet) -> None:
    sheet.line(XS[0] - 8, YS[2], XS[0], YS[2])
    sheet.line(XS[0] - 8, YS[2], XS[0] - 8, YS[4])
    sheet.line(XS[0] - 8, YS[4], XS[0], YS[4])


def below(sheet: Sheet) -> None:
    sheet.line(XS[1], YS[-1], XS[1], YS[-1] + 9)
    sheet.line(XS[1], YS[-1] + 9, XS[3], YS[-1] + 9)
    sheet.line(XS[3], YS[-1], XS[3], YS[-1] + 9)


@each_reader
@pytest.mark.parametrize("draw", [right, right_over_rows, left, below])
def test_a_bracket_beside_a_table_is_none_of_its_cells(
    draw: Callable[[Sheet], None], reader: Reader, tmp_path: Path
) -> None:
    sheet = Sheet()
    sheet.rules(sheet.line)
    sheet.texts()
    draw(sheet)
    assert rows_of(sheet.raw(tmp_path, reader)) == [TEXTS]


@each_reader
def test_an_empty_outer_column_as_high_as_its_table_stays(reader: Reader, tmp_path: Path) -> None:
    """The rest of a merged label, whose text stands on the page before."""
    sheet = Sheet()
    sheet.rules(sheet.line)
    sheet.box(XS[0] - 16, YS[0], XS[0], YS[-1])
    sheet.texts()
    (raw,) = sheet.raw(tmp_path, reader).tables
    assert [(c.row, c.row_span) for c in raw.cells if c.col == 0] == [(0, 4)]


@each_reader
@pytest.mark.parametrize(("off", "side"), [(0.0, "left"), (0.0, "right"), (3.0, "right")])
def test_a_bracket_as_high_as_its_table_with_a_remark_is_no_column(
    off: float, side: str, reader: Reader, tmp_path: Path
) -> None:
    sheet = Sheet()
    sheet.rules(sheet.line)
    sheet.texts()
    edge, out = (XS[0] - off, -9.0) if side == "left" else (XS[-1] + off, 9.0)
    for y in (YS[0], YS[-1]):
        sheet.line(edge, y, edge + out, y)
    sheet.line(edge + out, YS[0], edge + out, YS[-1])
    sheet.text(edge + out - 28 if side == "left" else edge + out + 4, 152, "soon")
    raw = sheet.raw(tmp_path, reader)
    assert rows_of(raw) == [TEXTS]
    assert [line.text for block in raw.blocks for line in block.lines] == ["soon"]


@each_reader
def test_tables_close_to_each_other_have_their_own_columns_each(reader: Reader, tmp_path: Path) -> None:
    """Four points apart, without a heading between them."""
    other = [["Kind", "Now", "Then"], ["pools", "1,204", "1,500"], ["fields", "320", "400"]]
    xs = (XS[0], 120.0, 300.0, XS[-1])
    sheet = Sheet()
    sheet.rules(sheet.line)
    sheet.texts()
    ys = [YS[-1] + 4 + 25 * k for k in range(4)]
    sheet.rules(sheet.line, xs=xs, ys=ys)
    sheet.texts(other, xs=xs, ys=ys)
    assert rows_of(sheet.raw(tmp_path, reader)) == [TEXTS, other]
