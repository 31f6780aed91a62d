"""A column's checked values in, an Arrow array out, from plain buffers: `pyarrow.array` would import
pandas first."""

from array import array
from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, cast

import numpy as np

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

    given = [value is not None for value in values]
    nulls = given.count(False)
    valid = pa.py_buffer(_bits(given)) if nulls else None
    if pa.types.is_string(kind):
        known = {value: str(value).encode() for value in set(values)}
        encoded = [known[value] for value in values]
        offsets = array("i", accumulate(map(len, encoded), initial=0))
        buffers = [valid, pa.py_buffer(offsets.tobytes()), pa.py_buffer(b"".join(encoded))]
    elif pa.types.is_boolean(kind):
        buffers = [valid, pa.py_buffer(_bits(list(map(bool, values))))]
    else:
        buffers = [valid, pa.py_buffer(_numbers(values, kind))]
    return pa.Array.from_buffers(kind, len(values), buffers, nulls)


def _numbers(values: Sequence[Value], kind: "pa.DataType") -> bytes:
    if str(kind) == "date32[day]":
        return array("i", [v.toordinal() - EPOCH if isinstance(v, date) else 0 for v in values]).tobytes()
    numbers = cast(Sequence[float | None], values)
    return array(_CODES[str(kind)], [0 if v is None else v for v in numbers]).tobytes()


def _bits(flags: list[bool]) -> bytes:
    """One bit a flag, the first in the lowest bit of the first byte."""
    return np.packbits(np.array(flags, dtype=np.bool_), bitorder="little").tobytes()
