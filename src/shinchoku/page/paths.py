"""A path's pieces, subpaths and upright rectangles, and the boxes around them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from shinchoku.page.geometry import Box, Point, ordered, surrounding

DOT = 2.0
"""A shape of at most this many points both ways is a dot, whatever its outline."""


@dataclass(slots=True)
class Subpath:
    """Points (page points, y down) joined by lines, or by a curve on the way to each of the points in
    `curved`; `xs` and `ys` hold control points of curves too, whose places in the lists are in `control`."""

    xs: list[float]
    ys: list[float]
    closed: bool = False
    curved: set[int] = field(default_factory=set)
    control: set[int] = field(default_factory=set)

    def corners(self) -> list[Point]:
        """The points without the control points of curves."""
        points = zip(self.xs, self.ys, strict=True)
        if not self.control:
            return list(points)
        return [p for i, p in enumerate(points) if i not in self.control]


Part = Subpath | Box
"""A piece of a path; an upright rectangle is kept as two opposite corners, ordered so that going round from
the first along x turns the way the path was drawn."""


def extent(path: Iterable[Part]) -> Box | None:
    """The box around a whole path, or None for an empty one."""
    boxes = [ordered(part) if isinstance(part, tuple) else around(part) for part in path]
    return surrounding(boxes) if boxes else None


def is_box(part: Part) -> bool:
    """Whether a piece of a path is an upright rectangle."""
    if isinstance(part, tuple):
        return True
    corners = part.corners()
    x0, y0, x1, y1 = around(part)
    upright = all(x in (x0, x1) and y in (y0, y1) for x, y in corners)
    return not part.curved and len(corners) in (4, 5) and upright


def around(part: Subpath) -> Box:
    """The box around a subpath, control points of curves included."""
    return min(part.xs), min(part.ys), max(part.xs), max(part.ys)


def outline(box: Box) -> list[Point]:
    """The four corners of a rectangle, going round the way its path was drawn."""
    x0, y0, x1, y1 = box
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
