"""The cells of one report as two readers gave them in; a problem for each on which they disagree out."""

from collections.abc import Iterable, Mapping
from typing import Any

from shinchoku.problems import Problem, Severity

Row = Mapping[str, Any]
Place = tuple[int, int, int, int]


def disagreements(first: Iterable[Row], second: Iterable[Row]) -> list[Problem]:
    """A warning for each cell that only one reading has, or that has other spans or another text in the
    other.

    Both are rows of `cells`; a cell is the same one when its page, table, row and column are. `printed` is
    what the first reading has, the message says what the second has."""
    ours, theirs = {_place(r): r for r in first}, {_place(r): r for r in second}
    problems = []
    for place in sorted(ours.keys() | theirs.keys()):
        one, other = ours.get(place), theirs.get(place)
        if one is None or other is None:
            found = one or other or {}
            who = "the other reader" if one is None else "this reader"
            message = f"only {who} sees a cell here, with the text {found['text']!r}; look at the page"
        elif _said(one) != _said(other):
            message = f"the other reader has {_said(other)[0]!r}{_spans(one, other)}; look at the page"
        else:
            continue
        problems.append(_problem(place, one or other or {}, message))
    return problems


def _place(row: Row) -> Place:
    return row["page"], row["table"], row["row"], row["col"]


def _said(row: Row) -> tuple[str, int, int]:
    return row["text"], row["row_span"], row["col_span"]


def _spans(one: Row, other: Row) -> str:
    if (one["row_span"], one["col_span"]) == (other["row_span"], other["col_span"]):
        return ""
    return f" over {other['row_span']} rows and {other['col_span']} columns"


def _problem(place: Place, row: Row, message: str) -> Problem:
    page, table, line, col = place
    box = (row["x0"], row["top"], row["x1"], row["bottom"])
    return Problem(
        Severity.WARNING, "readers_disagree", message, page, table, line, col, printed=row["text"], box=box
    )
