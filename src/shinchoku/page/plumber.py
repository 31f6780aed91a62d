"""A PDF opened by pdfplumber, its content read on pdfminer's fonts and objects: path in, pages out."""

import logging
from pathlib import Path

import pdfplumber
from pdfminer.pdfpage import PDFPage

from shinchoku.page import DEFAULT_LIMITS, Limits, Page
from shinchoku.page.canvas import Canvas, FullError, Matrix
from shinchoku.page.clean import FAR, clean
from shinchoku.page.content import paint_page
from shinchoku.page.faces import Faces
from shinchoku.page.oddities import Frame, damaged, no_size, too_large
from shinchoku.page.paths import Box
from shinchoku.problems import Problem

LETTER: Box = (0.0, 0.0, 612.0, 792.0)
"""The page of a file that gives none, as pdfminer and PDFium have it."""


class PlumberPdf:
    """An open PDF; `read(n)` gives page n (from 1). Close it after use."""

    def __init__(self, path: Path, password: str = "", limits: Limits = DEFAULT_LIMITS) -> None:
        for library in ("pdfminer", "pdfplumber"):  # what they say of damaged files is said in problems
            logging.getLogger(library).setLevel(logging.CRITICAL)
        self._pdf = pdfplumber.open(path, password=password)
        self._pages = list(PDFPage.create_pages(self._pdf.doc))
        self._faces = Faces(self._pdf.rsrcmgr)
        self._limits = limits
        self.page_count = len(self._pages)

    def read(self, number: int) -> Page:
        """Page `number`, from 1."""
        page = self._pages[number - 1]
        box, problems = _page_box(page, number)
        ctm, width, height = _upright(box, page.rotate)
        canvas = Canvas(self._limits)
        try:
            clip = (0.0, 0.0, width, height)
            trouble = paint_page(page.contents, page.resources, ctm, clip, canvas, self._faces)
            problems += [damaged(number, said) for said in dict.fromkeys(trouble)]
        except FullError:
            problems.append(too_large(number, self._limits))
        return clean(Frame(number, width, height), canvas.drawn(), problems)

    def close(self) -> None:
        """Let go of the file. (pdfplumber's own closing would lay out all the pages first.)"""
        self._pdf.stream.close()


def _page_box(page: PDFPage, number: int) -> tuple[Box, list[Problem]]:
    """The part of the page that is shown: its crop box within its media box, lower left to upper right."""
    media, crop = _ordered(page.mediabox), _ordered(page.cropbox)
    shown = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    for box in (shown, media):
        if box[0] < box[2] and box[1] < box[3] and max(map(abs, box)) < FAR:
            return box, []
    return LETTER, [no_size(number)]


def _ordered(box: Box) -> Box:
    x0, y0, x1, y1 = box
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _upright(box: Box, rotate: int) -> tuple[Matrix, float, float]:
    """The matrix from a page's own space to points from the top left as it is looked at, and its width and
    height."""
    x0, y0, x1, y1 = box
    wide, tall = x1 - x0, y1 - y0
    match round(rotate / 90) % 4:
        case 1:
            return (0.0, 1.0, 1.0, 0.0, -y0, -x0), tall, wide
        case 2:
            return (-1.0, 0.0, 0.0, 1.0, x1, -y0), wide, tall
        case 3:
            return (0.0, -1.0, -1.0, 0.0, y1, x1), tall, wide
    return (1.0, 0.0, 0.0, -1.0, -x0, y1), wide, tall
