"""The reports that speed is measured on: the shipped one, made longer, and one whose inner rules are
strings of dots."""

import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

SHIPPED = Path(__file__).parents[1] / "raw_pdfs" / "fy2019_progress.pdf"
PAGES = 40
DOTS = 7500
"""Path objects on each of the PAGES of the dotted report: 300,000 in all."""
FONT = "HeiseiMin-W3"
LEFT, RIGHT, TOP, BOTTOM = 40.0, 555.0, 780.0, 60.0
COLUMNS = (40.0, 130.0, 330.0, 440.0, 555.0)
ROWS = 24
HEADS = ("戦略計画", "重要業績評価指標（KPI）", "現状値（平成30年度末）", "目標値（令和3年度末）")


def repeated(path: Path, count: int) -> Path:
    """The shipped report's pages over and over, `count` in all."""
    with pypdfium2.PdfDocument(SHIPPED) as report, pypdfium2.PdfDocument.new() as made:
        made.import_pages(report, [number % len(report) for number in range(count)])
        made.save(path)
    return path


def reprinted(path: Path, number: int) -> Path:
    """The shipped report as a PDF of other bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(SHIPPED.read_bytes() + b"\n%% %d\n" % number)
    return path


def dotted(path: Path) -> Path:
    """A report of indicators: borders drawn as lines, the rules between rows and columns as dots, each
    filled on its own."""
    registerFont(UnicodeCIDFont(FONT))
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, 842), invariant=1)
    for page in range(PAGES):
        _page(canvas, page)
        canvas.showPage()
    canvas.save()
    path.write_bytes(held.getvalue())
    return path


def _page(canvas: Canvas, page: int) -> None:
    canvas.setFont(FONT, 9)
    height = (TOP - BOTTOM) / ROWS
    for row in range(ROWS):
        baseline = TOP - (row + 1) * height + 10
        texts = HEADS if row == 0 else _texts(page, row)
        for x, text in zip(COLUMNS, texts, strict=False):
            canvas.drawString(x + 4, baseline, text)
    canvas.rect(LEFT, BOTTOM, RIGHT - LEFT, TOP - BOTTOM)
    dots = list(_inner(height))
    step = len(dots) / DOTS
    for i in range(DOTS):
        x, y = dots[int(i * step)]
        canvas.rect(x, y, 0.5, 0.5, stroke=0, fill=1)


def _texts(page: int, row: int) -> tuple[str, ...]:
    number = page * ROWS + row
    return (
        f"計画{number}" if row % 4 == 1 else "",
        f"認可保育所の増設その{number}",
        f"計{number}か所",
        f"計{number + 12}か所",
    )


def _inner(height: float) -> Iterator[tuple[float, float]]:
    """Places along every rule but the border, half a point apart."""
    for row in range(1, ROWS):
        y = TOP - row * height
        left = LEFT if (row - 1) % 4 == 0 else COLUMNS[1]
        for i in range(int((RIGHT - left) * 2)):
            yield left + i / 2, y
    for x in COLUMNS[1:-1]:
        for i in range(int((TOP - BOTTOM) * 2)):
            yield x, BOTTOM + i / 2
