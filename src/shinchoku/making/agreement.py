"""The cells of one report as two readers gave them in; a problem for each on which they disagree out."""

from collections.abc import Iterable

from shinchoku.language import Said, say
from shinchoku.problems import Problem, Severity
from shinchoku.rows import CellRow, place_of


def disagreements(first: Iterable[CellRow], second: Iterable[CellRow]) -> list[Problem]:
    """A warning for each cell that only one reading has, or that has other spans or another text in the
    other.

    Both are rows of `cells`; a cell is the same one when its page, table, row and column are. `printed` is
    what the first reading has, the message says what the second has."""
    ours, theirs = {place_of(r): r for r in first}, {place_of(r): r for r in second}
    problems = []
    for place in sorted(ours.keys() | theirs.keys()):
        one, other = ours.get(place), theirs.get(place)
        if one is None:
            only = theirs[place]
            message = say(
                "only the other reader sees a cell here, with the text {text!r}; look at the page",
                text=only.text,
            )
            problems.append(_problem(only, message))
        elif other is None:
            message = say(
                "only this reader sees a cell here, with the text {text!r}; look at the page", text=one.text
            )
            problems.append(_problem(one, message))
        elif _said(one) != _said(other):
            problems.append(_problem(one, _other(one, other)))
    return problems


def _said(cell: CellRow) -> tuple[str, int, int]:
    return cell.text, cell.row_span, cell.col_span


def _other(one: CellRow, other: CellRow) -> Said:
    if (one.row_span, one.col_span) == (other.row_span, other.col_span):
        return say("the other reader has {text!r}; look at the page", text=other.text)
    return say(
        "the other reader has {text!r} over {rows} rows and {columns} columns; look at the page",
        text=other.text,
        rows=other.row_span,
        columns=other.col_span,
    )


def _problem(cell: CellRow, said: Said) -> Problem:
    return Problem(
        Severity.WARNING, "readers_disagree", said, *place_of(cell), printed=cell.text, box=cell.box
    )
