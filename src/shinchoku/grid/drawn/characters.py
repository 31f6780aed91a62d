"""Glyphs in; those that are rules drawn with characters (┌─┬┐ or +-+), and the rules that they draw, out."""

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

from shinchoku.grid.meeting import cluster, components
from shinchoku.page import Bools, Floats, Glyphs
from shinchoku.page.geometry import median

FIRST, LAST = "\u2500", "\u257f"
"""Unicode's box drawing characters."""
TYPED = {"+": "HORIZONTAL VERTICAL", "-": "HORIZONTAL", "=": "HORIZONTAL", "|": "VERTICAL"}
"""Characters that a typewriter has for them: rules where they cross each other, or else signs."""
ALIGNED = 0.4
"""Characters stand beside or below each other when their middles are up to this many ems apart across."""
BESIDE, BELOW = 1.3, 2.6
"""And go on in one another when they are up to so many ems apart along."""
CROSS = "+"
CORNERS = 4
"""What they draw is a box, or more, when so many of them have rules both ways; dashes have none."""


def rules_of_characters(glyphs: Glyphs) -> tuple[Bools, Floats]:
    """Which glyphs draw rules, and the rules' boxes (n x 4: x0, top, x1, bottom), from middle to middle."""
    found = np.zeros(len(glyphs), dtype=np.bool_)
    upright = glyphs.visible & (glyphs.turn == 0)
    said = {t for t in set(glyphs.text) if len(t) == 1 and FIRST <= t <= LAST}
    if glyphs.text.count(CROSS) >= CORNERS:
        said |= TYPED.keys()
    index = np.array(
        [i for i, t in enumerate(glyphs.text) if t in said and upright[i]] if said else [], dtype=np.intp
    )
    if len(index) < CORNERS:
        return found, np.empty((0, 4))
    arms = np.array([_arms(glyphs.text[i]) for i in index.tolist()], dtype=np.bool_)
    crosses = np.array([glyphs.text[i] == CROSS for i in index.tolist()], dtype=np.bool_)
    em = median(glyphs.size[index])
    x, y = (glyphs.x0[index] + glyphs.x1[index]) / 2, (glyphs.top[index] + glyphs.bottom[index]) / 2
    across = _pairs(x, cluster(y, ALIGNED * em), arms[:, :2], BESIDE * em)
    down = _pairs(y, cluster(x, ALIGNED * em), arms[:, 2:], BELOW * em)
    a, b = np.vstack([across, down]).T
    apart = crosses[a] & crosses[b]  # marks such as A+ below each other
    a, b = a[~apart], b[~apart]
    label = components(len(index), a, b)
    corners = np.bincount(label[arms[:, :2].any(axis=1) & arms[:, 2:].any(axis=1)], minlength=len(index))
    keep = corners[label[a]] >= CORNERS
    found[index[corners[label] >= CORNERS]] = True
    return found, np.column_stack([x[a], y[a], x[b], y[b]])[keep]


@cache
def _arms(character: str) -> tuple[bool, bool, bool, bool]:
    """Whether a character reaches left, right, up and down."""
    words = (TYPED.get(character) or unicodedata.name(character)).split()
    across, upright = "HORIZONTAL" in words, "VERTICAL" in words
    return (
        "LEFT" in words or across,
        "RIGHT" in words or across,
        "UP" in words or upright,
        "DOWN" in words or upright,
    )


def _pairs(along: Floats, row: NDArray[np.intp], arms: Bools, most: float) -> NDArray[np.intp]:
    """Pairs of neighbours of one row (n x 2) of which the first reaches to the second and that back."""
    order = np.lexsort((along, row))
    a, b = order[:-1], order[1:]
    joined = (row[a] == row[b]) & (along[b] - along[a] <= most) & arms[a, 1] & arms[b, 0]
    return np.asarray(np.column_stack([a, b])[joined], dtype=np.intp)
