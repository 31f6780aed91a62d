"""A row of cells over rows that are ruled across only is their heading, in both readers."""

from itertools import pairwise
from pathlib import Path

import pytest

from make.pdfs.walls import TEXTS, XS, YS, Sheet, each_reader, rows_of
from shinchoku.page import Reader


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
