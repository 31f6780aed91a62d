"""A column or a cell that no record could be made of, in full, in; the problem that names it out."""

from shinchoku.cells import Cell
from shinchoku.language import Said, say
from shinchoku.problems import Problem, Severity
from shinchoku.stitch import Column, Part


def unknown_heading(column: Column) -> Problem:
    """A column that no layout knows."""
    message = say(
        "no layout knows this heading; its text is kept in `unmapped`; add the wording to a file "
        "in raw_pdfs/layouts (`shinchoku layout PDF` shows the lines) and run again"
    )
    return _at(column.cells[-1], Severity.WARNING, "unknown_heading", message, column.path)


def doubled_heading(column: Column) -> Problem:
    """A column whose meaning another one has."""
    message = say("another column already has this meaning; the text of this one is kept in `unmapped`")
    return _at(column.cells[-1], Severity.WARNING, "unknown_heading", message, column.path)


def empty_row(part: Part) -> Problem:
    """A row without any text."""
    message = say("every cell of this row is empty; no record was made of it")
    return _at(part.cells[0], Severity.WARNING, "empty_row", message)


def heading_unused(cell: Cell) -> Problem:
    """A cell that says a heading under which no row stands, or for which the rows have no column."""
    message = say(
        "no row stands under this heading, or has a column for it; it is in cells alone; look at the page"
    )
    return _at(cell, Severity.WARNING, "cell_unused", message, cell.text)


def cell_unused(cell: Cell) -> Problem:
    """A cell whose text, or a part of it, no record, heading or `unmapped` has."""
    message = say(
        "the text of this cell, or a part of it, is in no record and no heading; it is in cells alone; "
        "compare the page"
    )
    return _at(cell, Severity.ERROR, "cell_unused", message, cell.text)


def text_invented(cell: Cell, text: str) -> Problem:
    """A cell of which a record, or a heading, says more than it prints, or says it twice."""
    message = say(
        "a record says {text!r} here, which this cell does not print, or not so often; compare the page",
        text=text,
    )
    return _at(cell, Severity.ERROR, "text_invented", message, cell.text)


def _at(cell: Cell, severity: Severity, code: str, message: Said, printed: str = "") -> Problem:
    return Problem(
        severity,
        code,
        message,
        page=cell.page,
        table=cell.table,
        row=cell.row,
        col=cell.col,
        printed=printed,
        box=cell.box,
    )
