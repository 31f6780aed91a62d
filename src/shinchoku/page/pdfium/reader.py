"""A PDF read by PDFium, the second reader: path in, the same pages out."""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from shinchoku.language import say
from shinchoku.page import Page
from shinchoku.page.canvas import Canvas, Drawn, FullError
from shinchoku.page.clean import Painting, read_upright
from shinchoku.page.geometry import LETTER, Box, Frame, corners, frame, has_area, ordered
from shinchoku.page.oddities import damaged, lent_fonts, no_size, too_large, unknown_layers
from shinchoku.page.pdfium import notes
from shinchoku.page.pdfium.overlaid import text_pages
from shinchoku.page.pdfium.text import read_glyphs
from shinchoku.page.pdfium.walk import walk_page
from shinchoku.problems import Problem
from shinchoku.settings import BOUNDS, Settings

_UNITS = ctypes.POINTER(ctypes.c_ushort)


class PdfiumPdf:
    """An open PDF; `read(n)` gives page n (from 1). Close it after use."""

    def __init__(self, path: Path, password: str = "", settings: Settings = BOUNDS) -> None:
        _forget_error()
        self._pdf = pypdfium2.PdfDocument(path, password=password or None)
        self._pdf.init_forms()  # or the fields of a form are not painted
        self._path, self._password = path, password
        self._settings = settings
        self.page_count = len(self._pdf)

    def read(self, number: int) -> Page:
        """Page `number`, from 1."""
        with self._painting(number) as (seen, paint, problems):
            return read_upright(seen, paint, problems)

    def lies(self, number: int) -> int:
        """By how many degrees clockwise page `number` lies on its side or upside down, as `read` has it."""
        with self._painting(number) as (seen, paint, _):
            return paint(seen)[0].quarter()

    @contextmanager
    def _painting(self, number: int) -> Iterator[tuple[Frame, Painting, list[Problem]]]:
        """The frame of a page, what paints it there, and what is odd about it; valid inside the context."""
        page = raw.FPDF_LoadPage(self._pdf.raw, number - 1)
        if not page:
            said = damaged(number, say("PDFium cannot load this page"))
            yield frame(number, LETTER, 0), lambda seen: (Canvas(self._settings).drawn(), []), [said]
            return
        try:
            shown, problems = _shown(page, number)
            seen = frame(number, shown, 90 * raw.FPDFPage_GetRotation(page))
            noted, layered = notes.seen(page)
            problems += [unknown_layers(number, layered)] if layered else []
            about = notes.strikes(page, noted), notes.fields(self._pdf.formenv, page, noted)
            if not notes.has_text(noted):
                yield seen, partial(_read, self._pdf.raw, page, None, about, self._settings), problems
                return
            with notes.flattened(self._path, self._password, number, noted) as flat:
                yield seen, partial(_read, *flat, about, self._settings), problems
        finally:
            raw.FPDF_ClosePage(page)

    def text(self, number: int) -> str:
        """The characters of page `number`, as PDFium strings them together: with the spaces and line ends it
        puts in, glyphs struck twice twice, in no particular order. Much faster than `read`; "" where the page
        cannot be loaded."""
        page = raw.FPDF_LoadPage(self._pdf.raw, number - 1)
        if not page:
            return ""
        text_page = raw.FPDFText_LoadPage(page)
        try:
            count = raw.FPDFText_CountChars(text_page)
            room = ctypes.create_string_buffer(4 * max(count, 0) + 2)
            units = raw.FPDFText_GetText(text_page, 0, count, ctypes.cast(room, _UNITS))
            return room.raw[: 2 * max(units - 1, 0)].decode("utf-16-le", "replace")
        finally:
            raw.FPDFText_ClosePage(text_page)
            raw.FPDF_ClosePage(page)

    @property
    def document(self) -> pypdfium2.PdfDocument:
        """The file as PDFium has it open."""
        return self._pdf

    def close(self) -> None:
        """Let go of the file."""
        self._pdf.close()


def _forget_error() -> None:
    """Have PDFium forget what it last said of another file: it keeps that word, and pypdfium2 reads it of a
    file that opens and has no page."""
    no_pdf = b"-"
    raw.FPDF_LoadMemDocument64(no_pdf, len(no_pdf), None)


def _shown(page: Any, number: int) -> tuple[Box, list[Problem]]:
    """The part of the page that is shown, in the page's own space."""
    rect = raw.FS_RECTF()
    if raw.FPDF_GetPageBoundingBox(page, ctypes.byref(rect)):
        box = ordered((rect.left, rect.bottom, rect.right, rect.top))
        if has_area(box):
            return box, []
    return LETTER, [no_size(number)]


def _read(
    document: Any,
    page: Any,
    own: int | None,
    about: tuple[Sequence[Box], Sequence[tuple[str, Box]]],
    settings: Settings,
    seen: Frame,
) -> tuple[Drawn, list[Problem]]:
    """What a page paints on a frame; its first `own` objects (None: all) are its own, the others annotations.
    What these are `about`, in page space: the boxes of what they strike out, and what fields hold."""
    canvas = Canvas(settings)
    struck, fields = about
    for box in struck:
        canvas.strike(corners(box, seen.matrix))
    for held, box in fields:
        canvas.field(held, corners(box, seen.matrix))
    try:
        runs = walk_page(address(document), address(page), seen, canvas, own)
        with text_pages(address(page), runs) as pages:
            drawn, problems = read_glyphs(pages, runs, seen, settings.glyphs, canvas.drawn())
        return drawn, [*problems, *([lent_fonts(seen.number)] if drawn.lent else [])]
    except FullError:
        return canvas.drawn(), [too_large(seen.number, settings)]


def address(handle: Any) -> int:
    """A pypdfium2 handle as the plain number that `calls` takes; 0 for none."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
