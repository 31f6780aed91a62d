"""A content stream's bytes in, its tokens out; a token in, the number, name, string or array it says out."""

import math
import re
from collections.abc import Iterable, Iterator

_REGULAR = rb"[^\x00\t\n\x0c\r ()<>\[\]{}/%]"
_STRING = rb"\((?:[^()\\]++|\\.)*+\)"
for _ in range(3):  # brackets within a string, three deep; deeper ones are matched by hand
    _STRING = rb"\((?:[^()\\]++|\\.|" + _STRING + rb")*+\)"
_HEX = rb"<[^<>]*+>"
_NUMBER = rb"[-+]*(?:\d+\.?\d*|\.\d+)"

_TOKEN = re.compile(
    rb"%[^\r\n]*+|("
    + rb"|".join(
        [
            _REGULAR + rb"++",
            rb"/" + _REGULAR + rb"*+",
            rb"\[(?:[^\[\]()%]++|" + _STRING + rb")*+\]",
            _HEX,
            _STRING,
            rb"<<(?:[^<>()%]++|" + _HEX + rb"|" + _STRING + rb")*+>>",
            rb"<<|>>|[\[\](){}<>]",
        ]
    )
    + rb")",
    re.DOTALL,
)
_ITEM = re.compile(
    rb"(" + _STRING + rb"|" + _HEX + rb"|" + _REGULAR + rb"++|/" + _REGULAR + rb"*+)", re.DOTALL
)
_LENIENT = re.compile(_NUMBER)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)|\r\n?", re.DOTALL)
_ESCAPED = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}
_NOT_HEX = re.compile(rb"[^0-9A-Fa-f]+")
_BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)
_INLINE_START = re.compile(rb"(?<![^\s\])>])BI(?=[\s/])[^()]{0,4000}?\sID\s")
_INLINE_END = re.compile(rb"\sEI(?![^\s])")
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTUAL_TEXT = re.compile(rb"/ActualText\s*(" + _STRING + rb"|" + _HEX + rb")", re.DOTALL)

WHOLE = 16_000_000
"""Streams up to this many bytes are cut in one go, which is twice as fast; longer ones token by token."""


def tokens(data: bytes) -> Iterable[bytes]:
    """The tokens of a content stream in order. Strings, arrays and dictionaries are one token each, brackets
    and all; a comment is an empty token; an inline image is the one token `EI`. Nothing is raised: what is no
    PDF comes out as stray tokens."""
    if b"BI" in data:
        data = _without_inline_images(data)
    if len(data) > WHOLE:
        return _one_by_one(data)
    found = _TOKEN.findall(data)
    return _one_by_one(data) if b"(" in found else found


def _without_inline_images(data: bytes) -> bytes:
    out: list[bytes] = []
    at = 0
    while start := _INLINE_START.search(data, at):
        end = _INLINE_END.search(data, start.end() - 1)
        if end is None:
            break
        out += [data[at : start.start()], b" EI "]
        at = end.end()
    return b"".join([*out, data[at:]])


def _one_by_one(data: bytes) -> Iterator[bytes]:
    at = 0
    while found := _TOKEN.search(data, at):
        at = found.end()
        token: bytes = found[1] or b""
        if token == b"(":
            at = _string_end(data, found.start())
            token = data[found.start() : at]
        yield token


def _string_end(data: bytes, start: int) -> int:
    depth = 0
    for bracket in _BRACKET.finditer(data, start):
        depth += {b"(": 1, b")": -1}.get(bracket[0], 0)
        if depth == 0:
            return bracket.end()
    return len(data)


def number(token: bytes) -> float:
    """The number a token says; a malformed one (`--5`, `1.2.3`, `12-34`) as far as it can be read, else
    NaN."""
    try:
        return float(token)
    except ValueError:
        found = _LENIENT.match(token)
        if found is None:
            return float("nan")
        digits = found[0].lstrip(b"+-")
        return -float(digits) if b"-" in found[0] else float(digits)


def name(token: bytes) -> str:
    """The name a token such as `/F1` says, without its slash; "" for any other token."""
    if token[:1] != b"/":
        return ""
    plain = _NAME_ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), token[1:])
    return plain.decode("utf-8", "replace")


def string(token: bytes) -> bytes:
    """The bytes a string token, `(...)` or `<...>`, says; b"" for any other token."""
    if token[:1] == b"<":
        digits = token[1:-1]
        try:
            return bytes.fromhex(digits.decode("latin-1"))
        except ValueError:
            digits = _NOT_HEX.sub(b"", digits)
            return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    if token[:1] != b"(":
        return b""
    inner = token[1:-1]
    return _ESCAPE.sub(_unescape, inner) if b"\\" in inner or b"\r" in inner else inner


def _unescape(found: re.Match[bytes]) -> bytes:
    said: bytes | None = found[1]
    if said is None:
        return b"\n"
    if said.isdigit():
        return bytes([int(said, 8) & 255])
    return _ESCAPED.get(said, said)


def array(token: bytes) -> list[bytes | float]:
    """What an array token of strings and numbers, as TJ takes it, holds: strings decoded, numbers read,
    anything else left out."""
    found = [string(item) if item[0] in b"(<" else number(item) for item in _ITEM.findall(token[1:-1])]
    return [item for item in found if isinstance(item, bytes) or not math.isnan(item)]


def actual_text(token: bytes) -> str:
    """The /ActualText a property list token `<<...>>` gives, or ""."""
    found = _ACTUAL_TEXT.search(token)
    return pdf_text(string(found[1])) if found else ""


def pdf_text(said: bytes) -> str:
    """A PDF text string: UTF-16 or UTF-8 where it says so, else read as Latin-1."""
    if said[:2] == b"\xfe\xff":
        return said[2:].decode("utf-16-be", "ignore")
    if said[:3] == b"\xef\xbb\xbf":
        return said[3:].decode("utf-8", "ignore")
    return said.decode("latin-1")
