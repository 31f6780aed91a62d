"""A PDF read by pdfplumber (and the pdfminer.six under it): path in, pages out."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
from pdfplumber.page import Page as PlumberPage

from shinchoku.page import Glyphs, Marks, Page

Mark = tuple[float, float, float, float, float, bool, float]


class PlumberPdf:
    """An open PDF; `read(n)` gives page n (from 1). Close it after use."""

    def __init__(self, path: Path, password: str = "") -> None:
        self._pdf = pdfplumber.open(path, password=password)
        self.page_count = len(self._pdf.pages)

    def read(self, number: int) -> Page:
        page = self._pdf.pages[number - 1]
        try:
            return Page(
                number=number,
                width=float(page.width),
                height=float(page.height),
                glyphs=_glyphs(page),
                marks=_marks(page),
            )
        finally:
            page.close()

    def close(self) -> None:
        self._pdf.close()


def _glyphs(page: PlumberPage) -> Glyphs:
    chars = page.chars

    def column(key: str) -> np.ndarray[Any, np.dtype[np.float64]]:
        return np.array([c[key] for c in chars], dtype=np.float64)

    return Glyphs(
        text=tuple(c["text"] for c in chars),
        x0=column("x0"),
        top=column("top"),
        x1=column("x1"),
        bottom=column("bottom"),
        size=column("size"),
        font=tuple(c["fontname"] for c in chars),
        turn=np.array([0 if c["upright"] else 90 for c in chars], dtype=np.int16),
        down=np.zeros(len(chars), dtype=np.bool_),
        visible=np.ones(len(chars), dtype=np.bool_),
    )


def _marks(page: PlumberPage) -> Marks:
    found: list[Mark] = []
    for kind in ("rect", "line", "curve"):
        for thing in page.objects.get(kind, []):
            found.extend(_straight_marks(thing))
    columns = list(zip(*found, strict=True)) or [()] * 7
    return Marks(
        *(np.array(c, dtype=np.float64) for c in columns[:5]),
        filled=np.array(columns[5], dtype=np.bool_),
        shade=np.array(columns[6], dtype=np.float64),
    )


def _straight_marks(thing: dict[str, Any]) -> Iterator[Mark]:
    box = (thing["x0"], thing["top"], thing["x1"], thing["bottom"])
    if thing["fill"] and thing["object_type"] == "rect":
        yield (*box, 0.0, True, _lightness(thing["non_stroking_color"]))
    if thing["stroke"]:
        points = list(thing["pts"])
        if thing["object_type"] == "rect":
            points.append(points[0])
        for (ax, ay), (bx, by) in zip(points, points[1:], strict=False):
            if abs(ax - bx) < 0.5 or abs(ay - by) < 0.5:
                width = float(thing["linewidth"] or 0.0)
                shade = _lightness(thing["stroking_color"])
                yield (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), width, False, shade)


def _lightness(colour: float | Sequence[float] | None) -> float:
    if colour is None or isinstance(colour, str):
        return 0.0
    parts = [float(c) for c in colour] if isinstance(colour, (list, tuple)) else [float(colour)]
    if len(parts) == 4:
        return (1 - parts[3]) * (3 - sum(parts[:3])) / 3
    return sum(parts) / len(parts) if parts else 0.0
