"""Glyphs and pictures of their page in; those that say they are nothing to be seen and show a character, or
say several characters and show fewer, out; the figures that those show which say nothing; and the signs that
things are which are drawn."""

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from shinchoku.page import Bools, Glyphs, Ink
from shinchoku.page.letters import is_blank, is_unknown
from shinchoku.page.paper.ink import FAINT, GLANCE, ink_of
from shinchoku.page.paper.known import known, shapes_of_characters
from shinchoku.page.paper.looks import (
    ALIKE,
    ALONE,
    AROUND,
    FIELDS,
    LOW,
    READ,
    Ints,
    alone,
    by_shape,
    coarsely,
    field_sizes,
    laid_over,
)
from shinchoku.page.paper.paint import Pictures
from shinchoku.page.paper.shapes import LETTERS, Singles, references, shapes_of

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
SLIM = (0.2, 0.8)
"""A figure is so wide for its height."""
TALL = (0.5, 0.85)
"""And so high, in ems."""
BESIDE = 0.4
"""Figures of a number are so many ems apart at most."""
MOSTLY, SEVERAL = 0.75, 2
"""A font holds figures where this share of its shapes that say nothing are some, and so many."""
MARKS, ROUND = "○◎●△▲×□■◇◆★☆", "〇"
"""Signs that stand for a value and may be drawn; the last is drawn as the first is."""
MARK, ONLY = 0.92, 0.15
"""A thing drawn is a sign that it is as like as this, and more, by this much, than to any other character."""
LOWEST, HIGHEST = 4.0, 24.0
"""Signs are so many points high or wide."""
JOINED = 0.5
"""What is drawn so many lengths of a thing around it may be part of it."""
STEP = 48
"""Ink differs from its ground by more than this, of 255."""
MOST = 200
"""On a page with more things drawn none is a sign."""


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


def figures_shown(glyphs: Glyphs, index: Sequence[int], pictures: Pictures) -> dict[int, str]:
    """Those of the glyphs `index`, which say nothing, that surely show a figure, with it: they stand by
    another, or nearly all shapes of their font that say nothing are figures. Letters look like them too."""
    if not index:
        return {}
    may = alone(glyphs, pictures) & (glyphs.size * pictures.scale >= LOW) & ~glyphs.down
    places = np.array([i for i in index if may[i]], dtype=np.intp)
    if not len(places):
        return {}
    said: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, i in enumerate(places.tolist()):
        said[glyphs.font[i], glyphs.text[i]].append(place)
    ink = ink_of(glyphs, places, pictures, FIELDS, AROUND)
    coarse = coarsely(ink)
    groups = [same for all_of in said.values() for same in by_shape(coarse, all_of)]
    looks = _looks(glyphs, places[[same[0] for same in groups]], laid_over(ink, groups))
    shares: dict[str, list[bool]] = defaultdict(list)
    for same, figure in zip(groups, looks, strict=True):
        shares[glyphs.font[places[same[0]]]].append(bool(figure))
    return {
        i: figure
        for same, figure in zip(groups, looks, strict=True)
        for i in (places[same].tolist() if figure else ())
        if _of_figures(shares[glyphs.font[i]]) or _by_figure(glyphs, i)
    }


def _looks(glyphs: Glyphs, index: Ints, ink: Singles) -> list[str]:
    """The figure that each of the glyphs `index`, of that ink, surely looks like, or ""."""
    wide, high = field_sizes(glyphs, index)
    tall = (ink.max(axis=2) >= FAINT).mean(axis=1) * high / glyphs.size[index]
    shapes = shapes_of(ink, wide, high)
    fits = shapes.whole & (tall >= TALL[0]) & (tall <= TALL[1])
    fits &= (shapes.proportions >= SLIM[0]) & (shapes.proportions <= SLIM[1])
    likeness = references().likeness(shapes).max(axis=0)
    return [_figure(row) if fit else "" for row, fit in zip(likeness.tolist(), fits.tolist(), strict=True)]


def _of_figures(shapes: Sequence[bool]) -> bool:
    return sum(shapes) >= SEVERAL and sum(shapes) >= MOSTLY * len(shapes)


def _by_figure(glyphs: Glyphs, i: int) -> bool:
    """Whether a figure is painted right before glyph `i` or after it, and next to it."""
    return any(
        0 <= k < len(glyphs)
        and glyphs.text[k].isdigit()
        and abs(glyphs.top[k] - glyphs.top[i]) < BESIDE * glyphs.size[i]
        and min(abs(glyphs.x0[k] - glyphs.x1[i]), abs(glyphs.x1[k] - glyphs.x0[i])) < BESIDE * glyphs.size[i]
        for k in (i - 1, i + 1)
    )


def _figure(likeness: Sequence[float]) -> str:
    """The figure that a shape surely is and no other, nor a letter drawn otherwise than that figure; else
    ""."""
    (most, best), *others = sorted(zip(likeness, LETTERS, strict=True), reverse=True)
    alike = {letter for group in ALIKE if best in group for letter in group if not letter.isdigit()}
    rival = max(like for like, letter in others if letter not in alike)
    return best if best.isdigit() and most >= READ and most - rival >= ALONE else ""


def with_signs(drawn: Sequence[Ink], pictures: Pictures) -> tuple[Ink, ...]:
    """What is drawn on a page, with the signs that things surely are."""
    fit = [ink for ink in drawn if ink.kind in ("cross", "thing") and _may_be_sign(ink)]
    if not fit or len(fit) > MOST:
        return tuple(drawn)
    signs = {id(ink): _sign(ink, pictures) for ink in fit}
    return tuple(replace(ink, mark=signs.get(id(ink), "")) for ink in drawn)


def _may_be_sign(ink: Ink) -> bool:
    long = max(ink.box[2] - ink.box[0], ink.box[3] - ink.box[1])
    return LOWEST <= long <= HIGHEST


def _sign(ink: Ink, pictures: Pictures) -> str:
    """The sign that a thing surely is: all ink that is joined to what is in its box, if that ends near by."""
    from scipy import ndimage

    left, top, right, bottom = (round(side * pictures.scale) for side in ink.box)
    near = round(JOINED * max(right - left, bottom - top))
    first, start = max(0, top - near), max(0, left - near)
    around = pictures.bare[first : bottom + near, start : right + near].astype(np.int16)
    dark = around.max(initial=0) - around
    labels, _ = ndimage.label(dark > STEP, np.ones((3, 3)))
    own = np.unique(labels[top - first : bottom - first, left - start : right - start])
    shape = np.isin(labels, own[own > 0])
    if not shape.any() or shape[[0, -1]].any() or shape[:, [0, -1]].any():
        return ""
    shapes = shapes_of_characters(np.where(shape, dark, 0).astype(np.uint8)[None])
    likeness = dict(zip(known().characters, known().likeness(shapes)[0].tolist(), strict=True))
    best = max(MARKS, key=lambda sign: likeness.get(sign, 0.0))
    rival = max(like for character, like in likeness.items() if character not in (best, ROUND))
    return best if likeness[best] >= MARK and likeness[best] - rival >= ONLY else ""
