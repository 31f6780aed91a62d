"""A page's marks in, which of them are rules, bars and shading by their size and paint out."""

import numpy as np

from shinchoku.page import Bools, Floats, Marks, boxes_of

THIN = 3.0
"""A filled box thinner than this (points) is a rule."""
BAR = 6.5
"""One thinner than this is a bar, which is a rule too, if it is LONG times as long as thick."""
LONG = 4.0
WHITE = 0.97
"""Paint at least this light does not show on paper."""
ALIKE = 0.02
"""Two shades nearer than this in lightness are one."""
HAIR = 0.5
"""A box reaches as far as another when it does so within this many points."""


def shaded(marks: Marks) -> Bools:
    """Which marks are shading that shows."""
    wide, tall = marks.x1 - marks.x0, marks.bottom - marks.top
    return np.asarray(marks.filled & (marks.shade < WHITE) & (wide >= BAR) & (tall >= BAR), dtype=np.bool_)


def bars(marks: Marks) -> Floats:
    """The boxes (n x 4: x0, top, x1, bottom) of thick rules."""
    wide, tall = marks.x1 - marks.x0, marks.bottom - marks.top
    thick, long = np.minimum(wide, tall), np.maximum(wide, tall)
    use = marks.filled & (thick >= THIN) & (thick < BAR) & (long >= LONG * thick)
    return boxes_of(marks)[use]
