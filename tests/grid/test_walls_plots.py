"""Lines of plots and of charts of offices, which are no tables, in both readers."""

from itertools import pairwise
from pathlib import Path

import pytest

from make.pdfs.walls import TEXTS, XS, YS, Sheet, each_reader, rows_of
from shinchoku.page import Reader
from shinchoku.parts import RawPage

LEVELS = [150.0 + 40 * k for k in range(6)]
VALUES = ("120", "340", "560", "410")


def blocks_of(raw: RawPage) -> str:
    return " ".join(line.text for block in raw.blocks for line in block.lines)


def label(sheet: Sheet, x: float, y: float, text: str, at: float) -> None:
    """A text whose middle is at y, and that begins at x, ends there or has its middle there (`at` 0, 1,
    1/2)."""
    wide = sheet.canvas.stringWidth(text, "Helvetica", 7)
    sheet.text(x - at * wide, y + 2.5, text, 7)


@each_reader
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_plot_with_values_at_its_lines_is_no_table(side: str, reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    for k, y in enumerate(LEVELS):
        sheet.line(100, y, 400, y, 0.3, 0.7)
        x, at = (95.0, 1.0) if side == "left" else (405.0, 0.0)
        label(sheet, x, y, str(1000 - 200 * k), at)
    for x in (100.0, 400.0):
        sheet.line(x, LEVELS[0], x, LEVELS[-1])
    for k, value in enumerate(VALUES):
        x, top = 130 + 70 * k, LEVELS[-1] - float(value) / 5
        sheet.fill(x, top, x + 30, LEVELS[-1], 0.6)
        sheet.text(x + 8, top - 3, value)
        label(sheet, x + 15, LEVELS[-1] + 10, f"R{k}", 0.5)
    raw = sheet.raw(tmp_path, reader)
    assert rows_of(raw) == []
    assert all(text in blocks_of(raw).split() for text in (*VALUES, "1000", "200", "R3"))


@each_reader
def test_bars_over_lines_with_values_below_are_no_table(reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    for k in range(6):
        sheet.line(150 + 50 * k, 140, 150 + 50 * k, 240, 0.3, 0.7)
        label(sheet, 150 + 50 * k, 248, f"{20 * k}%", 0.5)
    for r, shares in enumerate([(20, 30, 50), (26, 24, 50), (21, 28, 51)]):
        x, y = 150.0, 148.0 + 30 * r
        for share, shade in zip(shares, (0.5, 0.7, 0.9), strict=True):
            sheet.fill(x, y, x + 2.5 * share, y + 18, shade)
            sheet.box(x, y, x + 2.5 * share, y + 18)
            label(sheet, x + 1.25 * share, y + 9, f"{share}.0", 0.5)
            x += 2.5 * share
    raw = sheet.raw(tmp_path, reader)
    assert rows_of(raw) == []
    assert all(text in blocks_of(raw).split() for text in ("20.0", "51.0", "0%", "100%"))


@each_reader
@pytest.mark.parametrize("reach", [0, 6])
def test_a_table_with_names_of_its_rows_beside_it_is_one(
    reach: float, reader: Reader, tmp_path: Path
) -> None:
    """Each name in the middle of its row; or of two rows, on the line between them."""
    sheet = Sheet()
    ys = [YS[0] + 12 * k for k in range(9)]
    sheet.rules(sheet.line, ys=ys)
    rows = [[f"{k}{letter}" for letter in "abcd"] for k in range(8)]
    for k, row in enumerate(rows):
        for text, x in zip(row, XS, strict=False):
            sheet.text(x + 5, ys[k] + 9, text)
    for k in range(0, 8, 2):
        label(sheet, XS[0] - 4, ys[k] + 6 + reach, f"plan{k}", 1)
    assert rows_of(sheet.raw(tmp_path, reader)) == [rows]


@each_reader
def test_boxes_that_lines_join_are_no_table(reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.box(250, 120, 350, 144)
    sheet.text(280, 136, "Mayor")
    sheet.line(300, 144, 300, 160)
    sheet.line(110, 160, 490, 160)
    names = ("Plans", "Health", "Roads", "Schools")
    for x, name in zip((110, 236, 363, 490), names, strict=True):
        sheet.line(x, 160, x, 176)
        sheet.box(x - 40, 176, x + 40, 200)
        sheet.text(x - 15, 192, name)
    raw = sheet.raw(tmp_path, reader)
    assert rows_of(raw) == []
    said = ["".join(line.text for line in block.lines) for block in raw.blocks]
    assert sorted(said) == sorted([*names, "Mayor"])


@each_reader
def test_bars_without_text_are_no_cells(reader: Reader, tmp_path: Path) -> None:
    """Beside a table, bars of a plot that stand side by side."""
    sheet = Sheet()
    sheet.rules(sheet.line)
    sheet.texts()
    for k, (a, b) in enumerate(pairwise((480, 500, 520, 540))):
        sheet.fill(a, 120 + 15 * (k % 2), b, 200, 0.4 + 0.2 * k)
    assert rows_of(sheet.raw(tmp_path, reader)) == [TEXTS]


@each_reader
@pytest.mark.parametrize("upright", [False, True])
def test_bars_of_other_lengths_without_text_are_no_table(
    upright: bool, reader: Reader, tmp_path: Path
) -> None:
    """Those of a pyramid of ages, side by side."""
    sheet = Sheet()
    for k, long in enumerate((40, 60, 80, 90, 70)):
        box = (100.0, 120.0 + 18 * k, 100.0 + long, 136.0 + 18 * k)
        sheet.box(*(box if not upright else (box[1], 300 - box[2], box[3], 200.0)))
    assert rows_of(sheet.raw(tmp_path, reader)) == []


@each_reader
@pytest.mark.parametrize("odd", [0, 1])
def test_cells_of_a_checkerboard_are_a_tables(odd: int, reader: Reader, tmp_path: Path) -> None:
    """Corners of it are not filled."""
    sheet = Sheet()
    for r in range(4):
        for c in range(4):
            if (r + c) % 2 == odd:
                sheet.fill(XS[c], YS[r], XS[c + 1], YS[r + 1], 0.9)
    sheet.texts()
    assert rows_of(sheet.raw(tmp_path, reader)) == [TEXTS]
