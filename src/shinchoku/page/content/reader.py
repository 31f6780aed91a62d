"""A PDF opened by pdfplumber, its content read on pdfminer's fonts and objects: path in, pages out."""

from functools import partial
from pathlib import Path

from pdfminer.pdfpage import PDFPage

from shinchoku.page import Page
from shinchoku.page.canvas import Canvas, Drawn, FullError
from shinchoku.page.clean import read_upright
from shinchoku.page.content.document import Plumbed
from shinchoku.page.content.faces import Faces
from shinchoku.page.content.interpreter import paint_page
from shinchoku.page.content.layers import Layers
from shinchoku.page.content.notes import Form, paint_notes
from shinchoku.page.geometry import LETTER, Box, Frame, frame, has_area, ordered
from shinchoku.page.oddities import damaged, no_size, too_large
from shinchoku.problems import Problem
from shinchoku.settings import BOUNDS, Settings


class PlumberPdf:
    """An open PDF; `read(n)` gives page n (from 1). Close it after use."""

    def __init__(self, path: Path, password: str = "", settings: Settings = BOUNDS) -> None:
        self._pdf = Plumbed(path, password)
        try:
            self._pages = list(PDFPage.create_pages(self._pdf.doc))
        except BaseException:
            self.close()
            raise
        self._faces = Faces(self._pdf.rsrcmgr)
        self._settings = settings
        self._layers, self._form = Layers.of(self._pdf.doc.catalog), Form.of(self._pdf.doc.catalog)
        self.page_count = len(self._pages)

    def read(self, number: int) -> Page:
        """Page `number`, from 1."""
        page = self._pages[number - 1]
        shown, problems = _shown(page, number)
        return read_upright(frame(number, shown, page.rotate), partial(self._paint, page), problems)

    def _paint(self, page: PDFPage, seen: Frame) -> tuple[Drawn, list[Problem]]:
        canvas = Canvas(self._settings)
        try:
            trouble = paint_page(page.contents, page.resources, seen, canvas, self._faces, self._layers)
            trouble += paint_notes(page.annots, seen, canvas, self._faces, self._layers, self._form)
            problems = [damaged(seen.number, said) for said in dict.fromkeys(trouble)]
        except FullError:
            problems = [too_large(seen.number, self._settings)]
        return canvas.drawn(), problems

    def close(self) -> None:
        """Let go of the file. (pdfplumber's own closing would lay out all the pages first.)"""
        self._pdf.stream.close()


def _shown(page: PDFPage, number: int) -> tuple[Box, list[Problem]]:
    """The part of the page that is shown: its crop box within its media box, lower left to upper right."""
    media, crop = ordered(page.mediabox), ordered(page.cropbox)
    both = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    for box in (both, media):
        if has_area(box):
            return box, []
    return LETTER, [no_size(number)]
