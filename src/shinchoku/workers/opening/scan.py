"""A scanned page with a text layer in; the same page with the rules that are in its picture, as marks,
out."""

from contextlib import closing
from dataclasses import replace

import numpy as np
from pypdfium2 import PdfDocument
from scipy import ndimage

from shinchoku.page import Bools, Floats, Marks, Page
from shinchoku.settings import SCAN_PIXELS

DPI = 200
"""Pixels an inch the picture is looked at with: a hairline of 0.25 points is still most of a pixel wide."""
DARK = 0.7
"""A pixel is ink when its lightness is less than this share of the paper's."""
LONG = 24.0
"""A run of ink of this many points is a rule: no stroke of a letter up to that size is."""
THICK = 4.0
"""Points a rule is thick at most; what is thicker is shading or a picture."""
GAP = 3
"""Pixels that dust or a fold may take out of a rule."""


def with_rules(page: Page, document: PdfDocument) -> Page:
    """The page with a mark for each ruled line of its picture, and without the spaces that OCR puts
    between words whether or not the paper has any. Raises PdfiumError where PDFium cannot draw the page."""
    ink, scale = _ink(document, page)
    boxes = np.vstack([_rules(ink, scale), _rules(ink.T, scale)[:, [1, 0, 3, 2]]])
    wide, tall = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    across = wide >= tall
    middle_x, middle_y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    nothing = np.zeros(len(boxes))
    found = Marks(
        x0=np.where(across, boxes[:, 0], middle_x),
        top=np.where(across, middle_y, boxes[:, 1]),
        x1=np.where(across, boxes[:, 2], middle_x),
        bottom=np.where(across, middle_y, boxes[:, 3]),
        width=np.minimum(wide, tall),
        filled=nothing > 0,
        shade=nothing,
    )
    printed = np.flatnonzero(page.glyphs.inked)
    return replace(page, marks=page.marks.followed_by(found), glyphs=page.glyphs.take(printed))


def _ink(document: PdfDocument, read: Page) -> tuple[Bools, float]:
    """Where the page is dark (rows from the top, columns from the left), and the points of a pixel."""
    with closing(document[read.number - 1]) as page:
        width, height = page.get_size()
        scale = min(DPI / 72, (SCAN_PIXELS / max(1.0, width * height)) ** 0.5)
        picture = page.render(scale=scale, rotation=read.rotation, grayscale=True).to_numpy()
    lightness = picture.reshape(picture.shape[:2])
    return np.asarray(lightness < DARK * np.median(lightness), dtype=np.bool_), 1 / scale


def _rules(ink: Bools, scale: float) -> Floats:
    """The boxes (x0, top, x1, bottom, in points) of the rules that run along the rows."""
    long = max(2, round(LONG / scale))
    closed = ndimage.binary_closing(ink, np.ones((1, GAP + 1)))
    runs = ndimage.binary_opening(closed, np.ones((1, long)))
    labels, _ = ndimage.label(runs, np.ones((3, 3)))
    boxes = [
        (cols.start, rows.start, cols.stop, rows.stop)
        for rows, cols in ndimage.find_objects(labels)
        if (rows.stop - rows.start) * scale <= THICK
    ]
    return np.array(boxes, dtype=np.float64).reshape(-1, 4) * scale
