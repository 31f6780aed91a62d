"""A file's bytes in; whether it can be a PDF at all, and what is damaged about it, out. Nothing is parsed."""

import mmap
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shinchoku.language import Said, say
from shinchoku.settings import HEADER_WITHIN, SECTIONS, TAIL_BYTES, Settings

_START = re.compile(rb"startxref\s+(\d{1,12})\s")
_SECTION = re.compile(rb"\s*xref\s")
_OBJECT = re.compile(rb"\s*(\d+)\s+\d+\s+obj\b")
_SUBSECTION = re.compile(rb"\s*(\d{1,10})\s+(\d{1,10})[ \t]*\r?\n?")
_ENTRY = re.compile(rb"\s*(\d{10}) (\d{5}) ([nf])")
_TRAILER = re.compile(rb"\s*trailer\b.{0,4000}?startxref", re.DOTALL)
_PREVIOUS = re.compile(rb"/Prev\s+(\d{1,12})")
_UPDATE = re.compile(rb"(?:%[^\r\n]*[\r\n]+|\s)*(?:\d{1,8}\s+\d{1,5}\s+obj\b|xref\s|\d+[\d\s]*(?:\so?b?)?\Z)")
"""How an update of a file begins: with an object, a table of objects, or what a cut left of that."""
_KINDS = (
    (rb"\s*(?:<!doctype|<html|<\?xml|<head)", say("a web page")),
    (rb"PK\x03\x04", say("a Word, Excel or zip file")),
    (rb"\xd0\xcf\x11\xe0", say("an older Word or Excel file")),
    (rb"\xff\xd8\xff|\x89PNG|GIF8|II\*\0|MM\0\*", say("a picture")),
    (rb"%!PS", say("a PostScript file")),
)


class RefusedError(Exception):
    """A file or a page cannot be read. `code` is the problem's, `message` says what to do next."""

    def __init__(self, code: str, message: Said) -> None:
        super().__init__(message.en)
        self.code = code
        self.message = message


@contextmanager
def mapped(path: Path) -> Iterator[mmap.mmap]:
    """The bytes of a file that is not empty, as needed."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield data


def find_damage(path: Path, settings: Settings) -> str:
    """The code of what is damaged about a PDF, `truncated` or `damaged_xref`; "" where nothing was found.
    Raises RefusedError for what is no PDF, and OSError."""
    size = path.stat().st_size
    if size == 0:
        raise RefusedError("empty_file", say("the file is empty; fetch it again"))
    if size > settings.file_bytes:
        raise RefusedError(
            "too_large",
            say(
                "the file has {size:,} bytes, more than the {file_bytes:,} allowed; split it",
                size=size,
                file_bytes=settings.file_bytes,
            ),
        )
    with mapped(path) as data:
        header = data.find(b"%PDF-", 0, HEADER_WITHIN + 5)
        if header < 0:
            raise RefusedError(
                "not_a_pdf",
                say(
                    "this is {kind}, not a PDF; fetch or export it as a PDF", kind=_kind(data[:HEADER_WITHIN])
                ),
            )
        starts = _START.findall(data, max(0, size - TAIL_BYTES))
        end = data.rfind(b"%%EOF", max(0, size - TAIL_BYTES))
        if not starts or end < 0 or _UPDATE.match(data, end + len(b"%%EOF")):
            return "truncated"
        return "" if _is_sound(data, int(starts[-1]), header) else "damaged_xref"


def _kind(head: bytes) -> Said:
    return next((kind for sign, kind in _KINDS if re.match(sign, head, re.IGNORECASE)), say("something else"))


def _is_sound(data: mmap.mmap, start: int, header: int) -> bool:
    """Whether every entry of the cross-reference tables from `start` back points at the object it names.
    Places may be counted from the header instead of the file's start."""
    seen: set[int] = set()
    while start not in seen and len(seen) < SECTIONS:
        seen.add(start)
        found = next((b for b in {0, header} if _SECTION.match(data, start + b)), None)
        if found is None:
            return any(_OBJECT.match(data, start + base) for base in (0, header))
        end = _end_of_table(data, start + found, found)
        trailer = _TRAILER.match(data, end) if end >= 0 else None
        if trailer is None:
            return False
        previous = _PREVIOUS.search(trailer[0])
        if previous is None:
            return True
        start = int(previous[1])
    return True


def _end_of_table(data: mmap.mmap, start: int, base: int) -> int:
    """Where a table's entries end, or -1 where one of them points at something else than its object. One that
    points at the very start of the file is free, whatever it says: readers have it so, and write it."""
    section = _SECTION.match(data, start)
    at = section.end() if section else start
    while subsection := _SUBSECTION.match(data, at):
        number, count = int(subsection[1]), int(subsection[2])
        at = subsection.end()
        for n in range(number, number + count):
            entry = _ENTRY.match(data, at)
            if entry is None:
                return at
            at = entry.end()
            if entry[3] == b"n" and int(entry[1]) > 0:
                named = _OBJECT.match(data, int(entry[1]) + base)
                if named is None or int(named[1]) != n:
                    return -1
    return at
