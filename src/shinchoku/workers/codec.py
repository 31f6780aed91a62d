"""A frozen dataclass of plain values in, packed bytes out, and back; what unpacks has the very type asked
for.

The bytes are zlib-compressed JSON, in which a dataclass is an object of its fields: nothing in them can run.
"""

import zlib
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")

_LEVEL = 1
_ENCODER = msgspec.json.Encoder()


class CodecError(Exception):
    """Bytes that hold no value of the type asked for: damaged, forged, of another version, or too many."""


def encode(value: object, limit: int) -> bytes:
    """The packed bytes of a dataclass made of str, bool, int, float, str enums, None, tuples and more such
    dataclasses. Raises CodecError where they unfold to more than `limit` bytes, TypeError or ValueError for
    a value of another kind. A float that is not finite is packed as none and does not unpack."""
    data = _ENCODER.encode(value)
    if len(data) > limit:
        raise CodecError(f"{len(data)} bytes, more than the {limit} allowed")
    return zlib.compress(data, _LEVEL)


def decode(data: bytes, kind: type[T], limit: int) -> T:
    """The value of the dataclass `kind` that `data` holds. Raises CodecError, and nothing else, where it
    holds none or unfolds to more than `limit` bytes."""
    try:
        unfold = zlib.decompressobj()
        said = unfold.decompress(data, limit + 1)
        if len(said) > limit or not unfold.eof or unfold.unused_data:
            raise CodecError(f"cut short, run on, or more than {limit} bytes")
        value: T = _decoder(cast(Any, kind)).decode(said)
    except (zlib.error, msgspec.DecodeError, RecursionError) as error:
        raise CodecError(str(error)) from error
    return value


@cache
def _decoder(kind: Any) -> "msgspec.json.Decoder[Any]":
    return msgspec.json.Decoder(kind)
