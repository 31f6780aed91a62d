"""What is painted on a table and is no wall of it: it changes no cell. What hides a wall: it does."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from make.pdfs.walls import HEIGHT, TEXTS, XS, YS, Sheet, each_reader, rows_of
from shinchoku.page import Reader


def balloon(sheet: Sheet) -> None:
    """A balloon whose tail points at a cell: five straight sides and the two of its tail."""
    x0, y0, x1, y1 = 260.0, 128.0, 430.0, 172.0
    sheet.shape((x0, y0), (x1, y0), (x1, y1), (320, y1), (300, 190), (300, y1), (x0, y1))


def bookmark(sheet: Sheet) -> None:
    """A figure with a point, from side to side of three columns."""
    sheet.shape((150, 130), (430, 130), (445, 137), (430, 146), (150, 146))


def thick_underline(sheet: Sheet) -> None:
    """A marker's stroke, 4 points thick, under a text that fills its cell."""
    text = "all across the cell it is written"
    sheet.text(150.2, 140, text, size=99.6 / sheet.canvas.stringWidth(text, "Helvetica", 1))
    sheet.fill(150, 136, 250, 140, shade=0.7)


def outlines(sheet: Sheet) -> None:
    """Letters that are drawn as boxes too, in each cell of a row: their strokes stand at one height."""
    for x in (150.0, 250.0, 350.0):
        for k in range(9):
            sheet.text(x + 2 + 10 * k, 173, "E", size=13)
            for y in (164.0, 168.0, 172.0):
                sheet.fill(x + 3 + 10 * k, y, x + 9.5 + 10 * k, y + 0.9)


def arrow(to: float, head: bool) -> Callable[[Sheet], None]:
    def draw(sheet: Sheet) -> None:
        """An arrow under a text, through the cells of a row."""
        sheet.text(XS[1] + 5, 138, "doing")
        sheet.line(XS[1] + 2, 143, to, 143, width=1.2)
        if head:
            sheet.shape((to - 6, 140), (to, 143), (to - 6, 146), fill=True)

    return draw


def open_head(halves: bool) -> Callable[[Sheet], None]:
    def draw(sheet: Sheet) -> None:
        """An arrow with an open head, from wall to wall of a row without text, in one line or in two."""
        sheet.line(XS[1], 140, XS[4], 140, width=1)
        above, tip, below = (XS[4] - 5, 137), (XS[4], 140), (XS[4] - 5, 143)
        if halves:
            sheet.line(*above, *tip)
            sheet.line(*tip, *below)
        else:
            path = sheet.canvas.beginPath()
            path.moveTo(above[0], HEIGHT - above[1])
            for x, y in (tip, below):
                path.lineTo(x, HEIGHT - y)
            sheet.canvas.drawPath(path)

    return draw


def downward(sheet: Sheet) -> None:
    """An arrow beside texts, down through the cells of a column."""
    for y in YS[1:]:
        sheet.text(XS[2] + 5, y - 8, "next")
    sheet.line(XS[3] - 10, YS[1] - 5, XS[3] - 10, YS[3] + 5, width=1)


def schedule_bar(start: float, end: float) -> Callable[[Sheet], None]:
    def draw(sheet: Sheet) -> None:
        """A bar of a schedule, 4 points thick."""
        sheet.fill(start, 160, end, 164, shade=0.4)

    return draw


NO_WALLS: dict[str, Callable[[Sheet], None]] = {
    "balloon": balloon,
    "bookmark": bookmark,
    "thick underline": thick_underline,
    "outlines of letters": outlines,
    "arrow that ends in a cell": arrow(XS[4] - 8, head=False),
    "arrow with a head": arrow(XS[4] - 8, head=True),
    "arrow from wall to wall": arrow(XS[4], head=True),
    "arrow with an open head": open_head(halves=False),
    "arrow with a head of two lines": open_head(halves=True),
    "arrow downwards": downward,
    "bar from wall to wall": schedule_bar(XS[1], XS[4]),
    "bar within cells": schedule_bar(XS[1] + 20, XS[4] - 30),
}


@each_reader
@pytest.mark.parametrize("way", NO_WALLS)
def test_what_is_no_wall_parts_no_cell(way: str, reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.rules(sheet.line)
    NO_WALLS[way](sheet)
    (table,) = sheet.raw(tmp_path, reader).tables
    assert [(c.row, c.col, c.row_span, c.col_span) for c in table.cells] == [
        (r, c, 1, 1) for r in range(4) for c in range(4)
    ]


@each_reader
def test_rows_as_high_as_their_text_keep_their_walls(reader: Reader, tmp_path: Path) -> None:
    """Borders drawn cell by cell; a text fills its cells and its letters reach over the wall below it."""
    ys = (100.0, 111.0, 122.0, 133.0)
    sheet = Sheet()
    for x0, x1 in pairwise(XS):
        for y0, y1 in pairwise(ys):
            sheet.box(x0, y0, x1, y1, width=0.5)
    texts = [[f"{n}", f"the words of row {n} fill", "181", "190"] for n in (1, 2, 3)]
    for row, y in zip(texts, ys, strict=False):
        for text, x in zip(row, XS, strict=False):
            sheet.text(x + 1, y + 9.6, text, size=9.3)
    assert rows_of(sheet.raw(tmp_path, reader)) == [texts]


def white_line(sheet: Sheet) -> None:
    sheet.line(XS[0] + 0.5, YS[2], XS[1] - 0.5, YS[2], width=1.5, shade=1.0)


def white_bar(sheet: Sheet) -> None:
    sheet.fill(XS[0] + 0.5, YS[2] - 2, XS[1] - 0.5, YS[2] + 2, shade=1.0)


def label(sheet: Sheet) -> None:
    """Grey, with a text of its own in the place of the cell's, and framed."""
    sheet.fill(XS[0] + 2, YS[2] - 8, XS[1] - 2, YS[2] + 8, shade=0.8)
    sheet.box(XS[0] + 2, YS[2] - 8, XS[1] - 2, YS[2] + 8)


@each_reader
@pytest.mark.parametrize("hide", [white_line, white_bar, label])
def test_a_wall_that_is_painted_over_parts_nothing(
    hide: Callable[[Sheet], None], reader: Reader, tmp_path: Path
) -> None:
    sheet = Sheet()
    sheet.rules(sheet.line)
    hide(sheet)
    rows: list[list[str | None]] = [list(row) for row in TEXTS]
    rows[1][0], rows[2][0] = "both", None
    sheet.texts([TEXTS[0], ["", *TEXTS[1][1:]], ["", *TEXTS[2][1:]], TEXTS[3]])
    sheet.text(XS[0] + 20, YS[2] + 4, "both")
    assert rows_of(sheet.raw(tmp_path, reader)) == [rows]


def called(shade: float | None, radius: float) -> Callable[[Sheet], None]:
    def draw(sheet: Sheet) -> None:
        """A remark in a box over a wall between two rows."""
        if shade is not None:
            sheet.fill(XS[2] + 40, YS[2] - 9, XS[2] + 96, YS[2] + 9, shade)
        sheet.box(XS[2] + 40, YS[2] - 9, XS[2] + 96, YS[2] + 9, radius=radius)
        sheet.text(XS[2] + 44, YS[2] + 3, "remark")

    return draw


def called_widely(sheet: Sheet) -> None:
    """A remark in a grey box over walls both ways."""
    sheet.fill(XS[1] + 50, YS[2] - 6, XS[3] + 50, YS[2] + 6, 0.9)
    sheet.box(XS[1] + 50, YS[2] - 6, XS[3] + 50, YS[2] + 6)
    sheet.text(XS[1] + 60, YS[2] + 3, "remark")


@each_reader
@pytest.mark.parametrize("draw", [called(None, 5), called(1.0, 0), called(0.9, 0), called_widely])
def test_a_remark_laid_over_cells_is_in_none_and_hides_no_wall(
    draw: Callable[[Sheet], None], reader: Reader, tmp_path: Path
) -> None:
    sheet = Sheet()
    sheet.rules(sheet.line)
    sheet.texts()
    draw(sheet)
    raw = sheet.raw(tmp_path, reader)
    assert rows_of(raw) == [TEXTS]
    assert ["".join(line.text for line in block.lines) for block in raw.blocks] == ["remark"]


@each_reader
@pytest.mark.parametrize("ground", [False, True])
def test_boxes_drawn_in_cells_part_none(ground: bool, reader: Reader, tmp_path: Path) -> None:
    """The bars of a schedule, outlined: within a cell, over a wall, up to the table's side."""
    sheet = Sheet()
    sheet.rules(sheet.line)
    for x0, x1, y in ((160, 240, YS[1]), (220, 330, YS[2]), (380, XS[-1], YS[3])):
        if ground:
            sheet.fill(x0, y + 7, x1, y + 18, 1.0)
        sheet.box(x0, y + 7, x1, y + 18)
    rows = [TEXTS[0], *([row[0], "", "", ""] for row in TEXTS[1:])]
    sheet.texts(rows)
    assert rows_of(sheet.raw(tmp_path, reader)) == [rows]


@each_reader
def test_boxes_in_boxes_drawn_in_cells_part_none(reader: Reader, tmp_path: Path) -> None:
    """A bar with two outlines over a wall."""
    sheet = Sheet()
    sheet.rules(sheet.line, ys=(*YS[:2], 225.0))
    for inset in (0, 15, 30):
        sheet.box(180 + inset, 135 + inset, 320 - inset, 215 - inset)
    rows = [TEXTS[0], ["one", "", "", ""]]
    sheet.texts(rows)
    assert rows_of(sheet.raw(tmp_path, reader)) == [rows]


@each_reader
def test_a_white_line_painted_before_a_wall_hides_nothing(reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    white_line(sheet)
    sheet.rules(sheet.line)
    sheet.texts()
    assert rows_of(sheet.raw(tmp_path, reader)) == [TEXTS]


@each_reader
def test_a_frame_with_a_heading_around_a_table_is_no_table(reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.rules(sheet.line, xs=(20.0, 575.0), ys=(20.0, 60.0, 820.0))
    sheet.text(40, 45, "title")
    sheet.rules(sheet.line)
    sheet.texts()
    raw = sheet.raw(tmp_path, reader)
    assert rows_of(raw) == [TEXTS]
    assert [line.text for block in raw.blocks for line in block.lines] == ["title"]
