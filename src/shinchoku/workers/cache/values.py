"""What a run leaves to be remembered, under a hash of all that it depends on, in; the same or nothing out."""

from contextlib import suppress
from typing import TypeVar

from shinchoku.workers.cache import Cache
from shinchoku.workers.codec import CodecError, decode, encode

T = TypeVar("T")
LIMIT = 64 << 20
"""Bytes of a value, unpacked."""


def remember(cache: Cache | None, key: str, value: object) -> None:
    """Keep a dataclass of plain values (see `encode`)."""
    if cache:
        cache.store(key, 0, {}, encode(value, LIMIT))


def remembered(cache: Cache | None, key: str, kind: type[T]) -> T | None:
    """The value of the dataclass `kind` that was kept, None where there is none."""
    found = cache.load(key, 0) if cache else None
    with suppress(CodecError):
        return decode(found.body, kind, LIMIT) if found else None
    return None
