"""A document and the corrections of its report in; the document with those that fit, the others as problems,
out."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from shinchoku.cells import Cell, Document, Table
from shinchoku.language import Said, say
from shinchoku.layouts import Layouts
from shinchoku.layouts.announcements import announcement
from shinchoku.people import Correction, Place
from shinchoku.problems import Problem, Severity
from shinchoku.rows import place_of

Told = dict[Place, Correction]


def corrected(
    document: Document, corrections: Sequence[Correction], layouts: Layouts
) -> tuple[Document, list[Problem], tuple[str, ...]]:
    """The document as corrected, a problem `correction_unused` for each correction that does not fit, and the
    keys of those that do, sorted.

    A correction fits the one cell or table at its place whose text is still what it says is printed; all are
    held against the document as it is given, so their order makes no difference. Where two that fit say
    different things of one place, neither counts."""
    told: dict[Place, list[Correction]] = {}
    problems = []
    cells = {Place(*place_of(c)): c for t in document.tables for c in t.cells}
    tables = {Place(t.page, t.number, None, None): t for t in document.tables}
    first = next(iter(tables), None)
    for correction in corrections:
        place = correction.place
        fault = (
            _cell_fault(cells.get(place), correction)
            if correction.kind == "text"
            else _table_fault(tables.get(place), correction, place == first)
        )
        if fault:
            problems.append(_unused(correction, fault))
        else:
            told.setdefault(place, []).append(correction)
    kept: Told = {}
    for place, several in told.items():
        if len({(c.kind, c.corrected) for c in several}) == 1:
            kept[place] = several[0]
        else:
            other = say("another line says something else of the same place; keep one of them")
            problems += [_unused(correction, other) for correction in several]
    items = tuple(_item(i, kept, layouts) if isinstance(i, Table) else i for i in document.items)
    keys = {c.key for place, several in told.items() if place in kept for c in several}
    return replace(document, items=items), problems, tuple(sorted(keys))


def table_text(texts: Iterable[str]) -> str:
    """What a table says: the texts of its cells, row by row, those that are not empty a line each."""
    return "\n".join(text for text in texts if text)


def _cell_fault(cell: Cell | None, correction: Correction) -> Said | None:
    if cell is None:
        return say("there is no such cell")
    done = cell.corrected and cell.text == correction.corrected
    return None if done or cell.text == correction.printed else say("the cell says {text!r}", text=cell.text)


def _table_fault(table: Table | None, correction: Correction, is_first: bool) -> Said | None:
    if table is None:
        return say("there is no such table")
    if correction.kind == "goes_on" and is_first:
        return say("no table stands before this one")
    said = table_text(cell.text for cell in sorted(table.cells, key=lambda c: (c.row, c.col)))
    fits = said == correction.printed or said.startswith(correction.printed + "\n")
    begins = said[: len(correction.printed) + 20]
    return None if fits else say("the table begins with {begins!r}", begins=begins)


def _unused(correction: Correction, fault: Said) -> Problem:
    message = say(
        "line {line} of corrections.csv changes nothing: {fault}; compare the page and mend the "
        "line, or take it out",
        line=correction.line,
        fault=fault,
    )
    place = correction.place
    return Problem(Severity.ERROR, "correction_unused", message, *place, printed=correction.printed)


def _item(table: Table, kept: Told, layouts: Layouts) -> Table:
    ruling = kept.get(Place(table.page, table.number, None, None))
    cells = tuple(
        _cell(cell, kept.get(Place(cell.page, cell.table, cell.row, cell.col)), layouts)
        for cell in table.cells
    )
    return replace(table, cells=cells, told=ruling.kind if ruling else table.told)


def _cell(cell: Cell, correction: Correction | None, layouts: Layouts) -> Cell:
    if correction is None:
        return cell
    text = correction.corrected
    return replace(cell, text=text, said=announcement(text, layouts), corrected=True)
