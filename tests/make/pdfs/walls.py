"""Pages drawn with reportlab, measured from the top left; the tables that each reader reads of them."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from shinchoku.page import READERS, Page, Reader, open_pdf
from shinchoku.parts import RawCell, RawPage
from shinchoku.raw import raw_page

each_reader = pytest.mark.parametrize("reader", READERS)

WIDTH, HEIGHT = 595.0, 842.0
XS = (50.0, 150.0, 250.0, 350.0, 450.0)
YS = (100.0, 125.0, 150.0, 175.0, 200.0)
TEXTS = [[f"{row}{col}" for col in "abcd"] for row in ("head", "one", "two", "three")]
"""The texts of a table of four rows and columns, whose lines are at XS and YS."""

BLACK = ImageReader(Image.new("L", (1, 1), 0))


class Sheet:
    """A page being drawn: points from the top left."""

    def __init__(self) -> None:
        self._held = io.BytesIO()
        self.canvas = Canvas(self._held, pagesize=(WIDTH, HEIGHT), invariant=1)

    def line(
        self, x0: float, y0: float, x1: float, y1: float, width: float = 0.6, shade: float = 0.0
    ) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.setStrokeGray(shade)
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def fill(self, x0: float, y0: float, x1: float, y1: float, shade: float = 0.0) -> None:
        self.canvas.setFillGray(shade)
        self.canvas.rect(x0, HEIGHT - y1, x1 - x0, y1 - y0, stroke=0, fill=1)

    def box(
        self, x0: float, y0: float, x1: float, y1: float, width: float = 0.6, radius: float = 0.0
    ) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.setStrokeGray(0)
        if radius:
            self.canvas.roundRect(x0, HEIGHT - y1, x1 - x0, y1 - y0, radius)
        else:
            self.canvas.rect(x0, HEIGHT - y1, x1 - x0, y1 - y0)

    def picture(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A black picture of one pixel, stretched over the box."""
        self.canvas.drawImage(BLACK, x0, HEIGHT - y1, x1 - x0, y1 - y0)

    def shape(self, *points: tuple[float, float], fill: bool = False) -> None:
        """A closed shape of straight sides."""
        path = self.canvas.beginPath()
        path.moveTo(points[0][0], HEIGHT - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, HEIGHT - y)
        path.close()
        self.canvas.setFillGray(0)
        self.canvas.setStrokeGray(0)
        self.canvas.drawPath(path, stroke=not fill, fill=fill)

    def text(self, x: float, y: float, text: str, size: float = 9.0) -> None:
        """Text whose foot is at y."""
        self.canvas.setFillGray(0)
        self.canvas.setFont("Helvetica", size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def rules(
        self,
        rule: Callable[[float, float, float, float], None],
        xs: Sequence[float] = XS,
        ys: Sequence[float] = YS,
    ) -> None:
        """The rules of a table without merged cells, each drawn by `rule`."""
        for y in ys:
            rule(xs[0], y, xs[-1], y)
        for x in xs:
            rule(x, ys[0], x, ys[-1])

    def texts(
        self, rows: Sequence[Sequence[str]] = TEXTS, xs: Sequence[float] = XS, ys: Sequence[float] = YS
    ) -> None:
        """The texts of the cells."""
        for texts, y in zip(rows, ys, strict=False):
            for text, x in zip(texts, xs, strict=False):
                self.text(x + 6, y + 15, text)

    def write(self, folder: Path) -> Path:
        self.canvas.save()
        path = folder / "page.pdf"
        path.write_bytes(self._held.getvalue())
        return path

    def page(self, folder: Path, reader: Reader) -> Page:
        with closing(open_pdf(self.write(folder), reader)) as pdf:
            return pdf.read(1)

    def raw(self, folder: Path, reader: Reader) -> RawPage:
        return raw_page(self.page(folder, reader))


def rows_of(raw: RawPage) -> list[list[list[str | None]]]:
    """The rows of each table: its cells, lines joined by |, None where a merged one covers them."""
    return [list(_rows(len(t.ys) - 1, len(t.xs) - 1, t.cells)) for t in raw.tables]


def _rows(rows: int, columns: int, cells: Sequence[RawCell]) -> Iterator[list[str | None]]:
    for r in range(rows):
        own = {c.col: "|".join(line.text for line in c.lines) for c in cells if c.row == r}
        yield [own.get(k) for k in range(columns)]
