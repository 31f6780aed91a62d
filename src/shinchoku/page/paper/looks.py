"""Glyphs and pictures of their page in; which glyphs look other than they say, font by font, out."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats, Glyphs, boxes_of
from shinchoku.page.paper.ink import FAINT, Margins, ink_of, sampled
from shinchoku.page.paper.paint import Grey, Pictures
from shinchoku.page.paper.shapes import LETTERS, Singles, references, shapes_of

ALIKE = ("0ODQCGU", "1ILTJ7F", "2Z7", "5S", "8B3R", "6GCE", "4A", "9P", "EFPRB", "VYUWX", "MNWHK", "KXRH")
"""A letter is not taken for another of its group, nor for a digit of it."""
SURE = 0.62
"""A shape is that of a character which it is as like as this; 99 of 100 digits of 60 files are."""
SURER = 0.75
"""The same for shapes that few of the glyphs have, or that may be letters: a line over them spoils them."""
FEW = 0.34
"""Fewer than this share of the glyphs that say the same in one shape are few."""
MARGIN = 0.15
"""And that it is more like, by this much, than the one it says it is; of 3,351 sets of digits none is."""
LETTER_MARGIN = 0.3
"""The same where one of the two is a letter: letters differ more from face to face."""
STRANGE = 0.5
"""A shape that is less like than this to what it says, and to no other, is drawn in a way of its own."""
BROAD, AS_BROAD, LOWEST = 0.75, 0.8, 0.35
"""Such a shape that is wider than so many ems, while the figures beside it have no such share of its breadth,
is no figure, nor is any that is lower than so many ems."""
READ, ALONE = 0.75, 0.1
"""What a shape is instead is sure where it is as like as this to it, and this much more than to any other of
its kind; of 3,720 digits of 62 fonts, upright and slanted, 1 is then taken for another."""
FLAT = 2.5
"""What is so many times as wide as high is a dash; no digit and no capital is."""
LEVEL = (0.42, 0.65)
"""A dash lies at the middle of the letters, so far down in what is looked at; what is left of a letter that
is covered may lie higher or lower."""
MOST = 0.75
"""And where it is at least this share of the ink: a thin 0 may fall in two, a glyph may show two digits."""
FIELDS = 32
"""A glyph is looked at in so many fields across and down."""
AROUND: Margins = (0.06, 0.3, 0.06, 0.15)
"""They reach beyond its box: fonts tell their box badly."""
DASH = "-"
INTO = 0.15
"""A glyph reaches into the next one where they share this much of the smaller box's width and height."""
COARSE = 8
"""Fields across and down in which inks are compared with each other."""
CLOSE = 0.8
"""Two inks of one character in one font are the same shape when they agree as much as this."""
SHAPES = 6
"""So many different shapes of one character in one font are looked at."""
SAMPLES = 16
"""So many glyphs of one shape are laid over each other."""
LOW = 12.0
"""Glyphs of fewer pixels an em than this are not judged."""

Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Look:
    """The glyphs `index` of one font say `said` and look like `looks`, of which one can be `sure` or not; ""
    where they say a figure and show none that is known."""

    font: str
    said: str
    looks: str
    index: Ints
    sure: bool


@dataclass(frozen=True, slots=True)
class _Group:
    """Letters of one shape at `places` that say `said` in one font; `few` where most that say it have another
    shape."""

    font: str
    said: str
    places: Ints
    few: bool


def other_looks(glyphs: Glyphs, shown: Bools, pictures: Pictures, layer: bool) -> list[Look]:
    """What looks other than it says. A font many of whose shapes are strange is a face of its own, and
    nothing is said of it. Of a text `layer` the picture over it is looked at."""
    large = np.flatnonzero(shown & alone(glyphs, pictures) & (glyphs.size * pictures.scale >= LOW)).tolist()
    index = np.array([i for i in large if meant(glyphs.text[i])], dtype=np.intp)
    if layer:
        ink = 255 - sampled(glyphs, index, pictures.bare, pictures.scale, FIELDS, AROUND)
    else:
        ink = ink_of(glyphs, index, pictures, FIELDS, AROUND)
    groups = list(_groups(glyphs, index, ink))
    return [
        Look(group.font, group.said, other, index[group.places], sure and not group.few)
        for group, other, sure in _told_apart(groups, glyphs, index, ink)
        if other or _are_bare(glyphs, shown, index[group.places])
    ]


def _are_bare(glyphs: Glyphs, shown: Bools, index: Ints) -> bool:
    """Whether no other glyph reaches into any of these."""
    boxes = boxes_of(glyphs)[shown]
    for box in boxes_of(glyphs)[index]:
        common = np.minimum(boxes[:, 2:], box[2:]) - np.maximum(boxes[:, :2], box[:2])
        if (common > INTO * (box[2:] - box[:2])).all(axis=1).sum() > 1:
            return False
    return True


def alone(glyphs: Glyphs, pictures: Pictures) -> Bools:
    """Which glyphs the page's edge does not cut, and the next one or the one before, as in slanted text, does
    not reach into."""
    height, width = (side / pictures.scale for side in pictures.full.shape)
    lone = (glyphs.x0 >= 0) & (glyphs.top >= 0) & (glyphs.x1 <= width) & (glyphs.bottom <= height)
    boxes = boxes_of(glyphs)
    common = np.minimum(boxes[1:, 2:], boxes[:-1, 2:]) - np.maximum(boxes[1:, :2], boxes[:-1, :2])
    sides = np.minimum(boxes[1:, 2:] - boxes[1:, :2], boxes[:-1, 2:] - boxes[:-1, :2])
    into = (common > INTO * sides).all(axis=1)
    lone[1:] &= ~into
    lone[:-1] &= ~into
    return np.asarray(lone, dtype=np.bool_)


@lru_cache(maxsize=65_536)
def meant(text: str) -> str:
    """The one of LETTERS that a glyph says, in its plain width; "" for any other."""
    if len(text) != 1 or unicodedata.category(text) not in ("Nd", "Lu"):
        return ""
    plain = unicodedata.normalize("NFKC", text)
    return plain if plain in LETTERS else ""


def _groups(glyphs: Glyphs, index: Ints, ink: Grey) -> Iterator[_Group]:
    """Letters of one font that say the same and have one shape, together."""
    said: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, i in enumerate(index.tolist()):
        said[glyphs.font[i], meant(glyphs.text[i])].append(place)
    coarse = coarsely(ink)
    for (font, character), places in said.items():
        shapes = list(by_shape(coarse, places))
        most = max(len(same) for same in shapes)
        yield from (_Group(font, character, same, len(same) < FEW * most) for same in shapes)


def coarsely(ink: Grey) -> Floats:
    """The inks of n letters in COARSE fields across and down (n x fields, each of length 1, middling 0)."""
    step = FIELDS // COARSE
    fields = ink.reshape(len(ink), COARSE, step, COARSE * step).sum(axis=2, dtype=np.uint16)
    coarse = sum(fields[:, :, k::step] for k in range(step)).reshape(len(ink), COARSE**2) / step**2
    coarse -= coarse.mean(axis=1, keepdims=True)
    level: Floats = coarse / np.maximum(np.linalg.norm(coarse, axis=1, keepdims=True), 1.0)
    return level


def by_shape(coarse: Floats, places: Sequence[int]) -> Iterator[Ints]:
    """Letters that say the same in one font, those of one shape together; `coarse` are the inks of all."""
    left = np.array(places)
    for _ in range(SHAPES):
        if len(left) < 2:
            if len(left):
                yield left
            return
        close = coarse[left] @ coarse[left[0]] >= CLOSE
        close[0] = True
        yield left[close]
        left = left[~close]


def laid_over(ink: Grey, groups: Sequence[Ints]) -> Singles:
    """The inks of the first SAMPLES of each group, laid over each other."""
    sums = np.array([ink[group[:SAMPLES]].sum(axis=0, dtype=np.uint16) for group in groups])
    counts = np.array([min(len(group), SAMPLES) for group in groups], dtype=np.float32)
    laid: Singles = sums.astype(np.float32) / counts[:, None, None]
    return laid


def _told_apart(
    groups: Sequence[_Group], glyphs: Glyphs, index: Ints, ink: Grey
) -> Iterator[tuple[_Group, str, bool]]:
    """The groups that look like another character, with that, and whether it is sure; `ink` is that of the
    glyphs `index`."""
    if not groups:
        return
    laid = laid_over(ink, [group.places for group in groups])
    firsts = np.array([group.places[0] for group in groups])
    wide, high = field_sizes(glyphs, index[firsts])
    shapes = shapes_of(laid, wide, high)
    likeness = _in_own_style(groups, shapes.whole, references().likeness(shapes))
    tall = (laid.max(axis=2) >= FAINT).mean(axis=1) * high / glyphs.size[index[firsts]]
    strange: dict[str, int] = defaultdict(int)
    found = []
    flat = (shapes.proportions >= FLAT).tolist()
    level = [LEVEL[0] <= middle <= LEVEL[1] for middle in _levels(laid).tolist()]
    low = ((tall > 0) & (tall < LOWEST)).tolist()
    broad = _broad(groups, index, _reach(laid, wide / glyphs.size[index[firsts]])).tolist()
    each = zip(
        groups, likeness, shapes.whole.tolist(), shapes.share >= MOST, flat, level, low, broad, strict=True
    )
    for group, row, whole, is_most, is_flat, is_level, is_low, is_broad in each:
        if is_flat:
            found.append((group, DASH, not group.said.isdigit() and is_level))
            continue
        if is_low and group.said.isdigit():
            found.append((group, "", False))
            continue
        other = _other(group.said, row, group.few) if whole else ""
        if other:
            found.append((group, other, bool(is_most) and _is_sure(group.said, other, row)))
        own = row[LETTERS.index(group.said)]
        odd = whole and not other and own < STRANGE
        strange[group.font] += 1 if odd else -1
        if odd and is_broad and group.said.isdigit():
            found.append((group, "", False))
    yield from (look for look in found if strange[look[0].font] <= 0)


def _levels(laid: Singles) -> Floats:
    """How far down in what is looked at the middle of each ink lies, from 0 to 1."""
    rows = laid.sum(axis=2)
    middle: Floats = (rows @ (np.arange(FIELDS) + 0.5)) / np.maximum(rows.sum(axis=1), 1.0) / FIELDS
    return middle


def _broad(groups: Sequence[_Group], index: Ints, reach: Floats) -> Bools:
    """Which groups, whose inks `reach` so many ems, are broader than a figure: but not where a figure beside
    the first of them is about as broad, as in text that is drawn broader than its font is."""
    broad: Bools = reach > BROAD
    at = {place: n for n, one in enumerate(groups) for place in one.places.tolist()} if broad.any() else {}
    for number in np.flatnonzero(broad).tolist():
        first = int(groups[number].places[0])
        near = [at[n] for n in (first - 1, first + 1) if n in at and abs(index[n] - index[first]) == 1]
        broad[number] = all(not groups[n].said.isdigit() or reach[n] < AS_BROAD * reach[number] for n in near)
    return broad


def _reach(laid: Singles, ems: Floats) -> Floats:
    """How many ems each ink reaches across, in the height of its box; what is looked at is `ems` wide."""
    above, below = (round(FIELDS * part / (1 + AROUND[1] + AROUND[3])) for part in (AROUND[1], AROUND[1] + 1))
    inked = laid[:, above:below].max(axis=1) >= FAINT
    reach: Floats = inked.shape[1] - inked.argmax(axis=1) - inked[:, ::-1].argmax(axis=1)
    return np.where(inked.any(axis=1), reach / FIELDS * ems, 0.0)


def _in_own_style(groups: Sequence[_Group], whole: Bools, likeness: Floats) -> Floats:
    """Of the likeness of n shapes to upright letters and slanted ones (2 x n x letters) that in the style
    which all shapes of its font are like most (n x letters); where a letter has several shapes in its font,
    that in either: some of its text may be slanted."""
    _, font = np.unique([group.font for group in groups], return_inverse=True)
    like = np.where(whole, likeness.max(axis=2), 0.0)
    style = np.array([np.bincount(font, weights=most) for most in like]).argmax(axis=0)
    shapes = Counter((group.font, group.said) for group in groups)
    mixed = np.array([shapes[group.font, group.said] > 1 for group in groups], dtype=np.bool_)
    one: Floats = likeness[style[font], np.arange(len(font))]
    return np.where(mixed[:, None], likeness.max(axis=0), one)


def _is_sure(said: str, looks: str, likeness: Floats) -> bool:
    """Whether a shape is that one of its kind, digits or capitals, and no other."""
    kind = [at for at, c in enumerate(LETTERS) if c.isdigit() == looks.isdigit() and c != looks]
    most = float(likeness[LETTERS.index(looks)])
    alone = most - float(likeness[kind].max()) >= ALONE
    return said.isdigit() == looks.isdigit() and most >= READ and alone


def field_sizes(glyphs: Glyphs, index: Ints) -> tuple[Floats, Floats]:
    """How wide and high a field of each of the letters `index` is, upright."""
    wide, high = (glyphs.x1 - glyphs.x0)[index], (glyphs.bottom - glyphs.top)[index]
    lies = glyphs.turn[index] % 180 != 0
    wide, high = np.where(lies, high, wide), np.where(lies, wide, high)
    return wide * (1 + AROUND[0] + AROUND[2]), high * (1 + AROUND[1] + AROUND[3])


def _other(said: str, likeness: Floats, few: bool) -> str:
    """The character that a shape is surely instead of the one it says it is, or ""."""
    rivals, needed = _rivals(said)
    best = int(likeness[rivals].argmax())
    most = float(likeness[rivals[best]])
    looks = LETTERS[rivals[best]]
    enough = SURER if few or not (said + looks).isdigit() else SURE
    sure = most >= enough and most - float(likeness[LETTERS.index(said)]) >= needed[best]
    return looks if sure else ""


@lru_cache(maxsize=len(LETTERS))
def _rivals(said: str) -> tuple[Ints, Floats]:
    """The characters (places in LETTERS) that one may be taken for, and by how much it must look more like
    each."""
    digit = said.isdigit()
    rivals = [
        c
        for c in LETTERS
        if c != said and ((digit and c.isdigit()) or not any(said in group and c in group for group in ALIKE))
    ]
    needed = [MARGIN if digit and c.isdigit() else LETTER_MARGIN for c in rivals]
    return np.array([LETTERS.index(c) for c in rivals]), np.array(needed)
