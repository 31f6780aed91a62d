"""Tables ruled across only, and single rows of cells, in; the tables that such a row heads out."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from shinchoku.grid.lattice import lattice
from shinchoku.grid.meeting import MEET
from shinchoku.grid.spacing.columns import CLOSE, network_of
from shinchoku.grid.spacing.level import fills, is_clear, texts_of
from shinchoku.grid.table import Grid
from shinchoku.page import Floats
from shinchoku.page.geometry import median

SINGLE = 2
"""A single row has so many lines."""
BESIDE = 12.0
"""A heading stands no further from what it heads than this (points)."""
MOSTLY = 0.8
"""Nearly all rows leave each of its walls clear, and so many of them fill more than one of its columns."""


def with_headings(
    grids: Sequence[Grid], across: Sequence[Grid], letters: Floats
) -> tuple[list[Grid], list[Grid]]:
    """The tables, and those that are ruled `across` only; of these some with a single row of cells, shaded or
    ruled all around, that stands right above them, as wide as they are: it has their columns."""
    left, found = list(grids), []
    for body in across:
        for head in [grid for grid in left if _stands_over(grid, body)]:
            whole = _headed(head, body, letters)
            if whole is not None:
                left.remove(head)
                body = whole
                break
        found.append(body)
    return left, found


def _stands_over(head: Grid, body: Grid) -> bool:
    one = len(head.ys) == SINGLE and len(head.xs) > SINGLE
    wide = max(abs(head.xs[0] - body.xs[0]), abs(head.xs[-1] - body.xs[-1])) <= MEET
    return one and wide and -BESIDE <= body.ys[0] - head.ys[-1] <= BESIDE


def _headed(head: Grid, body: Grid, letters: Floats) -> Grid | None:
    """Both as one table with the columns of the heading; None where texts of the body run over them."""
    em = median(letters[:, 3] - letters[:, 1])
    ys = [head.ys[0], head.ys[-1], *body.ys[1:]]
    own = letters[(letters[:, 2] > head.xs[0]) & (letters[:, 0] < head.xs[-1])]
    middle = (own[:, 1] + own[:, 3]) / 2
    rows = [texts_of(own[(middle > a) & (middle < b)], CLOSE * em) for a, b in pairwise(ys)]
    clear = np.array([[is_clear(row, wall) for wall in head.xs[1:-1]] for row in rows], dtype=np.bool_)
    filled = [sum(fills(row, a, b) for a, b in pairwise(head.xs)) > 1 for row in rows[1:]]
    if (clear[1:].mean(axis=0) < MOSTLY).any() or np.mean(filled) < MOSTLY:
        return None
    clear[0] = True
    stack = np.array([(y, head.xs[0], head.xs[-1]) for y in ys])
    found = lattice(network_of(stack, head.xs[1:-1], clear, (head.xs[0], head.xs[-1])))
    return replace(found, rows_unsure=body.rows_unsure) if found is not None else None
