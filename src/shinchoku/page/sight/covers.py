"""Glyphs and what is painted later over them in; which of them are covered out."""

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats
from shinchoku.page.canvas import Drawn
from shinchoku.settings import COVER_PAIRS

LEAST = 2.0
"""What covers letters is at least this many points both ways; a rule that crosses them is thinner."""
PROBES = np.array([0.3, 0.5, 0.7])
"""A glyph is covered when nine points of its box are: those at these shares of its width and height."""
PAGE_WIDE = 0.7
"""A picture or fill of at least this share of the page hides no text: what is painted before it is the text
layer of a scan."""
LAYER = 0.9
"""Nor do several that are so together, where they would hide this share of the page's glyphs: the page is
painted over its own text."""


def covered(drawn: Drawn, area: float) -> Bools:
    """Which glyphs lie under opaque fills and pictures that are painted after them, on a page of that `area`
    (square points)."""
    out = np.zeros(len(drawn.text), dtype=np.bool_)
    covers = _covers(drawn, area)
    if not len(covers):
        return out
    middle, half = (drawn.boxes[:, 1] + drawn.boxes[:, 3]) / 2, (drawn.boxes[:, 3] - drawn.boxes[:, 1]) / 2
    finite = np.isfinite(middle) & np.isfinite(half)
    places = np.flatnonzero(finite)
    places = places[np.argsort(middle[places], kind="stable")]
    reach = half[places].max(initial=0.0)
    first = np.searchsorted(middle[places], covers[:, 1] - reach)
    after = np.searchsorted(middle[places], covers[:, 3] + reach)
    seen = np.zeros(len(out), dtype=np.int64)
    batch = np.cumsum(after - first) // COVER_PAIRS
    for number in np.unique(batch):
        some = batch == number
        counts = (after - first)[some]
        cover = np.repeat(covers[some], counts, axis=0)
        offset = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        glyph = places[np.repeat(first[some], counts) + offset]
        _probe(drawn, cover, glyph, seen)
    hidden = np.asarray(seen == 2**9 - 1, dtype=np.bool_)
    wide, tall = covers[:, 2] - covers[:, 0], covers[:, 3] - covers[:, 1]
    if hidden.mean() >= LAYER and (wide * tall).sum() >= PAGE_WIDE * area:
        return np.zeros(len(hidden), dtype=np.bool_)
    return hidden


def _covers(drawn: Drawn, area: float) -> Floats:
    """What may cover a glyph (n x 5: x0, top, x1, bottom, step)."""
    marks = drawn.marks[(drawn.marks[:, 5] == 1) & (drawn.marks[:, 8] == 1)]
    boxes = np.vstack(
        [marks[:, [0, 1, 2, 3, 7]], drawn.grounds[drawn.grounds[:, 6] == 1][:, [0, 1, 2, 3, 5]]]
    )
    wide, tall = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    large = (wide >= LEAST) & (tall >= LEAST) & (wide * tall < PAGE_WIDE * area)
    late = boxes[:, 4] > drawn.step.min(initial=np.inf)
    found: Floats = boxes[large & late]
    return found


def _probe(drawn: Drawn, cover: Floats, glyph: NDArray[np.intp], seen: NDArray[np.int64]) -> None:
    """Note in `seen`, a bit for each point, which points of the glyphs lie in the covers beside them."""
    box = drawn.boxes[glyph]
    near = (drawn.step[glyph] < cover[:, 4]) & (box[:, 0] < cover[:, 2]) & (cover[:, 0] < box[:, 2])
    box, cover, glyph = box[near], cover[near], glyph[near]
    bits = np.zeros(len(glyph), dtype=np.int64)
    for i, across in enumerate(PROBES):
        x = box[:, 0] + across * (box[:, 2] - box[:, 0])
        within_x = (cover[:, 0] <= x) & (x <= cover[:, 2])
        for j, down in enumerate(PROBES):
            y = box[:, 1] + down * (box[:, 3] - box[:, 1])
            within = within_x & (cover[:, 1] <= y) & (y <= cover[:, 3])
            bits |= within.astype(np.int64) << (3 * i + j)
    np.bitwise_or.at(seen, glyph, bits)
