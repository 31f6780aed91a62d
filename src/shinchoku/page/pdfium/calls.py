"""The functions of PDFium that the second reader calls most, with plain numbers for handles."""

import ctypes
from collections.abc import Sequence
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from shinchoku.page import Floats
from shinchoku.page.native import function

_INT, _UINT, _HANDLE, _FLOAT, _SIZE = (
    ctypes.c_int, ctypes.c_uint, ctypes.c_void_p, ctypes.c_float, ctypes.c_size_t,
)  # fmt: skip


class Places:
    """Where the characters of a text page stand: room for `count` of them, filled one by one."""

    def __init__(self, count: int) -> None:
        self._room = np.zeros(count, dtype=_PLACE)
        self._at = self._room.ctypes.data

    def take(self, text_page: int, i: int) -> None:
        """Ask where character `i` (from 0) stands."""
        at = self._at + _PLACE.itemsize * i
        _char_origin(text_page, i, at, at + 8)
        _char_loose_box(text_page, i, at + 16)

    def table(self, numbers: Sequence[int]) -> Floats:
        """Origin x and y, and the right side of the loose box, of each of these characters (n x 3)."""
        taken = self._room[np.array(numbers, dtype=np.intp)]
        return np.column_stack([taken[name] for name in ("x", "y", "right")]).astype(np.float64)


_PLACE = np.dtype(
    [(name, "f8" if name in "xy" else "f4") for name in ("x", "y", "left", "top", "right", "low")]
)

_rendered = function("FPDFImageObj_GetRenderedBitmap", _HANDLE, _HANDLE, _HANDLE, _HANDLE)
_format, _width, _height, _stride = (
    function(f"FPDFBitmap_Get{what}", _INT, _HANDLE) for what in ("Format", "Width", "Height", "Stride")
)
_buffer = function("FPDFBitmap_GetBuffer", _HANDLE, _HANDLE)
_destroy = function("FPDFBitmap_Destroy", None, _HANDLE)
has_transparency = function("FPDFPageObj_HasTransparency", _INT, _HANDLE)
count_marks = function("FPDFPageObj_CountMarks", _INT, _HANDLE)
object_mark = function("FPDFPageObj_GetMark", _HANDLE, _HANDLE, ctypes.c_ulong)
_mark_name = function("FPDFPageObjMark_GetName", _INT, _HANDLE, _HANDLE, ctypes.c_ulong, _HANDLE)
_mark_text = function(
    "FPDFPageObjMark_GetParamStringValue", _INT, _HANDLE, _HANDLE, _HANDLE, ctypes.c_ulong, _HANDLE
)
_NAME = ctypes.create_string_buffer(b"Name")
fill_colour = function("FPDFPageObj_GetFillColor", _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
stroke_colour = function("FPDFPageObj_GetStrokeColor", _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
stroke_width = function("FPDFPageObj_GetStrokeWidth", _INT, _HANDLE, _HANDLE)
line_cap = function("FPDFPageObj_GetLineCap", _INT, _HANDLE)
draw_mode = function("FPDFPath_GetDrawMode", _INT, _HANDLE, _HANDLE, _HANDLE)
count_segments = function("FPDFPath_CountSegments", _INT, _HANDLE)
path_segment = function("FPDFPath_GetPathSegment", _HANDLE, _HANDLE, _INT)
segment_point = function("FPDFPathSegment_GetPoint", _INT, _HANDLE, _HANDLE, _HANDLE)
segment_kind = function("FPDFPathSegment_GetType", _INT, _HANDLE)
segment_closes = function("FPDFPathSegment_GetClose", _INT, _HANDLE)
clip_path = function("FPDFPageObj_GetClipPath", _HANDLE, _HANDLE)
count_clips = function("FPDFClipPath_CountPaths", _INT, _HANDLE)
count_clip_segments = function("FPDFClipPath_CountPathSegments", _INT, _HANDLE, _INT)
clip_segment = function("FPDFClipPath_GetPathSegment", _HANDLE, _HANDLE, _INT, _INT)
render_mode = function("FPDFTextObj_GetTextRenderMode", _INT, _HANDLE)
text_size = function("FPDFTextObj_GetFontSize", _INT, _HANDLE, _HANDLE)
text_font = function("FPDFTextObj_GetFont", _HANDLE, _HANDLE)
font_name = function("FPDFFont_GetBaseFontName", _SIZE, _HANDLE, _HANDLE, _SIZE)
font_is_embedded = function("FPDFFont_GetIsEmbedded", _INT, _HANDLE)
_letter_width = function("FPDFFont_GetGlyphWidth", _INT, _HANDLE, _UINT, _FLOAT, _HANDLE)
load_text = function("FPDFText_LoadPage", _HANDLE, _HANDLE)
close_text = function("FPDFText_ClosePage", None, _HANDLE)
count_chars = function("FPDFText_CountChars", _INT, _HANDLE)
char_unicode = function("FPDFText_GetUnicode", _UINT, _HANDLE, _INT)
char_object = function("FPDFText_GetTextObject", _HANDLE, _HANDLE, _INT)
_char_ink = function("FPDFText_GetCharBox", _INT, _HANDLE, _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
_char_loose_box = function("FPDFText_GetLooseCharBox", _INT, _HANDLE, _INT, _HANDLE)
_char_origin = function("FPDFText_GetCharOrigin", _INT, _HANDLE, _INT, _HANDLE, _HANDLE)
char_generated = function("FPDFText_IsGenerated", _INT, _HANDLE, _INT)
char_is_hyphen = function("FPDFText_IsHyphen", _INT, _HANDLE, _INT)
char_unknown = function("FPDFText_HasUnicodeMapError", _INT, _HANDLE, _INT)


def ink_right(text_page: int, i: int) -> float:
    """Where the ink of character `i` (from 0) of a text page ends on the right, in page space."""
    left, right = ctypes.c_double(), ctypes.c_double()
    spare = ctypes.c_double()
    other = ctypes.addressof(spare)
    _char_ink(text_page, i, ctypes.addressof(left), ctypes.addressof(right), other, other)
    return right.value


def layer_of(thing: int, known: dict[int, bytes]) -> bytes:
    """The names of the layers that a page object (a handle) belongs to, b"" where it belongs to none; `known`
    keeps what was found out of each mark."""
    found = b""
    for i in range(count_marks(thing)):
        mark = object_mark(thing, i)
        if mark not in known:
            known[mark] = _layer(mark)
        found += known[mark]
    return found


def _layer(mark: int) -> bytes:
    """The layer's name that a mark of an object says, in UTF-16; or the mark itself where that has none; b""
    for another mark."""
    room = ctypes.create_string_buffer(256)
    said = ctypes.c_ulong()
    at, length = ctypes.addressof(room), ctypes.addressof(said)
    _mark_name(mark, at, len(room), length)
    if room.raw[:6] != b"O\0C\0\0\0":
        return b""
    named = _mark_text(mark, ctypes.addressof(_NAME), at, len(room), length)
    return room.raw[: said.value] if named and said.value > 2 else b"%d" % mark


def is_opaque(document: int, page: int, picture: int) -> bool:
    """Whether nothing shows through a picture (a page object's handle)."""
    bitmap = _rendered(document, page, picture)
    if not bitmap:
        return False
    try:
        wide, tall, stride = (measure(bitmap) for measure in (_width, _height, _stride))
        if _format(bitmap) != raw.FPDFBitmap_BGRA:
            return True
        pixels = np.ctypeslib.as_array((ctypes.c_uint8 * (stride * tall)).from_address(_buffer(bitmap)))
        return bool((pixels.reshape(tall, stride)[:, 3 : 4 * wide : 4] == 255).all())
    finally:
        _destroy(bitmap)


def page_handle(page: int) -> Any:
    """The page at an address as pypdfium2 has it."""
    return ctypes.cast(page, raw.FPDF_PAGE)


def width_of(font: int, letter: int) -> float:
    """How far the pen moves on for a letter (its code point) in a font (a handle), in ems; 0 where it is not
    known."""
    width = ctypes.c_float()
    _letter_width(font, letter, 1.0, ctypes.addressof(width))
    return width.value
