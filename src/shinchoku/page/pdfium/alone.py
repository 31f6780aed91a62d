"""A page's objects in; those that PDFium does not paint, as their layer is off or a mask hides them, out.

PDFium does not tell which layers are off. It leaves their objects out when it paints, so those in doubt are
painted alone, on a ground of a colour that no text has."""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import closing

import numpy as np
import pypdfium2.raw as raw

from shinchoku.page import native
from shinchoku.page.geometry import Frame
from shinchoku.page.pdfium import calls
from shinchoku.settings import FORMS_DEEP, GROUP_PIXELS, GROUPS

SCALE = 0.5
"""Pixels a point: a letter of 6 points still leaves its mark."""
GROUND = 0xFFFF00FF
"""Magenta, every pixel 32 bits."""

Met = tuple[int, int, tuple[int, ...]]
"""An object (a handle), its kind, and the forms it is in."""
Group = tuple[object, ...]
"""The forms that objects are in, the layer they belong to, or the one object that may be masked."""


def unpainted(page: int, seen: Frame) -> frozenset[int]:
    """The objects (handles) of a page (a handle) that do not show though nothing lies over them. Every
    object is as before afterwards."""
    layers: dict[int, bytes] = {}
    if not any(kind != native.PATH and _group(met, layers) for met in _objects(page) for kind in [met[1]]):
        return frozenset()
    groups: dict[Group, list[int]] = {}
    every = []
    for met in _objects(page):
        every.append(met[0])
        if group := _group(met, layers):
            groups.setdefault(group, []).append(met[0])
    return frozenset(_without_ink(page, seen, every, list(groups.values())))


def _objects(page: int) -> Iterator[Met]:
    """All objects of a page, forms aside, those in forms among them."""
    ahead = [(native.page_object(page, i), ()) for i in reversed(range(native.count_objects(page)))]
    stack: list[tuple[int, tuple[int, ...]]] = list(ahead)
    while stack:
        thing, forms = stack.pop()
        kind = native.object_kind(thing) if thing else 0
        if kind == native.FORM and len(forms) < FORMS_DEEP:
            inner = reversed(range(native.count_in_form(thing)))
            stack += [(native.form_object(thing, i), (*forms, thing)) for i in inner]
        elif kind:
            yield thing, kind, forms


def _group(met: Met, layers: dict[int, bytes]) -> Group:
    """The group of an object in doubt, () for any other."""
    thing, kind, forms = met
    if kind == native.SHADING:
        return ()
    layer = calls.layer_of(thing, layers)
    if not forms and not layer and not (kind == native.TEXT and calls.has_transparency(thing)):
        return ()
    return forms, layer, thing if kind == native.TEXT and calls.has_transparency(thing) else 0


def _without_ink(page: int, seen: Frame, every: Sequence[int], groups: Sequence[Sequence[int]]) -> set[int]:
    found: set[int] = set()
    with closing(_Picture(page, seen)) as picture:
        for thing in every:
            native.set_active(thing, 0)
        for group in groups[:GROUPS]:
            for thing in group:
                native.set_active(thing, 1)
            if not picture.has_ink():
                found.update(group)
            for thing in group:
                native.set_active(thing, 0)
        for thing in every:
            native.set_active(thing, 1)
    return found


class _Picture:
    """A picture of a page, painted as often as it is looked at."""

    def __init__(self, page: int, seen: Frame) -> None:
        scale = min(SCALE, GROUP_PIXELS / max(seen.width, seen.height))
        self._page = page
        self._size = max(1, round(seen.width * scale)), max(1, round(seen.height * scale))
        wide, tall = self._size
        self._pixels = np.zeros((tall, wide), dtype=np.uint32)
        at = self._pixels.ctypes.data_as(ctypes.c_void_p)
        self._bitmap = raw.FPDFBitmap_CreateEx(wide, tall, raw.FPDFBitmap_BGRx, at, 4 * wide)

    def close(self) -> None:
        """Let go of its bitmap."""
        raw.FPDFBitmap_Destroy(self._bitmap)

    def has_ink(self) -> bool:
        """Whether anything at all is painted now."""
        wide, tall = self._size
        self._pixels.fill(GROUND)
        raw.FPDF_RenderPageBitmap(self._bitmap, calls.page_handle(self._page), 0, 0, wide, tall, 0, 0)
        return bool((self._pixels & 0xFFFFFF != GROUND & 0xFFFFFF).any())
