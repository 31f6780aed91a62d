"""A filled path in; the upright boxes it covers, and the boxes around all else it fills, out."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from shinchoku.page.geometry import Box, Point, ordered
from shinchoku.page.paths import DOT, Part, Subpath, around, outline
from shinchoku.settings import LATTICE_FIELDS

THIN = 3.0
"""A bar with rounded or slanted ends up to this thick (points) is a rule."""
BAR = 0.7
"""Such a bar covers at least this share of the box around it."""
SQUARE = 0.1
"""A side may be off its axis by this many points in a shape made of upright rectangles."""
LIKE_BOX = 0.97
"""A shape of straight sides that covers this share of the box around it is that box, turned by a hair."""
ROUNDED = 0.85
"""A shape with rounded corners covers at least this share of the box around it."""


@dataclass(frozen=True, slots=True)
class Fill:
    """What a fill covers: `boxes`, dots and upright shapes; `rounded`, boxes around shapes that fill them but
    for their corners; `loose`, boxes around any other shape, which may leave most of them bare."""

    boxes: list[Box]
    rounded: list[Box]
    loose: list[Box]


def filled(path: Sequence[Part], even_odd: bool) -> Fill:
    """What a fill of the path by the non-zero winding rule, or the even-odd rule, covers."""
    if len(path) == 1 and isinstance(path[0], tuple):
        return Fill([ordered(path[0])], [], [])
    fill = Fill([], [], [])
    shapes: list[tuple[Part, bool]] = []
    for part in path:
        if isinstance(part, tuple):
            shapes.append((part, False))
        elif len(part.xs) > 1:
            _sort(part, fill, shapes)
    frames = [shape for shape, _ in shapes if isinstance(shape, tuple)]
    if len(frames) < len(shapes) or _has_hole(frames, even_odd):
        fill.boxes.extend(_taken_apart([shape for shape, _ in shapes], even_odd))
        return fill
    for frame, (_, is_rounded) in zip(frames, shapes, strict=True):
        where = fill.boxes if not is_rounded else fill.rounded if len(path) == 1 else fill.loose
        where.append(ordered(frame))
    return fill


def _sort(part: Subpath, fill: Fill, shapes: list[tuple[Part, bool]]) -> None:
    """Put one subpath where it belongs: into the fill, or to the shapes, marked if rounded at the corners."""
    box = around(part)
    wide, tall = box[2] - box[0], box[3] - box[1]
    corners = part.corners()
    area = _area(corners)
    share = abs(area) / (wide * tall) if wide > 0 and tall > 0 else 1.0
    ring = box if area >= 0 else (box[2], box[1], box[0], box[3])
    if wide <= DOT and tall <= DOT:
        fill.boxes.append(box)
    elif not part.curved and share >= LIKE_BOX:
        shapes.append((ring, False))
    elif not part.curved and _is_upright(corners):
        shapes.append((part, False))
    elif min(wide, tall) <= THIN and share >= BAR:
        fill.boxes.append(box)
    elif share >= ROUNDED:
        shapes.append((ring, True))
    else:
        fill.loose.append(box)


def _area(points: Sequence[Point]) -> float:
    """Signed area of a closed polygon."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise([*points, points[0]])) / 2


def _is_upright(points: Sequence[Point]) -> bool:
    """Whether every side of a closed polygon is along an axis."""
    sides = pairwise([*points, points[0]])
    return all(abs(ax - bx) <= SQUARE or abs(ay - by) <= SQUARE for (ax, ay), (bx, by) in sides)


def _has_hole(boxes: Sequence[Box], even_odd: bool) -> bool:
    """Whether a rectangle is cut out of the one before it (a frame is drawn as the two in one path)."""
    for outer, inner in pairwise(boxes):
        a, b = ordered(outer), ordered(inner)
        inside = a[0] <= b[0] and a[1] <= b[1] and b[2] <= a[2] and b[3] <= a[3] and a != b
        if inside and (even_odd or _turn(outer) != _turn(inner)):
            return True
    return False


def _turn(box: Box) -> bool:
    return (box[2] - box[0]) * (box[3] - box[1]) >= 0


def _taken_apart(rings: Sequence[Part], even_odd: bool) -> list[Box]:
    """Shapes of upright sides as boxes: what is inside by the fill's rule, in rows joined downwards.

    Works on the lattice of all corners: the winding number of a field is the sum of the upright sides left
    of it. Rectangles without area are hairlines and stay."""
    hairlines = [ordered(ring) for ring in rings if isinstance(ring, tuple) and _is_flat(ring)]
    outlines = [outline(ring) if isinstance(ring, tuple) else _squared(ring.corners()) for ring in rings]
    xs = sorted({x for points in outlines for x, _ in points})
    ys = sorted({y for points in outlines for _, y in points})
    if len(xs) * len(ys) > LATTICE_FIELDS:
        return [ordered(ring) for ring in rings if isinstance(ring, tuple)]
    winding = np.zeros((len(ys), len(xs)), dtype=np.int32)
    for points in outlines:
        for (ax, ay), (bx, by) in pairwise([*points, points[0]]):
            if ax == bx:
                at, a, b = bisect_left(xs, ax), bisect_left(ys, ay), bisect_left(ys, by)
                winding[min(a, b) : max(a, b), at] += 1 if a < b else -1
    winding = winding.cumsum(axis=1)[:, :-1]
    inside = winding % 2 == 1 if even_odd else winding != 0
    rows = [tuple(_runs(row)) for row in inside.tolist()]
    found: list[Box] = []
    first = 0
    for i in range(1, len(rows)):
        if rows[i] != rows[first]:
            found += [(xs[a], ys[first], xs[b], ys[i]) for a, b in rows[first]]
            first = i
    return hairlines + found


def _squared(points: Sequence[Point]) -> list[Point]:
    """The same polygon with its sides exactly along the axes: each corner takes over the side before it."""
    out = [points[0]]
    for x, y in points[1:]:
        before_x, before_y = out[-1]
        out.append((before_x, y) if abs(x - before_x) <= abs(y - before_y) else (x, before_y))
    first, last = out[0], out[-1]
    upright = abs(first[0] - last[0]) <= abs(first[1] - last[1])
    out[-1] = (first[0], last[1]) if upright else (last[0], first[1])
    return out


def _is_flat(box: Box) -> bool:
    return box[0] == box[2] or box[1] == box[3]


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for i, inside in enumerate([*row, False]):
        if inside and start is None:
            start = i
        elif not inside and start is not None:
            yield start, i
            start = None
