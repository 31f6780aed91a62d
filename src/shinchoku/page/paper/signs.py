"""Glyphs and pictures of their page in; those that say they are nothing to be seen and show a character, or
say several characters and show fewer, out."""

import unicodedata

import numpy as np

from shinchoku.page import Bools, Glyphs
from shinchoku.page.letters import is_blank, is_unknown
from shinchoku.page.paper.ink import FAINT, GLANCE, ink_of
from shinchoku.page.paper.paint import Pictures

NEAR = 0.2
"""Ink that lies within this share of an em around another glyph's box is that one's."""
HIGH, WIDE = 0.3, 0.08
"""A character's ink is at least this high and wide, in ems."""
FORMATS = 0.02
"""The same three for characters that have no place on paper at all (zero width spaces and joiners): all ink
in the box of one that takes room is its own."""
SIGNS = "+*＋＊"
"""Marks like A+ are made with these."""
COLUMNS = 48
"""A glyph's ink is looked for in so many columns."""


def inked_spaces(glyphs: Glyphs, shown: Bools, lent: Bools, pictures: Pictures) -> list[int]:
    """White space and the like, none of it in `lent` fonts, in whose box there is ink that no other glyph
    accounts for."""
    space = np.array([is_blank(text) for text in glyphs.text], dtype=np.bool_) & glyphs.visible & ~lent
    some = np.flatnonzero(space & (glyphs.x1 - glyphs.x0 > WIDE * glyphs.size))
    inked = ink_of(glyphs, some, pictures, GLANCE).max(axis=(1, 2), initial=0) >= FAINT
    return [i for i in some[inked].tolist() if _has_own_ink(glyphs, i, shown, pictures)]


def _has_own_ink(glyphs: Glyphs, i: int, shown: Bools, pictures: Pictures) -> bool:
    x0, top, x1, bottom = (float(side[i]) for side in (glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom))
    em, scale = float(glyphs.size[i]), pictures.scale
    room, high, wide = (NEAR, HIGH, WIDE) if glyphs.text[i].isspace() else (FORMATS,) * 3
    ink = pictures.ink((x0, top, x1, bottom)) >= FAINT
    near = shown & (glyphs.x0 < x1 + em) & (glyphs.x1 > x0 - em)
    near &= (glyphs.top < bottom + em) & (glyphs.bottom > top - em)
    for k in np.flatnonzero(near).tolist():
        beside = room * float(glyphs.size[k])
        first, after = _pixels(glyphs.top[k] - beside - top, glyphs.bottom[k] + beside - top, scale)
        left, right = _pixels(glyphs.x0[k] - beside - x0, glyphs.x1[k] + beside - x0, scale)
        ink[first:after, left:right] = False
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return False
    return bool(np.ptp(rows) >= high * em * scale and np.ptp(columns) >= wide * em * scale)


def _pixels(low: float, high: float, scale: float) -> tuple[int, int]:
    return max(0, round(low * scale)), max(0, round(high * scale))


def one_for_several(glyphs: Glyphs, shown: Bools, lent: Bools, pictures: Pictures) -> list[int]:
    """Glyphs on paper, none of them in `lent` fonts, that say a figure and more, and whose ink stands in
    fewer pieces side by side than they say characters."""
    said = {i: _characters(text) for i, text in enumerate(glyphs.text) if len(text) > 1}
    some = [i for i, count in said.items() if count > 1 and shown[i] and not lent[i]]
    if not some:
        return []
    inked = ink_of(glyphs, np.array(some), pictures, COLUMNS).max(axis=1) >= FAINT
    begins = inked & ~np.pad(inked, ((0, 0), (1, 0)))[:, :-1]
    return [i for i, pieces in zip(some, begins.sum(axis=1).tolist(), strict=True) if pieces < said[i]]


def _characters(text: str) -> int:
    """How many characters a text with a figure in it, or a mark of several signs, shows; 1 for any other."""
    if is_unknown(text) or not any(letter.isdigit() or letter in SIGNS for letter in text):
        return 1
    return sum(unicodedata.category(letter)[0] not in "MCZ" for letter in text)
