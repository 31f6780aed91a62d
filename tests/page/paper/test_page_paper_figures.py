"""Figures of which the file does not say what they are, held against the painted page."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from make.pdfs.page import each_reader, seen
from make.pdfs.paper import boxed, drawn, held
from shinchoku.page import Page, Reader
from shinchoku.page.letters import UNREADABLE
from shinchoku.raw import raw_page


def places(page: Page) -> list[tuple[int | None, int | None, str]]:
    """Row, column and text of what looks other, once the page's tables are known."""
    return [(p.row, p.col, p.printed) for p in raw_page(page).problems if p.code == "looks_other"]


@each_reader
@pytest.mark.parametrize(
    ("said", "shown", "told"),
    [
        (" ", "15", "5"),
        ("\u00a0", "50", "5"),
        ("\ue005", "15", "5"),
        (" ", "5.fun", " "),
        (" ", "plan5", " "),
    ],
)
def test_a_figure_that_says_nothing_is_read_as_it_looks_beside_another(
    tmp_path: Path, reader: Reader, said: str, shown: str, told: str
) -> None:
    def draw(canvas: Canvas) -> None:
        boxed(canvas, ("plan A", shown), ("plan", "16"))

    page = held(drawn(tmp_path / "lie.pdf", draw, {"5": said}), reader)
    assert seen(page) == f"plan A{shown if told == '5' else shown.replace('5', UNREADABLE)}plan16"
    assert places(page) == [(0, 1, told)]


@each_reader
@pytest.mark.parametrize("letter", ["S", "l", "I", "O", "g", "?"])
def test_letters_that_say_nothing_are_no_figures(tmp_path: Path, reader: Reader, letter: str) -> None:
    path = drawn(tmp_path / "lie.pdf", lambda c: boxed(c, ("A", f"{letter}an 26")), {letter: "\ue005"})
    page = held(path, reader)
    assert (seen(page), places(page)) == ("A\ue005an 26", [])


@each_reader
def test_figures_of_a_font_in_which_nothing_else_says_nothing_are_read(
    tmp_path: Path, reader: Reader
) -> None:
    lies = {"1": "\ue001", "5": "\ue005"}
    page = held(drawn(tmp_path / "lie.pdf", lambda c: boxed(c, ("plan", "15 plan")), lies), reader)
    assert (seen(page), places(page)) == ("plan15 plan", [(0, 1, "15")])


@each_reader
@pytest.mark.parametrize(("letter", "said"), [("m", "0"), ("%", "8"), (".", "0"), (",", "1")])
def test_what_says_a_figure_and_shows_none_is_unreadable(
    tmp_path: Path, reader: Reader, letter: str, said: str
) -> None:
    path = drawn(
        tmp_path / "lie.pdf", lambda c: boxed(c, ("plan", f"26{letter}37"), ("plan", "48")), {letter: said}
    )
    page = held(path, reader)
    assert (seen(page), places(page)) == (f"plan26{UNREADABLE}37plan48", [(0, 1, said)])
    assert [(doubt.said, doubt.looks) for doubt in page.doubts] == [(said, UNREADABLE)]


@each_reader
def test_a_figure_under_a_stamp_of_text_is_read(tmp_path: Path, reader: Reader) -> None:
    def draw(canvas: Canvas) -> None:
        boxed(canvas, ("plan", "26 37"), ("plan", "48"))
        canvas.setFont("bold", 24)
        canvas.setFillGray(0.6)
        canvas.drawString(188, 678, "OK")

    page = held(drawn(tmp_path / "stamp.pdf", draw), reader)
    assert "26 37" in seen(page)
    assert page.doubts == ()


@each_reader
@pytest.mark.parametrize(("low", "kept"), [(675.5, "upper"), (683.5, "lower")])
def test_what_is_left_of_a_covered_letter_is_no_dash(
    tmp_path: Path, reader: Reader, low: float, kept: str
) -> None:
    def draw(canvas: Canvas) -> None:
        boxed(canvas, ("plan", "E"), ("plan", "A"))
        canvas.setFillGray(1)
        canvas.rect(188, low, 12, 12.8 if kept == "upper" else 8, stroke=0, fill=1)

    page = held(drawn(tmp_path / "covered.pdf", draw), reader)
    assert "-" not in seen(page)


@each_reader
def test_figures_as_broad_as_those_beside_them_are_of_a_broad_face(tmp_path: Path, reader: Reader) -> None:
    rows = (("plan", "26mm37"), ("plan", "48"))
    path = drawn(tmp_path / "broad.pdf", lambda c: boxed(c, *rows), {"m": "0"})
    page = held(path, reader)
    assert (seen(page), page.doubts) == ("plan260037plan48", ())
