"""Printed text in; the same text without what typesetting changes, and names without their marks, out."""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from shinchoku.text import halve_digits, mend_radicals, squeeze

_OPENING, _CLOSING = "〔[{【〈《<「『", "〕]}】〉》>」』"
_BRACKETS = str.maketrans(_OPENING + _CLOSING, "(" * len(_OPENING) + ")" * len(_CLOSING))
_FORMS = re.compile("[\uff61-\uff9f\u2160-\u217f]+")
_NUMBER = re.compile(
    r"\d+(?:[.,]\d+)*|(?<![A-Z])[IVX]+(?![A-Z])|[①-⑳]|第[一二三四五六七八九十]+|[一二三四五六七八九十]+丁目"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary of `words.toml`: see there for what each list means."""

    provisional: tuple[str, ...]
    repost: tuple[str, ...]
    same_unit: Mapping[str, str]
    before_number: tuple[str, ...]
    after_number: tuple[str, ...]
    nothing: frozenset[str]
    marks: tuple[str, ...]
    standing: Mapping[str, tuple[str, ...]]


@cache
def words() -> Words:
    """The vocabulary, read once."""
    read = tomllib.loads((files("shinchoku.diff") / "words.toml").read_text(encoding="utf-8"))
    read["same_unit"] = {unit: line[0] for line in read["same_unit"] for unit in line}
    return msgspec.convert(read, Words)


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """The text as two printings of it agree: no white space, one width, one kind of bracket and of dash.

    Circled numbers stay apart from plain ones (①5人 is not 15人).
    """
    narrow = halve_digits(mend_radicals(squeeze(text)))
    return _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), narrow).translate(_BRACKETS)


@cache
def _marks() -> re.Pattern[str]:
    provisional, repost = ("|".join(map(re.escape, group)) for group in (words().provisional, words().repost))
    return re.compile(rf"\((?:{provisional})\)|\([^()]*(?:{repost})\)")


@lru_cache(maxsize=200_000)
def name_key(text: str) -> str:
    """What a name is known by: folded, without (仮称) and 【…の再掲】; the folded text where nothing would be
    left."""
    whole = folded(text)
    return _marks().sub("", whole) or whole


@lru_cache(maxsize=200_000)
def numbers_in(key: str) -> Counter[str]:
    """The numbers a name holds, how often each: digits, Roman numerals, circled ones, 第三, 二丁目."""
    return Counter(found[0] for found in _NUMBER.finditer(key))


def numbers_clash(a: str, b: str) -> bool:
    """Whether each of two names has a number that the other lacks (補助135号線 and 補助132号線)."""
    first, second = numbers_in(a), numbers_in(b)
    return bool(first - second) and bool(second - first)
