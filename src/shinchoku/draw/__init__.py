"""A PDF's pages in, pictures of them with their cells and blocks drawn over out: for those who check the raw
layer by eye."""

import base64
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import cast

from PIL import Image, ImageDraw

from shinchoku.draw.work import DrawnPage
from shinchoku.language import joined
from shinchoku.page.pdfium.reader import PdfiumPdf
from shinchoku.parts import Box, RawPage
from shinchoku.problems import Severity, ShinchokuError
from shinchoku.settings import Settings
from shinchoku.sources import find_sources
from shinchoku.workers.answers import Work
from shinchoku.workers.run import read_pages

WORK = Work("shinchoku.draw.work:drawn_page", DrawnPage)

HUES = ("#d62728", "#1f77b4", "#2ca02c", "#d68910", "#9467bd", "#1796aa")
"""Colours of cells; neighbours differ."""
TABLE = (0, 0, 0)
BLOCK = (200, 0, 200)
HIDDEN = (255, 0, 0)
MARKED = (230, 60, 0)
"""Colour of what is pointed at."""
TINT = 40
"""How strongly a cell is tinted, of 255."""


def draw_pages(
    path: Path, pages: Sequence[int] | None = None, scale: float = 1.5, password: str = ""
) -> Iterator[DrawnPage]:
    """The pages of that number (from 1; all where None), read and painted by workers within the bounds of
    all reading, `scale` pixels a point or as many as the bounds allow. Raises ShinchokuError for a file that
    cannot be opened or has no such page, and, behind the last page, for pages that could not be read."""
    settings = Settings(paper=False, drawn_scale=scale)
    (source,) = find_sources(path.parent, [path])
    (result,) = read_pages([source], settings, jobs=1, password=password, work=WORK, only=pages)
    wrong = [problem.said for problem in result.problems if problem.severity is Severity.ERROR]
    if not result.page_count:
        raise ShinchokuError.say("{path} cannot be opened: {listed}", path=path, listed=joined("; ", wrong))
    missing = [number for number in pages or () if not 1 <= number <= result.page_count]
    if missing:
        raise ShinchokuError.say(
            "{path} has no page {missing}, only {page_count}",
            path=path,
            missing=missing[0],
            page_count=result.page_count,
        )
    yield from cast(tuple[DrawnPage, ...], result.raw_pages)
    if wrong:
        raise ShinchokuError.say("{path}: {what}", path=path, what=joined("; ", wrong))


def picture(page: DrawnPage) -> Image.Image:
    """A page with its cells drawn over its picture, white where PDFium cannot paint it."""
    if page.picture:
        painted = Image.open(io.BytesIO(page.picture)).convert("RGB")
    else:
        size = (max(1, round(page.raw.width * page.scale)), max(1, round(page.raw.height * page.scale)))
        painted = Image.new("RGB", size, "white")
    return draw_over(page.raw, painted)


def hue_of(row: int, col: int) -> str:
    """The colour of the cell there."""
    return HUES[(2 * row + 3 * col) % len(HUES)]


def draw_over(page: RawPage, picture: Image.Image) -> Image.Image:
    """The picture of a page with its cells tinted, each table framed, each block boxed (red where its text
    does not show)."""
    scale = picture.width / page.width
    drawn = picture.copy()
    pen = ImageDraw.Draw(drawn, "RGBA")
    for table in page.tables:
        for cell in table.cells:
            hue = hue_of(cell.row, cell.col)
            x0, top, x1, bottom = (v * scale for v in cell.box)
            if x1 - x0 > 2 and bottom - top > 2:
                pen.rectangle((x0 + 1, top + 1, x1 - 1, bottom - 1), fill=f"{hue}{TINT:02x}", outline=hue)
        x0, top, x1, bottom = (v * scale for v in table.box)
        pen.rectangle((x0 - 2, top - 2, x1 + 2, bottom + 2), outline=TABLE)
    for block in page.blocks:
        box = tuple(v * scale for v in block.box)
        pen.rectangle(box, outline=HIDDEN if block.kind == "hidden" else BLOCK)
    return drawn


def picture_of(path: Path, page: int, scale: float, password: str = "") -> Image.Image:
    """A page (from 1) as PDFium paints it, `scale` pixels a point, set upright if it lies on its side.
    Raises ShinchokuError for a file that cannot be opened or has no such page."""
    try:
        with closing(PdfiumPdf(path, password)) as pdf:
            painted = pdf.document[page - 1].render(scale=scale, rotation=-pdf.lies(page) % 360)
            picture: Image.Image = painted.to_pil().convert("RGB")
            return picture
    except Exception as error:  # the library raises almost anything at a damaged file
        raise ShinchokuError.say(
            "{path}: page {page} cannot be drawn: {error}",
            path=path,
            page=page,
            error=error or type(error).__name__,
        ) from error


def as_address(picture: Image.Image) -> str:
    """The picture as a data: address, a small WebP: an A4 page at 1.5 pixels a point takes 65,000 bytes."""
    held = io.BytesIO()
    picture.save(held, "WEBP", quality=60, method=4)
    return "data:image/webp;base64," + base64.b64encode(held.getvalue()).decode()


def mark(picture: Image.Image, boxes: Iterable[Box], scale: float) -> Image.Image:
    """The picture with boxes, in points, framed and tinted."""
    drawn = picture.copy()
    pen = ImageDraw.Draw(drawn, "RGBA")
    for box in boxes:
        x0, top, x1, bottom = (v * scale for v in box)
        pen.rectangle((x0, top, x1, bottom), fill=(*MARKED, TINT), outline=MARKED, width=max(2, round(scale)))
    return drawn
