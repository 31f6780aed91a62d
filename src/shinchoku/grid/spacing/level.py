"""Letters and the columns they stand in, in; the rows that level lines of text make, where no rule parts or
bounds them, out."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from shinchoku.grid.table import Grid
from shinchoku.page import Floats

APART = 1.5
"""Two lines that are rows stand so many ems apart, middle to middle; three or more in all columns are rows in
any case."""
LEVEL = 0.3
"""Letters are on one line when their middles are this many times their height apart."""
ROWS, COLUMNS = 3, 3
"""In a table with walls so many lines that are level in all of so many columns are rows."""
NEAR = 1.2
"""A heading stands no more than this many ems over the first rule."""
LEADING = 0.8
"""Its lines have no more than this many ems between them."""


def texts_of(row: Floats, room: float) -> list[tuple[float, float]]:
    """Where the texts of a row begin and end: its letters, those joined that stand no more than `room`
    apart."""
    out: list[tuple[float, float]] = []
    for a, b in sorted(zip(row[:, 0].tolist(), row[:, 2].tolist(), strict=True)):
        if out and a - out[-1][1] <= room:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out


def is_clear(row: Sequence[tuple[float, float]], wall: float) -> bool:
    return not any(a < wall < b for a, b in row)


def fills(row: Sequence[tuple[float, float]], start: float, end: float) -> bool:
    """Whether a text begins between two walls."""
    return any(start <= a < end for a, _ in row)


def between_lines(row: Floats, columns: Sequence[float], em: float) -> list[float]:
    """Where the rows part that stand between two rules, line below line: lines that say something in more
    than half of the columns that the fullest does begin one each. Two lines so close to each other as lines
    of one text are no rows."""
    lines = _lines(row)
    filled = [_filled(line, columns) for line in lines]
    begins = [k for k, count in enumerate(filled) if count > 1 and 2 * count > max(filled)]
    if len(begins) < 2:
        return []
    if len(begins) == 2 and _middle(lines[begins[1]]) - _middle(lines[begins[0]]) < APART * em:
        return []
    out = []
    for a, b in pairwise(begins):
        _, k = max((lines[k + 1][:, 1].min() - lines[k][:, 3].max(), k) for k in range(a, b))
        out.append(float(lines[k][:, 3].max() + lines[k + 1][:, 1].min()) / 2)
    return out


def rows_of_lines(grid: Grid, letters: Floats) -> Floats:
    """The rules across (at, start, end) that the one room below a table's heading lacks: each of its columns
    has as many lines, three or more, and they are level."""
    cells = [slot for slot in grid.slots if slot.row == 1]
    if len(grid.ys) != 3 or len(grid.xs) <= COLUMNS or len(cells) != len(grid.xs) - 1:
        return np.empty((0, 3))
    x, y = (letters[:, 0] + letters[:, 2]) / 2, (letters[:, 1] + letters[:, 3]) / 2
    own = letters[(x > grid.xs[0]) & (x < grid.xs[-1]) & (y > grid.ys[1]) & (y < grid.ys[2])]
    lines = _lines(own) if len(own) else []
    if len(lines) < ROWS or any(_filled(line, grid.xs) < len(cells) for line in lines):
        return np.empty((0, 3))
    between = [float(a[:, 3].max() + b[:, 1].min()) / 2 for a, b in pairwise(lines)]
    return np.array([(at, grid.xs[0], grid.xs[-1]) for at in between])


def heading_above(letters: Floats, first: float, columns: Sequence[float], em: float) -> float | None:
    """Where a heading begins that stands right over a table's first rule: lines of more texts than half of
    the columns. None where there is none."""
    x, y = (letters[:, 0] + letters[:, 2]) / 2, (letters[:, 1] + letters[:, 3]) / 2
    above = letters[(x > columns[0]) & (x < columns[-1]) & (y < first) & (y > first - 4 * NEAR * em)]
    lines = _lines(above) if len(above) else []
    top, heads = first, []
    for line in reversed(lines):
        room = top - line[:, 3].max()
        if room > (NEAR if top == first else LEADING) * em:
            break
        heads.append(line)
        top = float(line[:, 1].min())
    if not heads or 2 * len(texts_of(np.vstack(heads), em)) <= len(columns) - 1:
        return None
    return top - LEVEL * em


def _filled(line: Floats, columns: Sequence[float]) -> int:
    texts = texts_of(line, 0.0)
    return sum(fills(texts, a, b) for a, b in pairwise(columns))


def _lines(letters: Floats) -> list[Floats]:
    """Letters line by line, from the top: those of one line are level."""
    middle = (letters[:, 1] + letters[:, 3]) / 2
    high = float(np.median(letters[:, 3] - letters[:, 1]))
    order = np.argsort(middle, kind="stable")
    cuts = np.flatnonzero(np.diff(middle[order]) > LEVEL * high) + 1
    return [letters[part] for part in np.split(order, cuts)]


def _middle(line: Floats) -> float:
    return float((line[:, 1] + line[:, 3]).mean() / 2)
