"""What is drawn on the painted page and is no text: in cells, and rows of writing anywhere."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from make.pdfs.page import Pdf, codes, each_reader, seen, stream
from make.pdfs.paper import Draw, boxed, drawn, held
from shinchoku.page import Page, Reader
from shinchoku.problems import Severity
from shinchoku.raw import raw_page


def written(rows: int) -> Image.Image:
    """A picture of rows of figures, as a scanner would make it."""
    picture = Image.new("L", (900, 40 * rows), 255)
    for row in range(rows):
        ImageDraw.Draw(picture).text((10, 40 * row + 5), "0123456789 0123456789 01", fill=0, font_size=30)
    return picture


def flagged(page: Page) -> list[tuple[int, int]]:
    """Row and column of each cell that something is drawn in."""
    return [(c.row, c.col) for table in raw_page(page).tables for c in table.cells if c.drawn]


def severities(page: Page) -> list[Severity]:
    """How bad each thing drawn is."""
    return [p.severity for p in raw_page(page).problems if p.code == "drawn"]


def table(canvas: Canvas) -> None:
    boxed(canvas, ("plan of a school", "15"), ("plan of a house", ""))


def both(one: Draw, other: Draw) -> Draw:
    """What draws one thing, then the other."""

    def draw(canvas: Canvas) -> None:
        one(canvas)
        other(canvas)

    return draw


def ring_in_an_empty_cell(canvas: Canvas) -> None:
    canvas.circle(240, 655, 8)


def bar_in_an_empty_cell(canvas: Canvas) -> None:
    canvas.rect(190, 650, 50, 8, stroke=0, fill=1)


def picture_in_an_empty_cell(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(written(1)), 190, 645, 60, 20)


def outlines_in_an_empty_cell(canvas: Canvas) -> None:
    path = canvas.beginPath()
    for x in (195, 205, 215):
        path.moveTo(x, 650)
        path.curveTo(x, 662, x + 6, 662, x + 6, 656)
        path.lineTo(x, 650)
    canvas.drawPath(path, stroke=0, fill=1)


@each_reader
@pytest.mark.parametrize(
    "draw",
    [
        ring_in_an_empty_cell,
        bar_in_an_empty_cell,
        picture_in_an_empty_cell,
        outlines_in_an_empty_cell,
    ],
)
def test_what_is_drawn_in_an_empty_cell_is_a_warning(tmp_path: Path, reader: Reader, draw: Draw) -> None:
    page = held(drawn(tmp_path / "drawn.pdf", both(table, draw)), reader)
    assert (flagged(page), severities(page)) == ([(1, 1)], [Severity.WARNING])


@each_reader
def test_a_ring_around_a_value_is_a_warning_one_around_words_is_none(tmp_path: Path, reader: Reader) -> None:
    def draw(canvas: Canvas) -> None:
        table(canvas)
        canvas.circle(197, 685, 10)
        canvas.ellipse(66, 648, 170, 664)

    page = held(drawn(tmp_path / "drawn.pdf", draw), reader)
    assert (flagged(page), severities(page)) == ([(0, 1), (1, 0)], [Severity.WARNING, Severity.INFO])


@each_reader
def test_a_cell_crossed_out_is_no_warning(tmp_path: Path, reader: Reader) -> None:
    page = held(drawn(tmp_path / "drawn.pdf", both(table, lambda c: c.line(180, 640, 300, 670))), reader)
    assert (flagged(page), severities(page)) == ([(1, 1)], [Severity.INFO])


@each_reader
@pytest.mark.parametrize("cross", [False, True])
def test_a_low_cell_crossed_out_is_no_warning(tmp_path: Path, reader: Reader, cross: bool) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 180, 300], [700, 714, 728])
        for x, y in ((70, 718), (190, 718), (70, 704)):
            canvas.drawString(x, y, "Plan")
        canvas.line(180, 700, 300, 714)
        if cross:
            canvas.line(180, 714, 300, 700)

    page = held(drawn(tmp_path / "drawn.pdf", draw), reader)
    assert (flagged(page), severities(page)) == ([(1, 1)], [Severity.INFO])


@each_reader
def test_rules_grounds_underlines_and_round_corners_are_not_drawn(tmp_path: Path, reader: Reader) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.8)
        canvas.rect(60, 670, 240, 30, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 0)
        canvas.rect(189, 680, 14, 11, stroke=0, fill=1)
        canvas.setFillGray(0)
        table(canvas)
        canvas.line(70, 680, 140, 680)
        canvas.setDash(1, 2)
        canvas.line(60, 645, 300, 645)
        canvas.setDash()
        canvas.roundRect(60, 640, 240, 60, 6)

    page = held(drawn(tmp_path / "sound.pdf", draw), reader)
    assert (flagged(page), codes(page)) == ([], [])


@each_reader
@pytest.mark.parametrize(("rows", "severity"), [(3, Severity.WARNING), (12, Severity.ERROR)])
def test_a_picture_of_writing_on_a_page_of_text_is_named(
    tmp_path: Path, reader: Reader, rows: int, severity: Severity
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 750, "a heading stamped on a scan of a report")
        canvas.drawImage(ImageReader(written(rows)), 50, 300, 450, 20 * rows)

    page = held(drawn(tmp_path / "scan.pdf", draw), reader)
    (problem,) = [p for p in page.problems if p.code == "pictured"]
    assert (problem.severity, problem.message.split()[0]) == (severity, str(rows))
    assert problem.box is not None
    assert problem.box[1] >= 800 - 300 - 20 * rows - 5


@each_reader
def test_letters_drawn_as_shapes_are_named_on_a_page_without_text(tmp_path: Path, reader: Reader) -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(3):
            for k in range(12):
                path = canvas.beginPath()
                path.moveTo(100 + 10 * k, 700 - 20 * row)
                for x, y in ((3, 9), (5, 4), (7, 9)):
                    path.lineTo(100 + 10 * k + x, 700 - 20 * row + y)
                path.close()
                canvas.drawPath(path, stroke=0, fill=1)

    page = held(drawn(tmp_path / "shapes.pdf", draw), reader)
    assert [p.severity for p in page.problems if p.code == "pictured"] == [Severity.WARNING]


@each_reader
def test_a_line_through_text_is_told_as_such_alone(tmp_path: Path, reader: Reader) -> None:
    page = held(drawn(tmp_path / "struck.pdf", both(table, lambda c: c.line(189, 685.5, 203, 685.5))), reader)
    assert [text for text, struck in zip(page.glyphs.text, page.glyphs.struck, strict=True) if struck] == [
        "1",
        "5",
    ]
    assert flagged(page) == []


NOTE = b"<</Type/Annot/Subtype/%b/Rect[190 645 250 665]/F 4/AP<</N 11 0 R>>%b>>"
WORDS = b"BT /F1 10 Tf 100 780 Td (a page) Tj ET "


def noted(kind: bytes, appearance: bytes, content: bytes = b"", entries: bytes = b"") -> Pdf:
    """A page with a ruled box of 120 x 30 points and in it an annotation of 60 x 20 points."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 60 20]/Resources<</Font<</F1 5 0 R>>>>"
    box = b"180 640 120 30 re S "
    objects = [NOTE % (kind, entries), stream(appearance, form)]
    fields = b"/AcroForm<</Fields[10 0 R]>>"
    return Pdf(WORDS + box + content, page=b"/Annots[10 0 R]", objects=objects, catalog=fields)


@each_reader
@pytest.mark.parametrize("kind", [b"FreeText", b"Stamp", b"Widget/FT/Tx/T(f)/V(15)"])
@pytest.mark.parametrize("under", [b"", b"BT /F1 10 Tf 192 651 Td (18) Tj ET"])
def test_what_is_read_of_an_annotation_is_not_drawn(
    tmp_path: Path, reader: Reader, kind: bytes, under: bytes
) -> None:
    typed = b"1 g 0 0 60 20 re f 0 g 1 0 0 RG 1 1 58 18 re S BT /F1 10 Tf 2 6 Td (15) Tj ET"
    page = held(noted(kind, typed, under).write(tmp_path), reader, hidden=True)
    assert seen(page).replace(" ", "") == "apage15"
    assert page.drawn == ()


@each_reader
@pytest.mark.parametrize(
    ("kind", "appearance"),
    [
        (b"FreeText", b"BT /F1 10 Tf 2 6 Td (15) Tj ET 3 w 35 4 m 45 16 l 55 4 l S"),
        (b"Stamp", b"3 w 35 4 m 45 16 l 55 4 l S"),
        (b"Ink", b"3 w 35 4 m 45 16 l 55 4 l S"),
        (b"StrikeOut", b"0 10 m 60 10 l S 3 w 35 4 m 45 16 l 55 4 l S"),
    ],
)
def test_what_an_annotation_draws_besides_is_drawn(
    tmp_path: Path, reader: Reader, kind: bytes, appearance: bytes
) -> None:
    page = held(noted(kind, appearance).write(tmp_path), reader, hidden=True)
    assert [ink for ink in page.drawn if ink.box[2] > 235]


@each_reader
def test_a_strike_out_that_goes_on_beyond_the_text_is_told_as_such_alone(
    tmp_path: Path, reader: Reader
) -> None:
    text = b"BT /F1 10 Tf 192 651 Td (15) Tj ET"
    quad = b"/QuadPoints[190 663 250 663 190 649 250 649]"
    page = held(noted(b"StrikeOut", b"0 10 m 60 10 l S", text, quad).write(tmp_path), reader, hidden=True)
    assert [t for t, out in zip(page.glyphs.text, page.glyphs.struck, strict=True) if out] == ["1", "5"]
    assert page.drawn == ()


@each_reader
def test_a_photograph_is_no_writing(tmp_path: Path, reader: Reader) -> None:
    shades = bytes((x * 7 + y * 5) % 200 for y in range(60) for x in range(90))
    photograph = Image.frombytes("L", (90, 60), shades).resize((900, 600))

    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 750, "a page with a photograph")
        canvas.drawImage(ImageReader(photograph), 50, 300, 450, 300)

    assert codes(held(drawn(tmp_path / "photo.pdf", draw), reader)) == []
