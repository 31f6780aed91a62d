"""Cells of one table in, how they stand to each other out."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from shinchoku.cells import Cell, Table
from shinchoku.text import squeeze

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
    """Whether a cell stands within the sides of a heading, as that one itself does."""
    return cell.box[0] > head.box[0] - NEAR and cell.box[2] < head.box[2] + NEAR


def touches(left: Cell, right: Cell) -> bool:
    return abs(left.box[2] - right.box[0]) < NEAR


def is_beside(cell: Cell, head: Cell) -> bool:
    """Whether a heading stands right of a cell, or right below it: the cell says what headings are."""
    below = cell.row + cell.row_span == head.row and stands_over(cell, head)
    return below or (touches(cell, head) and same_rows(cell, head))


def side_by_side(table: Table, name: Cell) -> list[Table]:
    """The tables beside each other whose headings say the same row by row; none where it is one."""
    again = [c for c in table.cells if c.row == name.row and squeeze(c.text) == squeeze(name.text)]
    sides = [*sorted(c.box[0] for c in again), table.box[2]]
    labels = [[(c.row, squeeze(c.text)) for c in table.cells if in_line(c, first)] for first in again]
    if len(again) < 2 or sides[0] > table.box[0] + NEAR or any(own != labels[0] for own in labels):
        return []
    halves = []
    for x0, x1 in pairwise(sides):
        own = tuple(c for c in table.cells if c.box[0] > x0 - NEAR and c.box[2] < x1 + NEAR)
        halves.append(replace(table, cells=own, box=(x0, table.box[1], x1, table.box[3])))
    return halves if sum(len(half.cells) for half in halves) == len(table.cells) else []
