"""A page's painted marks in, the rules that can be seen out: straight runs made of lines, thin boxes, dashes
and dots."""

import numpy as np
from numpy.typing import NDArray

from shinchoku.grid.drawn.erased import uncovered
from shinchoku.grid.drawn.kinds import ALIKE, BAR, HAIR, LONG, THIN, WHITE
from shinchoku.grid.drawn.strings import strung
from shinchoku.grid.table import Box, Painted
from shinchoku.page import Bools, Floats, Marks

BESIDE = 0.5
"""A white rule shows on shading, or between two shaded boxes that leave it this many points on a side."""
MOST_PAIRS = 4_000_000
"""Bars on boxes of their own shade are looked for among so many pairs; a page with more is a drawing."""


def drawn_rules(marks: Marks, painted: Painted | None = None) -> tuple[Floats, Floats, list[Box]]:
    """Horizontal and vertical rules as two arrays of (at, start, end) in points, and the boxes of remarks
    laid on them. A stroke counts by its
    centre line, a thin box or a bar by the line through its middle. What is made of strokes of letters alone
    is no rule."""
    wide, tall = marks.x1 - marks.x0, marks.bottom - marks.top
    flat = (tall < THIN) | (marks.filled & (tall < BAR) & (wide >= LONG * tall))
    steep = (wide < THIN) | (marks.filled & (wide < BAR) & (tall >= LONG * wide))
    seen = _seen(marks, flat | steep)
    order = np.arange(len(marks), dtype=np.float64)
    thick = np.where(marks.filled, np.minimum(wide, tall), marks.width)
    level = np.column_stack([(marks.top + marks.bottom) / 2, marks.x0, marks.x1, order, thick])
    upright = np.column_stack([(marks.x0 + marks.x1) / 2, marks.top, marks.bottom, order, thick])
    horizontal, vertical, remarks = uncovered(
        marks,
        level[seen & flat & ((wide > 0) | marks.filled)],
        upright[seen & steep & ((tall > 0) | marks.filled)],
        np.flatnonzero(~seen),
        painted.text if painted else None,
    )
    return (*strung(horizontal, vertical, painted.written if painted else None), remarks)


def _seen(marks: Marks, thin: Bools) -> Bools:
    """Marks that show: white ones only where they are rules, `thin`, on shading painted before them."""
    seen = marks.shade < WHITE
    wide, tall = marks.x1 - marks.x0, marks.bottom - marks.top
    grounds = np.flatnonzero(marks.filled & seen & (wide >= THIN) & (tall >= THIN))
    rules = np.flatnonzero(~seen & thin)
    if len(grounds) and len(rules):
        on = _on_ground(marks, rules, grounds)
        seen[rules[on]] = True
    bars = np.flatnonzero(thin & marks.filled & (wide >= THIN) & (tall >= THIN))
    if len(bars) * len(grounds) <= MOST_PAIRS:
        seen[[k for k in bars.tolist() if _is_lost(marks, k, grounds)]] = False
    return seen


def _is_lost(marks: Marks, k: int, grounds: NDArray[np.intp]) -> bool:
    """Whether a bar is painted within a box of its own shade."""
    under = grounds[grounds < k]
    around = (marks.x0[under] <= marks.x0[k] + HAIR) & (marks.x1[under] >= marks.x1[k] - HAIR)
    around &= (marks.top[under] <= marks.top[k] + HAIR) & (marks.bottom[under] >= marks.bottom[k] - HAIR)
    last = under[around][-1:]
    return bool((np.abs(marks.shade[last] - marks.shade[k]) <= ALIKE).any())


def _on_ground(marks: Marks, rules: NDArray[np.intp], grounds: NDArray[np.intp]) -> Bools:
    """For each of the rules whether it lies on, or along, one of the shaded boxes painted before it."""
    rules = rules[np.argsort(marks.top[rules], kind="stable")]
    top, bottom = marks.top[rules] - BESIDE, marks.bottom[rules] + BESIDE
    x0, x1 = marks.x0[rules] - BESIDE, marks.x1[rules] + BESIDE
    tallest = float((bottom - top).max())
    on = np.zeros(len(rules), dtype=np.bool_)
    first = np.searchsorted(top, marks.top[grounds] - tallest, side="left")
    after = np.searchsorted(top, marks.bottom[grounds], side="left")
    last = int(rules.max())
    for g, a, b in zip(grounds.tolist(), first.tolist(), after.tolist(), strict=True):
        if a < b and g < last:
            across = np.minimum(x1[a:b], marks.x1[g]) - np.maximum(x0[a:b], marks.x0[g])
            down = np.minimum(bottom[a:b], marks.bottom[g]) - np.maximum(top[a:b], marks.top[g])
            meets = (np.minimum(across, down) > 0) & (np.maximum(across, down) > 2 * BESIDE)
            on[a:b] |= meets & (rules[a:b] > g)
    out = np.zeros(len(rules), dtype=np.bool_)
    out[np.argsort(np.argsort(rules))] = on
    return out
