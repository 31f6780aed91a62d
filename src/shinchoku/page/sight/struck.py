"""Glyphs and what is drawn on a page in; which glyphs are struck out, and which marks strike them, out."""

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats
from shinchoku.page.canvas import Drawn
from shinchoku.page.geometry import median

BAND = (0.28, 0.72)
"""A line strikes a glyph where it crosses its em box between these shares of its height; a line under text or
over it does not."""
THICK = 0.33
"""It is at most this thick, in ems; so is the box of one that is wavy."""
ACROSS = 0.8
"""It covers this share of a struck glyph's width."""
BEYOND = 0.75
"""It ends no more than this many ems beyond the glyphs it strikes, and no more than FAR points; a table's
rule goes on."""
FAR = 9.0
MANY = 8
"""A line that strikes so many glyphs, all that it meets, goes on from text to text: a row struck out."""
DASHES = "-‐‑‒–—―－−ーｰ_＿"
"""These are lines themselves, and may be drawn as such."""
CROSSED, MIDDLE = 3, (0.36, 0.64)
"""A line that goes on beyond the text it runs through is told where it crosses so many glyphs, between these
shares of their height."""
LARGE = 1.8
"""What is set so many times as large as most is a watermark, or a title in a frame of its own."""
SHORT = 2.0
"""And is at least this long (points)."""


def struck(drawn: Drawn) -> tuple[Bools, Bools, Bools]:
    """Which glyphs, and which marks, as they are numbered in `drawn`; and which glyphs a line runs through
    that begins or ends far beyond them, as a rule does that is none."""
    glyphs, crossed = (np.zeros(len(drawn.text), dtype=np.bool_) for _ in range(2))
    marks = np.zeros(len(drawn.marks), dtype=np.bool_)
    inked = np.array([not text.isspace() and text not in DASHES for text in drawn.text], dtype=np.bool_)
    upright = ((drawn.turn == 90) | (drawn.turn == 270)) ^ drawn.down
    for sides, lines in (((0, 1, 2, 3), ~upright), ((1, 0, 3, 2), upright)):
        places = np.flatnonzero(lines & (drawn.size > 0) & inked & np.isfinite(drawn.boxes).all(axis=1))
        if len(places):
            boxes, size = drawn.boxes[places][:, sides], drawn.size[places]
            _strike(drawn, boxes, size, places, _lines(drawn, sides), glyphs, marks, crossed)
    glyphs |= _in_boxes(drawn)
    return glyphs, marks, crossed & ~glyphs


def _in_boxes(drawn: Drawn) -> Bools:
    """The glyphs whose middle lies in what an annotation strikes out."""
    out = np.zeros(len(drawn.text), dtype=np.bool_)
    x, y = (drawn.boxes[:, 0] + drawn.boxes[:, 2]) / 2, (drawn.boxes[:, 1] + drawn.boxes[:, 3]) / 2
    for x0, top, x1, bottom in drawn.strikes:
        out |= (x0 <= x) & (x <= x1) & (top <= y) & (y <= bottom) & (drawn.note == 0)
    return out


def _lines(drawn: Drawn, sides: tuple[int, ...]) -> Floats:
    """The marks that may strike text along the first two of `sides` (n x 5: start, end, middle, thickness,
    number)."""
    if not len(drawn.marks):
        return np.zeros((0, 5))
    start, low, end, high = drawn.marks[:, sides].T
    thick = np.where(drawn.marks[:, 5] == 1, high - low, drawn.marks[:, 4])
    number = np.arange(len(start))
    table = np.column_stack([start, end, (low + high) / 2, thick, number])
    seen = np.isnan(drawn.marks[:, 6]) | (drawn.marks[:, 6] < 1)
    found: Floats = table[seen & (end - start >= SHORT) & (high - low < (end - start) / 2)]
    return found


def _on_grounds(drawn: Drawn, number: int, glyphs: NDArray[np.intp]) -> Bools:
    """Which of the glyphs have a ground of their own that is painted over the mark of that number."""
    marks = drawn.marks
    grounds = marks[(marks[:, 5] == 1) & (marks[:, 8] == 1) & (marks[:, 7] > marks[number, 7])]
    box, step = drawn.boxes[glyphs, None], drawn.step[glyphs, None]
    x, y = (box[..., 0] + box[..., 2]) / 2, (box[..., 1] + box[..., 3]) / 2
    over = (grounds[:, 0] <= x) & (x <= grounds[:, 2]) & (grounds[:, 1] <= y) & (y <= grounds[:, 3])
    return np.asarray((over & (grounds[:, 7] < step)).any(axis=1), dtype=np.bool_)


def _strike(
    drawn: Drawn,
    boxes: Floats,
    size: Floats,
    places: NDArray[np.intp],
    lines: Floats,
    glyphs: Bools,
    marks: Bools,
    crossed: Bools,
) -> None:
    """Note which glyphs (boxes with the sides along the line first, their numbers) the lines strike, and
    which they cross on their way."""
    order = np.argsort(boxes[:, 1], kind="stable")
    boxes, size, places = boxes[order], size[order], places[order]
    typical = median(size)
    reach = (boxes[:, 3] - boxes[:, 1]).max()
    firsts = np.searchsorted(boxes[:, 1], lines[:, 2] - reach)
    afters = np.searchsorted(boxes[:, 1], lines[:, 2])
    for (start, end, middle, thick, number), first, after in zip(lines, firsts, afters, strict=True):
        if first == after:
            continue
        near = boxes[first:after]
        depth = (middle - near[:, 1]) / (near[:, 3] - near[:, 1])
        common = np.minimum(near[:, 2], end) - np.maximum(near[:, 0], start)
        hit = (depth >= BAND[0]) & (depth <= BAND[1]) & (common >= ACROSS * (near[:, 2] - near[:, 0]))
        hit &= (common > 0) & (thick <= THICK * size[first:after])
        if hit.any():
            hit[hit] = ~_on_grounds(drawn, int(number), places[first:after][hit])
        if not hit.any():
            continue
        em = min(BEYOND * float(size[first:after][hit].max()), FAR)
        begin, stop = near[hit][:, 0].min(), near[hit][:, 2].max()
        met = (depth > 0) & (depth < 1) & (common > 0)
        row = hit.sum() >= MANY and hit[met].all() and 2 * (stop - begin) >= end - start
        if row or (begin - start <= em and end - stop <= em):
            glyphs[places[first:after][hit]] = True
            marks[int(number)] = True
        elif hit.sum() >= CROSSED:
            middles = (size[first:after] <= LARGE * typical) & (depth >= MIDDLE[0]) & (depth <= MIDDLE[1])
            crossed[places[first:after][hit & middles]] = True
