"""What a font says a glyph is in; the characters its author meant out: facts about characters, not places."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from shinchoku.text import mend_radicals

UNREADABLE = "\ufffd"
"""What stands for a control character or half a surrogate pair, which no file can hold and nobody sees."""

SOFT_HYPHEN = "\u00ad"
"""What many fonts call the hyphen that they show, on a page of lines already set."""

VOICING = ("\u3099", "\u309a")
"""The combining voiced and semi-voiced sound marks of kana."""

STANDARD_FONTS = frozenset(
    (
        *("Courier", "Courier-Bold", "Courier-BoldOblique", "Courier-Oblique"),
        *("Helvetica", "Helvetica-Bold", "Helvetica-BoldOblique", "Helvetica-Oblique"),
        *("Times-Roman", "Times-Bold", "Times-BoldItalic", "Times-Italic", "Symbol", "ZapfDingbats"),
    )
)
"""The fonts that every reader of PDFs brings along. Source: ISO 32000-1, 9.6.2.2."""


def _dingbats() -> dict[int, str]:
    """The signs of ZapfDingbats by code: the Unicode block Dingbats stands in the font's order, but for signs
    that Unicode had before. Source: ISO 32000-1, D.6, and the block's chart."""
    signs = {code: chr(0x2701 + code - 0x21) for code in range(0x21, 0x7F)}
    signs |= {code: chr(0x2761 + code - 0xA1) for code in range(0xA1, 0xFF)}
    signs |= {code: chr(0x2460 + code - 0xAC) for code in range(0xAC, 0xB6)}
    older = {
        0x25: "☎",
        0x2A: "☛",
        0x2B: "☞",
        0x48: "★",
        0x6C: "●",
        0x6E: "■",
        0x73: "▲",
        0x74: "▼",
        0x75: "◆",
    }
    older |= {0x77: "◗", 0xA8: "♣", 0xA9: "♦", 0xAA: "♥", 0xAB: "♠", 0xD5: "→", 0xD6: "↔", 0xD7: "↕"}
    return signs | older | {0x20: " "}


DINGBATS: Mapping[int, str] = _dingbats()

_CID = re.compile(r"\(cid:\d+\)")


def _presentation_forms() -> dict[int, str]:
    """Forms that only a layout wants: signs turned for vertical text (︵ for （), Latin ligatures (ﬁ for fi).

    Source: the decompositions marked <vertical> in the Unicode Character Database, an ASCII one widened as
    Japanese text has it, and the ligatures U+FB00-FB06."""
    forms: dict[int, str] = {}
    for code in [*range(0xFE10, 0xFE1A), *range(0xFE30, 0xFE49)]:
        kind, _, meant = unicodedata.decomposition(chr(code)).partition(" ")
        if kind == "<vertical>":
            letter = int(meant, 16)
            forms[code] = chr(letter + 0xFEE0 if letter < 0x7F else letter)
    for code in range(0xFB00, 0xFB07):
        forms[code] = unicodedata.normalize("NFKC", chr(code))
    return forms


_FORMS: Mapping[int, str] = _presentation_forms()


@lru_cache(maxsize=65_536)
def mend(text: str) -> str:
    """The text a font gives for one glyph, as its author meant it: radicals, turned signs and ligatures given
    back as characters, kana and its voicing mark as one, line ends and tabs as a space. Half-width kana and
    full-width letters stay as printed. Never empty."""
    if len(text) == 1 and text.isalnum() and ("0" <= text < "\u2e80" or "\u3000" < text < "\uf900"):
        return text
    meant = mend_radicals(text).translate(_FORMS)
    if any(mark in meant for mark in VOICING):
        meant = compose(meant)
    return "".join(_shown(letter) for letter in meant) or UNREADABLE


def _shown(letter: str) -> str:
    if letter == SOFT_HYPHEN:
        return "-"
    if letter in "\t\n\r\x0b\x0c\u2028\u2029":
        return " "
    noncharacter = ord(letter) & 0xFFFE == 0xFFFE or "\ufdd0" <= letter <= "\ufdef"
    return UNREADABLE if noncharacter or unicodedata.category(letter) in ("Cc", "Cs") else letter


def compose(text: str) -> str:
    """Kana followed by a combining voicing mark as the one character they make; all else as it is."""
    out = ""
    for letter in text:
        joined = unicodedata.normalize("NFC", out[-1] + letter) if out and letter in VOICING else ""
        out = out[:-1] + joined if len(joined) == 1 else out + letter
    return out


@lru_cache(maxsize=65_536)
def is_blank(text: str) -> bool:
    """Whether nothing of a text is to be seen: white space, and characters that only steer what stands beside
    them."""
    return text.isspace() or all(unicodedata.category(letter) in ("Cf", "Zs") for letter in text)


@lru_cache(maxsize=65_536)
def is_unknown(text: str) -> bool:
    """Whether a glyph's text tells nobody what it is: `(cid:12)`, a private-use character, U+FFFD."""
    return bool(_CID.fullmatch(text)) or any(
        letter == UNREADABLE or unicodedata.category(letter) == "Co" for letter in text
    )
