"""Text objects of a loaded page in; PDFium's text of it, those that lie over each other apart, out.

A text page of PDFium leaves out a character where an earlier text object has the same one in the same place,
as for fake bold. Of text set over other text, hidden or covered, that would leave some letters."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Floats, native
from shinchoku.page.pdfium import calls
from shinchoku.page.pdfium.walk import Run

SHARE = 0.2
"""Text lies over other text where they have this share of the smaller box in common."""
DEEP = 32
"""Text is told apart in so many levels, one over the other; what lies higher is read with the last."""
THIN = 1.0
"""Text set so flat that its box has no area is taken for as thick as this (points): it lies over other text
all the same."""
TOGETHER = 64
"""So many text objects are looked at together, from the top of the page."""


@contextmanager
def text_pages(page: int, runs: Mapping[int, Run]) -> Iterator[list[int]]:
    """The text pages (handles) of a page (a handle) with these text objects: one, or one for each level of
    objects that lie over others. They are valid while the context is."""
    level = _levels(_not_flat(np.array([run.box for run in runs.values()]).reshape(-1, 4)))
    things = np.array(list(runs), dtype=np.uint64)
    loaded: list[int] = []
    try:
        for number in range(int(level.max(initial=0)) + 1):
            others = [int(thing) for thing in things[level != number]]
            for thing in others:
                native.set_active(thing, 0)
            loaded.append(calls.load_text(page))
            for thing in others:
                native.set_active(thing, 1)
        yield loaded
    finally:
        for text_page in loaded:
            calls.close_text(text_page)


def _not_flat(boxes: Floats) -> Floats:
    """The boxes, those with no area but some length of it as thick as THIN."""
    sides = boxes[:, 2:] - boxes[:, :2]
    grown = np.where((sides <= 0) & (sides[:, ::-1] > 0), THIN / 2, 0.0)
    thick: Floats = boxes + np.hstack([-grown, grown])
    return thick


def _levels(boxes: Floats) -> NDArray[np.intp]:
    """For each of n boxes in paint order how many lie under it, one over the other."""
    level = np.zeros(len(boxes), dtype=np.intp)
    for i in _overlaid(boxes):
        under = _over(boxes[i : i + 1], boxes[:i])[0]
        level[i] = min(DEEP - 1, 1 + level[:i][under].max(initial=-1))
    return level


def _overlaid(boxes: Floats) -> list[int]:
    """The boxes that share some of their area with another, ascending."""
    order = np.argsort(boxes[:, 1], kind="stable")
    found: list[int] = []
    for first in range(0, len(order), TOGETHER):
        some = order[first : first + TOGETHER]
        near = order[(boxes[order, 1] < boxes[some, 3].max()) & (boxes[order, 3] > boxes[some, 1].min())]
        found += some[_over(boxes[some], boxes[near]).sum(axis=1) > 1].tolist()  # one is the box itself
    return sorted(found)


def _over(some: Floats, others: Floats) -> NDArray[np.bool_]:
    """Which of n boxes lie over which of m (n x m)."""
    (x0, top, x1, bottom), across = some.T[:, :, None], others.T
    wide = np.minimum(x1, across[2]) - np.maximum(x0, across[0])
    high = np.minimum(bottom, across[3]) - np.maximum(top, across[1])
    areas = [np.maximum((boxes[:, 2:] - boxes[:, :2]), 0).prod(axis=1) for boxes in (some, others)]
    smaller = np.minimum(areas[0][:, None], areas[1][None, :])
    shared: NDArray[np.bool_] = np.maximum(wide, 0) * np.maximum(high, 0) > SHARE * smaller
    return shared
