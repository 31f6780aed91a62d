"""A page and its pictures in; what by its figures may change their numbers, out: strokes and dots, as a minus
or a point that is drawn, and points that look like commas."""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats, Glyphs, Ink, Page, boxes_of
from shinchoku.page.geometry import median
from shinchoku.page.paper.ink import ink_of
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
ABOVE, BELOW = 0.5, 0.25
"""Points and commas lie within so many ems above and below the lower side of their boxes."""
EDGE = 0.25
"""Ink of less than this share of the darkest is its blurred edge; what lies beyond a gap is other ink."""
FULL = 0.9
"""Where the ink is darker than this share of the darkest, no edge is blurred."""
INNER = 0.2
"""Its neighbours' ink reaches no further into its box than this share of the width, from either side."""
TAIL, TALL = 0.05, 0.15
"""What reaches so many ems further down than the figure before it, and is so many ems high, is a comma: so
are 94 of 100 commas of 62 fonts at 6 to 12 points, and no point."""
LEVEL_TAIL, LOW_DOT, STEEP = 0.03, 0.2, 1.35
"""What reaches no further down than that, and is no higher and no steeper, is a point: so are 85 of 100
points, and no comma."""


def other_points(glyphs: Glyphs, shown: Bools, pictures: Pictures) -> list[Look]:
    """The points and commas between figures that look like the other one, font by font."""
    text = glyphs.text
    fit = shown & (glyphs.turn == 0) & ~glyphs.down & (glyphs.size * pictures.scale >= LOW)
    within = [
        i
        for i in (1 + np.flatnonzero(fit[1:] & fit[:-1])).tolist()
        if text[i] in POINTS and i < len(text) - 1 and text[i - 1].isdigit() and text[i + 1].isdigit()
    ]
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i in within:
        groups[glyphs.font[i], text[i]].append(i)
    found = []
    for (font, said), places in groups.items():
        same = np.array(places)
        tail, high, steep = map(median, _measures(glyphs, same, pictures))
        is_point = tail <= LEVEL_TAIL and high <= LOW_DOT and steep <= STEEP
        is_comma = tail >= TAIL and high >= TALL
        if is_point if said in ",，" else is_comma:
            found.append(Look(font, said, POINTS[said], same, sure=True))
    return found


def _measures(glyphs: Glyphs, places: Ints, pictures: Pictures) -> Floats:
    """Of the points and commas at these places: how much further down than the figure before it the ink of
    each reaches, how high it is, both in ems; and how high for its width (3 x n)."""
    size = glyphs.size[places]
    reach, high, wide = _lower(glyphs, places, pictures)
    before, _, _ = _lower(glyphs, places - 1, pictures)
    return np.stack([(reach - before) / size, high / size, high / np.maximum(wide, 1e-6)])


def _lower(glyphs: Glyphs, index: Ints, pictures: Pictures) -> Floats:
    """Of the ink about the lower side of the box of each glyph `index`, in points: how far down the page it
    reaches, how high and how wide it is (3 x n)."""
    size, bottom = glyphs.size[index], glyphs.bottom[index]
    tall = median(size / (bottom - glyphs.top[index]))
    margins = (-INNER, ABOVE * tall - 1, -INNER, BELOW * tall)
    ink = ink_of(glyphs, index, pictures, FIELDS, margins).astype(np.float64)
    dark = np.maximum(ink.max(axis=(1, 2)), 1.0)[:, None]
    inked, down = ink.max(axis=2) >= EDGE * dark, np.arange(FIELDS)
    first = inked.argmax(axis=1)[:, None]
    gap = ~inked & (down > first)
    after = np.where(gap.any(axis=1), gap.argmax(axis=1), FIELDS)[:, None]
    ink[~((first <= down) & (down < after))] = 0  # the line below
    rows, columns = ink.max(axis=2) / dark, ink.max(axis=1) / dark
    last = FIELDS - 1 - (rows[:, ::-1] >= FULL).argmax(axis=1)
    edge = np.where(np.arange(FIELDS) > last[:, None], rows, 0.0).sum(axis=1)
    field = (ABOVE + BELOW) * size / FIELDS
    reach = bottom - ABOVE * size + (last + 1 + edge) * field
    wide = columns.sum(axis=1) / FIELDS * (glyphs.x1 - glyphs.x0)[index] * (1 - 2 * INNER)
    return np.stack([reach, rows.sum(axis=1) * field, wide])


def by_figures(page: Page) -> list[Ink]:
    """Strokes that stand alone in the height of a figure, on it or right beside it."""
    marks, glyphs = page.marks, page.glyphs
    if not len(glyphs) or not len(marks):
        return []
    boxes = boxes_of(marks)
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
