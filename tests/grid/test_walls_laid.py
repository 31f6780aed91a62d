"""Remarks laid on tables, hatched cells, notes within a table's frame, in both readers."""

from pathlib import Path

import pytest

from make.pdfs.walls import TEXTS, XS, YS, Sheet, each_reader, rows_of
from shinchoku.page import Reader
from shinchoku.parts import RawPage


def said_outside(raw: RawPage) -> list[str]:
    return [line.text for block in raw.blocks for line in block.lines]


@each_reader
@pytest.mark.parametrize(
    "box", [(270.0, 140.0, 330.0, 160.0), (280.0, 168.0, 345.0, 182.0), (420.0, 140.0, 520.0, 157.0)]
)
@pytest.mark.parametrize("framed", [False, True])
def test_a_remark_on_a_white_ground_hides_no_wall_and_is_in_no_cell(
    box: tuple[float, float, float, float], framed: bool, reader: Reader, tmp_path: Path
) -> None:
    """On the wall between two rows; as wide as most of the column; or sticking out of the table."""
    x0, top, x1, bottom = box
    sheet = Sheet()
    sheet.rules(sheet.line)
    sheet.texts()
    sheet.fill(x0, top, x1, bottom, 1)
    if framed:
        sheet.box(x0, top, x1, bottom)
    sheet.text(x0 + 12, (top + bottom) / 2 + 3, "see p. 3")
    raw = sheet.raw(tmp_path, reader)
    assert rows_of(raw) == [TEXTS]
    assert said_outside(raw) == ["see p. 3"]
    assert "struck" not in {problem.code for problem in raw.problems}


@each_reader
def test_a_label_on_a_white_ground_alone_in_its_cells_is_theirs(reader: Reader, tmp_path: Path) -> None:
    rows: list[list[str | None]] = [list(row) for row in TEXTS]
    rows[1][2], rows[2][2] = "both", None
    sheet = Sheet()
    sheet.rules(sheet.line)
    sheet.texts([[text or "" for text in row] for row in TEXTS[:1]])
    for row, y in zip(rows[1:], YS[1:], strict=False):
        for text, x in zip(row, XS, strict=False):
            if text not in ("both", None):
                sheet.text(x + 6, y + 15, text)
    sheet.fill(254, 129, 346, 171, 1)
    sheet.text(290, 153, "both")
    assert rows_of(sheet.raw(tmp_path, reader)) == [rows]


@each_reader
@pytest.mark.parametrize("upright", [False, True])
def test_hatched_cells_are_cells(upright: bool, reader: Reader, tmp_path: Path) -> None:
    rows = [list(row) for row in TEXTS]
    rows[1][1] = rows[2][2] = ""
    sheet = Sheet()
    sheet.rules(sheet.line)
    sheet.texts(rows)
    for row, col in ((1, 1), (2, 2)):
        x0, x1, top, bottom = XS[col], XS[col + 1], YS[row], YS[row + 1]
        if upright:
            for k in range(1, 25):
                sheet.line(x0 + 4 * k, top, x0 + 4 * k, bottom, 0.25)
        else:
            for k in range(1, 8):
                sheet.line(x0, top + 3 * k, x1, top + 3 * k, 0.25)
    assert rows_of(sheet.raw(tmp_path, reader)) == [rows]


@each_reader
def test_low_rows_of_small_text_are_no_hatching(reader: Reader, tmp_path: Path) -> None:
    ys = [100 + 5.5 * k for k in range(7)]
    rows = [[f"{k}{letter}" for letter in "abcd"] for k in range(6)]
    sheet = Sheet()
    sheet.rules(sheet.line, ys=ys)
    for row, y in zip(rows, ys, strict=False):
        for text, x in zip(row, XS, strict=False):
            sheet.text(x + 4, y + 4.6, text, 4.5)
    assert rows_of(sheet.raw(tmp_path, reader)) == [rows]


@each_reader
@pytest.mark.parametrize("foot", [232.0, 260.0])
def test_a_note_in_the_frame_of_a_table_is_a_row_of_its_own(
    foot: float, reader: Reader, tmp_path: Path
) -> None:
    """The walls between the columns end where the note begins; no rule lies there."""
    sheet = Sheet()
    for y in (*YS[:-1], foot):
        sheet.line(XS[0], y, XS[-1], y)
    for x in XS:
        sheet.line(x, YS[0], x, foot if x in (XS[0], XS[-1]) else YS[-1])
    sheet.texts()
    sheet.text(XS[0] + 6, YS[-1] + 12, "Note: the numbers of this year are foreseen, not counted.")
    note = ["Note: the numbers of this year are foreseen, not counted.", None, None, None]
    assert rows_of(sheet.raw(tmp_path, reader)) == [[*TEXTS, note]]
