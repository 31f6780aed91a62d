"""Rules that run across only, and letters, in; the walls that the white between columns makes out."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from shinchoku.grid.lattice import LEAST, lattice
from shinchoku.grid.meeting import MEET
from shinchoku.grid.network import Network
from shinchoku.grid.spacing.level import between_lines, fills, heading_above, is_clear, lines_of, texts_of
from shinchoku.grid.table import Grid
from shinchoku.page import Bools, Floats
from shinchoku.page.geometry import median

FEWEST = 3
"""A table has at least so many rules across: above and below its heading, and below what it heads."""
MOST_LINES = 12
"""What is higher than so many lines, between two rules, is running text and no row."""
WHITE = 1.0
"""Columns stand at least this many ems apart."""
CLOSE = 1.2
"""Letters of one row with no more than this many ems between them are one text."""
NEXT = 0.38
"""And so are, if there is one in each column, letters with no more than this between them."""
EVEN = 1.0
"""Words begin at the same place when they do within this many points,"""
MOSTLY = 0.66
"""and a column does where those of this share of the rows do."""
CROSSED = 0.2
"""One row, or up to this share of them, may have a text that runs over the white between two columns."""
MANY = 5
"""White that runs through so many lines parts columns, however close they stand."""
MOST_HEADINGS = 3
"""A heading has no more rows than this."""
MOST_BODIES = 2
"""Below a heading so many rooms between rules may hold several rows each; where there are more, each is one
row."""
MOST_RULES = 400
"""Among more rules no such tables are looked for."""


def ruled_across(rules: Floats, letters: Floats) -> list[Grid]:
    """The tables of the horizontal rules (at, start, end) that no upright one meets; `letters` are the boxes
    (n x 4: x0, top, x1, bottom) of what is printed."""
    if not FEWEST <= len(rules) <= MOST_RULES or not len(letters):
        return []
    found = (_table(stack, letters) for stack in _stacks(rules))
    grids = (lattice(network) for network in found if network is not None)
    return [grid for grid in grids if grid is not None]


def columns_of(grid: Grid, letters: Floats) -> Grid:
    """A grid of one column, such as stripes make, with the columns that stand apart in it."""
    if len(grid.xs) > 2:
        return grid
    network = _table(np.array([(y, grid.xs[0], grid.xs[-1]) for y in grid.ys]), letters)
    return (lattice(network) if network is not None else None) or grid


def under_heading(grid: Grid, letters: Floats) -> Floats:
    """The walls (at, start, end) that a table's heading has and the rows below it lack, all of them one cell,
    where the texts of these stand clear of them."""
    whole = {s.row for s in grid.slots if s.row_span == 1 and s.col_span == len(grid.xs) - 1}
    last = len(grid.ys) - 1
    head = next((row for row in range(last) if set(range(row, last)) <= whole), last)
    walls = grid.xs[1:-1]
    if not 0 < head <= last - 2 or head > MOST_HEADINGS or not walls:
        return np.empty((0, 3))
    middle = (letters[:, 1] + letters[:, 3]) / 2
    rows = [letters[(middle > a) & (middle < b)] for a, b in pairwise(grid.ys[head:])]
    texts = [
        [(a, b) for a, b in texts_of(row, 0.0) if grid.xs[0] < a < grid.xs[-1]] for row in rows if len(row)
    ]
    if not texts or not all(is_clear(row, wall) for row in texts for wall in walls):
        return np.empty((0, 3))
    filled = [sum(fills(row, a, b) for a, b in pairwise(grid.xs)) for row in texts]
    if sum(count >= 2 for count in filled) < FEWEST - 1:
        return np.empty((0, 3))
    return np.array([(wall, grid.ys[head], grid.ys[-1]) for wall in walls])


def _stacks(rules: Floats) -> Iterator[Floats]:
    """Rules of one extent, from the top."""
    left = rules[np.argsort(rules[:, 0], kind="stable")]
    while len(left):
        alike = (np.abs(left[:, 1:] - left[0, 1:]) <= MEET).all(axis=1)
        stack = left[alike]
        apart = np.diff(stack[:, 0], prepend=-np.inf) >= LEAST
        yield stack[apart]
        left = left[~alike]


def _table(stack: Floats, letters: Floats) -> Network | None:
    """The longest run of rows with text between rules of one extent, with the walls that the white makes."""
    x0, top, x1, bottom = letters.T
    em = median(bottom - top)
    start, end = float(stack[:, 1].min()), float(stack[:, 2].max())
    middle = (top + bottom) / 2
    within = (x1 > start) & (x0 < end)
    rows = [
        letters[within & (middle > a) & (middle < b)] if b - a <= MOST_LINES * em * 1.5 else letters[:0]
        for a, b in pairwise(stack[:, 0].tolist())
    ]
    first, last = _longest([len(row) > 0 for row in rows])
    if last - first < FEWEST - 1:
        return None
    texts = [texts_of(row, CLOSE * em) for row in rows[first:last]]
    words = [texts_of(row, NEXT * em) for row in rows[first:last]]
    several = [row for row in (words[0], *texts[1:]) if len(row) > 1]
    walls = _walls(several, WHITE * em)
    near = _near(rows[first:last], walls, em)
    moved = [_moved(wall, words, NEXT * em) for wall in walls]
    near += [wall for wall, before in zip(moved, walls, strict=True) if wall != before]
    walls = sorted({*moved, *near})
    if not walls:
        return None
    clear = np.array([[is_clear(row, wall) for wall in walls] for row in texts], dtype=np.bool_)
    clear |= np.isin(walls, near)
    clear |= np.array([[_is_set_in(row, [start, *walls, end])] for row in words], dtype=np.bool_)
    filled = [
        sum(fills(row, a, b) for a, b in pairwise([start, *walls, end])) for row in (words if near else texts)
    ]
    if sum(count >= 2 for count in filled) < FEWEST - 1:
        return None
    if last - first <= MOST_BODIES + 1:
        between = [
            y
            for row, (a, b) in list(zip(rows, pairwise(stack[:, 0].tolist()), strict=True))[first + 1 : last]
            for y in between_lines(row, [start, *walls, end], em)
            if a + LEAST <= y <= b - LEAST  # letters may be higher than their row
        ]
        if between:
            whole = np.vstack([stack[first : last + 1], [(y, start, end) for y in between]])
            return _table(whole[np.argsort(whole[:, 0], kind="stable")], letters)
    clear &= clear.all(axis=1, keepdims=True) | (np.array(filled) > 1)[:, None]  # one text over all columns
    stack = stack[first : last + 1]
    top = heading_above(letters, float(stack[0, 0]), [start, *walls, end], em)
    headed = _table(np.vstack([[(top, start, end)], stack]), letters) if top is not None else None
    if headed is not None:
        return headed
    return network_of(stack, walls, clear, (start, end))


def _is_set_in(row: Sequence[tuple[float, float]], columns: Sequence[float]) -> bool:
    """Whether a row has one text in each column."""
    count = len(columns) - 1
    return len(row) == count and all(
        a <= x0 and x1 <= b for (x0, x1), (a, b) in zip(row, pairwise(columns), strict=True)
    )


def _longest(flags: Sequence[bool]) -> tuple[int, int]:
    """Where the longest run of true flags begins and ends."""
    best, begin = (0, 0), 0
    for k, flag in enumerate([*flags, False]):
        if not flag:
            best = max(best, (begin, k), key=lambda run: run[1] - run[0])
            begin = k + 1
    return best


def _walls(rows: Sequence[Sequence[tuple[float, float]]], least: float) -> list[float]:
    """The middles of the stretches, `least` wide or more, that nearly all rows leave white: of that part of
    each that most do, where one is wide enough."""
    events = sorted([(a, 1) for row in rows for a, _ in row] + [(b, -1) for row in rows for _, b in row])
    may = max(1, int(CROSSED * len(rows)))
    walls: list[float] = []
    stretch: list[tuple[int, float, float]] = []
    depth = most = 0
    for (x, step), (after, _) in pairwise([*events, *events[-1:]]):
        depth += step
        most = max(most, depth)
        if depth <= may < most:
            stretch.append((-depth, after - x, (x + after) / 2))
        elif stretch:
            if sum(room for _, room, _ in stretch) >= least:
                walls.append(_middle_of(stretch, NEXT * least))
            stretch = []
    return walls


def _near(rows: Sequence[Floats], walls: Sequence[float], em: float) -> list[float]:
    """The walls besides those known that stand close to text which begins, or ends, at one place in most
    lines, or rows where there are many; or in white that runs through MANY of them."""
    parts = [line for row in rows for line in lines_of(row)] if len(rows) <= MOST_BODIES + 1 else rows
    words = [texts_of(part, NEXT * em) for part in parts]
    words = [row for row in words if len(row) > 1]
    if len(words) < FEWEST:
        return []
    found = _starts(words, walls, NEXT * em)
    mirrored = [[(-b, -a) for a, b in reversed(row)] for row in (words[1], words[0], *words[2:])]
    found += [-wall for wall in _starts(mirrored, [-wall for wall in (*walls, *found)], NEXT * em)]
    gaps = _gaps(words, NEXT * em) if len(words) >= MANY else []
    known = (*walls, *found)
    return found + [(a + b) / 2 for a, b in gaps if not any(a - EVEN <= wall <= b + EVEN for wall in known)]


def _gaps(rows: Sequence[Sequence[tuple[float, float]]], least: float) -> list[tuple[float, float]]:
    """Where the stretches begin and end, `least` wide or more, in which no row has a word."""
    words = sorted(word for row in rows for word in row)
    reach = np.maximum.accumulate([b for _, b in words])[:-1].tolist()
    return [(a, b) for a, (b, _) in zip(reach, words[1:], strict=True) if b - a >= least]


def _moved(wall: float, rows: Sequence[Sequence[tuple[float, float]]], least: float) -> float:
    """A wall where no row has a word, if such white is right beside it."""
    if all(is_clear(row, wall) for row in rows):
        return wall
    beside = [(a + b) / 2 for a, b in _gaps(rows, least) if a - least <= wall <= b + least]
    return beside[0] if beside else wall


def _starts(
    rows: Sequence[Sequence[tuple[float, float]]], walls: Sequence[float], least: float
) -> list[float]:
    """The walls besides those known that stand closer to text: before places where words of most rows begin,
    one of the first row's among them, with so much white before them."""
    found: list[float] = []
    starts = sorted({a for a, _ in rows[0]})
    for x in starts[1:]:
        before = max((b for row in rows for _, b in row if b <= x + EVEN), default=x)
        begins = sum(any(abs(a - x) <= EVEN for a, _ in row) for row in rows)
        wall = (before + x) / 2
        known = any(not any(w < a < x - EVEN for a in starts) for w in walls if w < x)
        if known or begins < max(FEWEST, MOSTLY * len(rows)) or x - before < least:
            continue
        if all(is_clear(row, wall) for row in rows):
            found.append(wall)
    return found


def _middle_of(stretch: Sequence[tuple[int, float, float]], least: float) -> float:
    """The middle of the part (how few rows cross it, its width, its middle) of a stretch that the fewest rows
    cross, of those `least` wide; else of the whole."""
    wide = [part for part in stretch if part[1] >= least]
    if wide:
        return max(wide)[2]
    (_, first, start), (_, last, end) = stretch[0], stretch[-1]
    return (start - first / 2 + end + last / 2) / 2


def network_of(stack: Floats, walls: Sequence[float], clear: Bools, ends: tuple[float, float]) -> Network:
    """The rules of a table and the walls between its columns where no text runs over them."""
    at = stack[:, 0].tolist()
    pieces = [
        (wall, a, b)
        for k, wall in enumerate(walls)
        for (a, b), is_clear in zip(pairwise(at), clear[:, k].tolist(), strict=True)
        if is_clear
    ]
    vertical = np.array([*((x, at[0], at[-1]) for x in ends), *pieces])
    horizontal = np.array([(y, *ends) for y in at])
    flags = np.ones(len(horizontal), dtype=np.bool_), np.ones(len(vertical), dtype=np.bool_)
    return Network(horizontal, vertical, *flags)
