"""A page's annotations in; the text they put on it, what they strike out and what fields hold, onto a canvas,
out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Self

from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1
from pdfminer.utils import decode_text

from shinchoku.language import Said
from shinchoku.page.canvas import SHOWN as PAINTED
from shinchoku.page.canvas import Canvas
from shinchoku.page.content.faces import Faces
from shinchoku.page.content.interpreter import matrix_of, numbers_of, paint_form
from shinchoku.page.content.layers import Layers, name_of
from shinchoku.page.content.painter import Painter, State
from shinchoku.page.geometry import Box, Frame, Matrix, corners, ordered, times
from shinchoku.settings import HOPS
from shinchoku.text import is_cjk

SHOWN = ("FreeText", "Stamp", "Widget")
"""Annotations whose text is read on the page: typed on it, stamped, filled into a form."""
UNSEEN = 2 | 32
"""The flags of those that no viewer shows: hidden, not for viewing. Source: ISO 32000-1, table 165."""
TYPED = ("Tx", "Ch")
"""Fields that hold text: typed, or chosen from a list."""
MULTILINE, PASSWORD = 1 << 12, 1 << 13
"""Flags of a field. Source: ISO 32000-1, table 228."""
TALL, LARGEST = 0.7, 12.0
"""Where no size is given, text is as high as this share of its field, and no larger (points)."""
LEFT, LOW, LEADING = 2.0, 0.12, 1.2
"""Text begins so many points in, reaches so many ems below its line, lines are so many ems apart."""
NARROW = 0.556
"""A figure or Latin letter is so many ems wide, nearly."""

_SIZE = re.compile(rb"/(\S+)\s+(\d+\.?\d*|\.\d+)\s+Tf")


@dataclass(frozen=True, slots=True)
class Form:
    """A document's form: whether it has one (without, no field shows what it holds), whether viewers are to
    make all looks anew, and how text is set where a field does not say. Source: ISO 32000-1, 12.7.2."""

    exists: bool = False
    anew: bool = False
    looks: bytes = b""

    @classmethod
    def of(cls, catalog: Mapping[str, Any]) -> Self:
        """The form of a document with that catalogue."""
        given = dict_value(catalog.get("AcroForm", {}))
        return cls(bool(given), resolve1(given.get("NeedAppearances")) is True, _bytes(given.get("DA")))


def paint_notes(
    annotations: object, frame: Frame, canvas: Canvas, faces: Faces, layers: Layers, form: Form
) -> list[Said]:
    """Paint a page's annotations on its frame, after its content. Gives what went wrong, in words; raises
    FullError."""
    trouble: list[Said] = []
    for given in list_value(annotations) if annotations else []:
        note = dict_value(given)
        flags = resolve1(note.get("F", 0))
        if (isinstance(flags, int) and flags & UNSEEN) or ("OC" in note and layers.is_off(note["OC"])):
            continue
        kind = name_of(note.get("Subtype"))
        if kind == "StrikeOut":
            for quad in _quads(note):
                canvas.strike(corners(quad, frame.matrix))
        rect = numbers_of(note.get("Rect"))
        if _paint_typed(note, kind, rect, form, frame, canvas):
            continue
        appearance = _appearance(note) if kind in SHOWN else None
        fit = _fit(appearance, rect) if appearance else None
        if appearance is not None and fit is not None:
            p = Painter(canvas, faces, {}, State(times(fit, frame.matrix), frame.box), layers=layers)
            with canvas.next_note():
                paint_form(p, appearance)
            trouble += p.trail.trouble
    return trouble


def _paint_typed(
    note: Mapping[str, Any], kind: str, rect: list[float], form: Form, frame: Frame, canvas: Canvas
) -> bool:
    """Paint what is typed into an annotation where viewers make its looks themselves; whether they do."""
    if kind not in ("Widget", "FreeText") or len(rect) != 4:
        return False
    box = ordered((rect[0], rect[1], rect[2], rect[3]))
    held = _held(note)
    if held and _is_typed(note):
        canvas.field(held, corners(box, frame.matrix))
    anew = bool(held) and form.exists and (form.anew or _appearance(note) is None)
    if not anew and (kind == "Widget" or _appearance(note) is not None):
        return False
    with canvas.next_note():
        _paint_held(note, form, box, frame, canvas)
    return True


def _appearance(note: Mapping[str, Any]) -> PDFStream | None:
    """The form that shows an annotation as it normally looks, in its present state."""
    normal = resolve1(dict_value(note.get("AP", {})).get("N"))
    if isinstance(normal, dict):
        normal = resolve1(normal.get(name_of(note.get("AS"))))
    return normal if isinstance(normal, PDFStream) else None


def _held(note: Mapping[str, Any]) -> str:
    """The text that a field (its widget) holds; "" for any that holds none."""
    found = _inherited(note, "V")
    return _text(found) if name_of(_inherited(note, "FT")) in TYPED else ""


def _is_typed(note: Mapping[str, Any]) -> bool:
    """Whether the field is one that people type into, and no secret, which shows as stars."""
    return name_of(_inherited(note, "FT")) == TYPED[0] and not _whole(_inherited(note, "Ff")) & PASSWORD


def _paint_held(note: Mapping[str, Any], form: Form, box: Box, frame: Frame, canvas: Canvas) -> None:
    """Put the text a field holds into its box (page space), as nearly as can be told without its font."""
    said = _SIZE.search(_bytes(_inherited(note, "DA")) or form.looks)
    font = canvas.font(said[1].decode("latin-1") if said else "", is_lent=False)
    left, low, right, high = box
    flags, aside = (_whole(_inherited(note, name)) for name in ("Ff", "Q"))
    size = (float(said[2]) if said else 0.0) or min(TALL * (high - low), LARGEST)
    first = high - size if flags & MULTILINE or "Contents" in note else (low + high) / 2 - (0.5 - LOW) * size
    kind = (-LOW * size, (1 - LOW) * size, size, font, 0.0, PAINTED, 0.0)
    for number, line in enumerate(_shown(note, flags).splitlines()):
        wide = [(1.0 if is_cjk(letter) else NARROW) * size for letter in line]
        canvas.text.extend(line)
        canvas.at.extend(accumulate(wide[:-1], initial=0.0))
        canvas.advance.extend(wide)
        room = right - left - sum(wide)
        start = (LEFT, room / 2, room - LEFT)[aside % 3]
        place = (1.0, 0.0, 0.0, 1.0, left + start, first - number * LEADING * size)
        canvas.run(len(line), times(place, frame.matrix), kind, frame.box)


def _shown(note: Mapping[str, Any], flags: int) -> str:
    """The text a field holds as it is shown: a choice by its name, a secret as stars; that of any other
    annotation."""
    text = _held(note) or _text(resolve1(note.get("Contents")))
    for option in list_value(_inherited(note, "Opt") or []):
        pair = resolve1(option)
        if isinstance(pair, list) and len(pair) == 2 and _text(resolve1(pair[0])) == text:
            return _text(resolve1(pair[1]))
    return "*" * len(text) if flags & PASSWORD else text


def _inherited(field: Mapping[str, Any], name: str) -> Any:
    """What a field says, or the one it is a part of."""
    for _ in range(HOPS):
        if name in field:
            return resolve1(field[name])
        field = dict_value(field.get("Parent", {}))
    return None


def _text(said: object) -> str:
    text = decode_text(said) if isinstance(said, bytes) else said if isinstance(said, str) else ""
    return text.strip()


def _whole(said: object) -> int:
    return said if isinstance(said, int) else 0


def _bytes(said: object) -> bytes:
    found = resolve1(said)
    return found if isinstance(found, bytes) else b""


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
