"""A painted page and where its pictures are in; the rules that are drawn in those, out."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats
from shinchoku.page.geometry import Box

DARK = 160
"""A pixel no lighter than this of 255 may be a rule's."""
LIGHT = 0.8
"""At least this share of a picture of rules is lighter."""
LONG = 8.0
"""A rule goes on for so many points, or more, from wall to wall."""
THICK = 6.5
"""And is thinner than this."""
LEAST = 30.0
"""A picture smaller than this both ways has no table."""


def pictured_rules(picture: NDArray[np.uint8], scale: float, images: Iterable[Box]) -> tuple[Floats, Floats]:
    """The horizontal and upright rules (at, start, end; points) in the pictures `images` (boxes in points) of
    a page painted with `scale` pixels a point, in lightness."""
    horizontal, vertical = [np.empty((0, 3))], [np.empty((0, 3))]
    for x0, top, x1, bottom in images:
        if x1 - x0 < LEAST or bottom - top < LEAST:
            continue
        left, high = max(0, round(x0 * scale)), max(0, round(top * scale))
        dark = picture[high : round(bottom * scale) + 1, left : round(x1 * scale) + 1] < DARK
        if dark.size and dark.mean() <= 1 - LIGHT:
            horizontal.append(_runs(dark, scale) + np.array([high + 0.5, left, left]) / scale)
            vertical.append(_runs(dark.T, scale) + np.array([left + 0.5, high, high]) / scale)
    return np.vstack(horizontal), np.vstack(vertical)


def _runs(dark: Bools, scale: float) -> Floats:
    """The runs along the rows of a picture (row, start, end; points) that are thin and long enough for
    rules."""
    thin = dark.copy()
    for column, start, end in _stretches(dark.T, THICK * scale):
        thin[start:end, column] = False
    return np.array(list(_stretches(thin, LONG * scale)), dtype=np.float64).reshape(-1, 3) / scale


def _stretches(dark: Bools, least: float) -> Iterator[tuple[int, int, int]]:
    """The dark stretches of each row that are `least` pixels long."""
    steps = np.diff(np.pad(dark.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, starts = np.nonzero(steps == 1)
    _, ends = np.nonzero(steps == -1)
    long = ends - starts >= least
    yield from zip(rows[long].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True)
