"""A page's painted marks in, its ruled tables out: lines, the walls on them, and the cells between.

Pure geometry: rules come as lines, thin boxes, sides of boxes, dashes and dots, doubled or not, a point too
long or too short, in white on shading, and some outer sides are not drawn at all."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from shinchoku.grid.adjoining import between_fills, made_one, parted_from_frames, seams
from shinchoku.grid.drawn import drawn_rules
from shinchoku.grid.drawn.characters import rules_of_characters
from shinchoku.grid.drawn.kinds import bars, shaded
from shinchoku.grid.drawn.writing import within_glyphs, without_underlines
from shinchoku.grid.ends import level_ends
from shinchoku.grid.lattice import SNAP, lattice
from shinchoku.grid.meeting import MEET, DrawingError, joined
from shinchoku.grid.network import Network, networks
from shinchoku.grid.plots import parted_from_plots
from shinchoku.grid.shading import shading_sides, stripes
from shinchoku.grid.spacing.columns import columns_of, ruled_across, under_heading
from shinchoku.grid.spacing.headed import with_headings
from shinchoku.grid.spacing.narrow import without_narrow
from shinchoku.grid.spacing.outer import outer_rows, outline
from shinchoku.grid.spacing.rows import hold_rows, rows_of_text
from shinchoku.grid.table import Box, Grid, Painted, Ruled, Slot
from shinchoku.page import Floats, Marks

__all__ = [
    "Box",
    "DrawingError",
    "Grid",
    "Painted",
    "Ruled",
    "Slot",
    "find_grids",
    "find_ruled",
    "rules_of_characters",
    "shaded",
    "within_glyphs",
    "without_underlines",
]


NONE: Floats = np.empty((0, 3))

ROUNDS = 2
"""Columns too narrow for text are looked for so many times: lines moved together may make others one."""


def find_grids(marks: Marks) -> tuple[Grid, ...]:
    """The ruled tables of a page, top to bottom, then left to right. Raises as `find_ruled` does."""
    return find_ruled(marks).grids


def find_ruled(marks: Marks, painted: Painted | None = None) -> Ruled:
    """The ruled tables of a page and its frames; `painted` is what else stands on it, where that is known.

    Drawn rules are read first; the sides of shaded boxes count only where no rule is: those of stripes
    within a table, and those of boxes where no drawn table is. Raises DrawingError where the rules are too
    many to be those of tables. Rules across that make no table so take their columns from the white."""
    horizontal, vertical, remarks = drawn_rules(marks, painted)
    grids, frames, laid = _grids(marks, horizontal, vertical, painted)
    taken = _boxes(g.box for g in grids)
    h_sides, v_sides = shading_sides(marks, taken)
    if len(h_sides):
        h_sides = np.vstack([_elsewhere(horizontal, taken[:, [1, 0, 3, 2]]), h_sides])
        v_sides = np.vstack([_elsewhere(vertical, taken), v_sides])
        theirs = replace(painted, letters=_outside(painted.letters, taken)) if painted is not None else None
        shaded_grids, more, _ = _grids(marks, h_sides, v_sides, theirs, striped=True)
        if theirs is not None:  # fills alone, without text, are bars of a plot, or a pattern
            shaded_grids = [
                g
                for g in shaded_grids
                if len(_outside(theirs.letters, _boxes([g.box]))) < len(theirs.letters)
            ]
        grids += shaded_grids
        frames = [*frames, *(box for box in more if box not in frames)]
        taken = _boxes(g.box for g in grids)
    if painted is not None:
        bare = _elsewhere(joined(np.vstack([horizontal, h_sides])), taken[:, [1, 0, 3, 2]])
        across = ruled_across(bare, _outside(painted.letters, taken))
        grids, across = with_headings(grids, across, painted.letters) if across else (grids, across)
        grids += across
    grids, more = parted_from_frames(made_one(grids))
    frames += more
    if painted is not None:
        grids, more = parted_from_plots(grids, painted.letters)
        frames += more
    grids = sorted(grids, key=lambda g: (round(g.ys[0] / SNAP), g.xs[0]))
    return Ruled(tuple(grids), tuple(frames), (*laid, *remarks))


def _grids(
    marks: Marks, horizontal: Floats, vertical: Floats, painted: Painted | None, *, striped: bool = False
) -> tuple[list[Grid], list[Box], tuple[Box, ...]]:
    tables, frames, laid = networks(horizontal, vertical, bars(marks), painted)
    letters = painted.letters if painted is not None else None
    found = (_grid(network, marks, letters, striped) for network in tables)
    return [replace(grid, seams=seams(marks, grid)) for grid in found if grid is not None], frames, laid


def _grid(network: Network, marks: Marks, letters: Floats | None, striped: bool) -> Grid | None:
    """The table of a network's rules, with what stripes and, where they are known, letters tell of its rows
    and columns."""
    grid = lattice(network, letters)
    if grid is None or letters is None:
        return _with_more(network, grid, None, stripes(marks, grid))[1] if grid else None
    for _ in range(ROUNDS):
        closed = without_narrow(network, grid, letters)
        if closed is network:
            break
        network, grid = closed, lattice(closed, letters) or grid
    network, grid = _with_more(network, grid, letters, level_ends(network, grid, letters))
    network, grid = _with_more(network, grid, letters, stripes(marks, grid))
    network, grid = _with_more(network, grid, letters, vertical=between_fills(marks, grid, letters))
    network, grid = _with_more(network, grid, letters, vertical=under_heading(grid, letters))
    if striped:
        network, grid = _with_more(network, grid, letters, *outline(grid, letters))
        network, grid = _with_more(network, grid, letters, *outer_rows(grid, letters))
    rows, sure = rows_of_text(grid, letters)
    _, grid = _with_more(network, grid, letters, rows)
    grid = columns_of(grid, letters)
    return replace(grid, rows_unsure=not sure or hold_rows(grid, letters))


def _with_more(
    network: Network, grid: Grid, letters: Floats | None, horizontal: Floats = NONE, vertical: Floats = NONE
) -> tuple[Network, Grid]:
    """A network and its lattice with more rules."""
    if not len(horizontal) and not len(vertical):
        return network, grid
    more = network.with_more(horizontal, vertical)
    found = lattice(more, letters)
    return (more, found) if found else (network, grid)


def _boxes(boxes: Iterable[Box]) -> Floats:
    return np.array(list(boxes), dtype=np.float64).reshape(-1, 4)


def _outside(letters: Floats, taken: Floats) -> Floats:
    """The letters whose middle lies in none of the boxes `taken`."""
    x, y = (letters[:, 0] + letters[:, 2]) / 2, (letters[:, 1] + letters[:, 3]) / 2
    keep = np.ones(len(letters), dtype=np.bool_)
    for x0, top, x1, bottom in taken:
        keep &= (x < x0) | (x > x1) | (y < top) | (y > bottom)
    return letters[keep]


def _elsewhere(rules: Floats, taken: Floats) -> Floats:
    """The rules (at, start, end) whose middle lies in no box (at, start, at, end) of `taken`."""
    keep = np.ones(len(rules), dtype=np.bool_)
    middle = (rules[:, 1] + rules[:, 2]) / 2
    for a0, s0, a1, s1 in taken:
        keep &= (rules[:, 0] < a0 - MEET) | (rules[:, 0] > a1 + MEET) | (middle < s0) | (middle > s1)
    return rules[keep]
