"""The cells of a page and what is drawn on it in; the cells that something is drawn in, with the signs that
stand in them instead of text, and problems, out."""

import re
from collections.abc import Sequence
from dataclasses import replace

from shinchoku.language import say
from shinchoku.page import Ink, Page
from shinchoku.parts import Box, RawCell, RawTable, TextLine
from shinchoku.problems import Problem, Severity
from shinchoku.raw.places import place_of
from shinchoku.text import halve_digits

ROUNDED = 12.0
"""What is drawn at a corner of its cell and no larger than this (points) rounds it."""
AT = 4.0
"""It is at the corner when it ends within so many points of it both ways."""
ACROSS = 0.75
"""A stroke over this much of the cell both ways crosses it out,"""
RULES = 3.2
"""but for so many points at each side, where it is not told from the cell's rule."""
GROUND = 0.7
"""A filled box is the ground of its cell when it covers this share of it, or half of it from side to side."""
HALF, SPAN = 0.4, 0.95
MARK = 2
"""A cell of so few characters may hold a mark, and one of such words the choice of marks."""
_PARTED = re.compile(r"[\s・／/、|]+")


def with_drawn(page: Page, tables: Sequence[RawTable]) -> tuple[list[RawTable], list[Problem]]:
    """The tables, their cells flagged where something is drawn in them, and a problem for each of those: a
    warning where it may be the cell's value or mark. A sign alone in a cell without text is what it says."""
    found: dict[tuple[int, int, int], list[Ink]] = {}
    for ink in page.drawn:
        place = place_of(ink.box, tables)
        if place is not None and not _is_part_of_cell(ink, place[1].box):
            table, cell = place
            found.setdefault((table.number, cell.row, cell.col), []).append(ink)
    if not found:
        return list(tables), []
    problems = []
    flagged = []
    for table in tables:
        cells = []
        for cell in table.cells:
            drawn = found.get((table.number, cell.row, cell.col), [])
            sign = _sign(cell, drawn)
            if drawn:
                problems.append(_problem(page.number, table, cell, drawn[0], sign))
            cells.append(replace(cell, drawn=bool(drawn), lines=(_line(sign),) if sign else cell.lines))
        flagged.append(replace(table, cells=tuple(cells)))
    return flagged, problems


def _sign(cell: RawCell, drawn: Sequence[Ink]) -> Ink | None:
    """The sign that is all that stands in a cell."""
    if any(line.text.strip() for line in cell.lines) or cell.struck or len(drawn) != 1:
        return None
    return drawn[0] if drawn[0].mark and not _crosses(drawn[0].box, cell.box) else None


def _line(sign: Ink) -> TextLine:
    x0, top, x1, bottom = sign.box
    return TextLine(sign.mark, sign.box, x1 - x0, x1 - x0, x1 - x0, bottom - top)


def _problem(page: int, table: RawTable, cell: RawCell, ink: Ink, sign: Ink | None) -> Problem:
    text = "".join(line.text for line in cell.lines).strip()
    if ink.kind in ("slash", "cross") and _crosses(ink.box, cell.box):
        severity, what = Severity.INFO, say("the cell is crossed out")
    elif not text and not cell.struck:
        severity, what = Severity.WARNING, say("something is drawn in a cell without text")
    elif _may_be_value(text):
        severity, what = Severity.WARNING, say("something is drawn in a cell with a value or a mark")
    else:
        severity, what = Severity.INFO, say("something is drawn in the cell")
    message = (
        say("a sign is drawn in this cell and is read as {sign}: look at the page", sign=sign.mark)
        if sign
        else say("{what}, which text does not tell: look at the page", what=what)
    )
    return Problem(
        severity,
        "drawn",
        message,
        page=page,
        table=table.number,
        row=cell.row,
        col=cell.col,
        printed=text,
        box=ink.box,
    )


def _may_be_value(text: str) -> bool:
    """Whether a cell's text is marks, or holds figures."""
    words = _PARTED.split(text)
    marks = bool(text) and all(len(word) <= MARK for word in words)
    return marks or any(letter.isdecimal() for letter in halve_digits(text))


def _is_part_of_cell(ink: Ink, cell: Box) -> bool:
    """Whether something drawn is the cell's ground, or rounds its corner."""
    box = ink.box
    if ink.kind == "solid":
        wide, tall = (box[2] - box[0]) / (cell[2] - cell[0]), (box[3] - box[1]) / (cell[3] - cell[1])
        return wide * tall >= GROUND or (wide * tall >= HALF and max(wide, tall) >= SPAN)
    if max(box[2] - box[0], box[3] - box[1]) > ROUNDED:
        return False
    at_side = min(abs(box[0] - cell[0]), abs(box[2] - cell[2])) <= AT
    return at_side and min(abs(box[1] - cell[1]), abs(box[3] - cell[3])) <= AT


def _crosses(box: Box, cell: Box) -> bool:
    wide, tall = box[2] - box[0], box[3] - box[1]
    across, down = cell[2] - cell[0] - 2 * RULES, cell[3] - cell[1] - 2 * RULES
    return wide >= ACROSS * across and tall >= ACROSS * down
