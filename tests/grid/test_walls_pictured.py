"""A table whose rules are one picture: its painted page shows them; where it is not painted, it is told."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader

from make.pdfs.walls import HEIGHT, TEXTS, XS, YS, Sheet, each_reader, rows_of
from shinchoku.page import Page, Reader
from shinchoku.page.paper import hold_against_paper
from shinchoku.raw import raw_page

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
