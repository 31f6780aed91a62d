"""A message in; its words in English and in Japanese, and which of them the person at hand reads, out."""

import gettext
import locale
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

VARIABLE = "SHINCHOKU_LANG"
"""The variable of the environment that decides before the locale does."""
LANGUAGES = ("en", "ja")
CATALOGUES = Path(__file__).parent / "locale"
DOMAIN = "shinchoku"
BETWEEN = {", ": "、", "; ": "；"}
"""What stands in Japanese for the signs between messages."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said to a person, in English and in Japanese. Made by `say`."""

    en: str
    ja: str

    def __str__(self) -> str:
        return self.en

    @property
    def both(self) -> str:
        """English, then Japanese, as titles and descriptions in the Data Package have it."""
        return f"{self.en} / {self.ja}"


def say(template: str, /, **values: object) -> Said:
    """The message of an English template with values in its braces; a value that is `Said` stands in each
    language as it is said there. Templates are literals: the catalogue is made by looking for them."""
    in_japanese = {name: value.ja if isinstance(value, Said) else value for name, value in values.items()}
    return Said(template.format(**values), _japanese().gettext(template).format(**in_japanese))


def counted(one: str, many: str, /, n: int) -> Said:
    """So many things, by a template for one and another for several ("{n} page", "{n} pages"): literals, as
    those of `say`."""
    return Said((one if n == 1 else many).format(n=n), _japanese().ngettext(one, many, n).format(n=n))


def joined(separator: str, said: Iterable[Said]) -> Said:
    """Several messages as one; in Japanese, commas and semicolons between them are Japanese ones, and none
    follows the end of a sentence."""
    listed = list(said)
    ja = BETWEEN.get(separator, separator).join(one.ja for one in listed)
    return Said(separator.join(one.en for one in listed), ja.replace("。；", "。"))


def tell(said: Said) -> str:
    """The message in the language of the person at hand."""
    return said.ja if language() == "ja" else said.en


def translated(text: str) -> str:
    """A text that is in the catalogue as it is, in the language of the person at hand."""
    return _japanese().gettext(text) if text and language() == "ja" else text


def language() -> str:
    """ "ja" or "en": what SHINCHOKU_LANG says, or else the locale."""
    chosen = os.environ.get(VARIABLE)
    if not chosen:
        names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
        chosen = next(filter(None, names), None) or locale.getlocale()[0] or ""
    return "ja" if chosen.lower().startswith("ja") else "en"


@cache
def _japanese() -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, CATALOGUES, ["ja"])
