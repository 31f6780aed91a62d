"""A page with annotations in; the same page on which PDFium has painted those that put text on it, out."""

import ctypes
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from shinchoku.page.geometry import Box

SHOWN = (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_WIDGET)
"""Annotations whose text is read on the page: typed on it, stamped, filled into a form."""
GLANCE = 0.1
"""Pixels a point."""
Note = tuple[int, int]
"""Number and kind of an annotation of a page."""
_UNITS = ctypes.POINTER(ctypes.c_ushort)
UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
"""The flags of those that no viewer shows."""


def seen(page: Any) -> tuple[list[Note], int]:
    """The annotations that viewers show of a page, and how many of these are in a layer, of which PDFium
    does not tell whether it is on."""
    found = []
    layered = 0
    for i in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, i)
        if note and not raw.FPDFAnnot_GetFlags(note) & UNSEEN:
            found.append((i, raw.FPDFAnnot_GetSubtype(note)))
            layered += bool(raw.FPDFAnnot_HasKey(note, b"OC"))
        if note:
            raw.FPDFPage_CloseAnnot(note)
    return found, layered


def has_text(notes: Iterable[Note]) -> bool:
    """Whether some of the annotations put text on their page."""
    return any(kind in SHOWN for _, kind in notes)


def strikes(page: Any, notes: Iterable[Note]) -> list[Box]:
    """The boxes, in page space, of the text that annotations strike out."""
    boxes: list[Box] = []
    for i, kind in notes:
        if kind == raw.FPDF_ANNOT_STRIKEOUT:
            note = raw.FPDFPage_GetAnnot(page, i)
            boxes += _quads(note)
            raw.FPDFPage_CloseAnnot(note)
    return boxes


def fields(form: Any, page: Any, notes: Iterable[Note]) -> list[tuple[str, Box]]:
    """What the fields of a page hold that are typed into, but for secrets, which show as stars, and their
    boxes in page space."""
    found: list[tuple[str, Box]] = []
    rect = raw.FS_RECTF()
    for i, kind in notes:
        if kind != raw.FPDF_ANNOT_WIDGET:
            continue
        note = raw.FPDFPage_GetAnnot(page, i)
        is_typed = raw.FPDFAnnot_GetFormFieldType(form, note) == raw.FPDF_FORMFIELD_TEXTFIELD
        is_typed &= not raw.FPDFAnnot_GetFormFieldFlags(form, note) & raw.FPDF_FORMFLAG_TEXT_PASSWORD
        held = _held(form, note) if is_typed else ""
        if held and raw.FPDFAnnot_GetRect(note, ctypes.byref(rect)):
            found.append((held, (rect.left, rect.bottom, rect.right, rect.top)))
        raw.FPDFPage_CloseAnnot(note)
    return found


def _held(form: Any, note: Any) -> str:
    size = raw.FPDFAnnot_GetFormFieldValue(form, note, None, 0)
    room = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetFormFieldValue(form, note, ctypes.cast(room, _UNITS), size)
    return room.raw[: max(size - 2, 0)].decode("utf-16-le", "replace").strip()


@contextmanager
def flattened(
    path: Path, password: str, number: int, notes: Iterable[Note]
) -> Iterator[tuple[Any, Any, int]]:
    """Page `number` (from 1) of a PDF, opened once more, its annotations, those of `notes` that put text on
    it, now objects of it: the document, the page, and the number of its first such object."""
    with closing(pypdfium2.PdfDocument(path, password=password or None)) as pdf:
        pdf.init_forms()
        loaded = pdf[number - 1]
        loaded.render(scale=GLANCE)  # PDFium makes the looks of fields that have none when it paints them
        page = loaded.raw
        first = raw.FPDFPage_CountObjects(page)
        kept = {i for i, kind in notes if kind in SHOWN}
        for i in reversed(range(raw.FPDFPage_GetAnnotCount(page))):
            if i not in kept:
                raw.FPDFPage_RemoveAnnot(page, i)
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        loaded.close()
        page = raw.FPDF_LoadPage(pdf.raw, number - 1)
        try:
            yield pdf.raw, page, first
        finally:
            raw.FPDF_ClosePage(page)


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
