"""An open PDF and a page's number in; what a worker makes of that page, packed, out."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, Literal, get_args

import numpy as np

from shinchoku.page import Page
from shinchoku.settings import Settings
from shinchoku.workers.bounds import bounded
from shinchoku.workers.checkup import RefusedError
from shinchoku.workers.codec import CodecError, encode
from shinchoku.workers.opening import Opened, said
from shinchoku.workers.pictures import picture_share

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
        page = bounded(opened.pages.read(number), settings)
        page, layer = _unveiled(page, opened)
        return Sheet(encode(work(page), settings.answer_bytes), layer)
    except RefusedError:
        raise
    except CodecError as error:
        raise RefusedError("too_large", f"the page's tables are {error}; it was left out") from error
    except Exception as error:
        message = (
            f"the page cannot be read ({said(error)}{_place(error)}) and was left out; look at it on paper"
        )
        raise RefusedError("unreadable_page", message) from error


def _unveiled(page: Page, opened: Opened) -> tuple[Page, Layer]:
    """The page with the text that an OCR program laid invisibly over a scan made visible."""
    visible = int(page.glyphs.visible.sum())
    hidden = len(page.glyphs) - visible
    if visible > STAMP:
        return page, "text"
    if picture_share(opened.path, page.number, opened.password) < (STAMPED if visible else SCAN):
        return page, "text"
    if hidden <= visible:
        return page, "picture"
    return replace(
        page, glyphs=replace(page.glyphs, visible=np.ones(len(page.glyphs), dtype=np.bool_))
    ), "ocr"


def _place(error: BaseException) -> str:
    """Where in the code an exception came up, for those who mend it."""
    frames = traceback.extract_tb(error.__traceback__)
    return f", {frames[-1].name}:{frames[-1].lineno}" if frames else ""
