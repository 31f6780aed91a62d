"""A table without sides and its lines in; the tables that it is, where a heading stands between two, out."""

from collections.abc import Sequence

from shinchoku.grid import Grid
from shinchoku.lines import TextLine

HEADED = 2
"""A row of so many texts can be a table's heading."""


def tables_in(grid: Grid, lines: Sequence[tuple[TextLine, ...]]) -> list[Grid]:
    """The grid, or its parts: where its outer sides are not drawn and a row of one cell stands before a row
    that says what the first one says, that row is a heading between two tables."""
    if not grid.open_sides:
        return [grid]
    count = len(grid.ys) - 1
    texts: list[list[str]] = [[] for _ in range(count)]
    whole = [True] * (count + 1)
    for slot, own in zip(grid.slots, lines, strict=True):
        texts[slot.row].append("".join(line.text for line in own))
        whole[slot.row + 1 : slot.row + slot.row_span] = [False] * (slot.row_span - 1)
    cuts = [
        row
        for row in range(1, count - 1)
        if whole[row] and whole[row + 1] and len(texts[row]) == 1 and texts[row][0]
        if texts[row + 1] == texts[0] and sum(map(bool, texts[0])) >= HEADED
    ]
    starts, ends = [0, *(row + 1 for row in cuts)], [*cuts, count]
    return [grid.rows(first, after) for first, after in zip(starts, ends, strict=True)] if cuts else [grid]
