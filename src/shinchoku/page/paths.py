"""A painted path's points in; the straight things it leaves, filled boxes and strokes along an axis, out."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

Box = tuple[float, float, float, float]
Stroke = tuple[float, float, float, float, float, bool]
"""x0, top, x1, bottom, line width, filled: as in `Marks`."""

DOT = 2.0
"""A shape of at most this many points both ways is a dot, whatever its outline."""
THIN = 3.0
"""A rounded bar up to this thick (points) is a rule."""
BAND = 6.0
"""A stroke thicker than this (points) is a filled box."""
SQUARE = 0.1
"""A side may be off its axis by this many points in a shape made of upright rectangles."""
SLANT = 0.06
"""A stroke is along an axis when it strays from it by at most this share of its length, and by half a
point."""
LIKE_BOX = 0.97
"""A shape that covers this share of its bounding box is that box: corners cut or rounded, turned by a
hair."""
MAX_LATTICE = 1_000_000
"""A shape with holes is taken apart on a lattice of its corners of up to this many fields."""


@dataclass(slots=True)
class Subpath:
    """Points (page points, y down) joined by lines, or by a curve on the way to each of the points in
    `curved`; `xs` and `ys` hold control points of curves too, whose places in the lists are in `control`."""

    xs: list[float]
    ys: list[float]
    closed: bool = False
    curved: set[int] = field(default_factory=set)
    control: set[int] = field(default_factory=set)

    def corners(self) -> list[tuple[float, float]]:
        """The points without the control points of curves."""
        points = zip(self.xs, self.ys, strict=True)
        if not self.control:
            return list(points)
        return [p for i, p in enumerate(points) if i not in self.control]


Part = Subpath | Box
"""A piece of a path; an upright rectangle is kept as two opposite corners, ordered so that going round from
the first along x turns the way the path was drawn."""


def _sorted(box: Box) -> Box:
    x0, y0, x1, y1 = box
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def extent(path: Iterable[Part]) -> Box | None:
    """The box around a whole path, or None for an empty one."""
    boxes = [_sorted(part) if isinstance(part, tuple) else _around(part) for part in path]
    if not boxes:
        return None
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _around(part: Subpath) -> Box:
    return min(part.xs), min(part.ys), max(part.xs), max(part.ys)


def filled(path: Sequence[Part], even_odd: bool) -> tuple[list[Box], list[Box]]:
    """The boxes a fill covers, and the boxes around all else it fills (rounded, slanted), which are no
    marks."""
    boxes: list[Box] = []
    others: list[Box] = []
    rings: list[Part] = []
    for part in path:
        if isinstance(part, tuple):
            rings.append(part)
        elif len(part.xs) > 1:
            _sort_fill(part, boxes, others, rings)
    if all(isinstance(ring, tuple) for ring in rings) and not _has_hole(rings, even_odd):
        boxes += [_sorted(ring) for ring in rings if isinstance(ring, tuple)]
    else:
        boxes += _taken_apart(rings, even_odd)
    return boxes, others


def _sort_fill(part: Subpath, boxes: list[Box], others: list[Box], rings: list[Part]) -> None:
    box = _around(part)
    wide, tall = box[2] - box[0], box[3] - box[1]
    if wide <= DOT and tall <= DOT:
        boxes.append(box)
        return
    corners = part.corners()
    share = abs(_area(corners)) / (wide * tall) if wide > 0 and tall > 0 else 1.0
    if not part.curved and share >= LIKE_BOX:
        rings.append(_ring(box, corners))
    elif not part.curved and _upright(corners):
        rings.append(part)
    elif min(wide, tall) <= THIN and share >= 0.7:
        boxes.append(box)
    else:
        others.append(box)


def _area(points: Sequence[tuple[float, float]]) -> float:
    """Signed area of a closed polygon."""
    return (
        sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True))
        / 2
    )


def _ring(box: Box, corners: Sequence[tuple[float, float]]) -> Box:
    x0, y0, x1, y1 = box
    return box if _area(corners) >= 0 else (x1, y0, x0, y1)


def _upright(points: Sequence[tuple[float, float]]) -> bool:
    """Whether every side of a closed polygon is along an axis."""
    sides = zip(points, [*points[1:], points[0]], strict=True)
    return all(abs(ax - bx) <= SQUARE or abs(ay - by) <= SQUARE for (ax, ay), (bx, by) in sides)


def _has_hole(rings: Sequence[Part], even_odd: bool) -> bool:
    """Whether a rectangle is cut out of the one before it (a frame is drawn as the two in one path)."""
    for outer, inner in pairwise(rings):
        assert isinstance(outer, tuple)
        assert isinstance(inner, tuple)
        ox0, oy0, ox1, oy1 = _sorted(outer)
        ix0, iy0, ix1, iy1 = _sorted(inner)
        inside = ox0 <= ix0 and oy0 <= iy0 and ix1 <= ox1 and iy1 <= oy1 and (ix0, iy0) != (ix1, iy1)
        if inside and (even_odd or _turn(outer) != _turn(inner)):
            return True
    return False


def _turn(box: Box) -> bool:
    return (box[2] - box[0]) * (box[3] - box[1]) >= 0


def _taken_apart(rings: Sequence[Part], even_odd: bool) -> list[Box]:
    """Shapes of upright sides as boxes: what is inside by the fill's rule, in rows of equal height joined
    downwards.

    Works on the lattice of all corners: the winding number of a field is the sum of the upright sides left of
    it.
    """
    outlines = [_outline(ring) if isinstance(ring, tuple) else ring.corners() for ring in rings]
    xs = _places([x for outline in outlines for x, _ in outline])
    ys = _places([y for outline in outlines for _, y in outline])
    if len(xs) * len(ys) > MAX_LATTICE:
        return [_sorted(ring) for ring in rings if isinstance(ring, tuple)]
    winding = np.zeros((len(ys), len(xs)), dtype=np.int32)
    for outline in outlines:
        for (ax, ay), (bx, by) in zip(outline, [*outline[1:], outline[0]], strict=True):
            if abs(ax - bx) <= SQUARE:
                at, a, b = _nearest(xs, ax), _nearest(ys, ay), _nearest(ys, by)
                winding[min(a, b) : max(a, b), at] += 1 if a < b else -1
    winding = winding.cumsum(axis=1)
    inside = winding % 2 == 1 if even_odd else winding != 0
    rows = [tuple(_runs(row)) for row in inside.tolist()]
    found: list[Box] = []
    first = 0
    for i in range(1, len(rows) + 1):
        if i == len(rows) or rows[i] != rows[first]:
            found += [(xs[a], ys[first], xs[b], ys[i]) for a, b in rows[first] if i < len(ys)]
            first = i
    return found


def _outline(box: Box) -> list[tuple[float, float]]:
    x0, y0, x1, y1 = box
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def _places(values: list[float]) -> list[float]:
    """The distinct values, ascending, those within SQUARE of the one before left out."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > SQUARE:
            out.append(value)
    return out


def _nearest(places: list[float], value: float) -> int:
    at = bisect_left(places, value)
    return min((i for i in (at - 1, at) if 0 <= i < len(places)), key=lambda i: abs(places[i] - value))


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for i, inside in enumerate([*row, False]):
        if inside and start is None:
            start = i
        elif not inside and start is not None:
            yield start, i
            start = None


def stroked(path: Iterable[Part], width: float, cap: int) -> Iterator[Stroke]:
    """What a stroke of `width` points leaves: its straight pieces along an axis; a dot as a filled box, where
    the line's ends (`cap`: 0 butt, 1 round, 2 square) make a dot of a point; a band as a filled box."""
    half = width / 2
    for part in path:
        x0, y0, x1, y1 = _sorted(part) if isinstance(part, tuple) else _around(part)
        if x1 - x0 + width <= DOT and y1 - y0 + width <= DOT:
            yield from _dot(part, (x0, y0, x1, y1), half, cap)
            continue
        closed = isinstance(part, tuple) or part.closed
        corners = _outline(part) if isinstance(part, tuple) else part.corners()
        bends = _bends(part)
        ends = [*corners[1:], corners[0]] if closed else corners[1:]
        for i, ((ax, ay), (bx, by)) in enumerate(zip(corners, ends, strict=False), start=1):
            wide, tall = abs(ax - bx), abs(ay - by)
            across, along = (tall, wide) if wide > tall else (wide, tall)
            if i in bends or across > 0.5 or across > SLANT * along or (along < 1.0 and len(corners) > 2):
                continue
            yield _piece((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), width, cap)


def _piece(line: Box, width: float, cap: int) -> Stroke:
    """One straight piece of a stroke: its centre line, or the box it fills where it is thick or wider than
    long."""
    x0, y0, x1, y1 = line
    if width <= BAND and width <= max(x1 - x0, y1 - y0):
        return x0, y0, x1, y1, width, False
    half = width / 2
    end = half if cap else 0.0
    if x1 - x0 > y1 - y0:
        return x0 - end, y0 - half, x1 + end, y1 + half, 0.0, True
    return x0 - half, y0 - end, x1 + half, y1 + end, 0.0, True


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
    yield x0 - along_x, y0 - along_y, x1 + along_x, y1 + along_y, 0.0, True
