"""A column's checked values in, an Arrow array out, from plain buffers: `pyarrow.array` would import
pandas first."""

from array import array
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING

from shinchoku.dataset.tables.checks import Value

if TYPE_CHECKING:
    import pyarrow as pa

EPOCH = date(1970, 1, 1).toordinal()
"""Day 0 of Arrow's date32."""

_CODES = {"int64": "q", "double": "d"}


def arrow_array(values: Sequence[Value], kind: "pa.DataType") -> "pa.Array":
    """`values` as an Arrow array of type `kind`: string, int64, double, bool or date32; None is null.

    Importing pandas takes several times as long as writing a report's files; nothing here needs it. The
    layout of the buffers is that of the Arrow columnar format.
    """
    import pyarrow as pa

    nulls = sum(value is None for value in values)
    valid = pa.py_buffer(_bits(value is not None for value in values)) if nulls else None
    if pa.types.is_string(kind):
        encoded = [str(value).encode() for value in values]
        offsets = array("i", accumulate(map(len, encoded), initial=0))
        buffers = [valid, pa.py_buffer(offsets.tobytes()), pa.py_buffer(b"".join(encoded))]
    elif pa.types.is_boolean(kind):
        buffers = [valid, pa.py_buffer(_bits(bool(value) for value in values))]
    else:
        buffers = [valid, pa.py_buffer(_numbers(values, kind))]
    return pa.Array.from_buffers(kind, len(values), buffers, nulls)


def _numbers(values: Sequence[Value], kind: "pa.DataType") -> bytes:
    if str(kind) == "date32[day]":
        return array("i", [v.toordinal() - EPOCH if isinstance(v, date) else 0 for v in values]).tobytes()
    return array(_CODES[str(kind)], [v if isinstance(v, int | float) else 0 for v in values]).tobytes()


def _bits(flags: Iterable[bool]) -> bytes:
    """One bit a flag, the first in the lowest bit of the first byte."""
    digits = "".join("01"[flag] for flag in flags)
    return int(digits[::-1] or "0", 2).to_bytes((len(digits) + 7) // 8, "little")
