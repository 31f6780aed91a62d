"""A page's annotations in; the text they put on it, and what they strike out, onto a canvas, out."""

from collections.abc import Iterable, Mapping
from typing import Any

from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral

from shinchoku.language import Said
from shinchoku.page.canvas import Canvas
from shinchoku.page.content.faces import Faces
from shinchoku.page.content.interpreter import matrix_of, numbers_of, paint_form
from shinchoku.page.content.layers import Layers
from shinchoku.page.content.painter import Painter, State
from shinchoku.page.geometry import Box, Frame, Matrix, corners, ordered, times

SHOWN = ("FreeText", "Stamp", "Widget")
"""Annotations whose text is read on the page: typed on it, stamped, filled into a form."""
UNSEEN = 2 | 32
"""The flags of those that no viewer shows: hidden, not for viewing. Source: ISO 32000-1, table 165."""


def paint_notes(
    annotations: object, frame: Frame, canvas: Canvas, faces: Faces, layers: Layers
) -> list[Said]:
    """Paint a page's annotations on its frame, after its content. Gives what went wrong, in words; raises
    FullError."""
    trouble: list[Said] = []
    for given in list_value(annotations) if annotations else []:
        note = dict_value(given)
        flags = resolve1(note.get("F", 0))
        if (isinstance(flags, int) and flags & UNSEEN) or ("OC" in note and layers.is_off(note["OC"])):
            continue
        kind = _name(note.get("Subtype"))
        if kind == "StrikeOut":
            for quad in _quads(note):
                canvas.strike(corners(quad, frame.matrix))
        appearance = _appearance(note) if kind in SHOWN else None
        fit = _fit(appearance, numbers_of(note.get("Rect"))) if appearance else None
        if appearance is not None and fit is not None:
            p = Painter(canvas, faces, {}, State(times(fit, frame.matrix), frame.box), layers=layers)
            with canvas.next_note():
                paint_form(p, appearance)
            trouble += p.trail.trouble
    return trouble


def _appearance(note: Mapping[str, Any]) -> PDFStream | None:
    """The form that shows an annotation as it normally looks, in its present state."""
    normal = resolve1(dict_value(note.get("AP", {})).get("N"))
    if isinstance(normal, dict):
        normal = resolve1(normal.get(_name(note.get("AS"))))
    return normal if isinstance(normal, PDFStream) else None


def _fit(appearance: PDFStream, rect: list[float]) -> Matrix | None:
    """The matrix that brings an appearance's box, mapped by its own matrix, into the annotation's rectangle.
    Source: ISO 32000-1, 12.5.5, algorithm 8.1."""
    box = numbers_of(appearance.get("BBox"))
    if len(box) != 4 or len(rect) != 4:
        return None
    x0, y0, x1, y1 = corners(ordered((box[0], box[1], box[2], box[3])), matrix_of(appearance))
    left, low, right, high = ordered((rect[0], rect[1], rect[2], rect[3]))
    if x1 <= x0 or y1 <= y0:
        return None
    wide, tall = (right - left) / (x1 - x0), (high - low) / (y1 - y0)
    return wide, 0.0, 0.0, tall, left - wide * x0, low - tall * y0


def _quads(note: Mapping[str, Any]) -> Iterable[Box]:
    """The boxes of the text that an annotation marks, in page space; its whole rectangle where it names
    none."""
    points = numbers_of(note.get("QuadPoints"))
    if len(points) < 8:
        points = [*numbers_of(note.get("Rect"))[:4]]
    step = 8 if len(points) >= 8 else 4
    for i in range(0, len(points) - step + 1, step):
        xs, ys = points[i : i + step : 2], points[i + 1 : i + step : 2]
        yield min(xs), min(ys), max(xs), max(ys)


def _name(value: object) -> str:
    found = resolve1(value)
    return str(found.name) if isinstance(found, PSLiteral) else ""
