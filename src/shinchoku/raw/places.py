"""Tables of a page and boxes on it in; the cell that each box stands in out."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from shinchoku.parts import Box, RawCell, RawTable
from shinchoku.problems import Problem

Place = tuple[RawTable, RawCell]


def placed(problems: Iterable[Problem], tables: Sequence[RawTable]) -> list[Problem]:
    """The problems, each that has a box and no table with the table, row and column its middle stands in;
    what is said of one cell several times, once."""
    found: list[Problem] = []
    said: dict[Problem, int] = {}
    for problem in problems:
        box = problem.box if problem.table is None else None
        place = place_of(box, tables) if box else None
        if place is None or box is None:
            found.append(problem)
            continue
        table, cell = place
        problem = replace(problem, table=table.number, row=cell.row, col=cell.col)
        plain = replace(problem, box=None, printed="")
        if plain in said:
            first = found[said[plain]]
            found[said[plain]] = replace(
                first, printed=first.printed + problem.printed, box=_around(first.box, box)
            )
        else:
            said[plain] = len(found)
            found.append(problem)
    return found


def place_of(box: Box, tables: Sequence[RawTable]) -> Place | None:
    """The table and cell around the middle of a box: of a table within a cell of another, the inner one's."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    around = [
        (table, cell)
        for table in tables
        if _has(table.box, x, y)
        for cell in table.cells
        if _has(cell.box, x, y)
    ]
    return min(around, key=lambda place: _area(place[1].box), default=None)


def _has(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _around(one: Box | None, other: Box) -> Box:
    if one is None:
        return other
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))
