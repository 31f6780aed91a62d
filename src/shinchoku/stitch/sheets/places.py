"""Cells of one table in, how they stand to each other out."""

from collections.abc import Sequence

from shinchoku.cells import Cell

NEAR = 1.5
"""Sides nearer than this many points are in line."""


def left_of(cell: Cell, heads: Sequence[Cell]) -> list[Cell]:
    """The headings in the row of a value, nearest to it, outermost first."""
    found = [c for c in heads if same_rows(c, cell) and c.box[2] < cell.box[0] + NEAR]
    run: list[Cell] = []
    for head in sorted(found, key=lambda c: -c.box[0]):
        if run and abs(head.box[2] - run[-1].box[0]) > NEAR:
            break
        run.append(head)
    return run[::-1]


def heads_above(cell: Cell, heads: Sequence[Cell], values: Sequence[Cell]) -> list[Cell]:
    """The headings over a value that hold its width, outermost first; other values may stand between."""
    middle = (cell.box[0] + cell.box[2]) / 2
    found = [c for c in heads if c.row < cell.row and c.box[0] < middle < c.box[2]]
    run: list[Cell] = []
    for head in sorted(found, key=lambda c: -c.row):
        if run and (head.row + head.row_span != run[-1].row or labels_a_value(head, values)):
            break
        if not run and not (head.box[0] < cell.box[0] + NEAR and cell.box[2] < head.box[2] + NEAR):
            break
        run.append(head)
    return run[::-1]


def labels_a_value(head: Cell, values: Sequence[Cell]) -> bool:
    """Whether a heading says what the value right of it is."""
    return any(c.text and touches(head, c) and same_rows(c, head) for c in values)


def next_head(cell: Cell, heads: Sequence[Cell]) -> Cell | None:
    left = left_of(cell, heads)
    return left[-1] if left else None


def stands_over(cell: Cell, other: Cell) -> bool:
    middle = (other.box[0] + other.box[2]) / 2
    return cell.box[0] < middle < cell.box[2]


def same_rows(cell: Cell, other: Cell) -> bool:
    """Whether a cell covers the first row of the other, or the other its."""
    return (
        cell.row <= other.row < cell.row + cell.row_span or other.row <= cell.row < other.row + other.row_span
    )


def in_line(cell: Cell, other: Cell) -> bool:
    """Whether two cells have the same left side and the same right side."""
    return abs(cell.box[0] - other.box[0]) < NEAR and abs(cell.box[2] - other.box[2]) < NEAR


def is_under(cell: Cell, head: Cell) -> bool:
    """Whether a cell has the left side of a heading, and is no wider, as that one itself is."""
    return abs(cell.box[0] - head.box[0]) < NEAR and cell.box[2] < head.box[2] + NEAR


def touches(left: Cell, right: Cell) -> bool:
    return abs(left.box[2] - right.box[0]) < NEAR
