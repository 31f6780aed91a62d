"""Glyphs and pictures of their page in; which Japanese characters look other than they say, font by font,
out."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

import numpy as np

from shinchoku.page import Bools, Floats, Glyphs
from shinchoku.page.paper.ink import Margins, ink_of
from shinchoku.page.paper.known import CharacterShapes, known, shapes_of_characters
from shinchoku.page.paper.looks import ALONE, FIELDS, LOW, Ints, Look, by_shape, coarsely, laid_over
from shinchoku.page.paper.paint import Grey, Pictures

SURE, MARGIN = 0.75, 0.3
"""A shape is that of a character which it is as like as this, and more, by this much, than to the one it says
it is."""
SURER, LESS = 0.85, 0.12
"""Or as like as this, and more by this much: 千 is almost like 十. Of the shapes of honest characters in 60
fonts, 4,000 sets, none is either."""
STRANGE = 0.5
"""A shape that is less like than this to what it says, and to no other, is drawn in a way of its own."""
AROUND: tuple[Margins, ...] = ((0.0, 0.1, 0.0, 0.1), (0.0, 0.28, 0.0, -0.06), (0.0, -0.04, 0.0, 0.26))
"""A character is looked at a little beyond its box, above and below, where the space ends that is its own; if
it is cut off there, higher and lower: fonts tell their box badly."""


def other_characters(glyphs: Glyphs, shown: Bools, pictures: Pictures) -> list[Look]:
    """What looks like another known character than it says. A font most of whose shapes are strange is a face
    of its own, and nothing is said of it."""
    places = _places()
    index = np.flatnonzero(shown & ~glyphs.down & (glyphs.size * pictures.scale >= LOW))
    index = index[[glyphs.text[i] in places for i in index.tolist()]]
    if not len(index):
        return []
    ink = ink_of(glyphs, index, pictures, FIELDS, AROUND[0])
    coarse = coarsely(ink)
    by_said: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, i in enumerate(index.tolist()):
        by_said[glyphs.font[i], glyphs.text[i]].append(place)
    groups = [(*key, same) for key, all_of in by_said.items() for same in by_shape(coarse, all_of)]
    shapes = _shapes(glyphs, index, ink, [same for _, _, same in groups], pictures)
    own = known().likeness_to(shapes, np.array([places[text] for _, text, _ in groups]))
    others = _others(shapes, own)
    strange: dict[str, int] = defaultdict(int)
    for k in np.flatnonzero(shapes.whole).tolist():
        strange[groups[k][0]] += 1 if own[k] < STRANGE and k not in others else -1
    return [
        _look(groups[k], character, index, sure)
        for k, (character, sure) in others.items()
        if strange[groups[k][0]] <= 0
    ]


def _others(shapes: CharacterShapes, own: Floats) -> dict[int, tuple[str, bool]]:
    """The shapes that are another character than the one they say they are, to which they are like as `own`
    tells; that character, and whether it can be no third."""
    doubtful = np.flatnonzero(shapes.whole & (own <= 1 - LESS))  # nothing is more like than 1
    likeness = known().likeness(shapes.take(doubtful))
    most = likeness.max(axis=1)
    more = most - own[doubtful]
    found = np.flatnonzero((most >= SURE) & (more >= MARGIN) | (most >= SURER) & (more >= LESS))
    second = np.partition(likeness[found], -2, axis=1)[:, -2]
    alone = (most[found] >= SURER) & (most[found] - second >= ALONE)
    looks = [known().characters[k] for k in likeness[found].argmax(axis=1)]
    return dict(zip(doubtful[found].tolist(), zip(looks, alone.tolist(), strict=True), strict=True))


def _shapes(
    glyphs: Glyphs, index: Ints, ink: Grey, groups: Sequence[Ints], pictures: Pictures
) -> CharacterShapes:
    """The shape of each group of the glyphs `index`, their inks laid over each other."""
    firsts = np.array([same[0] for same in groups])
    shapes = shapes_of_characters(laid_over(ink, groups))
    for around in AROUND[1:]:
        cut = np.flatnonzero(~shapes.whole)
        if len(cut):
            again = ink_of(glyphs, index[firsts[cut]], pictures, FIELDS, around)
            shapes = shapes.with_others(cut, shapes_of_characters(again))
    return shapes


def _look(group: tuple[str, str, Ints], looks: str, index: Ints, sure: bool) -> Look:
    font, said, same = group
    return Look(font, said, looks, index[same], sure)


@cache
def _places() -> dict[str, int]:
    """The known characters, and the place of each."""
    return {character: place for place, character in enumerate(known().characters)}
