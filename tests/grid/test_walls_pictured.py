"""A table whose rules are one picture: its painted page shows them; where it is not painted, it is told."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader

from make.pdfs.walls import HEIGHT, TEXTS, WIDTH, XS, YS, Sheet, each_reader, rows_of
from shinchoku.page import Page, Reader
from shinchoku.page.paper import hold_against_paper
from shinchoku.parts import RawPage
from shinchoku.raw import raw_page
from shinchoku.workers.opening.scan import with_rules

pytestmark = pytest.mark.slow

PIXELS = 2
"""Of the picture a point has so many."""


def drawn(shade: int, wide: int, alpha: bool) -> Image.Image:
    """The rules of a table, its lines at XS and YS, with a merged heading."""
    size = int(XS[-1] - XS[0]) * PIXELS + 8, int(YS[-1] - YS[0]) * PIXELS + 8
    picture = Image.new("L", size, 255)
    pen = ImageDraw.Draw(picture)
    for y in YS:
        at = (y - YS[0]) * PIXELS + 4
        pen.line((4, at, size[0] - 4, at), fill=shade, width=wide)
    for k, x in enumerate(XS):
        at = (x - XS[0]) * PIXELS + 4
        pen.line((at, 4 if k != 1 else 4 + (YS[1] - YS[0]) * PIXELS, at, size[1] - 4), fill=shade, width=wide)
    if not alpha:
        return picture
    clear = Image.new("LA", size, 0)
    clear.putalpha(picture.point(lambda value: 255 - value))
    return clear


def page(sheet: Sheet, folder: Path, reader: Reader) -> tuple[Page, Page]:
    """The page as read, and held against its painted picture."""
    read = sheet.page(folder, reader)
    return read, hold_against_paper(read, pypdfium2.PdfDocument(folder / "page.pdf"))


@each_reader
@pytest.mark.parametrize(("shade", "thick", "alpha"), [(0, 1, False), (120, 3, False), (0, 2, True)])
def test_rules_of_a_picture_are_walls(
    shade: int, thick: int, alpha: bool, reader: Reader, tmp_path: Path
) -> None:
    sheet = Sheet()
    picture = drawn(shade, thick, alpha)
    wide, high = picture.width / PIXELS, picture.height / PIXELS
    sheet.canvas.drawImage(
        ImageReader(picture),
        XS[0] - 2,
        HEIGHT - YS[0] + 2 - high,
        wide,
        high,
        mask="auto" if alpha else None,
    )
    rows = [["heading", "", *TEXTS[0][2:]], *TEXTS[1:]]
    sheet.texts(rows)
    read, held = page(sheet, tmp_path, reader)
    told = raw_page(read)
    assert not told.tables
    assert "unruled_table" in {problem.code for problem in told.problems}
    assert rows_of(raw_page(held)) == [[["heading", None, *TEXTS[0][2:]], *TEXTS[1:]]]


@each_reader
def test_a_dark_picture_has_no_rules(reader: Reader, tmp_path: Path) -> None:
    """Stripes, dark from edge to edge, with text over them."""
    picture = Image.new("L", (800, 400), 90)
    pen = ImageDraw.Draw(picture)
    for at in range(0, 800, 40):
        pen.line((at, 0, at, 400), fill=140, width=3)
        pen.line((0, at, 800, at), fill=140, width=3)
    sheet = Sheet()
    sheet.canvas.drawImage(ImageReader(picture), XS[0], HEIGHT - YS[-1], 400, 100)
    sheet.texts()
    read, held = page(sheet, tmp_path, reader)
    assert len(held.marks) == len(read.marks)


def scanned(folder: Path, reader: Reader, skew: float, ruled: bool) -> RawPage:
    """A page of a scanned picture of a table, its rules perhaps left out, and of lines of heavy strokes; the
    text read by machine over them."""
    picture = Image.new("L", (int(WIDTH * PIXELS), int(HEIGHT * PIXELS)), 250)
    pen = ImageDraw.Draw(picture)
    for y in YS if ruled else ():
        pen.line((XS[0] * PIXELS, y * PIXELS, XS[-1] * PIXELS, y * PIXELS), fill=30, width=2)
    for x in XS if ruled else ():
        pen.line((x * PIXELS, YS[0] * PIXELS, x * PIXELS, YS[-1] * PIXELS), fill=30, width=2)
    for x in range(60, 500, 10):  # letters such as 田, close to each other
        for y in range(300, 400, 14):
            box = (x * PIXELS, y * PIXELS, (x + 9) * PIXELS, (y + 9) * PIXELS)
            pen.rectangle(box, outline=30)
            pen.line((box[0], box[1] + 9, box[2], box[1] + 9), fill=30)
    sheet = Sheet()
    turned = picture.rotate(skew, fillcolor=250)
    sheet.canvas.drawImage(ImageReader(turned), 0, 0, WIDTH, HEIGHT)
    text = sheet.canvas.beginText()
    text.setTextRenderMode(3)
    text.setFont("Helvetica", 9)
    for said, x, y in (
        *(
            (said, x + 6, y + 15)
            for row, y in zip(TEXTS, YS, strict=False)
            for said, x in zip(row, XS, strict=False)
        ),
        *(("m" * 55, 60, y + 8) for y in range(300, 400, 14)),
    ):
        text.setTextOrigin(x, HEIGHT - y)
        text.textOut(said)
    sheet.canvas.drawText(text)
    read = sheet.page(folder, reader)
    assert read.ocr
    return raw_page(with_rules(read, pypdfium2.PdfDocument(folder / "page.pdf")))


@each_reader
@pytest.mark.parametrize("skew", [0.0, 0.4])
def test_rules_of_a_scan_are_walls_and_strokes_of_its_letters_none(
    skew: float, reader: Reader, tmp_path: Path
) -> None:
    assert rows_of(scanned(tmp_path, reader, skew, ruled=True)) == [TEXTS]


@each_reader
def test_a_scan_without_rules_has_no_table(reader: Reader, tmp_path: Path) -> None:
    raw = scanned(tmp_path, reader, 0.0, ruled=False)
    assert rows_of(raw) == []
    assert "unruled_table" in {problem.code for problem in raw.problems}
