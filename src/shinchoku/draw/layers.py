"""A page that was drawn in; an SVG of what each room made of it, one over the other, out: for whoever hunts a
wrong cell, to see in which room it went wrong."""

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise

from shinchoku.cells import Document, document
from shinchoku.draw import hue_of
from shinchoku.draw.work import DrawnPage
from shinchoku.layouts.files import shipped
from shinchoku.parts import Box, TextLine

Shapes = Iterator[str]


def svg(page: DrawnPage, names: Sequence[str]) -> str:
    """The picture of the page with the layers of these names (of LAYERS) over it, each a group with that id,
    in points; whatever is drawn says what it is when it is pointed at."""
    doc = document([page.raw], shipped())
    width, height = page.raw.width, page.raw.height
    groups = [f'<g id="{name}">\n' + "\n".join(LAYERS[name](page, doc)) + "\n</g>" for name in names]
    picture = base64.b64encode(page.picture).decode()
    ground = f'<image width="{width:g}" height="{height:g}" href="data:image/png;base64,{picture}"/>'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width * page.scale:g}" height="{height * page.scale:g}">'
    )
    return "\n".join((head, ground if picture else "", *groups, "</svg>", ""))


def _box(box: Box, style: str, said: str) -> str:
    x0, top, x1, bottom = box
    size = f'x="{x0:.2f}" y="{top:.2f}" width="{max(x1 - x0, 0.3):.2f}" height="{max(bottom - top, 0.3):.2f}"'
    return f"<rect {size} {style}><title>{escape(said)}</title></rect>"


def _line(x0: float, y0: float, x1: float, y1: float, style: str, said: str) -> str:
    ends = f'x1="{x0:.2f}" y1="{y0:.2f}" x2="{x1:.2f}" y2="{y1:.2f}"'
    return f"<line {ends} {style}><title>{escape(said)}</title></line>"


def _rules(page: DrawnPage, doc: Document) -> Shapes:
    """Straight marks as they are painted."""
    for number, box in enumerate(page.rules):
        yield _box(box, 'fill="none" stroke="#e67e00" stroke-width="0.6"', f"mark {number}")


def _walls(page: DrawnPage, doc: Document) -> Shapes:
    """The sides of the cells: what the marks came to."""
    for table in page.raw.tables:
        for cell in table.cells:
            said = f"table {table.number}: row {cell.row}, column {cell.col}"
            yield _box(cell.box, 'fill="none" stroke="#0050c8" stroke-width="1"', said)


def _runs(page: DrawnPage, doc: Document) -> Shapes:
    """Text as it is painted, run by run; what does not show in red."""
    for number, (box, text, seen) in enumerate(page.runs):
        colour = "#00838f" if seen else "#d50000"
        yield _box(box, f'fill="none" stroke="{colour}" stroke-width="0.4"', f"run {number}: {text}")


def _homes(page: DrawnPage, doc: Document) -> Shapes:
    """From each line to the middle of the cell that it lives in."""
    for table in page.raw.tables:
        for cell in table.cells:
            hue = hue_of(cell.row, cell.col)
            for line in cell.lines:
                ends = (*_middle(line.box), *_middle(cell.box))
                said = f"row {cell.row}, column {cell.col}: {line.text}"
                yield _line(*ends, f'stroke="{hue}" stroke-width="0.8"', said)


def _lines(page: DrawnPage, doc: Document) -> Shapes:
    """Printed lines, of cells and of blocks."""
    cells: list[TextLine] = [line for t in page.raw.tables for c in t.cells for line in c.lines]
    for line in [*cells, *(line for block in page.raw.blocks for line in block.lines)]:
        yield _box(
            line.box, 'fill="#2e7d32" fill-opacity="0.12" stroke="#2e7d32" stroke-width="0.4"', line.text
        )


def _seams(page: DrawnPage, doc: Document) -> Shapes:
    """Between two lines of a cell: green where they are joined, red where the author broke the line."""
    for table in doc.tables:
        for cell in table.cells:
            for above, below, broken in _joined(cell.text, cell.lines):
                x0, _, x1, bottom = above.box
                said = f"{'break' if broken else 'joined'}: {above.text} | {below.text}"
                style = f'stroke="{"#d50000" if broken else "#00a040"}" stroke-width="1.5"'
                yield _line(x0, (bottom + below.box[1]) / 2, x1, (bottom + below.box[1]) / 2, style, said)


def _joined(text: str, lines: Sequence[TextLine]) -> Iterator[tuple[TextLine, TextLine, bool]]:
    """Each two lines of a cell that follow each other, and whether its text has a break between them."""
    at = 0
    for above, below in pairwise(lines):
        found = text.find(above.text.strip(), at)
        at = found + len(above.text.strip()) if found >= 0 else at
        yield above, below, text[at : at + 1] == "\n"


def _cells(page: DrawnPage, doc: Document) -> Shapes:
    """Cells with their final text."""
    for table in doc.tables:
        for cell in table.cells:
            hue = hue_of(cell.row, cell.col)
            said = f"page {cell.page}, table {cell.table}, row {cell.row}, column {cell.col}\n{cell.text}"
            yield _box(cell.box, f'fill="{hue}" fill-opacity="0.15" stroke="{hue}" stroke-width="0.8"', said)


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


LAYERS: Mapping[str, Callable[[DrawnPage, Document], Shapes]] = {
    "rules": _rules,
    "walls": _walls,
    "runs": _runs,
    "homes": _homes,
    "lines": _lines,
    "seams": _seams,
    "cells": _cells,
}
"""What can be drawn over a page, in the order of the rooms that make it."""
