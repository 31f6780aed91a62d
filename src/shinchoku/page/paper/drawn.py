"""A page and its pictures in; the boxes of ink that neither text nor rules nor ground account for out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats, Glyphs, Ink, Page
from shinchoku.page.geometry import Box
from shinchoku.page.paper.figures import by_figures
from shinchoku.page.paper.paint import Grey, Pictures, apart

POOLED = 3
"""So many pixels both ways are looked at as one, by the darkest of them."""
SMALL = 6
"""A box of no more pixels than this both ways is small."""
STEP = 48
"""Ink has an edge where lightness changes by more than this of 255 from pixel to pixel."""
INKED = 60
"""What the text changes by this much of 255 is its ink."""
AROUND = 1.6
"""The edges of what was read lie within so many pooled pixels of where it is."""
BAR = 6.0
"""A filled box that is thinner than this (points) has no inside to look into."""
BESIDE = 0.35
"""A glyph's ink reaches no further than this many ems out of its box."""
LARGE = 3.0
"""Ink of less than this many points both ways is a speck."""
GAP = 2
"""Ink that is this many pooled pixels apart is of one thing."""
LENGTH = 3.0
"""A filled box thinner than BAR and longer than so many times its width is a rule."""
ALIKE = 0.05
"""One on another that is as light as that, within this, is not seen."""
DARK = 0.92
"""A filled box that is lighter than this is ground."""
BORDER = 3.0
"""An annotation's frame is within this many points of its sides."""
STRIKE = 0.25
"""The line that strikes text out runs between these shares of its height from above and below."""
STROKE = 0.3
"""Each of two strokes that cross has at least this share of their ink."""
SLASH = 0.06
"""A stroke across lies within this share of its length along the line from corner to corner."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Where there is ink that was not read, the points of one of its pixels, and whether the page's text is a
    layer under that ink."""

    edges: Bools
    points: float
    layer: bool


def unread(page: Page, pictures: Pictures, layer: bool) -> Unread:
    """Where the page without its text has edges that no mark, no line through text and nothing read of an
    annotation has, and its text has ink that no glyph has. A text `layer` is under ink that looks like it."""
    points = POOLED / pictures.scale
    bare = _pooled(pictures.bare)
    edges = np.zeros(bare.shape, dtype=np.bool_)
    edges[:, 1:] |= apart(bare[:, 1:], bare[:, :-1]) > STEP
    edges[1:] |= apart(bare[1:], bare[:-1]) > STEP
    _erase(edges, _mark_boxes(page, points), points)
    told = page.glyphs.struck | (page.glyphs.visible & (page.glyphs.note > 0))
    _erase(edges, _glyph_boxes(page)[told], points)
    _erase(edges, _note_boxes(page, pictures), points)
    height, width = bare.shape
    text = pictures.text[::POOLED, ::POOLED][:height, :width] >= INKED
    for ink in (text, edges) if layer else (text,):
        _erase(ink, _glyph_boxes(page), points)
    return Unread(edges | text, points, layer)


def things(page: Page, found: Unread) -> list[Ink]:
    """What is drawn on a page: what was not read, filled boxes that are no rules and have no text on them,
    and strokes by figures."""
    out = [*_bars(page), *([] if found.layer else by_figures(page))]
    if not found.edges.any():
        return out
    from scipy import ndimage

    near = np.ones((2 * GAP + 1, 2 * GAP + 1))
    labels, _ = ndimage.label(ndimage.binary_dilation(found.edges, near), np.ones((3, 3)))
    labels[~found.edges] = 0
    for number, box in label_boxes(labels, found.points):
        wide, tall = box[2] - box[0], box[3] - box[1]
        if max(wide, tall) >= LARGE and min(wide, tall) > found.points:
            out.append(Ink(box, _kind(labels, number)))
    return out


def _bars(page: Page) -> list[Ink]:
    marks, glyphs = page.marks, page.glyphs
    sides = np.stack([marks.x1 - marks.x0, marks.bottom - marks.top])
    short, long = sides.min(axis=0), sides.max(axis=0)
    thick = marks.filled & ((short >= BAR) | ((short >= LARGE) & (long <= LENGTH * short)))
    x, y = (glyphs.x0 + glyphs.x1)[glyphs.visible] / 2, (glyphs.top + glyphs.bottom)[glyphs.visible] / 2
    found = []
    for k in np.flatnonzero(thick & (marks.shade < DARK)).tolist():
        x0, top, x1, bottom = (float(s[k]) for s in (marks.x0, marks.top, marks.x1, marks.bottom))
        under = marks.filled & (np.abs(marks.shade - marks.shade[k]) <= ALIKE)
        under &= (marks.x0 <= x0) & (marks.top <= top) & (marks.x1 >= x1) & (marks.bottom >= bottom)
        under[k] = False
        if not under.any() and not ((x0 < x) & (x < x1) & (top < y) & (y < bottom)).any():
            found.append(Ink((x0, top, x1, bottom), "solid"))
    return found


def _kind(labels: NDArray[np.int32], number: int) -> Literal["slash", "cross", "thing"]:
    """Whether a thing is one straight stroke from corner to corner, or two."""
    y, x = np.nonzero(labels == number)
    y, x = y - y.min(), x - x.min()
    tall, wide = int(y.max()) + 1, int(x.max()) + 1
    length = float(np.hypot(tall, wide))
    off = np.stack(
        [np.abs((x + 0.5) * tall - (y + 0.5) * wide), np.abs((x + 0.5) * tall - (tall - y - 0.5) * wide)]
    )
    on = off / length <= SLASH * length + 1.5
    if on.all(axis=1).any():
        return "slash"
    return "cross" if on.any(axis=0).all() and on.mean(axis=1).min() >= STROKE else "thing"


def _pooled(picture: Grey) -> Grey:
    height, width = (side // POOLED for side in picture.shape)
    rows = picture[: height * POOLED].reshape(height, POOLED, -1)
    rows = reduce(np.minimum, (rows[:, i] for i in range(POOLED)))[:, : width * POOLED]
    return reduce(np.minimum, (rows[:, i::POOLED] for i in range(POOLED)))


def _erase(pixels: Bools, boxes: Floats, points: float) -> None:
    """Clear the pixels that lie in one of the boxes (points). Small ones are cleared together: a dotted
    rule has hundreds."""
    height, width = pixels.shape
    limits = (width, height)
    low = np.clip(np.floor(boxes[:, :2] / points), 0, limits).astype(np.intp)
    high = np.clip(np.ceil(boxes[:, 2:] / points), 0, limits).astype(np.intp)
    small = ((high - low) <= SMALL).all(axis=1)
    (left, top), (right, bottom) = low[small].T, high[small].T
    widest, highest = (high - low)[small].max(axis=0, initial=0).tolist()
    for down in range(highest):
        for along in range(widest):
            inside = (top + down < bottom) & (left + along < right)
            pixels[(top + down)[inside], (left + along)[inside]] = False
    for (x0, y0), (x1, y1) in zip(low[~small].tolist(), high[~small].tolist(), strict=True):
        pixels[y0:y1, x0:x1] = False


def _mark_boxes(page: Page, points: float) -> Floats:
    """Where the edges of the page's marks may be: around strokes and thin bars, along the sides of boxes."""
    marks = page.marks
    room = np.where(marks.filled, 0.0, marks.width / 2) + AROUND * points
    x0, top, x1, bottom = marks.x0 - room, marks.top - room, marks.x1 + room, marks.bottom + room
    thin = ~marks.filled | (np.minimum(marks.x1 - marks.x0, marks.bottom - marks.top) < BAR)
    whole = np.column_stack([x0, top, x1, bottom])
    twice = 2 * AROUND * points
    sides = (
        (x0, top, x1, top + twice),
        (x0, bottom - twice, x1, bottom),
        (x0, top, x0 + twice, bottom),
        (x1 - twice, top, x1, bottom),
    )
    return np.vstack([whole[thin], *(np.column_stack(side)[~thin] for side in sides)])


def _note_boxes(page: Page, pictures: Pictures) -> Floats:
    """The sides of annotations whose text was read, and the lines by which others strike text out."""
    glyphs = page.glyphs
    typed = [
        side
        for x0, top, x1, bottom in _holding(pictures.notes, glyphs, glyphs.visible & (glyphs.note > 0))
        for side in (
            (x0 - BORDER, top - BORDER, x1 + BORDER, top + BORDER),
            (x0 - BORDER, bottom - BORDER, x1 + BORDER, bottom + BORDER),
            (x0 - BORDER, top - BORDER, x0 + BORDER, bottom + BORDER),
            (x1 - BORDER, top - BORDER, x1 + BORDER, bottom + BORDER),
        )
    ]
    struck = []
    for x0, top, x1, bottom in _holding(page.strikes, glyphs, glyphs.struck):
        wide, tall = (x1 - x0) * STRIKE, (bottom - top) * STRIKE
        lies = wide >= tall
        struck.append((x0, top + tall, x1, bottom - tall) if lies else (x0 + wide, top, x1 - wide, bottom))
    return np.array([*typed, *struck], dtype=np.float64).reshape(-1, 4)


def _holding(boxes: Sequence[Box], glyphs: Glyphs, which: Bools) -> Iterator[Box]:
    """Those of the boxes that hold the middle of one of `which` glyphs."""
    x, y = (glyphs.x0 + glyphs.x1)[which] / 2, (glyphs.top + glyphs.bottom)[which] / 2
    for box in boxes:
        if ((box[0] <= x) & (x <= box[2]) & (box[1] <= y) & (y <= box[3])).any():
            yield box


def _glyph_boxes(page: Page) -> Floats:
    glyphs = page.glyphs
    room = BESIDE * glyphs.size
    return np.column_stack([glyphs.x0 - room, glyphs.top - room, glyphs.x1 + room, glyphs.bottom + room])


def label_boxes(labels: NDArray[np.int32], points: float) -> Iterator[tuple[int, Box]]:
    """The number of each label of a picture, and the box around it; a pixel is so many points."""
    from scipy import ndimage

    for number, found in enumerate(ndimage.find_objects(labels), start=1):
        if found is not None:
            rows, columns = found
            sides = (columns.start, rows.start, columns.stop, rows.stop)
            x0, top, x1, bottom = (side * points for side in sides)
            yield number, (x0, top, x1, bottom)
