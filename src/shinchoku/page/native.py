"""A function of PDFium by its name in, the same function with plain numbers for handles out."""

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as raw

Call = Callable[..., Any]


def function(name: str, result: Any, *arguments: Any) -> Call:
    """pypdfium2's own prototypes turn every handle into a typed pointer object, which costs more than the
    calls themselves; here handles are addresses (`ctypes.c_void_p`). Raises AttributeError where PDFium has
    no such function."""
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    if address is None:
        raise AttributeError(name)
    return ctypes.CFUNCTYPE(result, *arguments)(address)
