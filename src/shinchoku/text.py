"""Japanese text in; mended, measured, narrowed or split text out."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType


def _read_radicals() -> dict[str, str]:
    lines = Path(__file__).with_name("radicals.csv").read_text(encoding="utf-8").splitlines()
    return {radical: unified for radical, unified, *_ in (line.split(",") for line in lines[1:])}


RADICALS: Mapping[str, str] = MappingProxyType(_read_radicals())
"""Every Kangxi radical (U+2F00-2FD5) and every CJK radical of the supplement (U+2E80-2EFF) that has one, to
its unified ideograph. Source: the property Equivalent_Unified_Ideograph of the Unicode Character Database,
version 14, with one difference: ⼾ is 戸, with which Japanese fonts share its glyph, not 戶. U+2E80 has no
equivalent and stays. NFKC knows all of the first block but only two characters of the second."""

_MEND = str.maketrans(dict(RADICALS))

NO_LINE_START = frozenset(
    "!%),.:;?]}¢°’”‰′″℃、。々〉》」』】〕〗〙〛〟゛゜ゝゞ・ヽヾ〻〜～｠»‼⁇⁈⁉！％），．：；？］｝｡｣､･ﾞﾟ￠/／"
)
"""Characters that may not begin a line, at the level office programs start with. Source: JIS X 4051
(closing brackets, punctuation, iteration marks, units after a number) and the breaking classes CL, CP,
EX, IS, NS, PO, SY of UAX #14."""

NO_LINE_START_STRICT = NO_LINE_START | frozenset(
    "ーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯｰ…‥—―"
)
"""The same at the strict level, which also keeps small kana, the long vowel sign and leaders off a line's
start."""

NO_LINE_END = frozenset("$([{£¥‘“〈《「『【〔〖〘〚〝｟«＄（［｛｢￡￥")
"""Characters that may not end a line: opening brackets and quotes, signs that stand before a number."""

DASHES = frozenset("-‐‑‒–—―−－﹣⁃")
"""Every hyphen, dash and minus sign; the long vowel sign ー is a letter and not among them."""

_NARROW = str.maketrans(
    {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
    | {"\u3000": " ", "〜": "~", "￥": "¥"}
    | dict.fromkeys(
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f", " "
    )
    | dict.fromkeys(DASHES, "-")
)


def mend_radicals(s: str) -> str:
    """The same text with radicals (⼦ U+2F26, ⺠ U+2EA0) given back as the ideographs that were meant
    (子, 民)."""
    return s.translate(_MEND)


@cache
def is_cjk(ch: str) -> bool:
    """Whether one character is set in the Japanese way, so that no space is ever to be invented beside
    it: Han, kana, full-width forms, half-width kana, and the signs (①, ※, …, →) that a Japanese font
    sets full width."""
    width = unicodedata.east_asian_width(ch)
    if width == "A":
        return unicodedata.category(ch)[0] in "NPS"
    return width in "WF" or "\uff61" <= ch <= "\uff9f"


@cache
def _cells(ch: str) -> int:
    if unicodedata.category(ch) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(ch) in ("W", "F") else 1


def escaped(s: str) -> str:
    """The text with what a terminal would obey, or would not show, written out: control and format characters
    (ESC, bidirectional overrides, zero-width spaces), lone surrogates and separators other than spaces and
    line breaks, as in `\\x1b` and `\\u202e`."""
    if s.isprintable():
        return s
    return "".join(ch.encode("unicode_escape").decode() if ch != "\n" and is_unseen(ch) else ch for ch in s)


@cache
def is_unseen(ch: str) -> bool:
    """Whether a character steers how text is shown and is not seen itself, line breaks among them."""
    return unicodedata.category(ch) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def display_width(s: str) -> int:
    """How many terminal cells the text takes: 2 for wide and full-width characters, 0 for combining and
    control characters, else 1 (characters of ambiguous width too, as terminals with a Unicode locale
    do)."""
    return sum(map(_cells, s))


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows of equally many texts as lines of columns, the first to the left, all others to the right."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        gaps = [" " * (width - display_width(text)) for text, width in zip(row, widths, strict=True)]
        cells = (gap + text for gap, text in zip(gaps[1:], row[1:], strict=True))
        lines.append("  ".join((row[0] + gaps[0], *cells)).rstrip())
    return "\n".join(lines)


def halve_digits(s: str) -> str:
    """Full-width digits, letters and signs made half width, every dash made -, every wave dash ~ and the
    ideographic space a space: for the reading of values only, never for text that is kept. One character
    becomes one character, so an offset into the answer is an offset into `s`. ①, ㎡, kana and brackets
    such as 〔 stay."""
    return s.translate(_NARROW)


def without_format(s: str) -> str:
    """The text without characters that only steer how it is set and have no shape or width (category Cf):
    zero-width spaces and joiners, soft hyphens, marks of writing direction."""
    return s if s.isascii() else "".join(ch for ch in s if unicodedata.category(ch) != "Cf")


def squeeze(s: str) -> str:
    """The text without any white space, the ideographic space and line breaks included."""
    return "".join(s.split())


_SPACE_OR_RUN = re.compile(r"\s+|\S")


def _atoms(s: str) -> list[str]:
    """Runs of white space, runs of half-width characters up to a bracket, and single full-width
    characters."""
    atoms: list[str] = []
    in_run = False
    for token in _SPACE_OR_RUN.findall(s):
        narrow = not token.isspace() and not is_cjk(token)
        if narrow and in_run:
            atoms[-1] += token
        else:
            atoms.append(token)
        in_run = narrow and token not in NO_LINE_END and token not in ")]}"
    return atoms


def pieces(s: str, *, strict: bool = False) -> list[str]:
    """The text cut at every place where a Japanese line may break; the pieces joined are the text again.
    A number (1,170,000), a Latin word and what kinsoku glues to it ((, 「 to what follows; 、 。 ) 」 %
    to what precedes) are one piece; white space ends the piece before it. `strict` also keeps small kana
    and ー off a line's start."""
    no_start = NO_LINE_START_STRICT if strict else NO_LINE_START
    out: list[str] = []
    for atom in _atoms(s):
        glued = bool(out) and (
            atom.isspace()
            or (not out[-1][-1].isspace() and (atom[0] in no_start or out[-1][-1] in NO_LINE_END))
        )
        if glued:
            out[-1] += atom
        else:
            out.append(atom)
    return out
