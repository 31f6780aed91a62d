"""An open PDF and a page's number in; what a worker makes of that page, packed, out."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal, get_args

from shinchoku.page import Page
from shinchoku.settings import Settings
from shinchoku.workers.checkup import RefusedError
from shinchoku.workers.codec import CodecError, encode
from shinchoku.workers.opening import Opened, said

Layer = Literal["text", "picture", "ocr"]
"""Where a page's text comes from: the file, nowhere (it was scanned), or a program that read a picture of
it."""

LAYERS: tuple[Layer, ...] = get_args(Layer)

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


def find_work(name: str) -> Callable[[Page], Any]:
    """The function `module:function` that makes a frozen dataclass of a page."""
    module, _, function = name.partition(":")
    work: Callable[[Page], Any] = getattr(import_module(module), function)
    return work


def read_sheet(opened: Opened, number: int, settings: Settings, work: Callable[[Page], Any]) -> Sheet:
    """Read page `number` (from 1) and do `work` on it. Raises RefusedError where that cannot be done,
    whatever is wrong with the page; MemoryError passes."""
    try:
        page = opened.pages.read(number)
        if page.ocr:
            page = _with_rules(page, opened)
        return Sheet(encode(work(page), settings.answer_bytes), _layer(page))
    except CodecError as error:
        raise RefusedError("too_large", f"the page's tables are {error}; it was left out") from error
    except Exception as error:
        message = (
            f"the page cannot be read ({said(error)}{_place(error)}) and was left out; look at it on paper"
        )
        raise RefusedError("unreadable_page", message) from error


def _with_rules(page: Page, opened: Opened) -> Page:
    from shinchoku.workers.scan import with_rules

    return with_rules(page, opened.path, opened.password)


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
