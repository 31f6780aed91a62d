"""A report that is made in; the manifest that says so, written last, out; and the manifests of a store.

A store of made reports holds `data/<report_id>/<sha12>.<version>/` with a report's files,
`_manifests/<sha256>.<version>.json`, which alone makes these count, and `_quarantine/<sha256>.json` for a PDF
that could not be worked on.
"""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import msgspec

from shinchoku.fleet.store import Store
from shinchoku.version import code_version

T = TypeVar("T", "Manifest", "Quarantined")

MANIFESTS = "_manifests"
QUARANTINE = "_quarantine"
DATA = "data"
READERS = 16
"""Files that are read at once: what an object store takes to answer is waiting."""


class Made(msgspec.Struct, frozen=True):
    """A report that was made: the PDF's path in the source, its size in bytes and when it was changed, in
    nanoseconds; the report's folder in the store, the names of its files there, and one hash of them (""
    where they are not those of a report)."""

    report_id: str
    path: str
    size: int
    changed: int
    data: str
    files: tuple[str, ...]
    pages: int
    errors: int
    warnings: int
    digest: str = ""


class Manifest(msgspec.Struct, frozen=True):
    """All that was made of the bytes with this sha256, one report for each PDF that holds them, by this
    version of the code and of what was said beside the PDFs."""

    sha256: str
    version: str
    reports: tuple[Made, ...]

    @property
    def path(self) -> str:
        return f"{MANIFESTS}/{self.sha256}.{self.version}.json"


class Quarantined(msgspec.Struct, frozen=True):
    """A PDF that could not be worked on: `code` is timeout, memory, crash or error; `said` are the last words
    of it."""

    sha256: str
    version: str
    paths: tuple[str, ...]
    code: str
    tries: int
    node: str
    said: str

    @property
    def path(self) -> str:
        return f"{QUARANTINE}/{self.sha256}.json"


def write_record(store: Store, record: Manifest | Quarantined) -> None:
    """Write a manifest or a note of quarantine to its place."""
    store.write(record.path, msgspec.json.format(msgspec.json.encode(record), indent=1))


def read_manifests(store: Store) -> list[Manifest]:
    """All manifests of a store, the oldest first."""
    return _read(store, MANIFESTS, Manifest)


def read_quarantine(store: Store) -> list[Quarantined]:
    """All notes of quarantine of a store, the oldest first."""
    return _read(store, QUARANTINE, Quarantined)


def _read(store: Store, folder: str, kind: type[T]) -> list[T]:
    entries = [e for e in store.entries(folder) if e.name.endswith(".json") and not e.name.startswith(".")]
    entries.sort(key=lambda entry: (entry.changed, entry.path))
    with ThreadPoolExecutor(READERS) as pool:
        texts = pool.map(lambda entry: store.read(entry.path), entries)
        return [msgspec.json.decode(text, type=kind) for text in texts]


def data_folder(report_id: str, sha256: str, made_by: str) -> str:
    """Where the files of a report stand in the store."""
    return f"{DATA}/{report_id}/{sha256[:12]}.{made_by}"


def version_of(beside: dict[str, bytes]) -> str:
    """The version of what is made: that of the code, and of the files that stand beside the PDFs."""
    digest = hashlib.sha256(code_version().encode())
    for path in sorted(beside):
        digest.update(f"{path}\0{len(beside[path])}\n".encode() + beside[path])
    return digest.hexdigest()[:12]
