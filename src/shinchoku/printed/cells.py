"""A document in, the rows of `cells` out."""

from shinchoku.cells import Document, Table
from shinchoku.layouts import Layouts
from shinchoku.rows import CellRow
from shinchoku.stitch import heading_rows, year_of


def cell_rows(doc: Document, layouts: Layouts, ocr: frozenset[int] = frozenset()) -> tuple[CellRow, ...]:
    """The rows of `cells`: page by page, table by table, row by row; those of the pages `ocr` are marked."""
    rows = []
    near = year_of(doc)
    for table in doc.tables:
        first, after = heading_rows(table, near, layouts) or _shaded_rows(table)
        for cell in table.cells:
            rows.append(
                CellRow(
                    page=cell.page,
                    table=cell.table,
                    row=cell.row,
                    col=cell.col,
                    row_span=cell.row_span,
                    col_span=cell.col_span,
                    box=cell.box,
                    text=cell.text,
                    lines="\n".join(line.text for line in cell.whole or cell.lines),
                    is_header=first <= cell.row < after,
                    ocr=cell.page in ocr,
                    drawn=cell.drawn,
                    corrected=cell.corrected,
                    struck=cell.struck,
                )
            )
    return tuple(sorted(rows, key=lambda r: (r.page, r.table, r.row, r.col)))


def _shaded_rows(table: Table) -> tuple[int, int]:
    """The rows (first, row after) at the top that are shaded all over, where the rest is not: a heading that
    no layout knows."""
    plain = min((c.row for c in table.cells if not c.shaded), default=0)
    return 0, plain
