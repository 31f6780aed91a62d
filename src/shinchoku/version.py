"""The package's own files in; one hash of all that decides what is made of a PDF out."""

import hashlib
import platform
from functools import cache
from pathlib import Path

LIBRARIES = (
    *("msgspec", "numpy", "pandas", "pdfminer.six", "pdfplumber", "pillow"),
    *("pyarrow", "pypdfium2", "rapidfuzz", "scipy"),
)
DECIDING = (".py", ".toml", ".csv", ".txt", ".mo")
"""Endings of the files that decide what is made."""


@cache
def code_version(without: frozenset[str] = frozenset(), package: Path = Path(__file__).parent) -> str:
    """A hash, 16 hexadecimal digits, of the code and data in the folder `package` but for the rooms
    `without`, and of the versions of Python and of the libraries that decide what comes out: two machines
    with the same one make the same files."""
    digest = hashlib.sha256(f"python=={platform.python_version()}\n".encode())
    for library in LIBRARIES:
        digest.update(f"{library}=={_installed(library)}\n".encode())
    for path in sorted(package.rglob("*")):
        room = path.relative_to(package)
        if path.suffix in DECIDING and room.parts[0].removesuffix(".py") not in without:
            digest.update(f"{room.as_posix()}\0{path.stat().st_size}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _installed(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
