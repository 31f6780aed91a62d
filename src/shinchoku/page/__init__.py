"""One page of a PDF as arrays: its glyphs, its rules, what was odd about them; the readers beside make it."""

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from shinchoku.parts import Doubt
from shinchoku.problems import Problem
from shinchoku.settings import BOUNDS, Settings

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The n printed characters of a page, in the order the file paints them.

    `text` holds what each one says (one character, or the letters of a ligature); boxes are in points from
    the page's top left, rotation and crop box applied. `size` is the font size in points. `turn` is how far
    the glyph is turned clockwise: 0, 90, 180 or 270 degrees. `down` is true where the font's writing mode is
    vertical (縦書き). `visible` is false for text that does not show: painted in no colour, in white on
    white, outside the clip, covered, or in a layer that is off. `struck` is true where a line strikes it out.
    `note` is the number of the annotation (typed on the page, stamped, a form's field) it belongs to, 0 for
    the page's own. `clipped` is true for text that does not show and goes on text that does: cut off at the
    side of its cell, or under the fill of the next one. `run` numbers the text objects and `clip` the clips
    that glyphs are painted in.
    """

    text: tuple[str, ...]
    x0: Floats
    top: Floats
    x1: Floats
    bottom: Floats
    size: Floats
    font: tuple[str, ...]
    turn: NDArray[np.int16]
    down: Bools
    visible: Bools
    struck: Bools
    note: NDArray[np.int16]
    clipped: Bools
    run: NDArray[np.int64]
    clip: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.text)

    @property
    def inked(self) -> Bools:
        """Which ones are no white space."""
        return _inked(self.text)

    @property
    def kept(self) -> Bools:
        """Which ones are of the page's text: those that show, and those that are clipped."""
        return self.visible | self.clipped

    def take(self, index: NDArray[np.intp]) -> Self:
        """The glyphs at these places, in that order."""
        return type(self)(*(_taken(getattr(self, column.name), index) for column in fields(self)))


@lru_cache(maxsize=8)
def _inked(text: tuple[str, ...]) -> Bools:
    """Asked by several rooms about the same page."""
    inked = np.array([not one.isspace() for one in text], dtype=np.bool_)
    inked.flags.writeable = False
    return inked


def _taken(values: Any, index: NDArray[np.intp]) -> Any:
    return tuple(values[i] for i in index.tolist()) if isinstance(values, tuple) else values[index]


@dataclass(frozen=True, slots=True)
class Marks:
    """The n painted straight things of a page, in paint order: strokes and filled boxes.

    A stroke has the box of its centre line (no thickness across) and `width` its line width in points, 0 for
    a hairline. A filled box has its own box and width 0. `filled` tells them apart; `shade` is the paint's
    lightness from 0 (black) to 1 (white). Slanted lines, curves and lines that strike text
    out are no marks, a box a fill covers is. Rules drawn in a picture under text are known where the page is
    held against its painted picture.
    """

    x0: Floats
    top: Floats
    x1: Floats
    bottom: Floats
    width: Floats
    filled: Bools
    shade: Floats

    def __len__(self) -> int:
        return len(self.x0)

    def followed_by(self, more: Self) -> Self:
        """These and, painted after them, others."""
        both = ((getattr(self, column.name), getattr(more, column.name)) for column in fields(self))
        return type(self)(*map(np.concatenate, both))


def boxes_of(things: Glyphs | Marks) -> Floats:
    """Their boxes (n x 4: x0, top, x1, bottom)."""
    return np.column_stack([things.x0, things.top, things.x1, things.bottom])


@dataclass(frozen=True, slots=True)
class Ink:
    """Something drawn on the page, `box` around it: one straight stroke from corner to corner, two that
    cross, a filled box, or any other thing. `mark` is the sign that it surely is (○ △ ×), or ""."""

    box: tuple[float, float, float, float]
    kind: Literal["slash", "cross", "solid", "thing"]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Page `number` (from 1), `width` x `height` points, as it is looked at: its crop box, turned by its
    /Rotate.

    A page's /UserUnit is not applied: a point is a unit of the page's own space, as pdfplumber and PDFium
    have it. `images` are the boxes of its pictures, `figures` those around small fills that
    are no boxes, such as the heads of arrows; `ocr` says that its text is an unpainted layer over a scanned
    picture, which counts as visible. `lent_fonts` are those of its fonts that the file does not hold:
    PDFium reads and paints their glyphs by the fonts of the machine. `lies` (0, 90, 180 or 270) and `tilt`
    are by how many degrees clockwise its content was turned, before it was set upright. `strikes` are the
    boxes of text that annotations strike out.
    Holding the page against its painted picture adds `doubts` about characters and `drawn`, the ink that is
    neither text nor rules nor ground.
    """

    number: int
    width: float
    height: float
    glyphs: Glyphs
    marks: Marks
    problems: tuple[Problem, ...] = ()
    images: tuple[tuple[float, float, float, float], ...] = ()
    figures: tuple[tuple[float, float, float, float], ...] = ()
    ocr: bool = False
    lent_fonts: tuple[str, ...] = ()
    lies: int = 0
    tilt: float = 0.0
    strikes: tuple[tuple[float, float, float, float], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    drawn: tuple[Ink, ...] = ()

    @property
    def rotation(self) -> int:
        """By how many degrees clockwise a picture of the page is turned to stand as the page was read."""
        return -self.lies % 360


Reader = Literal["pdfplumber", "pdfium"]
READERS: tuple[Reader, ...] = ("pdfplumber", "pdfium")


class PageSource(Protocol):
    """An open PDF: pages are read one at a time, by number from 1."""

    page_count: int

    def read(self, number: int) -> Page:
        """The page of that number."""

    def close(self) -> None:
        """Let go of the file."""


def open_pdf(
    path: Path, reader: Reader = "pdfplumber", password: str = "", settings: Settings = BOUNDS
) -> PageSource:
    """Open the PDF at `path` with the reader of that name. What the reader's library raises at a file that is
    no PDF, or wants another password, comes through. Of `settings` those count that bound a page."""
    if reader == "pdfium":
        from shinchoku.page.pdfium.reader import PdfiumPdf

        return PdfiumPdf(path, password, settings)
    from shinchoku.page.content.reader import PlumberPdf

    return PlumberPdf(path, password, settings)
