"""A page and its pictures in; what by its figures may change their numbers, out: strokes and dots, as a minus
or a point that is drawn, and points that look like commas."""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats, Glyphs, Ink, Page
from shinchoku.page.paper.ink import Margins, ink_of
from shinchoku.page.paper.looks import FIELDS, LOW, Ints, Look
from shinchoku.page.paper.paint import Pictures

LONG = 1.1
"""A stroke that may be part of a number is at most this long, in ems of the figure beside it."""
THICK = 0.25
"""And at most this thick."""
BESIDE = 0.45
"""It stands no further than this many ems before or behind the figure."""
BOTTOM, LYING = 0.08, 0.3
"""And in its height, this many ems from the box's lower side at least; a line that lies there runs under the
text, if no higher than the second."""
ROW = 3.0
"""Strokes of a dotted rule are level, and this many of their lengths or points apart at most."""
LEVEL = 0.5
"""So many points are level."""
MEETS = 1.0
"""A stroke that comes this near to another (points) is part of a rule, a frame or a figure of its own."""
DARK = 0.92
"""What is lighter than this is ground."""
MOST = 500
"""So many strokes of a page are looked at; what has more is drawn in strokes."""
POINTS = {".": ",", ",": ".", "．": "，", "，": "．"}
"""Each looks like the other where it does not look like itself."""
AROUND: Margins = (0.0, 0.0, 0.0, 0.14)
"""A comma reaches so far below the box that its font tells."""
COMMA, POINT = (1.55, 2.8), (0.6, 1.3)
"""How high for its width the ink of each is, at least and at most: so are most commas and points of 40 fonts,
and none of the other ones."""
TALL, FLAT = 0.19, 0.145
"""And how high in ems, a comma at least, a point at most."""


def other_points(glyphs: Glyphs, shown: Bools, pictures: Pictures) -> list[Look]:
    """The points and commas between figures that look like the other one, font by font."""
    text = glyphs.text
    index = np.flatnonzero(shown & (glyphs.turn == 0) & ~glyphs.down & (glyphs.size * pictures.scale >= LOW))
    within = [
        i
        for i in index.tolist()
        if text[i] in POINTS and 0 < i < len(text) - 1 and text[i - 1].isdigit() and text[i + 1].isdigit()
    ]
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i in within:
        groups[glyphs.font[i], text[i]].append(i)
    found = []
    for (font, said), places in groups.items():
        same = np.array(places)
        steep, high = np.median(_sizes(glyphs, same, pictures), axis=1)
        low, most = POINT if said in ",，" else COMMA
        if low <= steep <= most and (high <= FLAT if said in ",，" else high >= TALL):
            found.append(Look(font, said, POINTS[said], same))
    return found


def _sizes(glyphs: Glyphs, index: Ints, pictures: Pictures) -> Floats:
    """How high for its width the ink of each of the glyphs `index` is, and how high in ems."""
    ink = ink_of(glyphs, index, pictures, FIELDS, AROUND).astype(np.float64)
    dark = np.maximum(ink.max(axis=(1, 2)), 1.0) * FIELDS
    high = ink.max(axis=2).sum(axis=1) / dark * (glyphs.bottom - glyphs.top)[index] * (1 + AROUND[3])
    wide = ink.max(axis=1).sum(axis=1) / dark * (glyphs.x1 - glyphs.x0)[index]
    return np.stack([high / np.maximum(wide, 1e-6), high / glyphs.size[index]])


def by_figures(page: Page) -> list[Ink]:
    """Strokes that stand alone in the height of a figure, on it or right beside it."""
    marks, glyphs = page.marks, page.glyphs
    if not len(glyphs) or not len(marks):
        return []
    boxes = np.column_stack([marks.x0, marks.top, marks.x1, marks.bottom])
    half = np.where(marks.filled, 0.0, marks.width / 2)
    across = (boxes[:, 2] - boxes[:, 0]) < (boxes[:, 3] - boxes[:, 1])
    boxes += half[:, None] * np.where(across[:, None], (-1, 0, 1, 0), (0, -1, 0, 1))
    long = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    small = np.flatnonzero((long <= LONG * float(glyphs.size.max())) & (marks.shade < DARK))
    if not len(small):
        return []
    digit = np.array([text[-1:].isdigit() or text[:1].isdigit() for text in glyphs.text], dtype=np.bool_)
    digit &= glyphs.visible & (glyphs.turn == 0) & ~glyphs.down
    if not digit.any():
        return []
    small = small[long[small] <= LONG * float(glyphs.size[digit].max())]
    small = small[~_in_rows(boxes[small])]
    small = small[_near(boxes[small], _reach(page, digit))] if len(small) else small
    if len(small) > MOST:
        return []
    lonely = [i for i in small.tolist() if not _meets(boxes, i)]
    return [Ink((float(a), float(b), float(c), float(d)), "thing") for a, b, c, d in boxes[lonely]]


def _reach(page: Page, digit: Bools) -> Floats:
    """Where a stroke's middle may be for each figure (n x 4), how long and how thick it may be, and the
    figure's size."""
    glyphs = page.glyphs
    x0, top, x1, bottom, em = (
        side[digit] for side in (glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom, glyphs.size)
    )
    return np.column_stack([x0 - BESIDE * em, top, x1 + BESIDE * em, bottom, LONG * em, THICK * em, em])


def _near(boxes: Floats, reach: Floats) -> Bools:
    order = np.argsort(reach[:, 1], kind="stable")
    reach = reach[order]
    high = float((reach[:, 3] - reach[:, 1]).max())
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    sides = np.sort(boxes[:, 2:] - boxes[:, :2], axis=1)
    firsts, afters = np.searchsorted(reach[:, 1], y - high), np.searchsorted(reach[:, 1], y)
    wide, tall = (boxes[:, 2:] - boxes[:, :2]).T
    low = np.where(wide > 2 * tall, LYING, BOTTOM)
    found = np.zeros(len(boxes), dtype=np.bool_)
    for i, (first, after) in enumerate(zip(firsts.tolist(), afters.tolist(), strict=True)):
        near = reach[first:after]
        inside = (near[:, 0] <= x[i]) & (x[i] <= near[:, 2]) & (y[i] <= near[:, 3] - low[i] * near[:, 6])
        found[i] = (inside & (sides[i, 1] <= near[:, 4]) & (sides[i, 0] <= near[:, 5])).any()
    return found


def _in_rows(boxes: Floats) -> Bools:
    """Which strokes have another of their kind level with them, along either way, as in a dotted rule."""
    found = np.zeros(len(boxes), dtype=np.bool_)
    for along in (0, 1):
        level = np.round((boxes[:, 1 - along] + boxes[:, 3 - along]) / 2 / LEVEL)
        order: NDArray[np.intp] = np.lexsort((boxes[:, along], level))
        gap = boxes[order[1:], along] - boxes[order[:-1], along + 2]
        length = (boxes[:, along + 2] - boxes[:, along])[order]
        near = (level[order[1:]] == level[order[:-1]]) & (gap <= np.maximum(ROW * length[1:], ROW))
        found[order[1:]] |= near
        found[order[:-1]] |= near
    return found


def _meets(boxes: Floats, i: int) -> bool:
    x0, top, x1, bottom = boxes[i]
    near = (boxes[:, 0] < x1 + MEETS) & (boxes[:, 2] > x0 - MEETS)
    near &= (boxes[:, 1] < bottom + MEETS) & (boxes[:, 3] > top - MEETS)
    holds = (boxes[:, 0] <= x0) & (boxes[:, 1] <= top) & (boxes[:, 2] >= x1) & (boxes[:, 3] >= bottom)
    near &= ~holds  # a ground it lies on
    return bool(near.any())
