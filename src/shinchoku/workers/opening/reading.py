"""An open PDF and a page's number in; what a worker makes of that page, packed, out."""

import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from pypdfium2 import PdfDocument, PdfiumError

from shinchoku.language import say
from shinchoku.page import Page
from shinchoku.page.crosscheck import crosscheck
from shinchoku.page.paper import hold_against_paper
from shinchoku.page.pdfium.reader import PdfiumPdf
from shinchoku.problems import Problem, Severity
from shinchoku.settings import Settings
from shinchoku.workers.answers import Layer, paints
from shinchoku.workers.codec import CodecError, encode
from shinchoku.workers.opening import Opened, said
from shinchoku.workers.opening.checkup import RefusedError

SCAN = 0.3
"""A page without text of which pictures cover this part was scanned."""
STAMP = 6
"""So many glyphs may have been stamped on a scan, such as its page number; pictures then cover STAMPED of
it."""
STAMPED = 0.7


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that was read: what was made of it, packed, and where its text comes from."""

    body: bytes
    layer: Layer


def read_sheet(
    opened: Opened, number: int, settings: Settings, work: Callable[..., Any], *, check: bool = True
) -> Sheet:
    """Read page `number` (from 1), `check` its characters against PDFium, and do `work` on it. Raises
    RefusedError where that cannot be done, whatever is wrong with the page; MemoryError passes."""
    try:
        page = opened.pages.read(number)
        page = replace(page, problems=(*page.problems, *_doubts(page, opened, check)))
        document = _document(opened)
        if document is not None and (page.ocr or (settings.paper and check)):
            page = _looked_at(page, document)
        made = work(page, document, settings) if paints(work) else work(page)
        return Sheet(encode(made, settings.answer_bytes), _layer(page))
    except CodecError as error:
        raise RefusedError(
            "too_large", say("the page's tables are {error}; it was left out", error=error)
        ) from error
    except Exception as error:
        message = say(
            "the page cannot be read ({said}{place}) and was left out; look at it on paper",
            said=said(error),
            place=_place(error),
        )
        raise RefusedError("unreadable_page", message) from error


def _doubts(page: Page, opened: Opened, check: bool) -> list[Problem]:
    """Where PDFium reads other characters; or that it was not asked, or cannot say."""
    if opened.second is None or any(problem.code == "too_large" for problem in page.problems):
        return []
    if check:
        with suppress(PdfiumError):
            return crosscheck(page, opened.second)
    message = say(
        "the check of this page's characters against PDFium failed and was left out; look at it on paper"
    )
    return [Problem(Severity.WARNING, "unchecked", message, page=page.number)]


def _looked_at(page: Page, document: PdfDocument) -> Page:
    """The page with what its picture shows, where PDFium paints one: of a scan its rules."""
    with suppress(PdfiumError):
        if not page.ocr:
            return hold_against_paper(page, document)
        from shinchoku.workers.opening.scan import with_rules

        return with_rules(page, document)
    return page


def _document(opened: Opened) -> PdfDocument | None:
    """PDFium's document of the open file, where PDFium can open it."""
    pdf = opened.pages if isinstance(opened.pages, PdfiumPdf) else opened.second
    return None if pdf is None else pdf.document


def _layer(page: Page) -> Layer:
    if page.ocr:
        return "ocr"
    visible = int(page.glyphs.visible.sum())
    if visible > STAMP:
        return "text"
    pictures = sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in page.images)
    scanned = pictures > (STAMPED if visible else SCAN) * page.width * page.height
    return "picture" if scanned else "text"


def _place(error: BaseException) -> str:
    """Where in the code an exception came up, for those who mend it."""
    frames = traceback.extract_tb(error.__traceback__)
    return f", {frames[-1].name}:{frames[-1].lineno}" if frames else ""
