"""The functions of PDFium that go through the objects of a page, with plain numbers for handles."""

import ctypes
import struct
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as raw

Call = Callable[..., Any]
TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5
"""Kinds of page objects."""


def function(name: str, result: Any, *arguments: Any) -> Call:
    """pypdfium2's own prototypes turn every handle into a typed pointer object, which costs more than the
    calls themselves; here handles are addresses (`ctypes.c_void_p`). Raises AttributeError where PDFium has
    no such function."""
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    if address is None:
        raise AttributeError(name)
    return ctypes.CFUNCTYPE(result, *arguments)(address)


class Scratch:
    """Room for what PDFium writes: numbers are read back with `floats` or `ints` after a call that was given
    `at` (and the addresses behind it, four bytes further each)."""

    def __init__(self) -> None:
        self._room = ctypes.create_string_buffer(64)
        self.at = ctypes.addressof(self._room)
        self.each = tuple(self.at + 4 * i for i in range(4))

    def floats(self, count: int) -> tuple[float, ...]:
        """The first `count` numbers (1, 2, 4 or 6)."""
        return _FLOATS[count](self._room)

    def ints(self, count: int) -> tuple[int, ...]:
        """The first `count` whole numbers (2 or 4)."""
        return _INTS[count](self._room)


_FLOATS = {count: struct.Struct(f"{count}f").unpack_from for count in (1, 2, 4, 6)}
_INTS = {count: struct.Struct(f"{count}i").unpack_from for count in (2, 4)}

_INT, _HANDLE = ctypes.c_int, ctypes.c_void_p
count_objects = function("FPDFPage_CountObjects", _INT, _HANDLE)
page_object = function("FPDFPage_GetObject", _HANDLE, _HANDLE, _INT)
count_in_form = function("FPDFFormObj_CountObjects", _INT, _HANDLE)
form_object = function("FPDFFormObj_GetObject", _HANDLE, _HANDLE, ctypes.c_ulong)
object_kind = function("FPDFPageObj_GetType", _INT, _HANDLE)
set_active = function("FPDFPageObj_SetIsActive", _INT, _HANDLE, _INT)
object_bounds = function("FPDFPageObj_GetBounds", _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
object_matrix = function("FPDFPageObj_GetMatrix", _INT, _HANDLE, _HANDLE)
