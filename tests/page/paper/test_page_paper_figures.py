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
