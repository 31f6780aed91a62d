"""A table's last room, in columns that no rule across parts, and letters in; the rows that lines of text make
in it, and whether they surely do, out."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from shinchoku.grid.spacing.level import APART, filled, lines_of, texts_of
from shinchoku.grid.table import Grid
from shinchoku.page import Bools, Floats
from shinchoku.page.geometry import median

ROWS, COLUMNS = 3, 3
"""So many lines that are level in all of so many columns are surely rows."""
TALLER = 1.5
"""The white between rows is so many times as high as that between lines of one, or more,"""
BY = 0.25
"""and higher by this many ems."""
LOOSE = 0.9
"""Lines of one text do not stand so many ems apart, or more."""
SMALL = 0.86
"""What is set this much smaller, such as the number of a note, begins no line."""
WIDE = 8.0
"""Text runs on from line to line in a column of so many ems, or more,"""
FULL = 3.5
"""whose lines leave no more than this many ems free."""


def rows_of_text(grid: Grid, letters: Floats) -> tuple[Floats, bool]:
    """The rules across (at, start, end) that the one room below a table's heading lacks, and whether they are
    sure. What stands further apart than its lines do is rows; so are lines level in all columns, but where a
    text runs on."""
    last, none = len(grid.ys) - 2, np.empty((0, 3))
    cells = [slot for slot in grid.slots if slot.row == last and slot.row_span == 1]
    merged = any(slot.col_span > 1 for slot in grid.slots if slot.row == 0)
    if last > 1 + merged or len(cells) < 2 or len(cells) != len(grid.xs) - 1:
        return none, True
    x, y = (letters[:, 0] + letters[:, 2]) / 2, (letters[:, 1] + letters[:, 3]) / 2
    own = letters[(x > grid.xs[0]) & (x < grid.xs[-1]) & (y > grid.ys[last]) & (y < grid.ys[last + 1])]
    if not len(own):
        return none, True
    high = own[:, 3] - own[:, 1]
    em = median(high)
    own = own[high >= SMALL * em]
    units = _bands(own)
    if len(units) == 1:
        units = lines_of(own)
    starts, sure = _starts(units, grid.xs, em)
    between = [float(units[k - 1][:, 3].max() + units[k][:, 1].min()) / 2 for k in starts[1:]]
    return np.array([(at, grid.xs[0], grid.xs[-1]) for at in between]).reshape(-1, 3), sure


def hold_rows(grid: Grid, letters: Floats) -> bool:
    """Whether most rooms below a table's first one may hold several rows each: lines that are level in all of
    three columns or more."""
    if len(grid.xs) <= COLUMNS:
        return False
    x = (letters[:, 0] + letters[:, 2]) / 2
    own = letters[(x > grid.xs[0]) & (x < grid.xs[-1])]
    middle = (own[:, 1] + own[:, 3]) / 2
    rooms = [own[(middle > a) & (middle < b)] for a, b in pairwise(grid.ys[1:])]
    lines = [[filled(line, grid.xs) for line in lines_of(room)] for room in rooms if len(room)]
    full = sum(len(counts) > 1 and min(counts) == len(grid.xs) - 1 for counts in lines)
    return full > 1 and 2 * full > len(lines)


def _bands(letters: Floats) -> list[Floats]:
    """Letters between which no white runs through all columns, together, from the top."""
    order = np.argsort(letters[:, 1], kind="stable")
    reach = np.maximum.accumulate(letters[order, 3])
    return [letters[part] for part in np.split(order, np.flatnonzero(letters[order[1:], 1] > reach[:-1]) + 1)]


def _starts(units: Sequence[Floats], columns: Sequence[float], em: float) -> tuple[list[int], bool]:
    """Which of the bands or lines begin a row, and whether that is sure."""
    count = len(columns) - 1
    texts = [filled(unit, columns) for unit in units]
    is_full = np.array([n == count for n in texts], dtype=np.bool_)
    room = np.array([b[:, 1].min() - a[:, 3].max() for a, b in pairwise(units)])
    tall = _tall(room, em) if count >= COLUMNS and not is_full.all() else None
    if tall is not None and all(_is_apart(units, tall, part, em) for part in pairwise(columns)):
        starts = [0, *(np.flatnonzero(tall) + 1).tolist()]
        groups = [range(a, b) for a, b in pairwise([*starts, len(units)])]
        kept = [
            g for g in groups if g.start == 0 or 2 * filled(np.vstack([units[k] for k in g]), columns) > count
        ]
        inner = np.delete(is_full, [g.start for g in groups])
        return [g.start for g in kept], len(kept) == len(groups) and not inner.any()
    loose = room.min(initial=np.inf) >= LOOSE * em
    rows = [k for k, n in enumerate(texts) if 2 * n > count] if loose and count >= COLUMNS else []
    if len(rows) > 1 and rows[0] == 0:
        return rows, len(rows) == len(units)
    runs_on = np.array([_runs_on(a, b, columns, em) for a, b in pairwise(units)], dtype=np.bool_)
    if is_full.all() and count >= COLUMNS and not runs_on.all():
        runs_on[:] = False
    full = [k for k in np.flatnonzero(is_full).tolist() if k == 0 or not runs_on[k - 1]]
    if len(full) < 2 or full[0] != 0 or (count < COLUMNS and len(full) < len(units)):
        return [0], len(full) < 2 or count < COLUMNS
    if len(units) < ROWS and room.min() < (APART - 1) * em:
        return [0], False
    return full, len(full) == len(units) and count >= COLUMNS


def _tall(room: Floats, em: float) -> Bools | None:
    """Which of the gaps part rows, where they are clearly of two kinds."""
    heights = np.sort(room)
    low, high = heights[:-1], heights[1:]
    jumps = np.flatnonzero((high >= TALLER * np.maximum(low, 0.0)) & (high - low >= BY * em))
    return np.asarray(room >= high[jumps[0]], dtype=np.bool_) if len(jumps) else None


def _is_apart(units: Sequence[Floats], seams: Bools, column: tuple[float, float], em: float) -> bool:
    """Whether a column's own lines stand further apart over the seams than between them."""
    start, end = column
    sides = [(k, u[(u[:, 0] >= start) & (u[:, 0] < end)]) for k, u in enumerate(units)]
    lines = [(k, line) for k, own in sides if len(own) for line in lines_of(own)]
    rooms = [(b[:, 1].min() - a[:, 3].max(), seams[k:m].any()) for (k, a), (m, b) in pairwise(lines)]
    inner, over = [room for room, seam in rooms if not seam], [room for room, seam in rooms if seam]
    return not inner or not over or bool(min(over) - max(inner) >= BY * em)


def _runs_on(above: Floats, below: Floats, columns: Sequence[float], em: float) -> bool:
    """Whether text of a column may run on from one line into the next: the line fills the column."""
    for start, end in pairwise(columns):
        one, other = (
            texts_of(part[(part[:, 0] >= start) & (part[:, 0] < end)], np.inf) for part in (above, below)
        )
        if one and other and end - start >= WIDE * em and end - start - (one[0][1] - one[0][0]) <= FULL * em:
            return True
    return False
