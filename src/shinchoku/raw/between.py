"""A table without sides and its lines in; the tables that it is, where a heading stands between two, out."""

from collections.abc import Sequence

from shinchoku.grid import Grid
from shinchoku.parts import TextLine

HEADED = 2
"""A row of so many texts can be a table's heading."""


def tables_in(grid: Grid, lines: Sequence[tuple[TextLine, ...]], shaded: Sequence[bool]) -> list[Grid]:
    """The grid, or its parts: where its outer sides are not drawn and a row of one cell stands before a row
    that says what the first one says, that row is a heading between two tables; where another table may begin
    by its rules, one does if its first row heads it, or its columns are others. `lines` are those of its
    cells, `shaded` says which of these are."""
    if not grid.open_sides and not grid.seams:
        return [grid]
    count = len(grid.ys) - 1
    texts: list[list[str]] = [[] for _ in range(count)]
    whole = [True] * (count + 1)
    shaded_rows = {slot.row for slot, is_shaded in zip(grid.slots, shaded, strict=True) if is_shaded}
    for slot, own in zip(grid.slots, lines, strict=True):
        texts[slot.row].append("".join(line.text for line in own))
        whole[slot.row + 1 : slot.row + slot.row_span] = [False] * (slot.row_span - 1)
    cuts = [
        (row, row + 1)
        for row in range(1, count - 1 if grid.open_sides else 0)
        if whole[row] and whole[row + 1] and len(texts[row]) == 1 and texts[row][0]
        if _is_again(texts, row + 1)
    ]
    cuts += [
        (row, row)
        for row in grid.seams
        if whole[row] and 2 <= row <= count - 2
        if _is_again(texts, row)
        or _heads(texts, row)
        or _has_other_walls(grid, row)
        or (sum(map(bool, texts[row])) >= HEADED and {0, row} <= shaded_rows <= {0, *grid.seams})
    ]
    ends, starts = zip(*sorted(cuts), strict=True) if cuts else ((), ())
    return [grid.rows(first, after) for first, after in zip((0, *starts), (*ends, count), strict=True)]


def _is_again(texts: Sequence[Sequence[str]], row: int) -> bool:
    """Whether a row says what the first one says."""
    return texts[row] == texts[0] and sum(map(bool, texts[0])) >= HEADED


def _heads(texts: Sequence[Sequence[str]], row: int) -> bool:
    """Whether a row has words in all of its cells, and numbers stand above and below one of them all over."""
    own, others = texts[row], [*texts[1:row], *texts[row + 1 :]]
    if len(own) < HEADED or not all(map(_is_word, own)) or any(len(other) != len(own) for other in others):
        return False
    return any(
        all(any(letter.isdecimal() for letter in other[k]) for other in others) for k in range(len(own))
    )


def _has_other_walls(grid: Grid, row: int) -> bool:
    """Whether the row above a seam and the one below have walls within the table that the other lacks."""
    above = {s.col for s in grid.slots if s.row < row <= s.row + s.row_span}
    below = {s.col for s in grid.slots if s.row <= row < s.row + s.row_span}
    return not (above <= below or below <= above)


def _is_word(text: str) -> bool:
    return any(map(str.isalpha, text)) and not any(map(str.isdecimal, text))
