"""A page's painted marks in, its ruled tables out: lines, the walls on them, and the cells between.

Pure geometry: rules come as lines, thin boxes, sides of boxes, dashes and dots, doubled or not, a point too
long or too short, in white on shading, and some outer sides are not drawn at all."""

import numpy as np

from shinchoku.grid.lattice import SNAP, lattice
from shinchoku.grid.meeting import MEET
from shinchoku.grid.network import networks
from shinchoku.grid.rules import drawn_rules, without_underlines
from shinchoku.grid.shading import shaded, shading_sides
from shinchoku.grid.table import Box, Grid, Slot
from shinchoku.page import Floats, Marks

__all__ = ["Box", "Grid", "Slot", "find_grids", "shaded", "without_underlines"]


def find_grids(marks: Marks) -> tuple[Grid, ...]:
    """The ruled tables of a page, top to bottom, then left to right.

    Drawn rules are read first; the sides of shaded boxes count only where no drawn table is (shading that is
    the only border a table has)."""
    horizontal, vertical = drawn_rules(marks)
    grids = _grids(horizontal, vertical)
    taken = np.array([g.box for g in grids]).reshape(-1, 4)
    h_sides, v_sides = shading_sides(marks, taken)
    if len(h_sides):
        spare_h = _elsewhere(horizontal, taken[:, [1, 0, 3, 2]])
        spare_v = _elsewhere(vertical, taken)
        grids += _grids(np.vstack([spare_h, h_sides]), np.vstack([spare_v, v_sides]))
    return tuple(sorted(grids, key=lambda g: (round(g.ys[0] / SNAP), g.xs[0])))


def _grids(horizontal: Floats, vertical: Floats) -> list[Grid]:
    found = (lattice(network) for network in networks(horizontal, vertical))
    return [grid for grid in found if grid is not None]


def _elsewhere(rules: Floats, taken: Floats) -> Floats:
    """The rules (at, start, end) whose middle lies in no box (at, start, at, end) of `taken`."""
    keep = np.ones(len(rules), dtype=np.bool_)
    middle = (rules[:, 1] + rules[:, 2]) / 2
    for a0, s0, a1, s1 in taken:
        keep &= (rules[:, 0] < a0 - MEET) | (rules[:, 0] > a1 + MEET) | (middle < s0) | (middle > s1)
    return rules[keep]
