"""The state that a content stream's operators read and change, and what several of them share."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from pdfminer.pdftypes import PDFStream

from shinchoku.language import Said
from shinchoku.page.canvas import Canvas
from shinchoku.page.content import colour
from shinchoku.page.content.faces import Face, Faces
from shinchoku.page.content.layers import Layers
from shinchoku.page.content.tokens import number
from shinchoku.page.geometry import IDENTITY, Box, Matrix
from shinchoku.page.paths import Part


@dataclass
class State:
    """The graphics state that q saves, as far as it matters here. Source: ISO 32000-1, tables 52 and 104.

    `ctm` maps to page points from the top left; `clip` is a box there; `fill` and `stroke` are
    lightnesses. `is_plain` where paint hides what is under it (no blend mode, no soft mask), `is_boxed`
    where the clip is that box."""

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
    is_plain: bool = True
    is_boxed: bool = True
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
    trouble: list[Said] = field(default_factory=list)


@dataclass(slots=True)
class Painter:
    """A page, or a form on it, while its content is carried out. `pen` is how far the pen has moved from the
    start of the text line that `line` maps, along and across; `fonts` are those of the resources, by the
    token naming them; `open_forms` the forms it is within; `off` counts the layers it is within that are
    switched off."""

    canvas: Canvas
    faces: Faces
    resources: Mapping[str, Any]
    state: State
    saved: list[State] = field(default_factory=list)
    path: list[Part] = field(default_factory=list)
    clipping: bool = False
    line: Matrix = IDENTITY
    pen: tuple[float, float] = (0.0, 0.0)
    marked: list[tuple[int, str, bool]] = field(default_factory=list)
    fonts: dict[bytes, Face] = field(default_factory=dict)
    open_forms: tuple[int, ...] = ()
    trail: Trail = field(default_factory=Trail)
    layers: Layers = field(default_factory=Layers)
    off: int = 0

    @property
    def hides(self) -> bool:
        """Whether a fill hides what is under it."""
        state = self.state
        return state.is_plain and state.is_boxed and state.fill_alpha == 1 and not math.isnan(state.fill)


def floats(operands: Sequence[bytes], count: int) -> list[float]:
    """The last `count` operands as numbers (fewer where there are fewer; NaN for what is no number)."""
    try:
        return [float(operand) for operand in operands[-count:]]
    except ValueError:
        return [number(operand) for operand in operands[-count:]]
