"""Corrections of the shipped report for tests."""

from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from make.rows.gold import shipped
from shinchoku.page import open_pdf
from shinchoku.parts import RawPage
from shinchoku.people import Correction, Kind, Place, Review
from shinchoku.raw import raw_page
from shinchoku.rows import CellRow, MeasureRow

REPORT = "fy2019_progress"


def measure(name: str) -> MeasureRow:
    """The first measure of the shipped report of that name."""
    return next(row for row in shipped(REPORT).measures if row.measure == name)


def cell_of(row: MeasureRow, column: str) -> CellRow:
    """The cell that a column of a measure was read from."""
    report = shipped(REPORT)
    origin = next(o for o in report.origins if (o.row_id, o.column) == (row.row_id, column))
    place = (origin.page, origin.table, origin.row, origin.col)
    return next(c for c in report.cells if (c.page, c.table, c.row, c.col) == place)


def of_cell(cell: CellRow, text: str, printed: str | None = None) -> Correction:
    """The cell's text is another one."""
    place = Place(cell.page, cell.table, cell.row, cell.col)
    said = cell.text if printed is None else printed
    return Correction(REPORT, place, "text", said, text, "誤植", "練馬", "2026-04-01")


def of_table(kind: Kind, page: int, table: int, printed: str = "") -> Correction:
    """A ruling on a table, told by its first text where no other is given."""
    cells = (c for c in shipped(REPORT).cells if (c.page, c.table) == (page, table) and c.text)
    place = Place(page, table, None, None)
    return Correction(REPORT, place, kind, printed or next(cells).text, "", "表ではない", "練馬", "")


def signed(page: int, digest: str) -> Review:
    """A signature under a page."""
    return Review(REPORT, page, digest, "練馬", "2026-04-01", "")


def pages_of(path: Path) -> list[RawPage]:
    """The raw pages of a PDF."""
    with closing(open_pdf(path)) as pdf:
        return [raw_page(pdf.read(n)) for n in range(1, pdf.page_count + 1)]


def tables(path: Path, pages: Sequence[tuple[Sequence[float], list[list[str]]]]) -> None:
    """A PDF with a ruled table on each page: where its columns begin and end, in points from the left, and
    its rows of 24 points."""
    registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    for edges, rows in pages:
        canvas.setFont("HeiseiKakuGo-W5", 9)
        for r, row in enumerate(rows):
            for (x, end), text in zip(pairwise(edges), row, strict=True):
                canvas.rect(x, 700 - 24 * r, end - x, 24)
                canvas.drawString(x + 4, 708 - 24 * r, text)
        canvas.showPage()
    canvas.save()
