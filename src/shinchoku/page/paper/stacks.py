"""Glyphs on paper in; those that are set one over another, and so cannot be read, or are not seen, out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats, Glyphs, native
from shinchoku.page.geometry import Matrix, corners, median
from shinchoku.page.oddities import around
from shinchoku.page.paper.ink import FAINT, GLANCE, sampled
from shinchoku.page.paper.paint import Grey, Pictures, apart, picture, text_objects

OVER = 0.6
"""Two glyphs are set over each other when their boxes share this much of the smaller one."""
SIZES = 1.6
"""A glyph so many times as large is a watermark or a stamp behind the other, which can be read."""
TWIN = 0.4
"""A glyph that stands within so many ems of one that says the same is part of a shadow or of fake bold."""
OVERLAID = tuple("-‐‑‒–—―－−~～〜=＝═/／×✕█■▇▓")
"""Set over letters these strike them out, or hide them."""
NEXT = 4
"""So many neighbours of a glyph are looked at."""
PARTLY = 0.15
"""Text may hide other text where two glyphs of theirs share this much of the smaller box."""
STEP = 0.25
"""Letters painted together are set side by side where they begin so many ems apart."""
DEEP = 4
"""Of text that lies more times over other text nothing is said."""
ROOM = 0.5
"""A text object's ink reaches as far as its glyphs' boxes do, but for so many ems."""
TALL = 2.0
"""And is no higher than so many ems."""
APART = 0.35
"""What is set twice in one place is so nearly that no neighbour reaches further into it than this."""

Pairs = NDArray[np.intp]
Run = NDArray[np.intp]
"""The glyphs of a text object."""


@dataclass(frozen=True, slots=True)
class _Cluster:
    """Runs set over each other, in paint order, and at which level of the pile each lies, from 0."""

    runs: list[Run]
    levels: list[int]


def beneath(
    glyphs: Glyphs, shown: Bools, document: pypdfium2.PdfDocument, number: int, pictures: Pictures
) -> Bools:
    """Which of the glyphs `shown` on page `number` (from 1) are not what is seen there: other text is set
    over them, and without that nothing is there either. Raises PdfiumError."""
    lost = np.zeros(len(glyphs), dtype=np.bool_)
    clusters = _clusters(glyphs, shown)
    if not clusters:
        return lost
    page = document[number - 1]
    try:
        things = list(text_objects(page))
        boxes = _ink_boxes(things)
        sets = [(cluster, objects) for cluster in clusters if (objects := _objects(glyphs, cluster, boxes))]
        alone = []
        for level in range(1 + max((max(cluster.levels) for cluster, _ in sets), default=-1)):
            chosen = {
                thing
                for cluster, objects in sets
                for thing, at in zip(objects, cluster.levels, strict=True)
                if at == level
            }
            for i, (thing, _) in enumerate(things):
                native.set_active(thing, int(i in chosen))
            alone.append(apart(picture(page), pictures.bare))
    finally:
        page.close()
    for cluster, _ in sets:
        lost[_unseen(glyphs, cluster, alone, pictures.scale)] = True
    return lost & shown


def overprinted(glyphs: Glyphs, shown: Bools) -> list[list[int]]:
    """Letters and digits that lie on others that say something else, under dashes or blocks: each stack once,
    in paint order."""
    letters = np.array([text.isalnum() or text in OVERLAID for text in glyphs.text], dtype=np.bool_)
    pairs, twins = _near_pairs(glyphs, np.flatnonzero(shown & letters), OVER)
    return _stacked(
        (i, j)
        for i, j in pairs
        if glyphs.text[i] != glyphs.text[j] and not twins.intersection((i, j)) and not _in_step(glyphs, i, j)
    )


def _in_step(glyphs: Glyphs, i: int, j: int) -> bool:
    """Whether two glyphs of a text object, or painted one after the other, begin apart from each other: a
    font may say that its letters are wider than they are, and the text be drawn together."""
    apart = max(abs(glyphs.x0[i] - glyphs.x0[j]), abs(glyphs.top[i] - glyphs.top[j]))
    follows = glyphs.run[i] == glyphs.run[j] or abs(i - j) == 1
    return bool(follows and apart >= STEP * min(glyphs.size[i], glyphs.size[j]))


def _clusters(glyphs: Glyphs, shown: Bools) -> list[_Cluster]:
    """The runs that are set over each other."""
    letters = np.array([text.isalnum() for text in glyphs.text], dtype=np.bool_)
    letters &= (glyphs.turn == 0) & ~glyphs.down & (glyphs.note == 0)
    run = glyphs.run
    pairs, _ = _near_pairs(glyphs, np.flatnonzero(letters), PARTLY)
    over = {(int(run[i]), int(run[j])) for i, j in pairs if run[i] != run[j] and shown[i] | shown[j]}
    under: dict[int, set[int]] = defaultdict(set)
    for one, other in over:
        under[max(one, other)].add(min(one, other))
    levels: dict[int, int] = {}
    found = []
    for runs in _stacked(over):
        for one in runs:
            levels[one] = 1 + max((levels[other] for other in under[one]), default=-1)
        if max(levels[one] for one in runs) < DEEP:
            every = [np.flatnonzero(run == one) for one in runs]
            found.append(_Cluster(every, [levels[one] for one in runs]))
    return found


def _ink_boxes(things: Sequence[tuple[int, Matrix]]) -> Floats:
    """The boxes around the ink of text objects (n x 4), in points from the top left."""
    scratch, boxes = native.Scratch(), []
    for thing, matrix in things:
        native.object_bounds(thing, *scratch.each)
        left, bottom, right, top = scratch.floats(4)
        boxes.append(corners((left, bottom, right, top), matrix))
    return np.array(boxes).reshape(-1, 4)


def _objects(glyphs: Glyphs, cluster: _Cluster, boxes: Floats) -> list[int]:
    """The text objects (numbers of their boxes) that the runs are, each in its turn; none where it is not
    clear which."""
    fits = np.zeros(len(boxes), dtype=np.bool_)
    for run in cluster.runs:
        x0, top, x1, bottom = around(glyphs, run)
        em, y = float(glyphs.size[run].max()), (top + bottom) / 2
        holds = (boxes[:, 0] <= x0 + ROOM * em) & (x1 - ROOM * em <= boxes[:, 2])
        holds &= (boxes[:, 1] - ROOM * em <= y) & (y <= boxes[:, 3] + ROOM * em)
        fits |= holds & (boxes[:, 3] - boxes[:, 1] <= TALL * em)
    found: list[int] = np.flatnonzero(fits).tolist()
    return found if len(found) == len(cluster.runs) else []


def _unseen(glyphs: Glyphs, cluster: _Cluster, alone: Sequence[Grey], scale: float) -> list[int]:
    """The glyphs of those runs of which nothing is there when each level is painted `alone`, but those that
    stand for glyphs of another level too."""
    every = np.concatenate(cluster.runs)
    counts = [len(run) for run in cluster.runs]
    owner, level = (np.repeat(numbers, counts) for numbers in (np.arange(len(counts)), cluster.levels))
    letters = glyphs.take(every)
    seen = np.array([sampled(glyphs, every, ink, scale, GLANCE).max(axis=(1, 2)) for ink in alone]) >= FAINT
    own = seen[level, np.arange(len(every))]
    empty = np.bincount(owner, own) == 0
    return [
        int(every[k])
        for k in np.flatnonzero(empty[owner]).tolist()
        if not _stands_for_others(letters, level, seen[:, k], k)
    ]


def _stands_for_others(letters: Glyphs, level: Run, seen: Bools, k: int) -> bool:
    """Whether a level that is `seen` where glyph `k` stands has none of its own there: what is set twice in
    one place is one glyph."""
    common = np.minimum(letters.x1, letters.x1[k]) - np.maximum(letters.x0, letters.x0[k])
    there = level[common > APART * (letters.x1[k] - letters.x0[k])]
    return bool(np.setdiff1d(np.flatnonzero(seen), there).size)


def _stacked(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The numbers that pairs tie together, those of each stack ascending."""
    above: dict[int, int] = {}
    for i, j in pairs:
        above[_root(above, max(i, j))] = _root(above, min(i, j))
    stacks: dict[int, list[int]] = {}
    for i in sorted({*above, *above.values()}):
        stacks.setdefault(_root(above, i), []).append(i)
    return [stack for stack in stacks.values() if len(stack) > 1]


def _root(above: dict[int, int], i: int) -> int:
    while above.get(i, i) != i:
        i = above[i]
    return i


def _near_pairs(glyphs: Glyphs, index: Pairs, over: float) -> tuple[set[tuple[int, int]], set[int]]:
    """Pairs of the glyphs `index` whose boxes have a share `over` of the smaller one in common; and those of
    the glyphs that are twins. Their middles are near each other both ways, so they are near each other in the
    order of one of two gratings of rows, shifted by half."""
    if len(index) < 2:
        return set(), set()
    wide, high = glyphs.x1 - glyphs.x0, glyphs.bottom - glyphs.top
    sides = np.stack([glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom, wide * high, glyphs.size])
    x, y = (glyphs.x0 + glyphs.x1)[index] / 2, (glyphs.top + glyphs.bottom)[index] / 2
    row = max(median(glyphs.size[index]), 1.0)
    found: set[tuple[int, int]] = set()
    twins: set[int] = set()
    for shift in (0.0, 0.5):
        order = index[np.lexsort((x, np.floor(y / row + shift)))]
        level = sides[:, order]
        for step in range(1, NEXT):
            one, other = order[:-step], order[step:]
            for k in np.flatnonzero(_share(level[:, :-step], level[:, step:]) > over).tolist():
                found.add((int(one[k]), int(other[k])))
            for k in np.flatnonzero(_beside(level[:, :-step], level[:, step:])).tolist():
                if glyphs.text[one[k]] == glyphs.text[other[k]]:
                    twins |= {int(one[k]), int(other[k])}
    return found, twins


def _beside(one: Floats, other: Floats) -> Bools:
    """Which of n glyphs stand almost where the others do; each is x0, top, x1, bottom, area and size."""
    reach = TWIN * np.minimum(one[5], other[5])
    near: Bools = (np.abs(one[0] - other[0]) < reach) & (np.abs(one[1] - other[1]) < reach)
    return near


def _share(one: Floats, other: Floats) -> Floats:
    """Of the smaller box of each pair how much it has in common with the other, 0 where one is far larger;
    boxes are told as for `_beside`."""
    wide = np.minimum(one[2], other[2]) - np.maximum(one[0], other[0])
    high = np.minimum(one[3], other[3]) - np.maximum(one[1], other[1])
    both = np.maximum(wide, 0) * np.maximum(high, 0)
    ratio = np.maximum(one[5], other[5]) / np.maximum(np.minimum(one[5], other[5]), 1e-6)
    return np.where(ratio <= SIZES, both / np.maximum(np.minimum(one[4], other[4]), 1e-9), 0.0)
