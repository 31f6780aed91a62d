"""Text held against the painted page: what is not there, cannot be read, or looks other than it says."""

from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from make.pdfs.page import codes, each_reader, said, seen
from make.pdfs.paper import Draw, boxed, drawn, held, swapped
from shinchoku.making.doubts import doubtful_fonts
from shinchoku.page import Page, Reader
from shinchoku.page.paper.shapes import LETTERS
from shinchoku.parts import Doubt, RawPage
from shinchoku.problems import Severity
from shinchoku.raw import raw_page

SHIPPED = Path(__file__).parents[3] / "raw_pdfs" / "fy2019_progress.pdf"


def places(page: Page, code: str) -> list[tuple[int | None, int | None, int | None, str]]:
    """Table, row, column and text of each problem of that code, once the page's tables are known."""
    found = [p for p in raw_page(page).problems if p.code == code]
    assert all(p.severity is Severity.WARNING and p.page == 1 and p.box for p in found)
    return [(p.table, p.row, p.col, p.printed) for p in found]


def covered(canvas: Canvas) -> None:
    boxed(canvas, ("plan", "15"), ("plan", "16"))
    canvas.rect(185, 678, 60, 12, stroke=0, fill=1)


def cut_by_a_triangle(canvas: Canvas) -> None:
    boxed(canvas, ("plan", ""), ("plan", "16"))
    canvas.saveState()
    path = canvas.beginPath()
    path.moveTo(180, 700)
    path.lineTo(300, 700)
    path.lineTo(300, 690)
    path.close()
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawString(190, 675, "15")
    canvas.restoreState()


def too_small(canvas: Canvas) -> None:
    boxed(canvas, ("plan", ""), ("plan", "16"))
    canvas.setFont("sans", 0.05)
    canvas.drawString(190, 682, "15")


@each_reader
@pytest.mark.parametrize("draw", [covered, cut_by_a_triangle, too_small])
def test_text_that_is_not_on_paper_is_in_no_cell(tmp_path: Path, reader: Reader, draw: Draw) -> None:
    page = held(drawn(tmp_path / "lie.pdf", draw), reader)
    assert "15" not in seen(page)
    assert seen(page).endswith("16")
    assert places(page, "not_on_paper") == [(1, 0, 1, "15")]
    hidden = [line.text for block in raw_page(page).blocks if block.kind == "hidden" for line in block.lines]
    assert hidden == ["15"]


@each_reader
def test_many_places_off_the_paper_are_named_in_one_problem(tmp_path: Path, reader: Reader) -> None:
    def draw(canvas: Canvas) -> None:
        for i in range(25):
            canvas.drawString(100, 700 - 20 * i, f"x{i}")
            canvas.drawString(300, 700 - 20 * i, "seen")
        canvas.setFillGray(1)
        canvas.rect(90, 100, 60, 650, stroke=0, fill=1)

    page = held(drawn(tmp_path / "lie.pdf", draw), reader)
    problems = [p for p in page.problems if p.code == "not_on_paper"]
    assert len(problems) == 21
    assert problems[-1].message.startswith("5 more on this page")
    assert problems[-1].printed == "x20 x21 x22 x23 x24"


@each_reader
def test_text_under_a_picture_of_itself_is_a_layer_and_stays(tmp_path: Path, reader: Reader) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "EHE")
        canvas.setFillGray(1)
        canvas.rect(0, 0, 600, 800, stroke=0, fill=1)
        canvas.setLineWidth(1.5)
        for x in (101, 108, 115):
            canvas.line(x, 700, x, 707)
            canvas.line(x, 703.5, x + 4, 703.5)

    page = held(drawn(tmp_path / "layer.pdf", draw), reader)
    assert seen(page) == "EHE"
    assert codes(page) == []


@each_reader
def test_figures_over_figures_are_unreadable(tmp_path: Path, reader: Reader) -> None:
    def draw(canvas: Canvas) -> None:
        boxed(canvas, ("plan", "15"), ("plan", "16"))
        canvas.drawString(190.2, 682.2, "16")

    page = held(drawn(tmp_path / "lie.pdf", draw), reader)
    assert seen(page) == "plan1\ufffdplan16"
    assert places(page, "overprinted") == [(1, 0, 1, "56")]


@each_reader
def test_a_watermark_and_fake_bold_are_not_overprinted(tmp_path: Path, reader: Reader) -> None:
    def draw(canvas: Canvas) -> None:
        boxed(canvas, ("plan", "15"), ("plan", "16"))
        canvas.drawString(190.3, 682, "15")
        canvas.setFillGray(0.8)
        canvas.setFont("sans", 60)
        canvas.drawString(150, 650, "DRAFT")

    assert codes(held(drawn(tmp_path / "sound.pdf", draw), reader)) == []


@each_reader
@pytest.mark.parametrize(
    ("lies", "looks"),
    [
        ({"1": "7", "7": "1"}, {("7", "1"), ("1", "7")}),
        ({"1": "7"}, {("7", "1")}),
        ({"3": "8"}, {("8", "3")}),
        ({"A": "B", "B": "A"}, {("A", "B"), ("B", "A")}),
    ],
)
def test_characters_that_look_other_than_the_font_says(
    tmp_path: Path, reader: Reader, lies: dict[str, str], looks: set[tuple[str, str]]
) -> None:
    def draw(canvas: Canvas) -> None:
        boxed(canvas, ("mark", "17"), ("A", "235"), ("B", "64890"))

    page = held(drawn(tmp_path / "lie.pdf", draw, lies), reader)
    assert {(doubt.said, doubt.looks) for doubt in page.doubts} == looks
    assert {place[0] for place in places(page, "looks_other")} == {1}
    assert seen(page) == "mark17A235B64890"
    (error,) = doubtful_fonts([raw_page(page)])
    assert (error.severity, error.page) == (Severity.ERROR, 1)
    assert all(f"{lie} for what looks like {real} (1 times)" in error.message for lie, real in looks)


@each_reader
@pytest.mark.parametrize(
    ("shows", "said", "read"),
    [("*", "A", "*"), ("+", "B", "+"), ("\u2014", "A", "-"), ("\u2014", "1", "\ufffd"), ("2", "A", "A")],
)
def test_signs_that_say_they_are_letters_or_digits(
    tmp_path: Path, reader: Reader, shows: str, said: str, read: str
) -> None:
    path = drawn(tmp_path / "lie.pdf", lambda canvas: boxed(canvas, ("mark", f"B{shows}3"), ("A", "64890")))
    assert codes(held(path, reader)) == []
    page = held(path, reader, says={5: said})
    assert (page.glyphs.text[5], codes(page)) == (read, ["looks_other"])


@each_reader
def test_a_figure_partly_covered_is_not_taken_for_what_is_left_of_it(tmp_path: Path, reader: Reader) -> None:
    def draw(canvas: Canvas) -> None:
        boxed(canvas, ("plan", "8"), ("plan", "18"), ("888", "88"))
        canvas.setFillGray(1)
        canvas.rect(190, 680, 2.9, 9, stroke=0, fill=1)

    page = held(drawn(tmp_path / "lie.pdf", draw), reader)
    assert (seen(page), codes(page)) == ("plan\ufffdplan1888888", ["looks_other"])


@each_reader
def test_one_figure_among_many_that_looks_other_is_found(tmp_path: Path, reader: Reader) -> None:
    rows = (("1711", "7177"), ("23", "45"), ("68", "90"))
    path = drawn(tmp_path / "sound.pdf", lambda canvas: boxed(canvas, *rows))
    assert places(held(path, reader), "looks_other") == []
    page = held(path, reader, says={1: "1"})
    assert (places(page, "looks_other"), page.glyphs.text[1]) == ([(1, 0, 0, "1")], "\ufffd")


@each_reader
@pytest.mark.parametrize("face", ["sans", "bold"])
@pytest.mark.parametrize("size", [6, 8, 10, 24])
def test_honest_figures_raise_nothing(tmp_path: Path, reader: Reader, face: str, size: int) -> None:
    def draw(canvas: Canvas) -> None:
        for i, text in enumerate((LETTERS, LETTERS[::-1], "1,234.5 A+ B*")):
            canvas.setFont(face, size)
            canvas.drawString(30.3 * (i + 1), 700.7 - 31.3 * i, text)
        canvas.rotate(90)
        canvas.drawString(100, -500, "0123456789")

    page = held(drawn(tmp_path / "sound.pdf", draw), reader)
    assert (codes(page), page.doubts) == ([], ())


@each_reader
@pytest.mark.parametrize("size", [7, 10])
def test_honest_figures_that_are_slanted_raise_nothing(tmp_path: Path, reader: Reader, size: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("sans", size)
        canvas.drawString(100, 700, "0123456789 1,000 15")
        text = canvas.beginText()
        for slant in (0.2, 0.3):
            text.setTextTransform(1, 0, slant, 1, 100, 600 - 100 * slant)
            text.textOut("0123456789 1,000 15")
        canvas.drawText(text)
        pdfmetrics.registerFont(TTFont("italic", "VeraIt.ttf"))
        canvas.setFont("italic", size)
        canvas.drawString(100, 400, "0123456789 1,000 15")

    page = held(drawn(tmp_path / "sound.pdf", draw), reader)
    assert (codes(page), page.doubts) == ([], ())


@each_reader
def test_figures_of_a_slanted_font_that_look_other_are_read_as_they_look(
    tmp_path: Path, reader: Reader
) -> None:
    def draw(canvas: Canvas) -> None:
        pdfmetrics.registerFont(TTFont("italic", "VeraIt.ttf"))
        canvas.setFont("italic", 9)
        boxed(canvas, ("plan", "17"), ("plan", "235"), ("plan", "64890"))

    page = held(drawn(tmp_path / "lie.pdf", draw, {"1": "7", "7": "1"}), reader)
    assert seen(page) == "plan17plan235plan64890"
    assert {(doubt.said, doubt.looks) for doubt in page.doubts} == {("7", "1"), ("1", "7")}


@each_reader
def test_fonts_that_are_not_in_the_file_are_not_judged(tmp_path: Path, reader: Reader) -> None:
    content = b"BT /F2 10 Tf 100 700 Td <00010002> Tj ET"
    page = held(said(["1", "7"], content).write(tmp_path), reader, says={0: "7", 1: "1"})
    assert (seen(page), page.doubts) == ("71", ())


@pytest.mark.slow
@each_reader
def test_a_swapped_entry_in_the_shipped_report_is_an_error_on_its_fonts(
    tmp_path: Path, reader: Reader
) -> None:
    numbers = range(10, 13)
    path = swapped(SHIPPED, tmp_path / "swapped.pdf", "3", "5")
    pages = [held(path, reader, number) for number in numbers]
    honest = [held(SHIPPED, reader, number) for number in numbers]
    assert [page.doubts for page in honest] == [() for _ in numbers]
    errors = doubtful_fonts([raw_page(page) for page in pages])
    assert errors
    assert all(error.severity is Severity.ERROR and "pages 10-12" in error.message for error in errors)
    for page, sound in zip(pages, honest, strict=True):
        told = [p for p in raw_page(page).problems if p.code == "looks_other"]
        assert sum(len(p.printed) for p in told) == sum(text in "35" for text in sound.glyphs.text)
        assert all(set(p.printed) <= {"3", "5"} for p in told)
        other = [read for read, real in zip(page.glyphs.text, sound.glyphs.text, strict=True) if read != real]
        assert set(other) <= {"\ufffd"}
        assert len(other) <= 0.1 * sum(len(p.printed) for p in told)


def test_doubts_of_several_pages_are_one_error_a_font() -> None:
    pages = [
        raw_page_of(1, Doubt("X+Gothic", "7", "1", 3)),
        raw_page_of(3, Doubt("X+Gothic", "7", "1", 2), Doubt("Y+Mincho", "A", "B", 1)),
    ]
    first, second = doubtful_fonts(pages)
    assert "pages 1, 3: the file's font X+Gothic says 7 for what looks like 1 (5 times)" in first.message
    assert (first.page, second.page, second.printed) == (None, 3, "A")


def raw_page_of(number: int, *doubts: Doubt) -> RawPage:
    return RawPage(number, 600, 800, (), (), (), doubts)
