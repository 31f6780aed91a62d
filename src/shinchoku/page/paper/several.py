"""Glyphs and pictures of their page in; those that say several characters, and show fewer, out."""

import unicodedata

import numpy as np

from shinchoku.page import Bools, Glyphs
from shinchoku.page.letters import is_unknown
from shinchoku.page.paper.ink import FAINT, ink_of
from shinchoku.page.paper.paint import Pictures

COLUMNS = 48
"""A glyph's ink is looked for in so many columns."""


def one_for_several(glyphs: Glyphs, shown: Bools, lent: Bools, pictures: Pictures) -> list[int]:
    """Glyphs on paper, none of them in `lent` fonts, that say a figure and more, and whose ink stands in
    fewer pieces side by side than they say characters."""
    said = np.array([_characters(text) if len(text) > 1 else 1 for text in glyphs.text])
    some = np.flatnonzero((said > 1) & shown & ~lent)
    if not len(some):
        return []
    inked = ink_of(glyphs.take(some), pictures, COLUMNS).max(axis=1) >= FAINT
    begins = inked & ~np.pad(inked, ((0, 0), (1, 0)))[:, :-1]
    fewer: list[int] = some[begins.sum(axis=1) < said[some]].tolist()
    return fewer


def _characters(text: str) -> int:
    """How many characters a text with a figure in it shows; 1 for any other."""
    if is_unknown(text) or not any(letter.isdigit() for letter in text):
        return 1
    return sum(unicodedata.category(letter)[0] not in "MCZ" for letter in text)
