"""Boxes and matrices, and how a page is turned to be looked at; plain facts of plane geometry."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from shinchoku.page import Floats

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""x0, top, x1, bottom; in a page's own space, where y grows upwards, left, bottom, right, top."""
Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
LETTER: Box = (0.0, 0.0, 612.0, 792.0)
"""The page of a file that gives none, as pdfminer and PDFium have it."""
FAR = 100_000.0
"""No page reaches so far (points): what does, or lies at no number at all, has no place."""


def times(m: Matrix, n: Matrix) -> Matrix:
    """The matrix that does `m`, then `n`."""
    a, b, c, d, e, f = m
    p, q, r, s, t, u = n
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def corners(box: Box, m: Matrix) -> Box:
    """The box around a box that a matrix has mapped."""
    x0, y0, x1, y1 = box
    a, b, c, d, e, f = m
    ax, ax1, cy, cy1 = a * x0, a * x1, c * y0, c * y1
    bx, bx1, dy, dy1 = b * x0, b * x1, d * y0, d * y1
    if ax > ax1:
        ax, ax1 = ax1, ax
    if cy > cy1:
        cy, cy1 = cy1, cy
    if bx > bx1:
        bx, bx1 = bx1, bx
    if dy > dy1:
        dy, dy1 = dy1, dy
    return ax + cy + e, bx + dy + f, ax1 + cy1 + e, bx1 + dy1 + f


def surrounding(boxes: Sequence[Box]) -> Box:
    """The box around some."""
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def median(values: Floats | Sequence[float]) -> float:
    """The median of some numbers, NaN where one is or there are none. (numpy's own loads its masked arrays,
    to look whether these are some, and takes five times as long.)"""
    ascending = np.sort(values)
    if not len(ascending) or np.isnan(ascending[-1]):
        return math.nan
    return float(ascending[(len(values) - 1) // 2] + ascending[len(values) // 2]) / 2


def ordered(box: Box) -> Box:
    """The same box with its smaller coordinates first."""
    x0, y0, x1, y1 = box
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's number (from 1), its size in points as it is looked at, and the `matrix` from its own space to
    points from the top left."""

    number: int
    width: float
    height: float
    matrix: Matrix

    @property
    def box(self) -> Box:
        """The whole page."""
        return 0.0, 0.0, self.width, self.height

    def quartered(self, turn: int) -> "Frame":
        """The same page turned back by 90, 180 or 270 degrees, by which it lies turned clockwise."""
        wide, tall = self.width, self.height
        back: Matrix = {
            90: (0.0, -1.0, 1.0, 0.0, 0.0, wide),
            180: (-1.0, 0.0, 0.0, -1.0, wide, tall),
            270: (0.0, 1.0, -1.0, 0.0, tall, 0.0),
        }[turn]
        size = (wide, tall) if turn == 180 else (tall, wide)
        return Frame(self.number, *size, times(self.matrix, back))

    def turned(self, degrees: float) -> "Frame":
        """The same page turned clockwise about its middle."""
        sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
        x, y = self.width / 2, self.height / 2
        about = (cosine, sine, -sine, cosine, x - cosine * x + sine * y, y - sine * x - cosine * y)
        return replace(self, matrix=times(self.matrix, about))


def frame(number: int, shown: Box, rotate: int) -> Frame:
    """The page that shows the box `shown` of its own space, turned clockwise by `rotate` degrees (to the
    nearest quarter)."""
    x0, y0, x1, y1 = shown
    wide, tall = x1 - x0, y1 - y0
    match round(rotate / 90) % 4:
        case 1:
            return Frame(number, tall, wide, (0.0, 1.0, 1.0, 0.0, -y0, -x0))
        case 2:
            return Frame(number, wide, tall, (-1.0, 0.0, 0.0, 1.0, x1, -y0))
        case 3:
            return Frame(number, tall, wide, (0.0, -1.0, -1.0, 0.0, y1, x1))
    return Frame(number, wide, tall, (1.0, 0.0, 0.0, -1.0, -x0, y1))


def has_area(box: Box) -> bool:
    """Whether a page's box is one that a page can have."""
    return box[0] < box[2] and box[1] < box[3] and max(abs(side) for side in box) < FAR
