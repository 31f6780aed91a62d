"""A page's content streams and resources in; what they paint, onto a canvas, out."""

import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream, dict_value, resolve1
from pdfminer.psparser import PSLiteral

from shinchoku.language import Said, say
from shinchoku.page.canvas import Canvas, FullError
from shinchoku.page.content import tokens
from shinchoku.page.content.faces import Faces
from shinchoku.page.content.layers import Layers
from shinchoku.page.content.paint_operators import PAINT_OPERATORS, clip_to
from shinchoku.page.content.painter import Painter, State
from shinchoku.page.content.text_operators import TEXT_OPERATORS, Operands, Operator
from shinchoku.page.geometry import IDENTITY, Box, Frame, Matrix, corners, times
from shinchoku.settings import FORMS, FORMS_DEEP

SIP = 16
"""So many bytes at a time are unpacked of damaged data."""
SHEER = ("SMask", "Mask", "ImageMask", "IM", "SMaskInData")
"""Entries of a picture through which what is under it may show."""
UNIT: Box = (0.0, 0.0, 1.0, 1.0)


def paint_page(
    streams: Sequence[object],
    resources: object,
    frame: Frame,
    canvas: Canvas,
    faces: Faces,
    layers: Layers,
) -> list[Said]:
    """Carry out a page's content on its frame.

    Gives what went wrong, in words: parts that could not be unpacked, forms not followed. Raises FullError
    when the canvas is full; whatever was painted until then is on it."""
    p = Painter(canvas, faces, dict_value(resources), State(frame.matrix, frame.box), layers=layers)
    try:
        _run(p, b"\n".join(_data(p, resolve1(stream)) for stream in streams))
    finally:
        for stream, packed in p.trail.unpacked:
            stream.rawdata, stream.data = packed, None
    if p.trail.skipped:
        p.trail.trouble.append(
            say(
                "{count} drawing commands of the page make no sense and are passed over",
                count=p.trail.skipped,
            )
        )
    return p.trail.trouble


def _data(p: Painter, stream: object) -> bytes:
    """A stream's bytes, unpacked. The stream does not keep them, or 500 pages would fill the memory."""
    if not isinstance(stream, PDFStream):
        return b""
    packed = stream.rawdata
    try:
        if packed is not None and stream.decipher is None and _is_plainly_deflated(stream):
            return zlib.decompress(packed)
        data = stream.get_data()
    except zlib.error:
        p.trail.trouble.append(
            say("part of the page's data is damaged; it was read as far as it could be unpacked")
        )
        return _salvaged(packed or b"")
    except MemoryError:
        raise
    except Exception as error:  # a damaged stream raises almost anything
        p.trail.trouble.append(say("part of the page could not be unpacked ({error})", error=error))
        return b""
    if packed is not None:
        p.trail.unpacked.append((stream, packed))
    return data


def _is_plainly_deflated(stream: PDFStream) -> bool:
    filters = stream.get_filters()
    return len(filters) == 1 and filters[0][0] in LITERALS_FLATE_DECODE and not filters[0][1]


def _salvaged(packed: bytes) -> bytes:
    """What can be unpacked of compressed data that is damaged or cut off somewhere."""
    unpacker = zlib.decompressobj()
    out: list[bytes] = []
    with suppress(zlib.error):
        for start in range(0, len(packed), SIP):
            out.append(unpacker.decompress(packed[start : start + SIP]))
    return b"".join(out)


def _run(p: Painter, data: bytes) -> None:
    operands: list[bytes] = []
    push, clear, find = operands.append, operands.clear, OPERATORS.get
    for token in tokens.tokens(data):
        operator = find(token)
        if operator is None:
            if token:
                push(token)
            continue
        try:
            operator(p, operands)
        except (MemoryError, FullError):
            raise
        except Exception:  # operands missing or of the wrong kind, damaged objects
            p.trail.skipped += 1
        clear()


def _ignore(p: Painter, operands: Operands) -> None:
    """An operator that changes nothing that is read here."""


def _inline_image(p: Painter, operands: Operands) -> None:
    _image(p, is_sheer=True)  # its dictionary is not kept


def _image(p: Painter, is_sheer: bool) -> None:
    p.canvas.step += 1
    if p.off:
        return
    state = p.state
    hides = state.is_plain and state.is_boxed and state.fill_alpha == 1 and not is_sheer
    p.canvas.image(corners(UNIT, state.ctm), state.clip, hides)


def _draw(p: Painter, operands: Operands) -> None:
    stream = resolve1(dict_value(p.resources.get("XObject", {})).get(tokens.name(operands[-1])))
    if not isinstance(stream, PDFStream):
        return
    kind = resolve1(stream.get("Subtype"))
    kind = kind.name if isinstance(kind, PSLiteral) else kind
    is_off = "OC" in stream and p.layers.is_off(stream["OC"])
    p.off += is_off
    try:
        if kind == "Image":
            _image(p, is_sheer=any(resolve1(stream.get(key)) for key in SHEER))
        elif kind == "Form":
            paint_form(p, stream)
    finally:
        p.off -= is_off


def paint_form(p: Painter, stream: PDFStream) -> None:
    """A form is painted with the state it is called in, its matrix before that, cut to its box.

    One that calls itself, or too many, are not followed. Source: ISO 32000-1, 8.10."""
    key = stream.objid or id(stream)
    if key in p.open_forms or len(p.open_forms) >= FORMS_DEEP or p.trail.forms >= FORMS:
        p.trail.trouble.append(
            say("a form drawn within itself, or forms nested or repeated too often, are left out")
        )
        return
    p.trail.forms += 1
    state = p.state.copy()
    state.ctm = times(matrix_of(stream), state.ctm)
    box = numbers_of(stream.get("BBox"))
    if len(box) == 4:
        clip_to(state, corners((box[0], box[1], box[2], box[3]), state.ctm))
    own = stream.get("Resources")
    resources: Mapping[str, Any] = dict_value(own) if own else p.resources
    _run(
        Painter(
            *(p.canvas, p.faces, resources, state),
            open_forms=(*p.open_forms, key),
            trail=p.trail,
            layers=p.layers,
            off=p.off,
        ),
        _data(p, stream),
    )


def matrix_of(stream: PDFStream) -> Matrix:
    """The matrix of a form."""
    found = numbers_of(stream.get("Matrix"))
    return (found[0], found[1], found[2], found[3], found[4], found[5]) if len(found) == 6 else IDENTITY


def numbers_of(value: object) -> list[float]:
    """A PDF array's numbers; [] for what is none."""
    items = resolve1(value)
    if not isinstance(items, list):
        return []
    found = [resolve1(item) for item in items]
    return [float(item) for item in found] if all(isinstance(item, int | float) for item in found) else []


_UNREAD = b"j M d ri i d0 d1 MP DP BX EX ET".split()

OPERATORS: Mapping[bytes, Operator] = {
    **dict.fromkeys(_UNREAD, _ignore),
    **TEXT_OPERATORS,
    **PAINT_OPERATORS,
    b"Do": _draw,
    b"EI": _inline_image,
}
