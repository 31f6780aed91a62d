"""One-page PDFs written byte by byte: a content stream and fonts in, the file or its page as read out."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from shinchoku.page import READERS, Page, Reader, open_pdf
from shinchoku.settings import BOUNDS, Settings

each_reader = pytest.mark.parametrize("reader", READERS)


@dataclass
class Pdf:
    """A PDF of one page. `content` is its content stream; `page` goes into the page's dictionary, `resources`
    into its resources; `objects` are further objects, numbered from 10 on; `catalog` goes into the
    catalogue. /F1 is Helvetica."""

    content: bytes
    page: bytes = b""
    resources: bytes = b""
    fonts: bytes = b""
    objects: list[bytes] = field(default_factory=list)
    media: bytes = b"[0 0 600 800]"
    dictionary: bytes = b""
    catalog: bytes = b""

    def bytes(self) -> bytes:
        """The whole file."""
        helvetica = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
        bodies = {
            1: b"<</Type/Catalog/Pages 2 0 R%b>>" % self.catalog,
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox%b/Contents 4 0 R%b/Resources<</Font<</F1 5 0 R%b>>%b>>>>"
            % (self.media, self.page, self.fonts, self.resources),
            4: stream(self.content, self.dictionary),
            5: helvetica,
            **{10 + i: body for i, body in enumerate(self.objects)},
        }
        out = bytearray(b"%PDF-1.7\n")
        places = {}
        for number, body in bodies.items():
            places[number] = len(out)
            out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        start, count = len(out), max(bodies) + 1
        out += b"xref\n0 %d\n" % count
        for number in range(count):
            used = places.get(number)
            out += b"0000000000 65535 f \n" if used is None else b"%010d 00000 n \n" % used
        return bytes(out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, start))

    def write(self, folder: Path) -> Path:
        """The file, in a folder."""
        path = folder / "page.pdf"
        path.write_bytes(self.bytes())
        return path

    def read(self, folder: Path, reader: Reader, settings: Settings = BOUNDS) -> Page:
        """Its page, as a reader reads it."""
        pdf = open_pdf(self.write(folder), reader, settings=settings)
        try:
            return pdf.read(1)
        finally:
            pdf.close()


def box(page: Page, i: int) -> tuple[float, float, float, float]:
    """The box of glyph `i`, to a tenth of a point."""
    glyphs = page.glyphs
    x0, top, x1, bottom = (round(float(c[i]), 1) for c in (glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom))
    return x0, top, x1, bottom


def marks(page: Page) -> list[tuple[float, float, float, float, float, bool]]:
    """The page's marks, x0, top, x1, bottom, width, filled, to a hundredth of a point."""
    m = page.marks
    columns = (np.round(c, 2).tolist() for c in (m.x0, m.top, m.x1, m.bottom, m.width))
    return list(zip(*columns, m.filled.tolist(), strict=True))


def seen(page: Page) -> str:
    """The text of the visible glyphs."""
    return "".join(text for text, shows in zip(page.glyphs.text, page.glyphs.visible, strict=True) if shows)


def codes(page: Page) -> list[str]:
    """The codes of the page's problems."""
    return [problem.code for problem in page.problems]


def stream(data: bytes, dictionary: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(data), dictionary, data)


def said_font(
    letters: dict[int, str], *, name: bytes = b"Said", width: int = 1000
) -> tuple[bytes, list[bytes]]:
    """A font /F2 whose two-byte codes say these letters (its ToUnicode map), all equally wide: the entry for
    a page's fonts, and the objects 10 to 13. No glyph is embedded, as nothing is to be drawn."""
    lines = b"".join(
        b"<%04X> <%b>\n" % (code, text.encode("utf-16-be", "surrogatepass").hex().encode())
        for code, text in letters.items()
    )
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"%d beginbfchar\n%bendbfchar\nendcmap end end" % (len(letters), lines)
    )
    return b"/F2 10 0 R", [
        b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H/DescendantFonts[11 0 R]"
        b"/ToUnicode 12 0 R>>" % name,
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%b/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW %d/FontDescriptor 13 0 R>>" % (name, width),
        stream(cmap),
        b"<</Type/FontDescriptor/FontName/%b/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 880/StemV 80>>" % name,
    ]


def said(texts: list[str], content: bytes, **entries: bytes) -> Pdf:
    """A page with the font /F2 whose codes <0001>, <0002>, ... say these texts."""
    fonts, objects = said_font(dict(enumerate(texts, start=1)))
    return Pdf(content, fonts=fonts, objects=objects, **entries)


def japanese_font(encoding: bytes) -> tuple[bytes, list[bytes]]:
    """A font /F2 of Adobe's Japanese glyphs, not embedded, with one of the predefined encodings."""
    return b"/F2 10 0 R", [
        b"<</Type/Font/Subtype/Type0/BaseFont/HeiseiMin-W3/Encoding/%b/DescendantFonts[11 0 R]>>" % encoding,
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiMin-W3/DW 1000/FontDescriptor 12 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>>>",
        b"<</Type/FontDescriptor/FontName/HeiseiMin-W3/Flags 4/FontBBox[-123 -257 1001 910]/ItalicAngle 0"
        b"/Ascent 857/Descent -143/CapHeight 718/StemV 114>>",
    ]
