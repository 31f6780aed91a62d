"""A PDF opened by PDFium and a page's number in; pictures of that page, with its text and without, out."""

import ctypes
from dataclasses import dataclass

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
from numpy.typing import NDArray
from PIL import Image

from shinchoku.page.geometry import Box, corners, frame
from shinchoku.page.native import function
from shinchoku.settings import FORMS_DEEP, PAPER_PIXELS

Grey = NDArray[np.uint8]

DPI = 160
"""Pixels an inch: a digit of 7 points is 8 pixels wide and 11 high, enough to tell it from another."""
UNPAINTED = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP)
"""Annotations that leave nothing on the page."""

_INT, _HANDLE = ctypes.c_int, ctypes.c_void_p
_object = function("FPDFPage_GetObject", _HANDLE, _HANDLE, _INT)
_kind = function("FPDFPageObj_GetType", _INT, _HANDLE)
_set_mode = function("FPDFTextObj_SetTextRenderMode", _INT, _HANDLE, _INT)
_count_in_form = function("FPDFFormObj_CountObjects", _INT, _HANDLE)
_form_object = function("FPDFFormObj_GetObject", _HANDLE, _HANDLE, ctypes.c_ulong)


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


def paint(document: pypdfium2.PdfDocument, number: int, tilt: float) -> Pictures:
    """The pictures of page `number` (from 1), set upright where its content is turned clockwise by `tilt`
    degrees, its form fields with what is filled in. Raises PdfiumError where PDFium cannot load or paint
    it."""
    if document.formenv is None:
        document.init_forms()
    page = document[number - 1]
    try:
        width, height = page.get_size()
        scale = min(DPI / 72, (PAPER_PIXELS / max(1.0, width * height)) ** 0.5)
        full = _picture(page, scale, tilt)
        _without_text(page)
        bare = _picture(page, scale, tilt)
        text = np.maximum(full, bare)
        text -= np.minimum(full, bare)
        return Pictures(full, bare, text, full.shape[1] / max(width, 1.0), _notes(page))
    finally:
        page.close()


def _picture(page: pypdfium2.PdfPage, scale: float, tilt: float) -> Grey:
    painted = page.render(scale=scale, grayscale=True)
    if tilt:
        turned = painted.to_pil().rotate(tilt, Image.Resampling.BILINEAR, fillcolor=255)
        return np.asarray(turned, dtype=np.uint8)
    picture: Grey = painted.to_numpy()
    return picture.reshape(picture.shape[:2])


def _without_text(page: pypdfium2.PdfPage) -> None:
    """Have the text objects of a loaded page, those in forms too, not painted any more."""
    handle = ctypes.cast(page.raw, ctypes.c_void_p).value
    ahead = [(_object(handle, i), 0) for i in range(raw.FPDFPage_CountObjects(page.raw))]
    while ahead:
        thing, depth = ahead.pop()
        kind = _kind(thing) if thing else raw.FPDF_PAGEOBJ_UNKNOWN
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            _set_mode(thing, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < FORMS_DEEP:
            ahead += [(_form_object(thing, i), depth + 1) for i in range(_count_in_form(thing))]


def _notes(page: pypdfium2.PdfPage) -> tuple[Box, ...]:
    seen = frame(1, page.get_bbox(), page.get_rotation())
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
