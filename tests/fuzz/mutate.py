"""A PDF's bytes in, the same with some of them changed out; the same seed makes the same changes."""

import re
from collections.abc import Callable, Sequence
from random import Random

NUMBERS = b"""
0 -1 1 255 65536 2147483648 -2147483649 99999999999999999999 1e38 nan inf 0.0000001 -.5 --5 1.2.3 .
""".split()
WORDS = b"""
obj endobj stream endstream xref trailer startxref %%EOF null true false << >> [ ] ( ) < > { } % R f n
/Type /Page /Pages /Kids /Count /Parent /Root /Catalog /MediaBox /CropBox /Rotate /UserUnit /Contents
/Resources /Font /F1 /XObject /Form /Image /Subtype /Type0 /Type1 /Type3 /TrueType /CIDFontType0
/CIDFontType2 /Encoding /Identity-H /Identity-V /UniJIS-UCS2-H /90ms-RKSJ-V /ToUnicode /DescendantFonts
/W /W2 /DW /DW2 /Widths /FirstChar /LastChar /FontDescriptor /FontFile2 /FontFile3 /CharProcs
/Differences /Filter /FlateDecode /LZWDecode /ASCII85Decode /ASCIIHexDecode /RunLengthDecode
/DecodeParms /Predictor /Columns /Length /ObjStm /XRef /Prev /First /N /Index /Size /Encrypt /Standard
/V /P /O /U /Matrix /BBox /ExtGState /Pattern /ColorSpace /ICCBased /Separation q Q cm w J j M d ri i gs
m l c v y h re S s f F f* B B* b b* n W W* BT ET Tc Tw Tz TL Tf Tr Ts Td TD Tm T* Tj TJ ' " d0 d1 CS cs
SC SCN sc scn G g RG rg K k sh BI ID EI Do MP DP BMC BDC EMC BX EX /OC /ActualText
""".split()

_NUMBER = re.compile(rb"(?<![\w#])[-+]?\d+(?:\.\d+)?")
_LINE = re.compile(rb"[^\r\n]+[\r\n]+")
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")

Change = Callable[[bytes, Random], bytes]


def mutated(data: bytes, random: Random, corpus: Sequence[bytes]) -> bytes:
    """`data` with one to six changes."""
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        change = random.choice(CHANGES)
        data = change(data, random)
    return _spliced(data, random, corpus) if random.random() < 0.05 else data


def _spliced(data: bytes, random: Random, corpus: Sequence[bytes]) -> bytes:
    other = random.choice(corpus)
    return data[: random.randrange(len(data) + 1)] + other[random.randrange(len(other)) :]


def _bits(data: bytes, random: Random) -> bytes:
    out = bytearray(data)
    for _ in range(random.choice((1, 2, 8, 40))):
        if out:
            out[random.randrange(len(out))] ^= 1 << random.randrange(8)
    return bytes(out)


def _number(data: bytes, random: Random) -> bytes:
    return _exchanged(data, random, _NUMBER, lambda _: random.choice(NUMBERS))


def _reference(data: bytes, random: Random) -> bytes:
    return _exchanged(data, random, _REFERENCE, lambda _: b"%d 0 R" % random.randrange(1, 30))


def _word(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + b" " + random.choice(WORDS) + b" " + data[at:]


def _other_word(data: bytes, random: Random) -> bytes:
    word = random.choice(WORDS)
    at = data.find(word, random.randrange(len(data) + 1))
    return data if at < 0 else data[:at] + random.choice(WORDS) + data[at + len(word) :]


def _line(data: bytes, random: Random) -> bytes:
    return _exchanged(data, random, _LINE, lambda line: random.choice((b"", line * 2, line * 50)))


def _cut(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data) + 1)
    return data[:start] + data[start + random.choice((1, 4, 50, 1000)) :]


def _end(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _nest(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice((b"[", b"<<", b"(", b"q ", b"BT ", b"<</A")) * 300 + data[at:]


def _exchanged(
    data: bytes, random: Random, pattern: re.Pattern[bytes], new: Callable[[bytes], bytes]
) -> bytes:
    """One match of the pattern, the next after a random place, put in other words."""
    match = pattern.search(data, random.randrange(len(data) + 1)) or pattern.search(data)
    return data if match is None else data[: match.start()] + new(match[0]) + data[match.end() :]


CHANGES: tuple[Change, ...] = (
    *(_number, _number, _number, _reference, _word, _word, _other_word, _other_word),
    *(_line, _bits, _cut, _end, _nest),
)
