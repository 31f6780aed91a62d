"""The sound and the odd PDFs that mutation starts from."""

import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from make.pdfs.odd import TABLE, deflated, packed_in_a_stream, paged, report, stream

SHIPPED = Path(__file__).parents[2] / "raw_pdfs"
PAGES = {"fy2019_progress": (7, 29), "fy2022_kpi_revision": (4, 11)}
"""Pages (from 0) of the shipped reports: KPI tables, an action plan, a goal sheet."""

_PACKED = re.compile(rb"<<((?:[^<>]|<<[^<>]*>>)*?)/Filter\s*/FlateDecode([^<>]*)>>\s*stream\r?\n")


def corpus() -> list[bytes]:
    """The files, small ones first."""
    return sorted([*_written_here(), *_set_by_reportlab(), *_shipped()], key=len)


def _written_here() -> Iterator[bytes]:
    yield report(2)
    yield paged([deflated(TABLE, 2), stream(TABLE)])
    yield paged([stream(b"q .5 0 0 .5 9 9 cm 0 1 -1 0 400 100 cm " + TABLE + b"Q")], page=b"/Rotate 90")
    yield paged([stream(b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xc0 EI Q BT 3 Tr ET" + TABLE)])
    yield packed_in_a_stream(deflate=False)


def _set_by_reportlab() -> Iterator[bytes]:
    registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    registerFont(UnicodeCIDFont("HeiseiMin-W3", isVertical=True))
    for lock in (None, StandardEncryption("", "owner", strength=128)):
        held = io.BytesIO()
        canvas = Canvas(held, encrypt=lock, pageCompression=0, invariant=1)
        canvas.setFont("HeiseiMin-W3", 10)
        for row in range(6):
            canvas.drawString(60, 700 - 20 * row, f"計画{row} 認可保育所の増設 計18{row}か所 令和{row}年度")
            canvas.rect(50, 695 - 20 * row, 120, 20)
            canvas.rect(170, 695 - 20 * row, 200, 20)
        canvas.saveState()
        canvas.translate(300, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "縦の見出し")
        canvas.restoreState()
        canvas.linkURL("http://example.invalid/", (0, 0, 9, 9))
        canvas.save()
        yield held.getvalue()


def _shipped() -> Iterator[bytes]:
    for name, numbers in PAGES.items():
        with pypdfium2.PdfDocument(SHIPPED / f"{name}.pdf") as whole:
            for number in numbers:
                with pypdfium2.PdfDocument.new() as part:
                    part.import_pages(whole, [number])
                    held = io.BytesIO()
                    part.save(held)
                yield held.getvalue()
                yield unpacked(held.getvalue())


def unpacked(data: bytes) -> bytes:
    """A file with its deflated streams as they unfold, so that a mutation reaches what they say. Where
    its objects stand is wrong then, and is found out again by whoever reads it."""
    out, at = bytearray(), 0
    for match in _PACKED.finditer(data):
        end = data.find(b"endstream", match.end())
        try:
            body = zlib.decompressobj().decompress(data[match.end() : end])
        except zlib.error:
            continue
        out += data[at : match.start()] + b"<<%b%b>>stream\n%b\n" % (match[1], match[2], body)
        at = end
    return bytes(out + data[at:])
