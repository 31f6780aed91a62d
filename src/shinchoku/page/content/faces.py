"""A PDF's font objects in, what each character code prints (text, width, place) out."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from pdfminer.cmapdb import FileUnicodeMap
from pdfminer.pdffont import PDFCIDFont, PDFFont, PDFSimpleFont, PDFType3Font
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, list_value, resolve1
from pdfminer.psparser import LIT, literal_name

from shinchoku.page.letters import DINGBATS, STANDARD_FONTS

T = TypeVar("T")

EM = 1000.0
LOW, LOWEST = -0.12, -0.7
"""So many ems below the line reaches the box of most fonts' glyphs, and that of no font's further."""
_UNICODE = re.compile(r"Uni\w+-(UCS2|UTF16)-")
"""Encodings whose codes are UTF-16. Source: ISO 32000-1, table 118."""


OFFICE = str.maketrans("〜−\u0336", "～－—")
"""What the table of Adobe's Japanese glyph numbers gives for a glyph, to what office programs mean by it:
wave dash and minus sign have two places in Unicode each, and Windows fonts and programs use the latter;
U+0336, a combining overlay, is that table's name for the em dash."""
YEN = 291
"""The number of Adobe's half-width yen sign, which that table calls a backslash."""


class Face(dict[int, tuple[str, float]]):
    """A font: code to (text, width in ems), found when first asked for. `low` is how far the box of its
    glyphs reaches below the line, in ems; it is one em high. A code is the number of a glyph; in fonts whose
    strings are Unicode themselves (encodings such as UniJIS-UCS2-H), a code point. `is_lent` where the file
    does not hold its outlines."""

    def __init__(self, font: PDFFont, is_lent: bool = False) -> None:
        super().__init__()
        self.font = font
        name = font.fontname
        self.name = name.decode("latin-1") if isinstance(name, bytes) else str(name)
        self.low = _low(font)
        self.down = font.is_vertical()
        self.spaced = not font.is_multibyte()
        self.is_lent = is_lent
        self._is_unicode = self._is_adobe = False
        simple = isinstance(font, PDFSimpleFont) and font.unicode_map is None
        self._is_dingbats = simple and self.name.endswith("ZapfDingbats")
        if isinstance(font, PDFCIDFont) and not isinstance(font.unicode_map, FileUnicodeMap):
            self._is_unicode = bool(_UNICODE.match(str(font.cmap.attrs.get("CMapName"))))
            self._is_adobe = font.cidcoding.startswith("Adobe-Japan")

    def __missing__(self, code: int) -> tuple[str, float]:
        glyph = self._glyph(code)
        if self._is_unicode:
            text = chr(code)
        else:
            text = _or(lambda: self.font.to_unichr(glyph), "")
            if self._is_dingbats:
                text = DINGBATS.get(glyph, text)
            if self._is_adobe:
                text = "¥" if glyph == YEN else text.translate(OFFICE)
        found = (text or f"(cid:{glyph})", finite(_or(lambda: self.font.char_width(glyph), 0.0)))
        self[code] = found
        return found

    def codes(self, said: bytes) -> Sequence[int]:
        """The codes of a string shown in this font."""
        if self._is_unicode:
            return [ord(letter) for letter in said.decode("utf-16-be", "replace")]
        return _or(lambda: list(self.font.decode(said)), [])

    def _glyph(self, code: int) -> int:
        if not self._is_unicode:
            return code
        return _or(lambda: next(iter(self.font.decode(chr(code).encode("utf-16-be", "replace"))), 0), 0)

    def hang(self, code: int) -> tuple[float, float]:
        """Where a glyph set downwards hangs from the pen, in ems: its left side, its upper side.

        The em box stands on its own line at `low`; the pen is at the place the font gives (W2, DW2), in the
        middle of the em box where it gives none. Source: ISO 32000-1, 9.7.4.3."""
        place = self.font.char_disp(self._glyph(code))
        if not isinstance(place, tuple):
            return -0.5, 0.0
        across, up = place
        return (-0.5 if across is None else -across / EM), 1 + self.low - up / EM


def _low(font: PDFFont) -> float:
    """How far the box of a font's glyphs reaches below the line, in ems; one that says what none can be
    reaches as far as most do. One whose glyphs hang from the line is used in text that is upside down."""
    if isinstance(font, PDFType3Font) and (font.bbox[1] + font.bbox[3]) * font.vscale < 0:
        return -1 - LOW
    low = finite(font.get_descent())
    return low if LOWEST <= low <= 0 else LOW


def _or(said: Callable[[], T], otherwise: T) -> T:
    """What a font says, or `otherwise`: a damaged one raises almost anything."""
    try:
        return said()
    except MemoryError:
        raise
    except Exception:
        return otherwise


def finite(value: float) -> float:
    """The value, 0 in place of infinity and NaN."""
    return value if math.isfinite(value) else 0.0


_OUTLINES = {"FontFile", "FontFile2", "FontFile3"}
_FALLBACK = {"Subtype": LIT("Type1"), "BaseFont": LIT("Helvetica"), "Encoding": LIT("WinAnsiEncoding")}


class Faces:
    """The fonts of a document, each made once."""

    def __init__(self, manager: PDFResourceManager) -> None:
        self._manager = manager
        self._made: dict[int, tuple[object, Face]] = {}

    def face(self, spec: object) -> Face:
        """The font a page's resources give as `spec` (a reference or a dictionary).

        One that is missing or too damaged to be used reads its codes as letters of Helvetica."""
        key = spec.objid if isinstance(spec, PDFObjRef) else -id(spec)
        if key not in self._made:
            face = _or(lambda: self._new(dict_value(spec)), None)
            if face is None:
                face = Face(self._manager.get_font(None, _FALLBACK))
            self._made[key] = (spec, face)  # the spec is kept so that no other one gets its id
        return self._made[key][1]

    def _new(self, spec: Mapping[str, Any]) -> Face:
        return Face(self._manager.get_font(None, _lean(spec) or _FALLBACK), _is_lent(spec))


def _is_lent(spec: Mapping[str, Any]) -> bool:
    """Whether a font's outlines are neither in the file nor in every reader of PDFs."""
    if not spec:
        return False
    parts = list_value(spec.get("DescendantFonts", [])) or [spec]
    part = dict_value(parts[0])
    within = "CharProcs" in part or not _OUTLINES.isdisjoint(dict_value(part.get("FontDescriptor", {})))
    return not within and literal_name(resolve1(part.get("BaseFont", ""))) not in STANDARD_FONTS


def _lean(spec: Mapping[str, Any]) -> dict[str, Any]:
    """A font's dictionary without the glyph outlines where a map to Unicode makes them needless: unpacking
    them takes most of the time that loading a font takes."""
    lean = dict(spec)
    if "ToUnicode" not in lean or not isinstance(resolve1(lean["ToUnicode"]), PDFStream):
        return lean
    parts = [dict_value(part) for part in list_value(lean.get("DescendantFonts", []))]
    if parts and "FontDescriptor" in parts[0]:
        outlined = dict_value(parts[0]["FontDescriptor"])
        slim = {key: value for key, value in outlined.items() if key not in _OUTLINES}
        lean["DescendantFonts"] = [parts[0] | {"FontDescriptor": slim}]
    return lean
