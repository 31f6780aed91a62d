"""Glyphs and pictures of their page in; which of the glyphs are on paper, and their ink, out."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats, Glyphs
from shinchoku.page.geometry import Box, median
from shinchoku.page.letters import is_blank
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
READABLE, SMALLER = 1.5, 0.3
"""Text is too small to be read below so many points, where most of the page is set larger than that for this
share of it."""
SOME, MOST = 0.05, 0.8
"""Hidden text is on paper after all where this share of a glyph's box is clear ink, and so for this share of
its run."""
NEAR = 0.1
"""No visible glyph is nearer to it than so many ems."""
LAYER = 0.5
"""Text is a layer under a picture, or under outlines of the same letters, where at least this share of a
page's glyphs changes nothing and has something else painted in its place."""
AT_ONCE = 256
"""So many glyphs are looked at together, however many a page has."""

Margins = tuple[float, float, float, float]
"""How far to look beyond the left, upper, right and lower side of an upright glyph's box: shares of its
width or height."""


def on_paper(glyphs: Glyphs, lent: Bools, pictures: Pictures) -> tuple[Bools, bool]:
    """Which glyphs are seen on the page (white space never is), and whether the text is a layer under a
    picture of itself, which counts as seen; so does text in `lent` fonts, that other machines paint
    otherwise."""
    index = np.flatnonzero(printed(glyphs))
    seen = ink_of(glyphs, index, pictures, GLANCE).max(axis=(1, 2), initial=0) >= FAINT
    seen |= lent[index]
    for k in np.flatnonzero(~seen).tolist():
        seen[k] = _has_ink(glyphs, int(index[k]), pictures)
    seen &= ~_too_small(glyphs)[index]
    for k in _doubtful(glyphs.run[index], seen):
        seen[k] = _has_own_ink(glyphs, int(index[k]), index[seen], pictures)
    shown = np.zeros(len(glyphs), dtype=np.bool_)
    shown[index] = seen
    lost = index[~seen]
    if not len(lost):
        return shown, False
    under = sampled(glyphs, lost, pictures.bare, pictures.scale, GLANCE)
    covered = under.max(axis=(1, 2)) - under.min(axis=(1, 2)) >= CLEAR
    layer = bool(covered.sum() >= LAYER * len(index))
    shown[lost] = covered if layer else covered & _within(glyphs, pictures.notes)[lost]
    return shown, layer


def _doubtful(run: NDArray[np.int64], seen: Bools) -> list[int]:
    """The places of glyphs that are seen among those of a run that are not."""
    if seen.all():
        return []
    lost = np.isin(run, run[~seen])
    found: list[int] = np.flatnonzero(lost & seen).tolist()
    return found


def _has_own_ink(glyphs: Glyphs, i: int, shown: NDArray[np.intp], pictures: Pictures) -> bool:
    """Whether there is ink in a glyph's box beside that in the boxes of `shown` glyphs of other runs."""
    x0, top, x1, bottom = (float(side[i]) for side in (glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom))
    ink = pictures.ink((x0, top, x1, bottom)) >= FAINT
    others = shown[glyphs.run[shown] != glyphs.run[i]]
    others = others[(glyphs.x0[others] < x1) & (glyphs.x1[others] > x0)]
    others = others[(glyphs.top[others] < bottom) & (glyphs.bottom[others] > top)]
    for k in others.tolist():
        sides = (glyphs.x0[k] - x0, glyphs.x1[k] - x0, glyphs.top[k] - top, glyphs.bottom[k] - top)
        left, right, high, low = (max(0, round(float(side) * pictures.scale)) for side in sides)
        ink[high : low + 1, left : right + 1] = False
    return bool(ink.any())


def printed(glyphs: Glyphs) -> Bools:
    """Which glyphs the reader takes for visible and leave something to be seen."""
    return glyphs.visible & np.array([not is_blank(text) for text in glyphs.text], dtype=np.bool_)


def after_all(glyphs: Glyphs, pictures: Pictures) -> Bools:
    """Which glyphs the reader takes for hidden and are on paper all the same: runs of which at least MOST
    leave clear ink in their boxes, where no glyph that counts as visible lies."""
    found = np.zeros(len(glyphs), dtype=np.bool_)
    hidden = ~glyphs.visible & np.array([not is_blank(text) for text in glyphs.text], dtype=np.bool_)
    height, width = (pixels / pictures.scale for pixels in pictures.full.shape)
    hidden &= _within(glyphs, [(0.0, 0.0, width, height)])
    index = np.flatnonzero(hidden)
    if not len(index):
        return found
    ink = ink_of(glyphs, index, pictures, GLANCE)
    inked = (ink >= CLEAR).mean(axis=(1, 2)) >= SOME
    inked[inked] = [_is_alone(glyphs, i) for i in index[inked].tolist()]
    _, run = np.unique(glyphs.run[index], return_inverse=True)
    share = np.bincount(run, inked) / np.bincount(run)
    found[index] = inked & (share[run] >= MOST)
    return found


def _is_alone(glyphs: Glyphs, i: int) -> bool:
    """Whether no visible glyph's box reaches into that of glyph `i`, or nearly."""
    room = NEAR * glyphs.size
    over = (glyphs.x0 - room < glyphs.x1[i]) & (glyphs.x1 + room > glyphs.x0[i])
    over &= (glyphs.top - room < glyphs.bottom[i]) & (glyphs.bottom + room > glyphs.top[i])
    return not (over & printed(glyphs)).any()


def _too_small(glyphs: Glyphs) -> Bools:
    """Text that nobody can read, among text that can be read."""
    small: Bools = glyphs.size < min(READABLE, SMALLER * median(glyphs.size))
    return small


def ink_of(
    glyphs: Glyphs,
    index: NDArray[np.intp],
    pictures: Pictures,
    count: int,
    margins: Margins = (0.0, 0.0, 0.0, 0.0),
) -> Grey:
    """What each of n glyphs `index` (or another in its place) changes on the page, at `count` places across
    and down (n x count x count), turned upright."""
    return sampled(glyphs, index, pictures.text, pictures.scale, count, margins)


def sampled(
    glyphs: Glyphs,
    index: NDArray[np.intp],
    picture: Grey,
    scale: float,
    count: int,
    margins: Margins = (0.0, 0.0, 0.0, 0.0),
) -> Grey:
    """The picture around each of n glyphs `index`, at `count` places across and down (n x count x count),
    turned upright."""
    found = np.zeros((len(index), count, count), dtype=np.uint8)
    turns = glyphs.turn[index]
    for turn in np.unique(turns).tolist():
        these = np.flatnonzero(turns == turn)
        some = index[these]
        sides = (glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom)
        boxes = np.stack([side[some] for side in sides], axis=1) * scale
        along, em = turn // 90 % 2, glyphs.size[some] * scale
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
    rows = np.clip(at[:, 1], 0, height - 1).astype(np.intp) * width
    flat = picture.ravel()
    found = np.empty((len(boxes), count, count), dtype=np.uint8)
    for first in range(0, len(boxes), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        found[some] = flat.take(rows[some, :, None] + xs[some, None, :])
    return found


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
