"""A page of a PDF in; how much of it pictures cover out."""

from pathlib import Path

import pypdfium2
import pypdfium2.raw

DEPTH = 4
"""Forms within forms that are looked into for pictures."""


def picture_share(path: Path, number: int, password: str) -> float:
    """The part of page `number` (from 1) that pictures cover, from 0 to 1; 0 where PDFium cannot tell."""
    try:
        with pypdfium2.PdfDocument(path, password=password or None) as document:
            page = document[number - 1]
            width, height = page.get_size()
            pictures = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=DEPTH)
            boxes = [picture.get_bounds() for picture in pictures]
    except pypdfium2.PdfiumError:
        return 0.0
    area: float = sum((right - left) * (top - bottom) for left, bottom, right, top in boxes)
    return min(1.0, area / max(1.0, float(width * height)))
