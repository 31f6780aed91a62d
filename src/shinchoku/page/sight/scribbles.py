"""Glyphs and what is drawn on their page, painted without them, that is no straight line, in; which of them
that strikes out, out."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats, Glyphs, Ink, boxes_of
from shinchoku.page.geometry import Box
from shinchoku.page.sight.struck import ACROSS, BAND, BEYOND, DASHES, THICK

FLAT, LONG = 0.8, 1.2
"""A wavy or freehand line is no higher than so many ems, and longer than so many."""
STEP = 16
"""Ink differs from its ground by more than this, of 255."""
LIGHT = 128
"""Text can be read over ink that is lighter than this: a marker's, which lies behind it."""


def scribbled(
    glyphs: Glyphs, drawn: Iterable[Ink], bare: NDArray[np.uint8], scale: float
) -> tuple[Bools, list[Ink]]:
    """Which glyphs a wavy, slanted or freehand line runs through, or a cross or slash of their own size lies
    over; and what else is drawn. `bare` is the page painted without its text, `scale` pixels a point."""
    out = np.zeros(len(glyphs), dtype=np.bool_)
    inked = np.array([not text.isspace() and text not in DASHES for text in glyphs.text], dtype=np.bool_)
    index = np.flatnonzero(inked & glyphs.visible & (glyphs.turn == 0) & ~glyphs.down & (glyphs.note == 0))
    boxes = boxes_of(glyphs)[index]
    size, rest = glyphs.size[index], []
    for ink in drawn:
        hit = _hit(ink, boxes, size)
        if hit.any() and _is_marked(bare, ink.box, scale, float(size[hit].max())):
            hit[:] = False
        out[index[hit]] = True
        if not hit.any():
            rest.append(ink)
    return out, rest


def _hit(ink: Ink, boxes: Floats, size: Floats) -> Bools:
    x0, top, x1, bottom = ink.box
    common = np.minimum(boxes[:, 2], x1) - np.maximum(boxes[:, 0], x0)
    hit: Bools = (common > 0) & (common >= ACROSS * (boxes[:, 2] - boxes[:, 0])) & (ink.kind != "solid")
    depth = ((top + bottom) / 2 - boxes[:, 1]) / np.maximum(boxes[:, 3] - boxes[:, 1], 1e-6)
    hit &= (depth >= BAND[0]) & (depth <= BAND[1])
    if not hit.any():
        return hit
    em = float(size[hit].max())
    (begin, above), (stop, below) = boxes[hit, :2].min(axis=0), boxes[hit, 2:].max(axis=0)
    beyond = max(begin - x0, x1 - stop), max(above - top, bottom - below)
    reaches = BEYOND * em if ink.kind in ("slash", "cross") else -np.inf
    fits = beyond[1] <= reaches or bottom - top <= FLAT * em
    return hit & (fits and beyond[0] <= BEYOND * em and x1 - x0 >= LONG * em)


def _is_marked(bare: NDArray[np.uint8], box: Box, scale: float, em: float) -> bool:
    """Whether what is drawn there is light, and thicker than a line that strikes text out."""
    left, top, right, bottom = (max(0, round(side * scale)) for side in box)
    around = bare[top : bottom + 1, left : right + 1]
    inked = around < int(around.max(initial=0)) - STEP
    thick = float(np.median(inked.sum(axis=0))) / scale > THICK * em
    return thick and float(np.median(around[inked])) > LIGHT
