"""A page in, its raw tables and its other text out: every glyph in exactly one cell or one block."""

from collections.abc import Sequence
from itertools import islice

import numpy as np

from shinchoku.grid import (
    DrawingError,
    Grid,
    Painted,
    Ruled,
    Slot,
    find_ruled,
    shaded,
    within_glyphs,
    without_underlines,
)
from shinchoku.language import say
from shinchoku.lines import lines_of_groups
from shinchoku.lines.homes import HOMELESS, Ints, homes
from shinchoku.page import Floats, Glyphs, Marks, Page, boxes_of
from shinchoku.parts import RawBlock, RawCell, RawPage, RawTable
from shinchoku.problems import Problem, Severity
from shinchoku.raw.between import tables_in
from shinchoku.raw.blocks import find_blocks, hidden_block
from shinchoku.raw.characters import without_rule_characters
from shinchoku.raw.drawn import with_drawn
from shinchoku.raw.outside import clipped, cut_off, unruled_rows, unruled_table
from shinchoku.raw.over import called_out, laid_over, watermark
from shinchoku.raw.places import placed
from shinchoku.raw.struck import left, struck_problem, struck_text


def raw_page(page: Page) -> RawPage:
    """The raw tables and blocks of a page."""
    page, rules = without_rule_characters(page)
    glyphs = page.glyphs
    ruled, problems = _ruled(page)
    grids = ruled.grids
    home = _homes(glyphs, grids)
    called = called_out(glyphs, home, [slot for grid in grids for slot in grid.slots], ruled.laid)
    parted = _parted(page, grids, home) if any(grid.open_sides or grid.seams for grid in grids) else grids
    if len(parted) > len(grids):
        grids = parted
        home = _homes(glyphs, grids)
    slots = [slot for grid in grids for slot in grid.slots]
    over = laid_over(glyphs, home, slots)
    home = np.where(over | called, HOMELESS, home)
    cells = _cells(glyphs, home, slots, _shaded(slots, page.marks))
    tables = _tables(grids, cells)
    problems += _struck(page, home, tables)
    problems += clipped(page, home, tables)
    problems += unruled_rows(page.number, grids, tables)
    blocks = find_blocks(
        page, np.flatnonzero((home == HOMELESS) & glyphs.kept & ~over), (*ruled.frames, *ruled.laid)
    )
    problems += [problem for problem in (unruled_table(page, blocks), cut_off(page)) if problem]
    if over.any():
        blocks.append(watermark(page, over))
    if rules is not None:
        blocks.append(rules)
    hidden = hidden_block(page)
    if hidden is not None:
        blocks.append(hidden)
        problems.append(_unseen(page, hidden))
    tables, drawn = with_drawn(page, tables)
    return RawPage(
        page.number,
        page.width,
        page.height,
        tuple(tables),
        tuple(blocks),
        (*placed([*page.problems, *problems], tables), *drawn),
        page.doubts,
    )


def _ruled(page: Page) -> tuple[Ruled, list[Problem]]:
    """What the page's rules make; nothing, and a problem, where they are too many."""
    try:
        marks = without_underlines(page.marks, page.glyphs)
        return find_ruled(marks, _painted(page, marks)), []
    except DrawingError:
        said = say(
            "the lines of this page are too many to be those of tables: its text is kept as blocks, not in "
            "cells; look at it on paper"
        )
        return Ruled(), [Problem(Severity.WARNING, "too_large", said, page=page.number)]


def _tables(grids: Sequence[Grid], cells: Sequence[RawCell]) -> list[RawTable]:
    """The tables of the grids, to which the cells belong in their order."""
    rest = iter(cells)
    return [
        RawTable(n, g.xs, g.ys, g.open_top, g.open_bottom, tuple(islice(rest, len(g.slots))))
        for n, g in enumerate(grids, start=1)
    ]


def _unseen(page: Page, hidden: RawBlock) -> Problem:
    said = say("this text does not show on paper; it is kept as a block of kind other and is in no cell")
    text = " ".join(line.text for line in hidden.lines)
    return Problem(Severity.INFO, "hidden_text", said, page=page.number, printed=text, box=hidden.box)


def _homes(glyphs: Glyphs, grids: Sequence[Grid]) -> Ints:
    """The slot of each glyph of the page's text."""
    return _together(np.where(glyphs.kept, homes(glyphs, grids), HOMELESS), glyphs)


def _parted(page: Page, grids: Sequence[Grid], home: Ints) -> tuple[Grid, ...]:
    """The grids, those apart that a heading parts."""
    lines = iter(lines_of_groups(page.glyphs, home, sum(len(grid.slots) for grid in grids)))
    shaded = iter(_shaded([slot for grid in grids for slot in grid.slots], page.marks))
    return tuple(
        part
        for grid in grids
        for part in tables_in(
            grid, list(islice(lines, len(grid.slots))), list(islice(shaded, len(grid.slots)))
        )
    )


def _painted(page: Page, marks: Marks) -> Painted:
    """What stands on a page beside the rules among its marks."""
    figures = np.array(page.figures).reshape(-1, 4)
    figures = figures[~within_glyphs(figures, page.glyphs)]
    boxes = boxes_of(marks)
    return Painted(_printed(page.glyphs), figures, within_glyphs(boxes, page.glyphs))


def _together(home: Ints, glyphs: Glyphs) -> Ints:
    """The homes, where what an annotation says stands in one cell or in none: a stamp over several is in no
    cell."""
    home = home.copy()
    for note in np.unique(glyphs.note[glyphs.note > 0]).tolist():
        own = (glyphs.note == note) & glyphs.visible
        if len(np.unique(home[own])) > 1:
            home[own] = HOMELESS
    return home


def _cells(glyphs: Glyphs, home: Ints, slots: Sequence[Slot], shaded: Sequence[bool]) -> list[RawCell]:
    """The cells of the slots, with the lines of the glyphs that live in them."""
    rest = left(glyphs, home)
    lines = lines_of_groups(glyphs, rest, len(slots))
    struck = {number for number in np.unique(home[glyphs.struck]).tolist() if number != HOMELESS}
    lessened = np.isin(home, np.unique(home[(home != rest)])) & (home != HOMELESS)
    whole = lines_of_groups(glyphs, np.where(lessened, home, HOMELESS), len(slots)) if struck else lines
    return [
        RawCell(
            *(slot.row, slot.col, slot.row_span, slot.col_span, slot.box, is_shaded, own),
            struck=number in struck,
            whole=uncut if number in struck else (),
        )
        for number, (slot, is_shaded, own, uncut) in enumerate(zip(slots, shaded, lines, whole, strict=True))
    ]


def _struck(page: Page, home: Ints, tables: Sequence[RawTable]) -> list[Problem]:
    """What is struck through on the page, cell by cell, and outside all cells."""
    places = [(table.number, cell) for table in tables for cell in table.cells]
    found = []
    for number, said in struck_text(page.glyphs, home).items():
        if number == HOMELESS:
            found.append(struck_problem(page.number, said, None))
        else:
            table, cell = places[number]
            place = (table, cell.row, cell.col)
            found.append(struck_problem(page.number, said, cell.box, place))
    return found


def _printed(glyphs: Glyphs) -> Floats:
    """The boxes (n x 4) of the glyphs that show."""
    inked = glyphs.visible & glyphs.inked
    return boxes_of(glyphs)[inked]


def _shaded(slots: Sequence[Slot], marks: Marks) -> list[bool]:
    """For each slot whether shading lies behind its middle."""
    middle = np.array([(s.box[0] + s.box[2], s.box[1] + s.box[3]) for s in slots]).reshape(-1, 2) / 2
    order = np.argsort(middle[:, 1], kind="stable")
    x, y = middle[order].T
    found = np.zeros(len(slots), dtype=np.bool_)
    for k in np.flatnonzero(shaded(marks)):
        first, after = np.searchsorted(y, (marks.top[k], marks.bottom[k]))
        found[first:after] |= (marks.x0[k] < x[first:after]) & (x[first:after] < marks.x1[k])
    out = np.empty(len(slots), dtype=np.bool_)
    out[order] = found
    return out.tolist()
