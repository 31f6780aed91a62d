"""Rows ruled across only: their columns stand close to each other, or are those of cells over them."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from make.pdfs.walls import TEXTS, XS, YS, Sheet, each_reader, rows_of
from shinchoku.page import Reader

ROWS = [["Plan", "Base", "Now", "Goal"], ["Pools", "12", "1,204", "1,500"], ["Roads", "320", "400", "85"]]
MORE = [["Clubs", "5", "60", "7,000"], ["Parks", "41", "2", "3"]]
SIZE = 9.0


def wide(sheet: Sheet, text: str) -> float:
    return float(sheet.canvas.stringWidth(text, "Helvetica", SIZE))


def write(sheet: Sheet, rows: Sequence[Sequence[str]], gap: float, ends: bool, rules: Sequence[int]) -> None:
    """Rows whose columns are `gap` ems apart where their texts are longest, set from their beginning or, but
    for the first one, from their end; rules over the rows of those numbers."""
    x = 60.0
    for k, column in enumerate(zip(*rows, strict=True)):
        room = max(wide(sheet, text) for text in column)
        for r, text in enumerate(column):
            sheet.text(x + (room - wide(sheet, text) if ends and k else 0), 113 + 18 * r, text)
        x += room + gap * SIZE
    for r in rules:
        sheet.line(60, 100 + 18 * r, x, 100 + 18 * r)


@each_reader
@pytest.mark.parametrize("ends", [False, True])
@pytest.mark.parametrize("gap", [0.4, 0.6, 1.0])
@pytest.mark.parametrize("all_rules", [False, True])
def test_close_columns_are_columns(
    all_rules: bool, gap: float, ends: bool, reader: Reader, tmp_path: Path
) -> None:
    rows = [*ROWS, *MORE]
    sheet = Sheet()
    write(sheet, rows, gap, ends, range(6) if all_rules else (0, 1, 5))
    assert rows_of(sheet.raw(tmp_path, reader)) == [rows]


@each_reader
def test_words_between_rules_are_no_columns(reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    for k, line in enumerate(
        ("All of what was to be done", "this year was done in", "time, and more is to come", "in the next.")
    ):
        sheet.text(60, 113 + 14 * k, line)
    for y in (100.0, 118.0, 160.0):
        sheet.line(60, y, 200, y)
    assert rows_of(sheet.raw(tmp_path, reader)) == []


@each_reader
@pytest.mark.parametrize("shaded", [True, False])
@pytest.mark.parametrize("first", [True, False])
def test_cells_right_above_rows_are_their_heading(
    first: bool, shaded: bool, reader: Reader, tmp_path: Path
) -> None:
    """With a rule right under the heading or without one; the walls lie elsewhere than the middle of the
    white below."""
    xs = (50.0, 130.0, 250.0, 330.0, 450.0)
    sheet = Sheet()
    for a, b in pairwise(xs):
        if shaded:
            sheet.fill(a, YS[0], b, YS[1] - 2, 0.8 if a == xs[0] else 0.7)
        else:
            sheet.box(a, YS[0], b, YS[1] - 5)
    for y in YS[1 if first else 2 :]:
        sheet.line(xs[0], y, xs[-1], y, 0.4)
    sheet.texts(TEXTS[:1], xs=xs)
    sheet.texts(TEXTS[1:], xs=[x + 20 for x in xs], ys=YS[1:])
    assert rows_of(sheet.raw(tmp_path, reader)) == [TEXTS]


@each_reader
def test_cells_over_text_that_runs_across_their_walls_are_no_heading_of_it(
    reader: Reader, tmp_path: Path
) -> None:
    sheet = Sheet()
    for a, b in pairwise(XS):
        sheet.box(a, YS[0], b, YS[1] - 5)
    for y in YS[1:]:
        sheet.line(XS[0], y, XS[-1], y, 0.4)
    sheet.texts(TEXTS[:1])
    for y in YS[1:-1]:
        sheet.text(XS[0] + 6, y + 15, "This runs on and on across all of the walls that there are")
        sheet.text(XS[-1] - 40, y + 15, "12")
    assert TEXTS[:1] in rows_of(sheet.raw(tmp_path, reader))
