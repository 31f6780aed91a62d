"""Glyphs and pictures of their page in; which of the glyphs are on paper, and their ink, out."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats, Glyphs
from shinchoku.page.geometry import Box
from shinchoku.page.paper.paint import Grey, Pictures

FAINT = 24
"""A glyph is on paper where it changes some pixel by at least this much of 255."""
CLEAR = 60
"""Something else is painted in a glyph's box where its lightness varies by this much."""
GLANCE = 16
"""Whether a glyph is there is looked for at so many places across and down."""
NARROW = 0.5
"""A glyph whose font gives it no width is looked for this many ems behind the pen."""
BEYOND = 0.3
"""Marks that are no letters or digits may stand this many ems outside their boxes."""
LAYER = 0.5
"""Text is a layer under a picture, or under outlines of the same letters, where at least this share of a
page's glyphs changes nothing and has something else painted in its place."""

Margins = tuple[float, float, float, float]
"""How far to look beyond the left, upper, right and lower side of an upright glyph's box: shares of its
width or height."""


def on_paper(glyphs: Glyphs, lent: Bools, pictures: Pictures) -> tuple[Bools, bool]:
    """Which glyphs are seen on the page (white space never is), and whether the text is a layer under a
    picture of itself, which counts as seen; so does text in `lent` fonts, that other machines paint
    otherwise."""
    said = glyphs.visible & np.array([not text.isspace() for text in glyphs.text], dtype=np.bool_)
    index = np.flatnonzero(said)
    seen = ink_of(glyphs.take(index), pictures, GLANCE).max(axis=(1, 2), initial=0) >= FAINT
    seen |= lent[index]
    for k in np.flatnonzero(~seen).tolist():
        seen[k] = _has_ink(glyphs, int(index[k]), pictures)
    shown = np.zeros(len(glyphs), dtype=np.bool_)
    shown[index] = seen
    lost = glyphs.take(index[~seen])
    if not len(lost):
        return shown, False
    under = sampled(lost, pictures.bare, pictures.scale, GLANCE)
    covered = under.max(axis=(1, 2)) - under.min(axis=(1, 2)) >= CLEAR
    layer = bool(covered.sum() >= LAYER * len(index))
    shown[index[~seen]] = covered if layer else covered & _within(lost, pictures.notes)
    return shown, layer


def ink_of(glyphs: Glyphs, pictures: Pictures, count: int, margins: Margins = (0.0, 0.0, 0.0, 0.0)) -> Grey:
    """What each of n glyphs (or another in its place) changes on the page, at `count` places across and down
    (n x count x count), turned upright."""
    full = sampled(glyphs, pictures.full, pictures.scale, count, margins)
    bare = sampled(glyphs, pictures.bare, pictures.scale, count, margins)
    return np.maximum(full, bare) - np.minimum(full, bare)


def sampled(
    glyphs: Glyphs, picture: Grey, scale: float, count: int, margins: Margins = (0.0, 0.0, 0.0, 0.0)
) -> Grey:
    """The picture around each of n glyphs, at `count` places across and down (n x count x count), turned
    upright."""
    found = np.zeros((len(glyphs), count, count), dtype=np.uint8)
    for turn in np.unique(glyphs.turn).tolist():
        these = glyphs.turn == turn
        boxes = np.column_stack([glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom])[these] * scale
        along, em = turn // 90 % 2, glyphs.size[these] * scale
        narrow = boxes[:, 2 + along] - boxes[:, along] < 0.05 * em
        boxes[:, 2 + along] += np.where(narrow, NARROW * em, 0.0)
        upright = _looked_at(picture, boxes, count, np.roll(margins, turn // 90))
        found[these] = np.rot90(upright, turn // 90, axes=(1, 2))
    return found


def _looked_at(picture: Grey, boxes: Floats, count: int, margins: Floats) -> Grey:
    height, width = picture.shape
    size = boxes[:, 2:] - boxes[:, :2]
    low, high = boxes[:, :2] - margins[:2] * size, boxes[:, 2:] + margins[2:] * size
    at = low[:, :, None] + (high - low)[:, :, None] * ((np.arange(count) + 0.5) / count)
    xs = np.clip(at[:, 0], 0, width - 1).astype(np.intp)
    ys = np.clip(at[:, 1], 0, height - 1).astype(np.intp)
    return picture[ys[:, :, None], xs[:, None, :]]


def _has_ink(glyphs: Glyphs, i: int, pictures: Pictures) -> bool:
    """Whether a glyph that was not seen at a glance is there: every pixel of its box is looked at, and around
    it where it is no letter."""
    room = 0.0 if glyphs.text[i].isalnum() else BEYOND * float(glyphs.size[i])
    x0, top, x1, bottom = (float(side[i]) for side in (glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom))
    around = (x0 - room, top - room, x1 + room, bottom + room)
    return bool(pictures.ink(around).max(initial=0) >= FAINT)


def _within(glyphs: Glyphs, boxes: Sequence[Box]) -> NDArray[np.bool_]:
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    inside = np.zeros(len(glyphs), dtype=np.bool_)
    for x0, top, x1, bottom in boxes:
        inside |= (x0 <= x) & (x <= x1) & (top <= y) & (y <= bottom)
    return inside
