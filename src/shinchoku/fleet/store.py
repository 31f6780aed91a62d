"""A folder or the address of one in; its files, to list, to read and to write whole, out."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj

import pyarrow as pa
from pyarrow import fs

from shinchoku.problems import ShinchokuError

DEEP = 3
"""A PDF stands in the store itself or at most two folders below."""
PIECE = 1 << 20
"""Bytes of a file that are copied at a time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file: `path` from the store's root with forward slashes, its size in bytes and when it was changed,
    in nanoseconds."""

    path: str
    size: int
    changed: int

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Store:
    """A folder on some file system. Open it with `open_store`, in each process anew."""

    files: fs.FileSystem
    root: str

    def entries(self, folder: str = "") -> list[Entry]:
        """All files below `folder`, by path; none where it does not exist."""
        found = self.files.get_file_info(
            fs.FileSelector(self._at(folder), recursive=True, allow_not_found=True)
        )
        start = len(self.root) + 1
        entries = [
            Entry(info.path[start:], info.size, info.mtime_ns or 0)
            for info in found
            if info.type == fs.FileType.File
        ]
        return sorted(entries, key=lambda entry: entry.path)

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises OSError where it cannot be read."""
        with self.files.open_input_file(self._at(path)) as file:
            data: bytes = file.read()
        return data

    def fetch(self, path: str, to: Path) -> None:
        """Copy a file to the local path `to`."""
        to.parent.mkdir(parents=True, exist_ok=True)
        with self.files.open_input_stream(self._at(path)) as file, to.open("wb") as held:
            copyfileobj(file, held, PIECE)

    def write(self, path: str, data: bytes) -> None:
        """Write a file whole or not at all: an object store has it so; in a folder it is moved in place."""
        at = self._at(path)
        if not isinstance(self.files, fs.LocalFileSystem):
            with self.files.open_output_stream(at) as file:
                file.write(data)
            return
        local = Path(at)
        local.parent.mkdir(parents=True, exist_ok=True)
        part = local.with_name(f".{local.name}.{os.getpid()}.part")
        with part.open("wb") as held:
            held.write(data)
            held.flush()
            os.fsync(held.fileno())
        part.replace(local)

    def _at(self, path: str) -> str:
        return f"{self.root}/{path}" if path else self.root


def open_store(address: str) -> Store:
    """The store at `address`: a folder, or an address that pyarrow knows (file, s3, gs, hdfs) or, where
    fsspec is installed, one that fsspec knows. Raises ShinchokuError where it is none of these."""
    try:
        if "://" not in address:
            return Store(fs.LocalFileSystem(), Path(address).absolute().as_posix())
        return Store(*_known(address))
    except (OSError, ValueError, ImportError, pa.ArrowException) as error:
        raise ShinchokuError.say(
            "{address}: no folder can be reached there: {error}", address=address, error=error
        ) from error


def _known(address: str) -> tuple[fs.FileSystem, str]:
    try:
        files, root = fs.FileSystem.from_uri(address)
    except pa.ArrowInvalid:
        from fsspec.core import url_to_fs

        other, root = url_to_fs(address)
        files = fs.PyFileSystem(fs.FSSpecHandler(other))
    return files, root.rstrip("/")


def pdfs(store: Store) -> Iterator[Entry]:
    """The PDFs of a store, at most two folders deep, by path; hidden ones are none."""
    for entry in store.entries():
        parts = entry.path.split("/")
        hidden = any(part.startswith(".") for part in parts)
        if len(parts) <= DEEP and not hidden and parts[-1].lower().endswith(".pdf"):
            yield entry
