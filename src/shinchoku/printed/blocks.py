"""A document in, the rows of `blocks` out, each with its kind."""

import statistics

from shinchoku.cells import Block, Document
from shinchoku.rows import BlockRow

LARGE = 1.15
"""A block set this much larger than most text of its report is a heading."""


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
