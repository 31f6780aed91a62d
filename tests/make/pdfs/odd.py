"""Small PDFs written byte by byte, each with one oddity: the oddity in, the file's bytes out."""

import io
import re
import zlib
from collections.abc import Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

A4 = (595, 842)
GRID = b"0 0 0 RG 1 w 100 600 m 300 600 l S 100 650 m 300 650 l S 100 700 m 300 700 l S " + b"".join(
    b"%d 600 m %d 700 l S " % (x, x) for x in (100, 200, 300)
)
"""Two rows and two columns of ruled cells."""
WORDS = (
    b"BT /F1 10 Tf 110 670 Td (alpha) Tj 100 0 Td (beta) Tj -100 -50 Td (gamma) Tj 100 0 Td (delta) Tj ET "
)
"""A word in each of the cells of GRID."""
TABLE = GRID + WORDS
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def stream(data: bytes, head: bytes = b"") -> bytes:
    """A stream object's body."""
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(data), head, data)


def deflated(data: bytes, times: int = 1) -> bytes:
    """A stream object's body, compressed so many times over."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter[%b]" % (b"/FlateDecode" * times))


def written(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A whole file of the objects 1, 2, 3, ..., with a right cross-reference table."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d%b>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def paged(
    contents: Sequence[bytes], *, size: tuple[float, float] = A4, page: bytes = b"", resources: bytes = b""
) -> bytes:
    """A file with one page for each of `contents`, stream bodies such as `stream` and `deflated` make.
    `page` and `resources` are added to every page's and its resources' dictionary; the font /F1 is
    Helvetica."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(contents), kids),
        HELVETICA,
    ]
    for i, body in enumerate(contents):
        box = b"/MediaBox[0 0 %g %g]" % size if b"/MediaBox" not in page else b""
        head = b"<</Type/Page/Parent 2 0 R%b/Contents %d 0 R" % (box, 5 + 2 * i)
        objects += [head + b"/Resources<</Font<</F1 3 0 R>>%b>>%b>>" % (resources, page), body]
    return written(objects)


def report(pages: int = 1) -> bytes:
    """A sound file: each page has a table of four words."""
    return paged([stream(TABLE)] * pages)


def packed_in_a_stream(*, deflate: bool) -> bytes:
    """A file whose page and page tree stand in an object stream, and whose table of objects does not know
    it."""
    kids = b"<</Type/Pages/Count 1/Kids[4 0 R]>>"
    page = b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 6 0 R>>>>>>"
    head = b"3 0 4 %d " % (len(kids) + 1)
    body, name = head + kids + b" " + page, b""
    if deflate:
        body, name = zlib.compress(body), b"/Filter/FlateDecode"
    packed = stream(body, b"/Type/ObjStm/N 2/First %d%b" % (len(head), name))
    data = written([b"<</Type/Catalog/Pages 3 0 R>>", packed, b"null", b"null", stream(TABLE), HELVETICA])
    return data.replace(b"3 0 obj\nnull\nendobj\n4 0 obj\nnull\nendobj\n", b"")


def locked(user: str, owner: str, strength: int = 128) -> bytes:
    """A file with one word, locked by two passwords."""
    held = io.BytesIO()
    lock = StandardEncryption(user, owner, strength=strength)
    canvas = Canvas(held, encrypt=lock, invariant=1)
    canvas.drawString(100, 700, "secret")
    canvas.save()
    return held.getvalue()


def picture_page(text: bytes = b"", hidden: bool = False) -> bytes:
    """A page that a picture covers, with ruled lines and perhaps text, perhaps invisible, over it."""
    draw = b"q 595 0 0 842 0 0 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \xff\xc0\xc0\xff EI Q "
    words = b"BT %d Tr /F1 10 Tf 110 670 Td (%b) Tj ET " % (3 if hidden else 0, text) if text else b""
    ruled = b"0 0 0 RG 1 w 100 600 200 100 re S 200 600 m 200 700 l S "
    return stream(draw + ruled + words)


def wrong_start(data: bytes) -> bytes:
    """The table of objects is said to stand elsewhere."""
    return re.sub(rb"startxref\s+\d+", b"startxref\n77", data)
