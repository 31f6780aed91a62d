"""PDFs whose text says other than their paper, made with an embedded font: what is drawn in, the file out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from shinchoku.page import Page, Reader, open_pdf
from shinchoku.page.paper import hold_against_paper
from shinchoku.page.pdfium.reader import PdfiumPdf

Draw = Callable[[Canvas], object]
FACES = {"sans": "Vera.ttf", "bold": "VeraBd.ttf"}


def drawn(path: Path, draw: Draw, lies: Mapping[str, str] | None = None) -> Path:
    """A page of 600 x 800 points on which `draw` draws, its fonts "sans" and "bold" embedded; `lies` are
    letters whose ToUnicode entries say other text."""
    for name, file in FACES.items():
        pdfmetrics.registerFont(TTFont(name, file))
    canvas = Canvas(str(path), pagesize=(600, 800), pageCompression=0, invariant=1)
    canvas.setFont("sans", 10)
    draw(canvas)
    canvas.save()
    data = path.read_bytes()
    for letter, said in (lies or {}).items():
        entry, lie = (
            b"<%02X> <%b>\n" % (ord(letter), text.encode("utf-16-be").hex().upper().encode())
            for text in (letter, said)
        )
        assert entry in data
        data = data.replace(entry, lie)
    path.write_bytes(data)
    return path


def boxed(canvas: Canvas, *rows: tuple[str, ...]) -> None:
    """A ruled table of cells 120 x 30 points from (60, 700) down, a text in each."""
    width, height = 120 * len(rows[0]), 30 * len(rows)
    for i in range(len(rows) + 1):
        canvas.line(60, 700 - 30 * i, 60 + width, 700 - 30 * i)
    for i in range(len(rows[0]) + 1):
        canvas.line(60 + 120 * i, 700, 60 + 120 * i, 700 - height)
    for i, row in enumerate(rows):
        for k, text in enumerate(row):
            canvas.drawString(70 + 120 * k, 682 - 30 * i, text)


def held(
    path: Path, reader: Reader, number: int = 1, says: Mapping[int, str] | None = None, hidden: bool = False
) -> Page:
    """Page `number` of a file as a reader reads it, all its text taken for visible but what the reader found
    `hidden`, held against its picture; `says` is what some of the glyphs say instead."""
    pages, pdf = open_pdf(path, reader), PdfiumPdf(path)
    try:
        page = pages.read(number)
        visible = page.glyphs.visible if hidden else np.ones(len(page.glyphs), dtype=np.bool_)
        text = tuple((says or {}).get(i, text) for i, text in enumerate(page.glyphs.text))
        glyphs = replace(page.glyphs, text=text, visible=visible)
        return hold_against_paper(replace(page, glyphs=glyphs), pdf.document)
    finally:
        pages.close()
        pdf.close()


def swapped(source: Path, path: Path, one: str, other: str) -> Path:
    """A copy of a PDF in whose ToUnicode maps two letters have changed places, as an update at its end."""
    data = source.read_bytes()
    with source.open("rb") as file:
        document = PDFDocument(PDFParser(file))
        maps = {
            thing["ToUnicode"].objid: thing["ToUnicode"].resolve().get_data()
            for number in document.xrefs[0].get_objids()
            if isinstance(thing := document.getobj(number), dict) and "ToUnicode" in thing
        }
        root, size = (document.xrefs[0].get_trailer()[name] for name in ("Root", "Size"))
    said = {b"<%04X>" % ord(a): b"<%04X>" % ord(b) for a, b in ((one, other), (other, one))}
    out, places = bytearray(data + b"\n"), {}
    for number, cmap in maps.items():
        lied = re.sub(rb"(?<=> )<[0-9A-F]{4}>(?=\s)", lambda entry: said.get(entry[0], entry[0]), cmap)
        places[number] = len(out)
        out += b"%d 0 obj\n<</Length %d>>stream\n%b\nendstream\nendobj\n" % (number, len(lied), lied)
    start, before = len(out), re.findall(rb"startxref\s+(\d+)", data)[-1]
    table = b"".join(b"%d 1\n%010d 00000 n \n" % place for place in sorted(places.items()))
    trailer = b"<</Size %d/Root %d 0 R/Prev %b>>" % (size, root.objid, before)
    path.write_bytes(out + b"xref\n%btrailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (table, trailer, start))
    return path
