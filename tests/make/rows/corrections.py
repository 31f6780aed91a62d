"""Corrections of the first pages of a shipped report, for tests."""

import io
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from itertools import pairwise
from pathlib import Path

from pypdfium2 import PdfDocument
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from make.rows.gold import ROOT
from shinchoku.making.extraction import extract
from shinchoku.page import open_pdf
from shinchoku.parts import RawPage
from shinchoku.people import Correction, Kind, Place, Review
from shinchoku.raw import raw_page
from shinchoku.rows import CellRow, MeasureRow, Report

REPORT = "fy2019_progress"
PAGES = 20


@cache
def pdf_part() -> bytes:
    """The PDF of those pages."""
    held = io.BytesIO()
    with PdfDocument(ROOT / "raw_pdfs" / f"{REPORT}.pdf") as whole:
        for page in reversed(range(PAGES, len(whole))):
            whole.del_page(page)
        whole.save(held)
    return held.getvalue()


def write_part(folder: Path) -> None:
    """It as a file in the folder."""
    (folder / f"{REPORT}.pdf").write_bytes(pdf_part())


@cache
def raw_part() -> list[RawPage]:
    """The raw pages of it."""
    with closing(open_pdf(ROOT / "raw_pdfs" / f"{REPORT}.pdf")) as pdf:
        return [raw_page(pdf.read(n)) for n in range(1, PAGES + 1)]


@cache
def part() -> Report:
    """What is extracted from it."""
    return extract(REPORT, raw_part())


def measure(name: str) -> MeasureRow:
    """The first measure of that name."""
    return next(row for row in part().measures if row.measure == name)


def cell_of(row: MeasureRow, column: str) -> CellRow:
    """The cell that a column of a measure was read from."""
    report = part()
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
    cells = (c for c in part().cells if (c.page, c.table) == (page, table) and c.text)
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
