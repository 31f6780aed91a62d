"""A document in; what is printed on its pages, as rows of `cells` and `blocks`, and numbers that were never
printed, out."""

import re
import statistics
from collections.abc import Iterable, Iterator

from shinchoku.cells import Block, Document, Table
from shinchoku.language import say
from shinchoku.layouts import Layouts
from shinchoku.problems import Problem, Severity
from shinchoku.rows import BlockRow, CellRow, place_of
from shinchoku.stitch import heading_rows, year_of

LARGE = 1.15
"""A block set this much larger than most text of its report is a heading."""
_HASHES = re.compile(r"[#＃]{2,}")


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
    return tuple(sorted(rows, key=place_of))


def _shaded_rows(table: Table) -> tuple[int, int]:
    """The rows (first, row after) at the top that are shaded all over, where the rest is not: a heading that
    no layout knows."""
    plain = min((c.row for c in table.cells if not c.shaded), default=0)
    return 0, plain


def too_narrow(cells: Iterable[CellRow]) -> Iterator[Problem]:
    """Warnings on cells that hold ####, which a spreadsheet shows for a number wider than its column."""
    for cell in cells:
        if any(_HASHES.fullmatch(line) for line in cell.text.split()):
            yield Problem(
                Severity.WARNING,
                "too_narrow",
                say(
                    "the column was too narrow for the number, which is not in the file; ask who published it"
                ),
                *place_of(cell),
                printed=cell.text,
                box=cell.box,
            )


def block_rows(doc: Document) -> tuple[BlockRow, ...]:
    """The rows of `blocks`, in reading order."""
    sizes = [b.size for b in doc.blocks for _ in b.text] + [
        line.size for t in doc.tables for c in t.cells for line in c.lines for _ in line.text
    ]
    body = statistics.median(sizes) if sizes else 0.0
    rows = [BlockRow(b.page, b.number, block_kind(b, body), b.box, b.text) for b in doc.blocks]
    return tuple(sorted(rows, key=lambda r: (r.page, r.block)))


def block_kind(block: Block, body: float) -> str:
    """heading, paragraph, note, page_number or other; `body` is the size of most text in points."""
    if block.kind == "page_number":
        return "page_number"
    if block.kind in ("hidden", "rules", "watermark"):
        return "other"
    if block.text[0] in "※＊*" or block.text.startswith(("注", "(注", "（注")):
        return "note"
    announced = block.said.kind not in ("", "initiative")
    boxed = "\n" not in block.text and block.text[0] in "【［[<＜〈" and block.text[-1] in "】］]>＞〉"
    return "heading" if announced or boxed or block.size >= LARGE * body else "paragraph"
