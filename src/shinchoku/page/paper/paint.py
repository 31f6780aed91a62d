"""A PDF opened by PDFium and a page's number in; pictures of that page, with its text and without, out."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
from numpy.typing import NDArray

from shinchoku.page import Page, native
from shinchoku.page.geometry import Box, Matrix, corners, frame, times
from shinchoku.settings import FORMS_DEEP, PAPER_PIXELS

Grey = NDArray[np.uint8]

DPI = 160
"""Pixels an inch: a digit of 7 points is 8 pixels wide and 11 high, enough to tell it from another."""
UNPAINTED = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP)
"""Annotations that leave nothing on the page."""

_set_mode = native.function("FPDFTextObj_SetTextRenderMode", ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


@dataclass(frozen=True, slots=True)
class Pictures:
    """A page as PDFium paints it, in lightness from 0 (black) to 255 (white), rows from the top: `full` with
    everything, `bare` without the text of its content; `text` is how much each pixel owes to that text, 0
    where it would be the same without. `scale` is pixels a point; `notes` are the boxes of
    its annotations (points from the top left), whose text is in both pictures."""

    full: Grey
    bare: Grey
    text: Grey
    scale: float
    notes: tuple[Box, ...]

    def ink(self, box: Box) -> Grey:
        """How much each pixel in a box (points) owes to the text."""
        left, high, right, low = (max(0, round(side * self.scale)) for side in box)
        return self.text[high : low + 1, left : right + 1].copy()


def paint(document: pypdfium2.PdfDocument, read: Page) -> Pictures:
    """The pictures of a page that was read, set upright as that was, its form fields with what is filled in.
    Raises PdfiumError where PDFium cannot load or paint it."""
    if document.formenv is None:
        document.init_forms()
    page = document[read.number - 1]
    try:
        full = picture(page, read.rotation, read.tilt)
        for thing, _ in text_objects(page):
            _set_mode(thing, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
        bare = picture(page, read.rotation, read.tilt)
        return Pictures(
            full, bare, apart(full, bare), full.shape[1] / max(read.width, 1.0), _notes(page, read.lies)
        )
    finally:
        page.close()


def picture(page: pypdfium2.PdfPage, rotation: int = 0, tilt: float = 0.0) -> Grey:
    """A loaded page as it is painted now, turned clockwise by `rotation`, then back by `tilt` degrees."""
    width, height = page.get_size()
    scale = min(DPI / 72, (PAPER_PIXELS / max(1.0, width * height)) ** 0.5)
    painted = page.render(scale=scale, rotation=rotation, grayscale=True)
    if tilt:
        from PIL import Image

        turned = painted.to_pil().rotate(tilt, Image.Resampling.BILINEAR, fillcolor=255)
        return np.asarray(turned, dtype=np.uint8)
    pixels: Grey = painted.to_numpy()
    return pixels.reshape(pixels.shape[:2])


def apart(one: Grey, other: Grey) -> Grey:
    """How far each pixel of two pictures is apart."""
    far = np.maximum(one, other)
    far -= np.minimum(one, other)
    return far


def text_objects(page: pypdfium2.PdfPage) -> Iterator[tuple[int, Matrix]]:
    """The text objects of a loaded page (handles), those in forms too, in paint order, and the matrix from
    the space each is in to points from the top left."""
    handle, scratch = ctypes.cast(page.raw, ctypes.c_void_p).value, native.Scratch()
    matrix = frame(1, page.get_bbox(), page.get_rotation()).matrix
    count = native.count_objects(handle)
    ahead = [(native.page_object(handle, i), matrix, 0) for i in reversed(range(count))]
    while ahead:
        thing, outer, depth = ahead.pop()
        kind = native.object_kind(thing) if thing else 0
        if kind == native.TEXT:
            yield thing, outer
        elif kind == native.FORM and depth < FORMS_DEEP:
            native.object_matrix(thing, scratch.at)
            a, b, c, d, e, f = scratch.floats(6)
            inner = reversed(range(native.count_in_form(thing)))
            own = times((a, b, c, d, e, f), outer)
            ahead += [(native.form_object(thing, i), own, depth + 1) for i in inner]


def _notes(page: pypdfium2.PdfPage, lies: int) -> tuple[Box, ...]:
    seen = frame(1, page.get_bbox(), page.get_rotation())
    seen = seen.quartered(lies) if lies else seen
    found = []
    rect = raw.FS_RECTF()
    for i in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, i)
        if raw.FPDFAnnot_GetSubtype(note) not in UNPAINTED and raw.FPDFAnnot_GetRect(
            note, ctypes.byref(rect)
        ):
            found.append(corners((rect.left, rect.bottom, rect.right, rect.top), seen.matrix))
        raw.FPDFPage_CloseAnnot(note)
    return tuple(found)
