"""Signs held against the painted page: what says nothing or too much, mirror writing, strokes by figures."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from make.pdfs.page import Pdf, codes, each_reader, seen
from make.pdfs.paper import boxed, drawn, held
from shinchoku.page import Page, Reader, open_pdf
from shinchoku.page.paper import hold_against_paper
from shinchoku.page.pdfium.reader import PdfiumPdf
from shinchoku.problems import Severity
from shinchoku.raw import raw_page


def places(page: Page, code: str) -> list[tuple[int | None, int | None, int | None, str]]:
    """Table, row, column and text of each warning of that code, once the page's tables are known."""
    found = [p for p in raw_page(page).problems if p.code == code]
    assert all(p.severity is Severity.WARNING and p.page == 1 and p.box for p in found)
    return [(p.table, p.row, p.col, p.printed) for p in found]


def lied(tmp_path: Path, reader: Reader, letter: str, said: str, text: str) -> Page:
    """A table with a text in its upper right cell, in whose font a letter says something else."""
    path = drawn(tmp_path / "lie.pdf", lambda c: boxed(c, ("plan", text), ("plan", "26")), {letter: said})
    return held(path, reader)


@each_reader
@pytest.mark.parametrize(("letter", "said"), [("5", "50"), ("1", "21"), ("5", "5.0")])
def test_one_figure_that_says_several_is_read_as_it_looks_beside_another(
    tmp_path: Path, reader: Reader, letter: str, said: str
) -> None:
    page = lied(tmp_path, reader, letter, said, "15")
    assert (seen(page), places(page, "looks_other")) == ("plan15plan26", [(1, 0, 1, letter)])
    page = lied(tmp_path, reader, letter, said, f"{letter} of")
    assert (seen(page), places(page, "looks_other")) == ("plan\ufffd ofplan26", [(1, 0, 1, said)])


@each_reader
def test_glyphs_of_several_letters_that_show_them_all_are_sound(tmp_path: Path, reader: Reader) -> None:
    page = lied(tmp_path, reader, '"', "11", '15"')
    assert (seen(page), codes(page)) == ("plan1511plan26", [])


@each_reader
@pytest.mark.parametrize("said", ["\u200b", "\u2060"])
def test_a_point_that_says_it_has_no_width_is_unreadable(tmp_path: Path, reader: Reader, said: str) -> None:
    page = lied(tmp_path, reader, ".", said, "1.5")
    assert seen(page) == "plan1\ufffd5plan26"
    assert places(page, "looks_other") == [(1, 0, 1, " ")]


@each_reader
def test_points_over_a_line_close_below_are_sound(tmp_path: Path, reader: Reader) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("sans", 7)
        for i, text in enumerate(("21.9 1,800 30.5", "HHHHHHHHHHHHH", "888888888888", "1.5 2,400 6.70")):
            canvas.drawString(100, 700 - 7.4 * i, text)

    page = held(drawn(tmp_path / "close.pdf", draw), reader)
    assert (codes(page), page.doubts) == ([], ())


@each_reader
@pytest.mark.parametrize(("one", "other"), [(".", ","), (",", ".")])
def test_points_and_commas_in_one_anothers_place_are_an_error_on_the_font(
    tmp_path: Path, reader: Reader, one: str, other: str
) -> None:
    page = lied(tmp_path, reader, one, other, f"1{one}500")
    assert [(doubt.said, doubt.looks) for doubt in page.doubts] == [(other, one)]
    assert places(page, "looks_other") == [(1, 0, 1, other)]
    honest = drawn(tmp_path / "sound.pdf", lambda c: boxed(c, ("1,500", "1.5"), ("2,600", "2.6")))
    assert codes(held(honest, reader)) == []


@each_reader
def test_a_comma_behind_a_figure_without_height_does_not_hide_that_others_say_points(
    tmp_path: Path, reader: Reader
) -> None:
    def draw(canvas: Canvas) -> None:
        boxed(canvas, ("plan", "1,5"), ("plan", "2,6"))
        canvas.saveState()
        canvas.transform(1, 0, 0, 0, 0, 500)
        canvas.drawString(70, 0, "7")
        canvas.restoreState()
        canvas.drawString(77, 500, ",5")

    page = held(drawn(tmp_path / "lie.pdf", draw, {",": "."}), reader, hidden=True)
    assert [text for text in page.glyphs.text if text in ".,"] == [",", ",", "."]


@each_reader
def test_figures_struck_by_dashes_set_over_them_are_unreadable(tmp_path: Path, reader: Reader) -> None:
    def draw(canvas: Canvas) -> None:
        boxed(canvas, ("plan", "15"), ("plan", "26"))
        canvas.drawString(189.5, 682, "--")
        canvas.drawString(193.5, 682, "--")
        canvas.drawString(190, 650, "_____")

    page = held(drawn(tmp_path / "lie.pdf", draw), reader)
    assert "15" not in seen(page)
    assert {row for _, row, _, _ in places(page, "overprinted")} == {0}


@each_reader
def test_a_soft_hyphen_on_paper_is_a_hyphen(tmp_path: Path, reader: Reader) -> None:
    page = lied(tmp_path, reader, "-", "\u00ad", "-15")
    assert (seen(page), codes(page)) == ("plan-15plan26", [])


@each_reader
def test_text_taken_for_hidden_that_is_on_paper_counts(tmp_path: Path, reader: Reader) -> None:
    path = drawn(tmp_path / "sound.pdf", lambda c: boxed(c, ("plan", "15"), ("plan", "26")))
    pages, pdf = open_pdf(path, reader), PdfiumPdf(path)
    page = pages.read(1)
    number = np.array([text in "15" for text in page.glyphs.text])
    hidden = replace(page, glyphs=replace(page.glyphs, visible=~number, clipped=number))
    found = hold_against_paper(hidden, pdf.document)
    pages.close()
    pdf.close()
    assert (seen(found), codes(found)) == ("plan15plan26", [])
    assert not found.glyphs.clipped.any()


@each_reader
def test_text_that_runs_off_the_page_is_hidden_where_the_page_ends(tmp_path: Path, reader: Reader) -> None:
    def draw(canvas: Canvas) -> None:
        boxed(canvas, ("plan", "15"), ("plan", "26"))
        canvas.setFont("sans", 9)
        letter = canvas.stringWidth("E", "sans", 9)
        canvas.drawString(canvas._pagesize[0] - 4.4 * letter, 500, "E" * 20)  # the fifth lies over the edge

    page = held(drawn(tmp_path / "wide.pdf", draw), reader, hidden=True)
    assert (seen(page), codes(page)) == ("plan15plan26EEEEE", [])


@each_reader
def test_a_cover_in_a_layer_that_is_off_covers_nothing(tmp_path: Path, reader: Reader) -> None:
    content = b"BT /F1 10 Tf 100 600 Td (15) Tj ET /OC /L0 BDC 1 g 90 590 60 30 re f EMC"
    pdf = Pdf(
        content,
        resources=b"/Properties<</L0 10 0 R>>",
        objects=[b"<</Type/OCG/Name(old)>>"],
        catalog=b"/OCProperties<</OCGs[10 0 R]/D<</OFF[10 0 R]>>>>",
    )
    page = held(pdf.write(tmp_path), reader, hidden=True)
    assert (seen(page), codes(page)) == ("15", [])


@each_reader
def test_text_too_small_to_read_beside_text_that_is_not_counts_as_unseen(
    tmp_path: Path, reader: Reader
) -> None:
    def draw(canvas: Canvas) -> None:
        boxed(canvas, ("plan", "15"), ("plan", "26"))
        canvas.setFont("sans", 1.2)
        canvas.drawString(189, 682, "9")

    page = held(drawn(tmp_path / "lie.pdf", draw), reader)
    assert seen(page) == "plan15plan26"
    assert places(page, "not_on_paper") == [(1, 0, 1, "9")]


@each_reader
def test_unseen_text_that_begins_over_other_text_is_unseen_as_a_whole(tmp_path: Path, reader: Reader) -> None:
    def draw(canvas: Canvas) -> None:
        boxed(canvas, ("plan", "15"), ("plan", "26"))
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(250, 690, 40, 5)
        path.rect(250, 675, 40, 5)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.drawString(200, 682, "99")
        canvas.restoreState()

    page = held(drawn(tmp_path / "lie.pdf", draw), reader)
    assert seen(page) == "plan15plan26"
    assert places(page, "not_on_paper") == [(1, 0, 1, "99")]


@each_reader
@pytest.mark.parametrize(
    ("matrix", "percent"),
    [
        ((-1, 0, 0, 1, 230, 682), 100),
        ((1, 0, 0, -1, 190, 690), 100),
        ((-1, 0, 0, -1, 230, 690), 100),
        ((1, 0, 0, 1, 230, 682), -100),
    ],
)
def test_mirror_writing_and_text_upside_down_are_named(
    tmp_path: Path, reader: Reader, matrix: tuple[float, ...], percent: int
) -> None:
    def draw(canvas: Canvas) -> None:
        boxed(canvas, ("plan", ""), ("plan", "26"))
        text = canvas.beginText()
        text.setTextTransform(*matrix)
        text.setHorizScale(percent)
        text.textOut("166")
        text.setHorizScale(100)
        canvas.drawText(text)

    page = held(drawn(tmp_path / "lie.pdf", draw), reader)
    assert places(page, "mirrored") == [(1, 0, 1, "166")]


@each_reader
@pytest.mark.parametrize(
    ("turn", "origin", "size"),
    [(90, (-200, 800), (800, 600)), (180, (600, 800), (600, 800)), (270, (750, 0), (800, 600))],
)
def test_a_page_lying_on_its_side_is_set_upright(
    tmp_path: Path, reader: Reader, turn: int, origin: tuple[int, int], size: tuple[int, int]
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(*origin)
        canvas.rotate(-turn)
        boxed(canvas, ("plan A", "15"), ("plan B", "26"), ("plan C", "37"), ("plan D", "48"))
        canvas.setFillGray(1)
        canvas.drawString(190, 500, "99")

    page = held(drawn(tmp_path / "side.pdf", draw), reader)
    assert (page.lies, (page.width, page.height)) == (turn, size)
    assert codes(page) == ["sideways", "not_on_paper"]
    (table,) = raw_page(page).tables
    assert [[line.text for line in cell.lines] for cell in table.cells][:2] == [["plan A"], ["15"]]
    assert page.glyphs.x0[0] == pytest.approx(70, abs=0.1)
    assert all((page.glyphs.turn == 0).tolist())


def minus(canvas: Canvas) -> None:
    canvas.rect(185, 685, 4, 0.8, stroke=0, fill=1)


def point(canvas: Canvas) -> None:
    canvas.rect(196.2, 682, 0.9, 0.9, stroke=0, fill=1)


def one(canvas: Canvas) -> None:
    canvas.setLineWidth(0.9)
    canvas.line(187.5, 682, 187.5, 689)


def seven(canvas: Canvas) -> None:
    canvas.setLineWidth(0.8)
    canvas.line(190, 689.5, 193, 689.5)


@each_reader
@pytest.mark.parametrize("stroke", [minus, point, one, seven])
def test_a_stroke_that_may_be_part_of_a_number_is_told(
    tmp_path: Path, reader: Reader, stroke: object
) -> None:
    def draw(canvas: Canvas) -> None:
        boxed(canvas, ("plan", "15"), ("plan", "26"))
        assert callable(stroke)
        stroke(canvas)

    page = held(drawn(tmp_path / "lie.pdf", draw), reader)
    assert places(page, "drawn") == [(1, 0, 1, "15")]


@each_reader
def test_rules_leaders_and_lines_under_figures_are_no_part_of_them(tmp_path: Path, reader: Reader) -> None:
    def draw(canvas: Canvas) -> None:
        boxed(canvas, ("plan", "15"), ("plan", "26"))
        canvas.line(190, 680.5, 201, 680.5)
        for i in range(30):
            canvas.rect(204 + 3 * i, 684, 1, 1, stroke=0, fill=1)
            canvas.line(182 + 3 * i, 659, 183.5 + 3 * i, 659)

    page = held(drawn(tmp_path / "sound.pdf", draw), reader)
    assert places(page, "drawn") == []
