"""Glyphs, what is painted under them and where they are cut off in; which of them can be seen out."""

import numpy as np

from shinchoku.page import Bools, Floats
from shinchoku.page.canvas import Drawn
from shinchoku.page.geometry import Box
from shinchoku.page.sight.covers import PAGE_WIDE, covered
from shinchoku.page.sight.cut import clipped, run_over

LEFT_OVER = 0.25
"""A glyph of whose box less than this share lies within the clip is cut away."""
CONTRAST = 0.02
"""A glyph is seen when its lightness differs by more than this from what is under it."""
PAPER = 1.0
GROUND = 3.0
"""A filled box is a ground for text when it is at least this many points both ways."""
SCAN = 0.9
"""A page is a scan read by machine when at least this share of its glyphs is unpainted text over a picture,
or text under one."""


def seen(drawn: Drawn, area: float) -> tuple[Bools, Bools]:
    """Which glyphs show on a page of that `area`: painted, in a layer that is on, inside the clip and the
    page, not in the colour of what lies under them, not covered. And which do not, but are the rest of a text
    that does."""
    painted = ~drawn.hidden & ~drawn.off & (drawn.size > 0) & ~_lost_in_ground(drawn)
    inside, under = _within(drawn.boxes, drawn.clip), covered(drawn, area)
    shows = painted & inside & ~under
    rest = clipped(drawn, shows, painted & ~inside & ~under, area) | run_over(drawn, under)
    return shows, rest & painted & ~shows


def is_scan(drawn: Drawn, area: float) -> bool:
    """Whether the text is the layer that text recognition leaves with a scanned picture: unpainted over it,
    or under one as wide as the page of that `area`."""
    if not drawn.images or not len(drawn.hidden):
        return False
    x, y = (drawn.boxes[:, 0] + drawn.boxes[:, 2]) / 2, (drawn.boxes[:, 1] + drawn.boxes[:, 3]) / 2
    over = np.zeros(len(x), dtype=np.bool_)
    for image in drawn.images:
        over |= _inside(image, x, y)
    pictures = drawn.grounds[np.isnan(drawn.grounds[:, 4]) & (drawn.grounds[:, 6] == 1)]
    under = np.zeros(len(x), dtype=np.bool_)
    if ((pictures[:, 2] - pictures[:, 0]) * (pictures[:, 3] - pictures[:, 1])).sum() >= PAGE_WIDE * area:
        under = drawn.step < pictures[:, 5].max()
    return bool(((drawn.hidden | under) & over).mean() >= SCAN)


def _inside(box: Box, x: Floats, y: Floats) -> Bools:
    x0, top, x1, bottom = box
    return (x >= x0) & (x <= x1) & (y >= top) & (y <= bottom)


def _within(boxes: Floats, clip: Floats) -> Bools:
    """Whether enough of each box lies in its clip; along a side without length, whether the side lies in
    it."""
    share = np.ones(len(boxes))
    with np.errstate(all="ignore"):  # boxes may lie nowhere: no part of them is in any clip
        for low, high in ((0, 2), (1, 3)):
            length = boxes[:, high] - boxes[:, low]
            part = np.minimum(boxes[:, high], clip[:, high]) - np.maximum(boxes[:, low], clip[:, low])
            flat = length <= 0
            share *= np.where(flat, part >= 0, np.maximum(part, 0) / np.where(flat, 1, length))
    return share >= LEFT_OVER


def _lost_in_ground(drawn: Drawn) -> Bools:
    """Glyphs painted in the colour of the topmost thing painted before them at their middle, else of
    paper."""
    marks = drawn.marks
    big = (marks[:, 5] == 1) & (marks[:, 2] - marks[:, 0] >= GROUND) & (marks[:, 3] - marks[:, 1] >= GROUND)
    grounds = np.vstack([marks[big][:, [0, 1, 2, 3, 6, 7]], drawn.grounds[:, :6]])
    grounds = grounds[np.argsort(grounds[:, 5], kind="stable")]
    shades = np.unique(np.append(grounds[:, 4], PAPER))
    shades = shades[~np.isnan(shades)]
    lost = np.zeros(len(drawn.shade), dtype=np.bool_)
    alike = np.abs(drawn.shade[:, None] - shades[None, :]) <= CONTRAST
    for i in np.flatnonzero(alike.any(axis=1)):
        x, y = (drawn.boxes[i, 0] + drawn.boxes[i, 2]) / 2, (drawn.boxes[i, 1] + drawn.boxes[i, 3]) / 2
        under = grounds[:, 5] < drawn.step[i]
        under &= (grounds[:, 0] <= x) & (x <= grounds[:, 2]) & (grounds[:, 1] <= y) & (y <= grounds[:, 3])
        places = np.flatnonzero(under)
        ground = grounds[places[-1], 4] if len(places) else PAPER
        lost[i] = abs(drawn.shade[i] - ground) <= CONTRAST
    return lost
