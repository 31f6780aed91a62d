"""Pieces of rules in; what boxes, labels and white lines painted later leave of them to see, out."""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from shinchoku.grid.drawn.kinds import BAR, WHITE, shaded
from shinchoku.grid.laid import is_label, room_around
from shinchoku.grid.table import Box
from shinchoku.page import Bools, Floats, Marks, boxes_of

INSIDE = 1.0
"""A box painted over a rule hides it where it covers it by this many points on both sides."""
EDGE = 0.15
"""A white line painted along a rule hides it where it falls short of it by no more than this (points)."""
MOST_CUTS = 200_000
"""So many pieces of rules are looked for under white boxes; a page with more is a drawing."""
ALONG = 1.5
"""A shaded box that ends within this many points of a rule is a cell's shading, no label."""
MOST_LABELS = 500
"""A page with more shaded boxes that hold text has no labels."""


def uncovered(
    marks: Marks, horizontal: Floats, vertical: Floats, unseen: NDArray[np.intp], text: Floats | None
) -> tuple[Floats, Floats, list[Box]]:
    """The parts of the pieces (at, start, end, number of the mark, thickness) that show. What hides them was
    painted after them: a white box, a white line as thick as they are (the marks `unseen`), a label: a shaded
    box with text in it (places x, y) that no rule frames. Under a remark,
    a box with text laid on cells that hold other text, rules go on: the boxes of those come third."""
    wide, tall = marks.x1 - marks.x0, marks.bottom - marks.top
    large = marks.filled & (wide >= BAR) & (tall >= BAR)
    boxes = np.flatnonzero(large & (marks.shade >= WHITE))
    boxes = np.union1d(boxes, _labels(marks, horizontal, vertical, text))
    lines = unseen[~large[unseen]]
    sides = boxes_of(marks)
    half = np.where(marks.filled, 0.0, marks.width / 2)
    remarks: list[Box] = []
    hides = _hiding(sides, horizontal, vertical, text, remarks)
    out = []
    for pieces, (a, b) in ((horizontal, (1, 0)), (vertical, (0, 1))):
        along = lines[(wide if a else tall)[lines] > (tall if a else wide)[lines]]
        covers = np.concatenate([boxes, along]).astype(np.intp)
        across = np.column_stack([sides[covers, a] - half[covers], sides[covers, a + 2] + half[covers]])
        table = np.column_stack([across, sides[covers, b], sides[covers, b + 2], covers])
        out.append(_without(pieces, table, np.arange(len(covers)) < len(boxes), hides))
    return out[0], out[1], remarks


def _hiding(
    sides: Floats, horizontal: Floats, vertical: Floats, text: Floats | None, remarks: list[Box]
) -> Callable[[int], bool]:
    """Whether a box, by its number, hides what it is painted over. Those that do not are added to
    `remarks`."""

    @cache
    def hides(number: int) -> bool:
        x0, top, x1, bottom = sides[number].tolist()
        xs, ys = (x0, x1), (top, bottom)
        if text is None or not _is_inside(text, sides[number]).any():
            return True
        upright, level = (pieces[pieces[:, 3] < number] for pieces in (vertical, horizontal))
        room = room_around(upright, xs, ys), room_around(level, ys, xs)
        if is_label((xs, ys), room, text):
            return True
        remarks.append((x0, top, x1, bottom))
        return False

    return hides


def _is_inside(text: Floats, box: Floats) -> Bools:
    return np.asarray(((text > box[:2]) & (text < box[2:])).all(axis=1), dtype=np.bool_)


def _labels(marks: Marks, horizontal: Floats, vertical: Floats, text: Floats | None) -> NDArray[np.intp]:
    """The shaded boxes with text in them whose sides lie along none of the rules painted before them."""
    if text is None or not len(text):
        return np.empty(0, dtype=np.intp)
    found = []
    candidates = np.flatnonzero(shaded(marks))
    for k in candidates.tolist() if len(candidates) <= MOST_LABELS else []:
        x0, top, x1, bottom = marks.x0[k], marks.top[k], marks.x1[k], marks.bottom[k]
        if not _is_inside(text, np.array((x0, top, x1, bottom))).any():
            continue
        if not any(
            _lies_along(pieces[pieces[:, 3] < k], at, span)
            for pieces, places, span in (
                (horizontal, (top, bottom), (x0, x1)),
                (vertical, (x0, x1), (top, bottom)),
            )
            for at in places
        ):
            found.append(k)
    return np.array(found, dtype=np.intp)


def _lies_along(pieces: Floats, at: float, span: tuple[float, float]) -> bool:
    """Whether a side of a box lies along one of the pieces."""
    near = np.abs(pieces[:, 0] - at) <= ALONG
    return bool((near & (pieces[:, 1] < span[1] - ALONG) & (pieces[:, 2] > span[0] + ALONG)).any())


def _without(pieces: Floats, covers: Floats, is_box: Bools, hides: Callable[[int], bool]) -> Floats:
    """The parts of pieces that are under none of the covers (across from, to, along from, to, number of the
    mark) painted after them."""
    if not len(pieces) or not len(covers):
        return pieces
    pieces = pieces[np.argsort(pieces[:, 0], kind="stable")]
    inset = np.where(is_box, INSIDE, -EDGE)
    first = np.searchsorted(pieces[:, 0], covers[:, 0] + inset, side="right")
    after = np.searchsorted(pieces[:, 0], covers[:, 1] - inset, side="left")
    cuts: dict[int, list[tuple[float, float]]] = {}
    budget = MOST_CUTS
    for (low, high, start, end, order), a, b, box in zip(
        covers.tolist(), first.tolist(), after.tolist(), is_box.tolist(), strict=True
    ):
        if a < b and budget > 0:
            at, begin, stop, number, thick = pieces[a:b].T
            under = (number < order) & (begin < end) & (stop > start)
            if not box:
                under &= (at - thick / 2 >= low - EDGE) & (at + thick / 2 <= high + EDGE)
            elif under.any() and not hides(int(order)):
                continue
            for k in np.flatnonzero(under).tolist():
                cuts.setdefault(a + k, []).append((start, end))
                budget -= 1
    if not cuts:
        return pieces
    rest = [
        (pieces[k, 0], start, end, *pieces[k, 3:])
        for k, gone in cuts.items()
        for start, end in _rest(float(pieces[k, 1]), float(pieces[k, 2]), sorted(gone))
    ]
    kept = np.delete(pieces, list(cuts), axis=0)
    return np.vstack([kept, np.array(rest, dtype=np.float64).reshape(-1, 5)])


def _rest(start: float, end: float, gone: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """What is left of start..end without the stretches `gone`, ascending."""
    out = []
    for a, b in gone:
        if a > start:
            out.append((start, min(a, end)))
        start = max(start, b)
    if start < end:
        out.append((start, end))
    return out
