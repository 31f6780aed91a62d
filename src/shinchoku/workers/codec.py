"""A frozen dataclass of plain values in, packed bytes out, and back; what unpacks has the very type asked
for.

The bytes are zlib-compressed JSON, in which a dataclass is the array of its fields: nothing in them can
run.
"""

import json
import types
import zlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Turn = Callable[[Any], Any]

_LEVEL = 1


class CodecError(Exception):
    """Bytes that hold no value of the type asked for: damaged, forged, of another version, or too many."""


def encode(value: object, limit: int) -> bytes:
    """The packed bytes of a dataclass made of str, bool, int, finite float, str enums, None, tuples and more
    such dataclasses. Raises CodecError where they unfold to more than `limit` bytes, TypeError or ValueError
    for a value of another kind."""
    said = json.dumps(
        _packer(cast(Any, type(value)))(value), ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    data = said.encode("utf-8", "surrogatepass")
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
        text = said.decode("utf-8", "surrogatepass")
        value: T = _unpacker(cast(Any, kind))(json.loads(text, parse_constant=_refuse))
    except (zlib.error, ValueError, TypeError, RecursionError) as error:
        raise CodecError(str(error)) from error
    return value


def _refuse(constant: str) -> Any:
    raise CodecError(f"{constant} is no number of ours")


def _same(value: Any) -> Any:
    return value


@cache
def _packer(kind: Any) -> Turn:
    """What turns a value of type `kind` into what JSON can hold; `_same` where it is that already."""
    parts = get_args(kind)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        turns = [(field.name, _packer(hints[field.name])) for field in fields(kind)]
        return lambda value: [turn(getattr(value, name)) for name, turn in turns]
    if get_origin(kind) is not tuple:
        turn = next((found for part in parts if (found := _packer(part)) is not _same), _same)
        return _same if turn is _same else lambda value: None if value is None else turn(value)
    if len(parts) == 2 and parts[1] is Ellipsis:
        each = _packer(parts[0])
        return _same if each is _same else lambda value: [each(item) for item in value]
    kinds = [_packer(part) for part in parts]
    if all(turn is _same for turn in kinds):
        return _same
    return lambda value: [turn(item) for turn, item in zip(kinds, value, strict=True)]


@cache
def _unpacker(kind: Any) -> Turn:
    """What turns parsed JSON into a value of type `kind`, or raises CodecError."""
    parts = get_args(kind)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        turns = [_unpacker(hints[field.name]) for field in fields(kind)]
        make: Any = kind
        return lambda value: make(*_items(value, turns))
    if get_origin(kind) is tuple:
        if len(parts) == 2 and parts[1] is Ellipsis:
            each = _unpacker(parts[0])
            return lambda value: tuple([each(item) for item in _array(value)])
        turns = [_unpacker(part) for part in parts]
        return lambda value: tuple(_items(value, turns))
    if get_origin(kind) in (Union, types.UnionType) and len(parts) == 2 and types.NoneType in parts:
        turn = _unpacker(parts[0] if parts[1] is types.NoneType else parts[1])
        return lambda value: None if value is None else turn(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind in (str, bool, int, float):
        return _scalar(kind)
    raise TypeError(f"values of type {kind} cannot be unpacked")


def _scalar(kind: type) -> Turn:
    also = int if kind is float else kind

    def check(value: Any) -> Any:
        if type(value) is kind:
            return value
        if type(value) is also:
            return kind(value)
        raise CodecError(f"{value!r:.80} is no {kind.__name__}")

    return check


def _array(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise CodecError(f"{value!r:.80} is no array")
    return value


def _items(value: Any, turns: list[Turn]) -> list[Any]:
    if len(_array(value)) != len(turns):
        raise CodecError(f"{len(value)} values where {len(turns)} belong")
    return [turn(item) for turn, item in zip(turns, value, strict=True)]
