"""A page that a worker has read in; its picture, its raw tables and what is painted on it out."""

import io
from dataclasses import dataclass

from pypdfium2 import PdfDocument

from shinchoku.page import Page
from shinchoku.parts import Box, RawPage
from shinchoku.raw import raw_page
from shinchoku.settings import Settings


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page with its picture, a PNG of `scale` pixels a point, empty where PDFium cannot paint it. `rules`
    are the boxes of its straight marks, in paint order; `runs` those of its runs of text (glyphs painted one
    after the other in one font and size, on one line), with their text and whether it shows."""

    number: int
    raw: RawPage
    picture: bytes
    scale: float
    rules: tuple[Box, ...]
    runs: tuple[tuple[Box, str, bool], ...]


def drawn_page(page: Page, pdf: PdfDocument | None, settings: Settings) -> DrawnPage:
    """What is drawn of a page, its picture no larger than the bounds allow."""
    area = max(page.width * page.height, 1.0)
    scale = min(settings.drawn_scale, (settings.pixels / area) ** 0.5)
    marks = page.marks
    rules = zip(marks.x0.tolist(), marks.top.tolist(), marks.x1.tolist(), marks.bottom.tolist(), strict=True)
    return DrawnPage(
        page.number, raw_page(page), _picture(page, pdf, scale), scale, tuple(rules), _runs(page)
    )


def _picture(page: Page, pdf: PdfDocument | None, scale: float) -> bytes:
    if pdf is None:
        return b""
    held = io.BytesIO()
    painted = pdf[page.number - 1]
    try:
        painted.render(scale=scale, rotation=page.rotation).to_pil().convert("RGB").save(
            held, "PNG", compress_level=1
        )
    finally:
        painted.close()
    return held.getvalue()


def _runs(page: Page) -> tuple[tuple[Box, str, bool], ...]:
    """The page's glyphs in runs, in paint order."""
    g = page.glyphs
    boxes = list(zip(g.x0.tolist(), g.top.tolist(), g.x1.tolist(), g.bottom.tolist(), strict=True))
    style = list(zip(g.font, g.size.tolist(), g.turn.tolist(), g.visible.tolist(), strict=True))
    found: list[tuple[Box, str, bool]] = []
    for i, (box, text) in enumerate(zip(boxes, g.text, strict=True)):
        near = bool(i) and style[i] == style[i - 1] and _follows(boxes[i - 1], box, style[i][1])
        if near:
            (x0, top, x1, bottom), said, seen = found[-1]
            around = (min(x0, box[0]), min(top, box[1]), max(x1, box[2]), max(bottom, box[3]))
            found[-1] = (around, said + text, seen)
        else:
            found.append((box, text, bool(style[i][3])))
    return tuple(found)


def _follows(before: Box, box: Box, size: float) -> bool:
    """Whether a glyph stands right behind or below the one before it."""
    across = abs(box[0] - before[2]) < size and abs(box[1] - before[1]) < size / 2
    down = abs(box[1] - before[3]) < size and abs(box[0] - before[0]) < size / 2
    return across or down
