"""Text that is turned, set from top to bottom, or painted in no order is read as a person reads it."""

import io
from pathlib import Path
from random import Random

import pytest
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from make.runs.standins import cells, read_here
from shinchoku.page import READERS, Reader

pytestmark = pytest.mark.usefixtures("japanese_font")

MINCHO = "HeiseiMin-W3"
readers = pytest.mark.parametrize("reader", READERS)


class Sheet:
    """A page with a ruled cell of 200 points that begins at (100, 500), and an empty one beside it."""

    def __init__(self, *, vertical: bool = False) -> None:
        registerFont(UnicodeCIDFont(MINCHO, isVertical=vertical))
        self._held = io.BytesIO()
        self.canvas = Canvas(self._held, invariant=1)
        self.canvas.rect(100, 500, 240, 200)
        self.canvas.line(300, 500, 300, 700)
        self.canvas.setFont(MINCHO, 12)

    def turned(self, x: float, y: float, degrees: float, text: str) -> None:
        """Text that begins at a place and runs in a direction."""
        self.canvas.saveState()
        self.canvas.translate(x, y)
        self.canvas.rotate(degrees)
        self.canvas.drawString(0, 0, text)
        self.canvas.restoreState()

    def cell(self, folder: Path, reader: Reader) -> str:
        """The text of the cell as it is read."""
        self.canvas.save()
        pages, problems = read_here(self._held.getvalue(), folder, reader)
        assert {code for code, _ in problems} <= {"font_not_embedded"}
        [[text, empty]] = cells(pages[1])
        assert empty == ""
        return text


@readers
@pytest.mark.parametrize(
    ("degrees", "x", "y", "step"), [(90, 120, 510, 20), (-90, 280, 690, -20), (180, 290, 650, 0)]
)
def test_turned_text_is_read_along_its_lines(
    tmp_path: Path, reader: Reader, degrees: float, x: float, y: float, step: float
) -> None:
    sheet = Sheet()
    sheet.turned(x, y, degrees, "回転した文字")
    sheet.turned(x + step, y - (0 if step else 20), degrees, "二行目 second")
    lines = ["回転した文字", "二行目 second"]
    assert sheet.cell(tmp_path, reader).splitlines() == (lines if step else lines[::-1])


@readers
def test_text_set_downwards_is_read_from_the_right(tmp_path: Path, reader: Reader) -> None:
    sheet = Sheet(vertical=True)
    for x, text in ((200, "二行目は中"), (160, "三行目は左"), (240, "一行目は右")):
        sheet.canvas.drawString(x, 690, text)
    assert sheet.cell(tmp_path, reader) == "一行目は右\n二行目は中\n三行目は左"


@readers
@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_painting_does_not_matter(tmp_path: Path, reader: Reader, seed: int) -> None:
    sheet = Sheet()
    lines = ["認可保育所の増設を進める", "計181か所（令和元年度）"]
    glyphs = [
        (105 + 12 * i, 680 - 16 * row, text) for row, line in enumerate(lines) for i, text in enumerate(line)
    ]
    Random(seed).shuffle(glyphs)
    for x, y, text in glyphs:
        sheet.canvas.drawString(x, y, text)
    assert sheet.cell(tmp_path, reader).splitlines()[0] == lines[0]
