"""What is drawn over text and is no straight line, on the painted page: what it strikes out, and what not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from make.pdfs.page import each_reader
from make.pdfs.paper import boxed, drawn, held
from shinchoku.page import Page, Reader
from shinchoku.raw import raw_page

X0, Y0, X1, Y1 = 69, 681, 114, 691
"""Around the text of the first cell: 181 plan."""


def wave(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.moveTo(X0, 686)
    for x in range(X0, X1, 8):
        path.curveTo(x + 3, 688, x + 5, 684, x + 8, 686)
    canvas.drawPath(path)


def zigzag(canvas: Canvas) -> None:
    canvas.lines([(x, 684 + 3 * (i % 2), x + 4, 687 - 3 * (i % 2)) for i, x in enumerate(range(X0, X1, 4))])


def slant(canvas: Canvas) -> None:
    canvas.line(X0, 684, X1, 687.5)


def cross(canvas: Canvas) -> None:
    canvas.lines([(X0, Y0, X1, Y1), (X0, Y1, X1, Y0)])


def slash(canvas: Canvas) -> None:
    canvas.line(X0, Y0, X1, Y1)


def ring(canvas: Canvas) -> None:
    canvas.ellipse(X0 - 3, Y0 - 3, X1 + 3, Y1 + 3)


def frame(canvas: Canvas) -> None:
    canvas.roundRect(X0 - 2, Y0 - 2, 49, 14, 3)


def wave_under(canvas: Canvas) -> None:
    canvas.translate(0, -7)
    wave(canvas)


def wave_beyond(canvas: Canvas) -> None:
    wave(canvas)
    canvas.translate(45, 0)
    wave(canvas)


def marker(canvas: Canvas) -> None:
    canvas.setFillGray(0.7)
    path = canvas.beginPath()
    path.moveTo(X0, 683)
    path.lineTo(X1, 683)
    path.curveTo(X1 + 4, 683, X1 + 4, 688, X1, 688)
    path.lineTo(X0, 688)
    path.curveTo(X0 - 4, 688, X0 - 4, 683, X0, 683)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.setFillGray(0)


def cell_crossed_out(canvas: Canvas) -> None:
    canvas.lines([(62, 672, 178, 698), (62, 698, 178, 672)])


def read(tmp_path: Path, reader: Reader, draw: Callable[[Canvas], None]) -> Page:
    def both(canvas: Canvas) -> None:
        boxed(canvas, ("181 plan", "26"), ("plan", "30"))
        canvas.setLineWidth(0.8)
        draw(canvas)

    return held(drawn(tmp_path / "struck.pdf", both), reader)


def struck(page: Page) -> str:
    return "".join(text for text, out in zip(page.glyphs.text, page.glyphs.struck, strict=True) if out)


@each_reader
@pytest.mark.parametrize("draw", [wave, zigzag, slant, cross, slash])
def test_lines_that_are_not_straight_and_crosses_strike_text_out(
    tmp_path: Path, reader: Reader, draw: Callable[[Canvas], None]
) -> None:
    page = read(tmp_path, reader, draw)
    assert (struck(page), page.drawn) == ("181plan", ())
    (told,) = [problem for problem in raw_page(page).problems if problem.code == "struck"]
    assert (told.row, told.col) == (0, 0)


@each_reader
@pytest.mark.parametrize("draw", [ring, frame, marker, wave_under, wave_beyond, cell_crossed_out])
def test_what_is_drawn_around_text_under_it_or_on_beyond_it_strikes_none_out(
    tmp_path: Path, reader: Reader, draw: Callable[[Canvas], None]
) -> None:
    page = read(tmp_path, reader, draw)
    assert struck(page) == ""
    assert page.drawn


@each_reader
def test_what_is_left_of_a_cell_of_which_some_is_scribbled_out_is_its_text(
    tmp_path: Path, reader: Reader
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(130, 682, "204")
        wave(canvas)

    (table,) = raw_page(read(tmp_path, reader, draw)).tables
    cell = table.cells[0]
    assert ([line.text for line in cell.lines], [line.text for line in cell.whole]) == (
        ["204"],
        ["181 plan 204"],
    )
