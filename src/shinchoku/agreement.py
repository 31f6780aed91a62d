"""The cells of one report as two readers gave them in; a problem for each on which they disagree out."""

from collections.abc import Iterable

from shinchoku.problems import Problem, Severity
from shinchoku.rows import CellRow

Place = tuple[int, int, int, int]


def disagreements(first: Iterable[CellRow], second: Iterable[CellRow]) -> list[Problem]:
    """A warning for each cell that only one reading has, or that has other spans or another text in the
    other.

    Both are rows of `cells`; a cell is the same one when its page, table, row and column are. `printed` is
    what the first reading has, the message says what the second has."""
    ours, theirs = {_place(r): r for r in first}, {_place(r): r for r in second}
    problems = []
    for place in sorted(ours.keys() | theirs.keys()):
        one, other = ours.get(place), theirs.get(place)
        if one is None:
            only = theirs[place]
            message = f"only the other reader sees a cell here, with the text {only.text!r}; look at the page"
            problems.append(_problem(only, message))
        elif other is None:
            message = f"only this reader sees a cell here, with the text {one.text!r}; look at the page"
            problems.append(_problem(one, message))
        elif _said(one) != _said(other):
            message = f"the other reader has {other.text!r}{_spans(one, other)}; look at the page"
            problems.append(_problem(one, message))
    return problems


def _place(cell: CellRow) -> Place:
    return cell.page, cell.table, cell.row, cell.col


def _said(cell: CellRow) -> tuple[str, int, int]:
    return cell.text, cell.row_span, cell.col_span


def _spans(one: CellRow, other: CellRow) -> str:
    if (one.row_span, one.col_span) == (other.row_span, other.col_span):
        return ""
    return f" over {other.row_span} rows and {other.col_span} columns"


def _problem(cell: CellRow, message: str) -> Problem:
    return Problem(
        Severity.WARNING, "readers_disagree", message, *_place(cell), printed=cell.text, box=cell.box
    )
