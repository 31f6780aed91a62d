"""What was made of a PDF's pages, kept on disk under the PDF's bytes, the reader and the code that read it.

Entries are written whole or not at all, by as many runs at once as there are. They hold JSON (see codec);
one that is damaged is as good as none.
"""

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from shinchoku.settings import CACHE_SECONDS
from shinchoku.version import code_version
from shinchoku.workers.codec import CodecError, decode, encode
from shinchoku.workers.wire import Inbox, Message, WireError, pack

VARIABLE = "SHINCHOKU_CACHE"
"""The environment variable that names the folder."""
LATER = frozenset(
    (
        *("api", "cells", "cli", "dataset", "diff", "fiscal", "fleet", "history", "layouts", "making"),
        *("people", "printed", "records", "report", "review", "rows", "stitch", "values", "wraps"),
    )
)
"""Rooms that come after a page is read: a change in them makes nothing that is kept wrong."""
VALUE_BYTES = 64 << 20
"""Of a value that a run leaves to be remembered, unpacked."""
T = TypeVar("T")
_VERSION = re.compile("[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of entries that one version of the code made. Make it with `open_cache`."""

    folder: Path

    def has(self, key: str, page: int) -> bool:
        """Whether there is an entry of a page; what it is worth shows when it is loaded."""
        return self._path(key, page).is_file()

    def load(self, key: str, page: int) -> Message | None:
        """What was kept of a page (0: of the file as a whole), or None."""
        with contextlib.suppress(OSError, WireError):
            data = self._path(key, page).read_bytes()
            digest, data = data[:32], data[32:]
            if _seal(key, page, data) == digest:
                return next(iter(Inbox(len(data)).feed(data)), None)
        return None

    def store(self, key: str, page: int, head: dict[str, Any], body: bytes) -> None:
        """Keep what was made of a page. A disk that is full or read-only keeps nothing, and that is no
        fault."""
        data = pack(head, body)
        path = self._path(key, page)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            fd, name = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(fd, "wb") as file:
                    file.write(_seal(key, page, data) + data)
                os.replace(name, path)
            except OSError:
                os.unlink(name)

    def _path(self, key: str, page: int) -> Path:
        return self.folder / key[:2] / key / f"{page}"


def _seal(key: str, page: int, data: bytes) -> bytes:
    """What stands before an entry: a hash of it and of the place it was made for, where alone it counts."""
    return hashlib.sha256(f"{key}/{page}\n".encode() + data).digest()


def open_cache(root: Path | None = None) -> Cache:
    """The cache in the folder `root`; without one in the folder $SHINCHOKU_CACHE names, else in
    .cache/shinchoku where the command runs. What other versions of the code kept there and have not used
    for long is thrown away."""
    root = root or Path(os.environ.get(VARIABLE) or Path(".cache", "shinchoku"))
    folder = root / code_version(LATER)
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
        for other in root.iterdir():
            if _VERSION.fullmatch(other.name) and time.time() - other.stat().st_mtime > CACHE_SECONDS:
                shutil.rmtree(other, ignore_errors=True)
    return Cache(folder)


def remember(cache: Cache | None, key: str, value: object) -> None:
    """Keep a plain value, or a dataclass of some (see `encode`), under a hash of all that it depends on."""
    if cache:
        cache.store(key, 0, {}, encode(value, VALUE_BYTES))


def remembered(cache: Cache | None, key: str, kind: type[T]) -> T | None:
    """The value of type `kind` that was kept, None where there is none."""
    found = cache.load(key, 0) if cache else None
    with contextlib.suppress(CodecError):
        return decode(found.body, kind, VALUE_BYTES) if found else None
    return None
