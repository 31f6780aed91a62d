"""All that a page paints in; the same, with room for letters whose font says that they are no wider than
nothing, out."""

import unicodedata
from dataclasses import replace

import numpy as np

from shinchoku.page.canvas import Drawn
from shinchoku.text import is_cjk

FLAT = 0.02
"""A letter narrower than this (ems) has the width of nothing."""
LEVEL = 0.2
"""Letters stand on one line when they are level to this many ems."""
NARROW = 0.5
"""How wide a letter is taken to be, in ems, that is not Japanese and has none behind it."""


def with_widths(drawn: Drawn) -> Drawn:
    """The page, where each upright letter without width reaches to the next one painted on its line, or as
    far as such letters do. Marks that are set over other letters, and spaces, stay as they are."""
    x0, _, x1, bottom = drawn.boxes.T
    with np.errstate(invalid="ignore"):  # boxes may lie nowhere
        flat = (x1 - x0 <= FLAT * drawn.size) & (drawn.turn == 0) & ~drawn.down & (drawn.size > 0)
    places = [i for i in np.flatnonzero(flat).tolist() if _has_width(drawn.text[i])]
    if not places:
        return drawn
    boxes = drawn.boxes.copy()
    for i in places:
        em = float(drawn.size[i])
        width = em if is_cjk(drawn.text[i][0]) else NARROW * em
        if i + 1 < len(x0) and abs(bottom[i + 1] - bottom[i]) < LEVEL * em and x0[i] < x0[i + 1]:
            width = min(width, float(x0[i + 1] - x0[i]))
        boxes[i, 2] = x0[i] + width
    return replace(drawn, boxes=boxes)


def _has_width(text: str) -> bool:
    return bool(text) and unicodedata.category(text[0])[0] in "LNPS" and not unicodedata.combining(text[0])
