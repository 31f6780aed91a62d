"""A PDF and a page's number in; that page's way through the rooms out: what each made of it, its problems,
and each seam between two lines of a cell with its score (above 0: the author broke the line there)."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from shinchoku.cells import document
from shinchoku.layouts.files import shipped
from shinchoku.page import Page, open_pdf
from shinchoku.parts import RawPage
from shinchoku.raw import raw_page
from shinchoku.records.reading import read
from shinchoku.stitch import LogicalTable, stitch
from shinchoku.wraps import Joiner, learn


def main(path: Path, number: int) -> None:
    with closing(open_pdf(path)) as pdf:
        pages = [pdf.read(each) for each in range(1, pdf.page_count + 1)]
    raw = [raw_page(page) for page in pages]
    for line in (*_read(pages[number - 1]), *_raw(raw[number - 1]), *_understood(raw, number)):
        print(line)
    print("seams")
    for line in _seams(learn(raw), raw[number - 1]):
        print("  " + line)


def _read(page: Page) -> Iterator[str]:
    seen = int(page.glyphs.visible.sum())
    yield f"page    {page.width:g} x {page.height:g} pt, {len(page.images)} pictures"
    yield f"        {len(page.glyphs)} glyphs, {seen} of them show; {len(page.marks)} straight marks"


def _raw(raw: RawPage) -> Iterator[str]:
    for table in raw.tables:
        lines = sum(len(cell.lines) for cell in table.cells)
        yield (
            f"raw     table {table.number}: {len(table.ys) - 1} rows, {len(table.xs) - 1} columns, "
            f"{len(table.cells)} cells, {lines} lines"
        )
    kinds = Counter(block.kind for block in raw.blocks)
    yield f"        blocks: {', '.join(f'{n} {kind}' for kind, n in sorted(kinds.items())) or 'none'}"
    for problem in raw.problems:
        yield f"        {problem.severity} {problem.code}: {problem.message}"


def _understood(raw: list[RawPage], number: int) -> Iterator[str]:
    items = stitch(document(raw, shipped()), shipped())
    records = read(items, shipped())
    for table in items:
        if isinstance(table, LogicalTable) and any(part.page == number for part in table.pages):
            pages = sorted({part.page for part in table.pages})
            heads = " | ".join(column.path.replace("\n", "") or "-" for column in table.columns)
            yield f"stitch  {table.kind or 'no'} table of pages {pages[0]}-{pages[-1]}: {heads}"
    made = [r for r in (*records.measures, *records.indicators) if r.page <= number <= r.page_last]
    yield f"records {len(made)}: {', '.join(r.name.replace(chr(10), ' ') for r in made[:5])}"
    for problem in records.problems:
        if problem.page == number:
            yield f"        {problem.severity} {problem.code}: {problem.message}"


def _seams(joiner: Joiner, raw: RawPage) -> Iterator[str]:
    for table in raw.tables:
        for cell in (cell for cell in table.cells if cell.lines):
            room = joiner.room(cell.lines, cell.box)
            before = ""
            for (above, below), free in zip(pairwise(cell.lines), room, strict=False):
                before += above.text
                score = joiner.score(before, above, below, free)
                place = f"{table.number}/{cell.row}/{cell.col}"
                yield f"{place:<9} {score:+6.2f}  {free:6.1f} pt free  {above.text} | {below.text}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
