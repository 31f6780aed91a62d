"""The state that a content stream's operators read and change, and what several of them share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from pdfminer.pdftypes import PDFStream

from shinchoku.page import colour
from shinchoku.page.canvas import Canvas, Matrix
from shinchoku.page.faces import Face, Faces
from shinchoku.page.paths import Box, Part
from shinchoku.page.tokens import number

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class State:
    """The graphics state that q saves, as far as it matters here. Source: ISO 32000-1, tables 52 and 104.

    `ctm` maps to page points from the top left; `clip` is a box there; `fill` and `stroke` are
    lightnesses."""

    ctm: Matrix
    clip: Box
    face: Face | None = None
    size: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    width: float = 1.0
    cap: int = 0
    fill: float = 0.0
    stroke: float = 0.0
    fill_space: colour.Space = colour.GREY
    stroke_space: colour.Space = colour.GREY
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0

    def copy(self) -> Self:
        """Another state with the same values."""
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        return twin


@dataclass(slots=True)
class Trail:
    """What a page and all the forms on it keep together: streams unpacked (with their packed bytes), forms
    drawn so far, operators skipped for want of operands, what went wrong."""

    unpacked: list[tuple[PDFStream, bytes]] = field(default_factory=list)
    forms: int = 0
    skipped: int = 0
    trouble: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Painter:
    """A page, or a form on it, while its content is carried out. `pen` is how far the pen has moved from the
    start of the text line that `line` maps, along and across; `fonts` are those of the resources, by the
    token naming them; `open_forms` the forms it is within."""

    canvas: Canvas
    faces: Faces
    resources: Mapping[str, Any]
    state: State
    saved: list[State] = field(default_factory=list)
    path: list[Part] = field(default_factory=list)
    clipping: bool = False
    line: Matrix = IDENTITY
    pen: tuple[float, float] = (0.0, 0.0)
    marked: list[tuple[int, str]] = field(default_factory=list)
    fonts: dict[bytes, Face] = field(default_factory=dict)
    open_forms: tuple[int, ...] = ()
    trail: Trail = field(default_factory=Trail)


def times(m: Matrix, n: Matrix) -> Matrix:
    """The matrix that does `m`, then `n`."""
    a, b, c, d, e, f = m
    p, q, r, s, t, u = n
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def floats(operands: Sequence[bytes], count: int) -> list[float]:
    """The last `count` operands as numbers (fewer where there are fewer; NaN for what is no number)."""
    try:
        return [float(operand) for operand in operands[-count:]]
    except ValueError:
        return [number(operand) for operand in operands[-count:]]


def corners(box: Box, m: Matrix) -> Box:
    """The box around a box that a matrix has mapped."""
    x0, y0, x1, y1 = box
    a, b, c, d, e, f = m
    xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
    ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
    return min(xs), min(ys), max(xs), max(ys)
