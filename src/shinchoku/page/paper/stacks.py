"""Glyphs on paper in; those that are set one over another, so that nobody can read them, out."""

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats, Glyphs

OVER = 0.6
"""Two glyphs are set over each other when their boxes share this much of the smaller one."""
SIZES = 1.6
"""A glyph so many times as large is a watermark or a stamp behind the other, which can be read."""
TWIN = 0.4
"""A glyph that stands within so many ems of one that says the same is part of a shadow or of fake bold."""
DASHES = tuple("-‐‑‒–—―－−")
"""Set over letters these strike them out."""
NEXT = 4
"""So many neighbours of a glyph are looked at."""

Pairs = NDArray[np.intp]


def overprinted(glyphs: Glyphs, shown: Bools) -> list[list[int]]:
    """Letters and digits that lie on others that say something else, or under dashes: each stack once, in
    paint order."""
    letters = np.array([text.isalnum() or text in DASHES for text in glyphs.text], dtype=np.bool_)
    index = np.flatnonzero(shown & letters)
    above: dict[int, int] = {}
    for i, j in _pairs(glyphs, index):
        if glyphs.text[i] != glyphs.text[j]:
            above[_root(above, max(i, j))] = _root(above, min(i, j))
    stacks: dict[int, list[int]] = {}
    for i in sorted({*above, *above.values()}):
        stacks.setdefault(_root(above, i), []).append(i)
    return [stack for stack in stacks.values() if len(stack) > 1]


def _root(above: dict[int, int], i: int) -> int:
    while above.get(i, i) != i:
        i = above[i]
    return i


def _pairs(glyphs: Glyphs, index: Pairs) -> list[tuple[int, int]]:
    """Pairs of the glyphs `index` whose boxes share enough. Their middles are near each other both ways, so
    they are near each other in the order of one of two gratings of rows, shifted by half."""
    if len(index) < 2:
        return []
    boxes = np.column_stack([glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom])
    x, y = (boxes[index, 0] + boxes[index, 2]) / 2, (boxes[index, 1] + boxes[index, 3]) / 2
    row = max(float(np.median(glyphs.size[index])), 1.0)
    found: set[tuple[int, int]] = set()
    twins: set[int] = set()
    for shift in (0.0, 0.5):
        order = index[np.lexsort((x, np.floor(y / row + shift)))]
        for step in range(1, NEXT):
            one, other = order[:-step], order[step:]
            for k in np.flatnonzero(_share(glyphs, boxes, one, other)).tolist():
                found.add((int(one[k]), int(other[k])))
            for k in np.flatnonzero(_beside(glyphs, one, other)).tolist():
                if glyphs.text[one[k]] == glyphs.text[other[k]]:
                    twins |= {int(one[k]), int(other[k])}
    return sorted(pair for pair in found if not twins.intersection(pair))


def _beside(glyphs: Glyphs, one: Pairs, other: Pairs) -> Bools:
    reach = TWIN * np.minimum(glyphs.size[one], glyphs.size[other])
    near: Bools = np.abs(glyphs.x0[one] - glyphs.x0[other]) < reach
    near &= np.abs(glyphs.top[one] - glyphs.top[other]) < reach
    return near


def _share(glyphs: Glyphs, boxes: Floats, one: Pairs, other: Pairs) -> Bools:
    a, b = boxes[one], boxes[other]
    both = np.maximum(np.minimum(a[:, 2:], b[:, 2:]) - np.maximum(a[:, :2], b[:, :2]), 0).prod(axis=1)
    smaller = np.minimum((a[:, 2:] - a[:, :2]).prod(axis=1), (b[:, 2:] - b[:, :2]).prod(axis=1))
    ratio = np.maximum(glyphs.size[one], glyphs.size[other]) / np.maximum(
        np.minimum(glyphs.size[one], glyphs.size[other]), 1e-6
    )
    over: Bools = (both > OVER * smaller) & (ratio <= SIZES)
    return over
