"""Messages between the command and its workers: a small JSON head and a packed body, framed on a socket."""

import json
import struct
from typing import Any, NamedTuple

LET_GO = b"let go"
"""What a server of workers says when those of a run have ended; what else it says are numbers."""
_FRAME = struct.Struct(">II")
_PIECE = 1 << 18


class WireError(Exception):
    """What came over the socket is no message of ours: too long, or a head that is not a JSON object."""


class Message(NamedTuple):
    """`head` says what it is about, `body` is a packed page or empty."""

    head: dict[str, Any]
    body: bytes


def pack(head: dict[str, Any], body: bytes = b"") -> bytes:
    """The bytes of one message."""
    said = json.dumps(head, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    return _FRAME.pack(len(said), len(body)) + said + body


class Inbox:
    """Bytes in as they arrive, whole messages out. Half a message waits for the rest and blocks nobody."""

    def __init__(self, limit: int) -> None:
        """`limit` is how long a message may be, in bytes."""
        self._held = bytearray()
        self._limit = limit

    def feed(self, data: bytes) -> list[Message]:
        """The messages that `data` completes, in order. Raises WireError."""
        self._held += data
        found = []
        while (message := self._next()) is not None:
            found.append(message)
        return found

    def _next(self) -> Message | None:
        if len(self._held) < _FRAME.size:
            return None
        head_size, body_size = _FRAME.unpack_from(self._held)
        end = _FRAME.size + head_size + body_size
        if end > self._limit + _PIECE:
            raise WireError(f"a message of {end} bytes")
        if len(self._held) < end:
            return None
        said = bytes(self._held[_FRAME.size : _FRAME.size + head_size])
        body = bytes(self._held[_FRAME.size + head_size : end])
        del self._held[:end]
        try:
            head = json.loads(said)
        except ValueError as error:
            raise WireError(f"a head that is not JSON: {said[:80]!r}") from error
        if not isinstance(head, dict):
            raise WireError(f"a head that is no object: {said[:80]!r}")
        return Message(head, body)
