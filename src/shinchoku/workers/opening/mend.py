"""A damaged PDF's bytes in; the bytes that make a readable PDF of it when appended to it, out.

Objects are found by looking for them from front to back, those packed in object streams are unpacked, and
a new cross-reference table is written over them all. Where the page tree is lost or leads nowhere, a flat
one is made of the pages that are left, in the order of the file.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from mmap import mmap

from shinchoku.settings import HEAD_BYTES, UNFOLDED_BYTES

_MARK = re.compile(rb"(?<!\d)(\d{1,8})\s+(\d{1,5})\s+obj\b|\bstream\r?\n|\btrailer\b")
_REFERENCE = re.compile(rb"(\d{1,8})\s+\d{1,5}\s+R\b")
_TYPE = re.compile(rb"/Type\s*/(\w+)")
_ROOT = re.compile(rb"/Root\s+(\d{1,8})\s+\d{1,5}\s+R\b")
_KEPT = re.compile(rb"/ID\s*\[[^\]]*\]|/Encrypt\s+\d{1,8}\s+\d{1,5}\s+R\b")
_PAGES = re.compile(rb"/Pages\s+(\d{1,8})\s+\d{1,5}\s+R\b")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_FIRST = re.compile(rb"/First\s+(\d{1,9})\b")


@dataclass(frozen=True, slots=True)
class Mending:
    """What to append to a file so that a reader finds its objects, the newest of each number. `whole` says
    that a table of objects stands, or begins, after the last of them and after the end of what was there
    before an update: none was cut off."""

    tail: bytes
    whole: bool


@dataclass
class _Found:
    """What was found: where each object stands, the ones that were packed, and the last words on the
    whole file."""

    places: dict[int, tuple[int, int]] = field(default_factory=dict)
    loose: dict[int, bytes] = field(default_factory=dict)
    trailer: bytes = b""


def mending(data: mmap) -> Mending | None:
    """What mends the damaged file `data`; None where it holds no page."""
    found = _Found()
    last, kind = 0, b""
    for match, end in _walk(data):
        head = bytes(data[match.end() : min(end, match.end() + HEAD_BYTES)])
        if match[1] is None:
            found.trailer = head if _ROOT.search(head) else found.trailer
            continue
        number = int(match[1])
        last, kind = match.end(), _type(head)
        known = number in found.places or number in found.loose
        if known and end == len(data) and data.find(b"endobj", last) < 0:
            continue  # an older whole object serves better than the beginning of a new one
        found.places[number] = (match.start(1), int(match[2]))
        found.loose.pop(number, None)
        if kind == b"ObjStm":
            found.loose.update(_unpack(data, match.end()))
        if kind == b"XRef" and _ROOT.search(head):
            found.trailer = head
    tail = _tail(data, found)
    end = data.rfind(b"%%EOF")
    whole = (kind == b"XRef" and last > end) or data.find(b"xref", max(last, end)) >= 0
    return None if tail is None else Mending(tail, whole)


def _walk(data: mmap) -> Iterator[tuple[re.Match[bytes], int]]:
    """Each object's or trailer's start, with where what it says about itself ends; streams are passed
    over."""
    at = 0
    last: re.Match[bytes] | None = None
    while match := _MARK.search(data, at):
        at = match.end()
        if last is not None:
            yield last, match.start()
        last = match
        if match[0].startswith(b"stream"):
            last = None
            end = data.find(b"endstream", at)
            at = end if end > 0 else at
    if last is not None:
        yield last, len(data)


def _type(head: bytes) -> bytes:
    match = _TYPE.search(head.split(b"endobj", 1)[0])
    return match[1] if match else b""


def _unpack(data: mmap, start: int) -> dict[int, bytes]:
    """The objects in the object stream at `start`; none where it is encrypted or damaged."""
    body = data.find(b"stream", start)
    first = _FIRST.search(data, start, body)
    if first is None:
        return {}
    packed = data.find(b"/FlateDecode", start, body) >= 0
    body += 8 if data[body + 6 : body + 8] == b"\r\n" else 7
    try:
        said = data[body : data.find(b"endstream", body)]
        if packed:
            said = zlib.decompressobj().decompress(said, UNFOLDED_BYTES)
        pairs = [int(word) for word in said[: int(first[1])].split()]
    except (zlib.error, ValueError):
        return {}
    starts = [int(first[1]) + place for place in pairs[1::2]]
    ends = [*starts[1:], len(said)]
    return {n: said[a:b] for n, a, b in zip(pairs[::2], starts, ends, strict=False)}


def _tail(data: mmap, found: _Found) -> bytes | None:
    heads = {
        number: bytes(data[at : at + HEAD_BYTES]) for number, (at, _) in found.places.items()
    } | found.loose
    kinds = {number: _type(head) for number, head in heads.items()}
    if b"Page" not in kinds.values():
        return None
    root = _root(found.trailer, kinds)
    free = max(kinds) + 1
    made: dict[int, bytes] = dict(found.loose)
    leaves = list(_leaves(heads, kinds, root)) if root is not None else []
    if root is None or None in leaves or not leaves:
        pages = [n for n in leaves if n is not None] or [n for n, kind in kinds.items() if kind == b"Page"]
        kids = b" ".join(b"%d 0 R" % n for n in pages)
        inherited = _inheritance(heads, kinds)
        made[free] = b"<</Type/Catalog/Pages %d 0 R>>" % (free + 1)
        made[free + 1] = b"<</Type/Pages/Count %d/Kids[%b]%b>>" % (len(pages), kids, inherited)
        root = free
    return _write(len(data), found, made, root)


def _root(trailer: bytes, kinds: Mapping[int, bytes]) -> int | None:
    named = _ROOT.search(trailer)
    if named and kinds.get(int(named[1])) == b"Catalog":
        return int(named[1])
    return next((n for n, kind in reversed(list(kinds.items())) if kind == b"Catalog"), None)


def _leaves(heads: Mapping[int, bytes], kinds: Mapping[int, bytes], root: int) -> Iterator[int | None]:
    """The pages the tree under `root` leads to, in order; None for one that is not there."""
    top = _PAGES.search(heads[root].split(b"endobj", 1)[0])
    ahead = [int(top[1])] if top else []
    seen: set[int] = set()
    while ahead:
        number = ahead.pop()
        if number in seen:
            continue
        seen.add(number)
        kids = _KIDS.search(heads[number].split(b"endobj", 1)[0]) if kinds.get(number) == b"Pages" else None
        if kids:
            ahead += [int(n) for n in reversed(_REFERENCE.findall(kids[1]))]
        else:
            yield number if kinds.get(number) == b"Page" else None


def _inheritance(heads: Mapping[int, bytes], kinds: Mapping[int, bytes]) -> bytes:
    """What pages take over from the tree's nodes, as far as it is still there."""
    nodes = b" ".join(heads[n].split(b"endobj", 1)[0] for n, kind in kinds.items() if kind == b"Pages")
    patterns = (rb"/MediaBox\s*\[[^\]]*\]", rb"/Resources\s+\d+\s+\d+\s+R\b", rb"/Rotate\s+-?\d+")
    return b"".join(match[0] for pattern in patterns if (match := re.search(pattern, nodes)))


def _write(size: int, found: _Found, made: Mapping[int, bytes], root: int) -> bytes:
    """Objects `made`, a table of all objects, and a trailer, to stand after `size` bytes."""
    out = bytearray(b"\n")
    places = dict(found.places)
    for number, body in made.items():
        places[number] = (size + len(out), 0)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body.strip())
    start = size + len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, (at, generation) in sorted(places.items()):
        out += b"%d 1\n%010d %05d n \n" % (number, at, generation)
    kept = b"".join(dict.fromkeys(_KEPT.findall(found.trailer)))
    out += b"trailer\n<</Size %d/Root %d 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (
        max(places) + 1,
        root,
        kept,
        start,
    )
    return bytes(out)
