"""A stroked path in; the straight things it leaves, pieces of lines along an axis and dots, out."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from shinchoku.page.geometry import Box, Point, ordered
from shinchoku.page.paths import DOT, Part, around, outline

Stroke = tuple[Box, float, bool]
"""Box, line width, whether it is a filled box: as in `Marks`."""

BAND = 6.0
"""A stroke thicker than this (points) is a filled box."""
SLANT = 0.06
"""A stroke is along an axis when it strays from it by at most this share of its length, and by half a
point."""
HEAD = 9.0
"""An open path that is no larger than this (points) and slanted may be an arrow's head, or half of one."""
OBLIQUE = 2.0
"""A side that strays further than this (points) from its axis, and by more than SLANT, is oblique."""


def stroked(path: Iterable[Part], width: float, cap: int) -> Iterator[Stroke]:
    """What a stroke of `width` points leaves: its straight pieces along an axis; a dot as a filled box, where
    the line's ends (`cap`: 0 butt, 1 round, 2 square) make a dot of a point; a band as a filled box."""
    half = width / 2
    for part in path:
        x0, y0, x1, y1 = ordered(part) if isinstance(part, tuple) else around(part)
        if x1 - x0 + width <= DOT and y1 - y0 + width <= DOT:
            yield from _dot(part, (x0, y0, x1, y1), half, cap)
            continue
        closed = isinstance(part, tuple) or part.closed
        corners = outline(part) if isinstance(part, tuple) else part.corners()
        bends = _bends(part)
        ends = [*corners[1:], corners[0]] if closed else corners[1:]
        if closed and _is_figure(corners, ends, bends):
            continue
        for i, ((ax, ay), (bx, by)) in enumerate(zip(corners, ends, strict=False), start=1):
            wide, tall = abs(ax - bx), abs(ay - by)
            across, along = (tall, wide) if wide > tall else (wide, tall)
            if i in bends or across > 0.5 or across > SLANT * along or (along < 1.0 and len(corners) > 2):
                continue
            yield _piece((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), width, cap)


def slanted(path: Iterable[Part]) -> Iterator[Box]:
    """The boxes around small open pieces of a path that run slanted."""
    for part in path:
        if isinstance(part, tuple) or part.closed or part.curved:
            continue
        box = around(part)
        wide, tall = box[2] - box[0], box[3] - box[1]
        if min(wide, tall) > DOT / 2 and max(wide, tall) <= HEAD and not _is_upright(part.corners()):
            yield box


def _is_upright(corners: Sequence[Point]) -> bool:
    return all(min(abs(ax - bx), abs(ay - by)) <= 0.5 for (ax, ay), (bx, by) in pairwise(corners))


def _is_figure(corners: Sequence[Point], ends: Sequence[Point], bends: set[int]) -> bool:
    """Whether a closed path is a balloon, an arrow or another figure with oblique sides: its straight ones
    are no rules then."""
    return len(corners) > 4 and any(
        i not in bends and min(wide, tall) > max(OBLIQUE, SLANT * max(wide, tall))
        for i, ((ax, ay), (bx, by)) in enumerate(zip(corners, ends, strict=False), start=1)
        for wide, tall in [(abs(ax - bx), abs(ay - by))]
    )


def _piece(line: Box, width: float, cap: int) -> Stroke:
    """One straight piece of a stroke: its centre line, or the box it fills where it is thick or wider than
    long."""
    x0, y0, x1, y1 = line
    if width <= BAND and width <= max(x1 - x0, y1 - y0):
        return line, width, False
    half = width / 2
    end = half if cap else 0.0
    if x1 - x0 > y1 - y0:
        return (x0 - end, y0 - half, x1 + end, y1 + half), 0.0, True
    return (x0 - half, y0 - end, x1 + half, y1 + end), 0.0, True


def _bends(part: Part) -> set[int]:
    """Which corners of a path a curve leads to, counted without control points."""
    if isinstance(part, tuple) or not part.curved:
        return set()
    places = [i for i in range(len(part.xs)) if i not in part.control]
    return {n for n, i in enumerate(places) if i in part.curved}


def _dot(part: Part, box: Box, half: float, cap: int) -> Iterator[Stroke]:
    x0, y0, x1, y1 = box
    single = not isinstance(part, tuple) and len(part.xs) < 2 and not part.closed
    if single or (x0 == x1 and y0 == y1 and cap == 0):
        return
    open_line = not isinstance(part, tuple) and not part.closed and cap == 0
    flat = y1 - y0 <= x1 - x0
    along_x = 0.0 if open_line and flat else half
    along_y = 0.0 if open_line and not flat else half
    yield (x0 - along_x, y0 - along_y, x1 + along_x, y1 + along_y), 0.0, True
