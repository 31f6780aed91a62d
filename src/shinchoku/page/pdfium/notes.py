"""A page with annotations in; the same page on which PDFium has painted those that put text on it, out."""

import ctypes
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pypdfium2
import pypdfium2.raw as raw

from shinchoku.page.geometry import Box

SHOWN = (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_WIDGET)
"""Annotations whose text is read on the page: typed on it, stamped, filled into a form."""
UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
"""The flags of those that no viewer shows."""


def has_notes(page: Any) -> bool:
    """Whether a page has annotations that put text on it."""
    return any(kind in SHOWN for _, kind in _seen(page))


def strikes(page: Any) -> list[Box]:
    """The boxes, in page space, of the text that annotations strike out."""
    boxes: list[Box] = []
    for i, kind in _seen(page):
        if kind == raw.FPDF_ANNOT_STRIKEOUT:
            note = raw.FPDFPage_GetAnnot(page, i)
            boxes += _quads(note)
            raw.FPDFPage_CloseAnnot(note)
    return boxes


class Flattened:
    """Page `number` (from 1) of a PDF, opened once more, its annotations now objects of it: those from
    `first` on. Use it with `with`."""

    def __init__(self, path: Path, password: str, number: int) -> None:
        self._pdf = pypdfium2.PdfDocument(path, password=password or None)
        self.document = self._pdf.raw
        page = raw.FPDF_LoadPage(self.document, number - 1)
        self.first = raw.FPDFPage_CountObjects(page)
        kept = {i for i, kind in _seen(page) if kind in SHOWN}
        for i in reversed(range(raw.FPDFPage_GetAnnotCount(page))):
            if i not in kept:
                raw.FPDFPage_RemoveAnnot(page, i)
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        raw.FPDF_ClosePage(page)
        self.page = raw.FPDF_LoadPage(self.document, number - 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        raw.FPDF_ClosePage(self.page)
        self._pdf.close()


def _seen(page: Any) -> list[tuple[int, int]]:
    """Number and kind of each annotation that viewers show."""
    found = []
    for i in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, i)
        if note and not raw.FPDFAnnot_GetFlags(note) & UNSEEN:
            found.append((i, raw.FPDFAnnot_GetSubtype(note)))
        if note:
            raw.FPDFPage_CloseAnnot(note)
    return found


def _quads(note: Any) -> list[Box]:
    boxes: list[Box] = []
    quad = raw.FS_QUADPOINTSF()
    for i in range(raw.FPDFAnnot_CountAttachmentPoints(note)):
        if raw.FPDFAnnot_GetAttachmentPoints(note, i, ctypes.byref(quad)):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            boxes.append((min(xs), min(ys), max(xs), max(ys)))
    rect = raw.FS_RECTF()
    if not boxes and raw.FPDFAnnot_GetRect(note, ctypes.byref(rect)):
        boxes.append((rect.left, rect.bottom, rect.right, rect.top))
    return boxes
