"""A page's painted marks in, the rules that can be seen out: straight runs made of lines, thin boxes, dashes
and dots."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shinchoku.grid.meeting import GAP
from shinchoku.page import Bools, Floats, Glyphs, Marks

THIN = 3.0
"""A filled box thinner than this (points) is a rule."""
SHORT = 6.0
"""A piece of rule shorter than this (points) may be a dash or a dot of a broken rule."""
PIECES = 4
"""A broken rule has at least so many dots or dashes."""
BREAK = 5.0
"""Dots and short dashes of one rule have no more than this many points between them, and GAP beside a longer
piece."""
OWN = 0.2
"""At least this share of a rule's dots are its own and in no rule the other way."""
LEVEL = 0.25
"""Dots and dashes of one rule lie within this many points of each other across."""
WHITE = 0.97
"""Paint at least this light does not show on paper."""
BESIDE = 0.5
"""A white rule shows on shading, or between two shaded boxes that leave it this many points on a side."""
INSIDE = 1.0
"""A white box painted over a rule hides it where it covers it by this many points on both sides."""
MOST_CUTS = 200_000
"""So many pieces of rules are looked for under white boxes; a page with more is a drawing."""
EVEN = 0.3
"""An underline begins and ends within this many points of the text over it."""


def drawn_rules(marks: Marks) -> tuple[Floats, Floats]:
    """Horizontal and vertical rules as two arrays of (at, start, end) in points. A stroke counts by its
    centre line, a thin box by the line through its middle."""
    seen = _seen(marks)
    wide, tall = marks.x1 - marks.x0, marks.bottom - marks.top
    flat = seen & (tall < THIN) & ((wide > 0) | marks.filled)
    steep = seen & (wide < THIN) & ((tall > 0) | marks.filled)
    order = np.arange(len(marks), dtype=np.float64)
    horizontal = np.column_stack([(marks.top + marks.bottom) / 2, marks.x0, marks.x1, order])[flat]
    vertical = np.column_stack([(marks.x0 + marks.x1) / 2, marks.top, marks.bottom, order])[steep]
    covers = np.flatnonzero(marks.filled & (marks.shade >= WHITE) & (wide >= 2 * THIN) & (tall >= 2 * THIN))
    boxes = np.column_stack([marks.top, marks.bottom, marks.x0, marks.x1, order])[covers]
    horizontal = _uncovered(horizontal, boxes)
    vertical = _uncovered(vertical, boxes[:, [2, 3, 0, 1, 4]])
    return _whole(horizontal, vertical)


def _seen(marks: Marks) -> Bools:
    """Marks that show: white ones only where they are rules on shading painted before them."""
    seen = marks.shade < WHITE
    wide, tall = marks.x1 - marks.x0, marks.bottom - marks.top
    grounds = np.flatnonzero(marks.filled & seen & (wide >= THIN) & (tall >= THIN))
    rules = np.flatnonzero(~seen & ((wide < THIN) | (tall < THIN)))
    if len(grounds) and len(rules):
        on = _on_ground(marks, rules, grounds)
        seen[rules[on]] = True
    return seen


def _on_ground(marks: Marks, rules: NDArray[np.intp], grounds: NDArray[np.intp]) -> Bools:
    """For each of the rules whether it lies on, or along, one of the shaded boxes painted before it."""
    rules = rules[np.argsort(marks.top[rules], kind="stable")]
    top, bottom = marks.top[rules] - BESIDE, marks.bottom[rules] + BESIDE
    x0, x1 = marks.x0[rules] - BESIDE, marks.x1[rules] + BESIDE
    tallest = float((bottom - top).max())
    on = np.zeros(len(rules), dtype=np.bool_)
    first = np.searchsorted(top, marks.top[grounds] - tallest, side="left")
    after = np.searchsorted(top, marks.bottom[grounds], side="left")
    last = int(rules.max())
    for g, a, b in zip(grounds.tolist(), first.tolist(), after.tolist(), strict=True):
        if a < b and g < last:
            across = np.minimum(x1[a:b], marks.x1[g]) - np.maximum(x0[a:b], marks.x0[g])
            down = np.minimum(bottom[a:b], marks.bottom[g]) - np.maximum(top[a:b], marks.top[g])
            meets = (np.minimum(across, down) > 0) & (np.maximum(across, down) > 2 * BESIDE)
            on[a:b] |= meets & (rules[a:b] > g)
    out = np.zeros(len(rules), dtype=np.bool_)
    out[np.argsort(np.argsort(rules))] = on
    return out


def _uncovered(rules: Floats, covers: Floats) -> Floats:
    """The parts of rules (at, start, end, paint order) that are not under one of the white boxes (across
    from, to, along from, to, paint order) painted after them."""
    if not len(rules) or not len(covers):
        return rules
    rules = rules[np.argsort(rules[:, 0], kind="stable")]
    first = np.searchsorted(rules[:, 0], covers[:, 0] + INSIDE, side="right")
    after = np.searchsorted(rules[:, 0], covers[:, 1] - INSIDE, side="left")
    cuts: dict[int, list[tuple[float, float]]] = {}
    budget = MOST_CUTS
    for (_, _, start, end, order), a, b in zip(covers.tolist(), first.tolist(), after.tolist(), strict=True):
        if a < b and budget > 0:
            under = (rules[a:b, 3] < order) & (rules[a:b, 1] < end) & (rules[a:b, 2] > start)
            for k in np.flatnonzero(under).tolist():
                cuts.setdefault(a + k, []).append((start, end))
                budget -= 1
    if not cuts:
        return rules
    pieces = [
        (rules[k, 0], start, end, rules[k, 3])
        for k, gone in cuts.items()
        for start, end in _rest(float(rules[k, 1]), float(rules[k, 2]), sorted(gone))
    ]
    kept = np.delete(rules, list(cuts), axis=0)
    return np.vstack([kept, np.array(pieces, dtype=np.float64).reshape(-1, 4)])


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


def _whole(horizontal: Floats, vertical: Floats) -> tuple[Floats, Floats]:
    """Rules (at, start, end) of pieces (at, start, end, paint order). A pattern of dots, which stand in rows
    both ways, is no rule."""
    strings = [[_strings(pieces, shift) for shift in (0.0, 0.5)] for pieces in (horizontal, vertical)]
    in_row, in_column = (
        pieces[(first.member >= 0) | (second.member >= 0), 3]
        for pieces, (first, second) in zip((horizontal, vertical), strings, strict=True)
    )
    both = np.intersect1d(in_row, in_column)
    found = []
    for pieces, ways in zip((horizontal, vertical), strings, strict=True):
        own = ~np.isin(pieces[:, 3], both)
        found.append(np.vstack([way.rules[_is_own(way, own)] for way in ways]))
    return found[0], found[1]


@dataclass(frozen=True, slots=True)
class _Strings:
    """Pieces strung together: for each piece the string it belongs to, -1 for none; the strings as rules (at,
    start, end), and whether a long piece is in each."""

    member: NDArray[np.intp]
    rules: Floats
    solid: Bools


def _strings(pieces: Floats, shift: float) -> _Strings:
    """Pieces that stand in a row: with a long one among them, or several short ones. Rows are bands twice
    LEVEL wide; shifted by no band and by half a band, one of them holds each row whole."""
    member = np.full(len(pieces), -1, dtype=np.intp)
    if not len(pieces):
        return _Strings(member, np.empty((0, 3)), np.empty(0, dtype=np.bool_))
    row = np.floor(pieces[:, 0] / (2 * LEVEL) + shift)
    order = np.lexsort((pieces[:, 1], row))
    at, start, end = pieces[order, :3].T
    row = row[order] - row[order[0]]
    stride = float(end.max() - start.min()) + 2 * BREAK + 1
    reach = np.maximum.accumulate(end + row * stride) - row * stride
    short = end - start < SHORT
    room = np.where(short[1:] & short[:-1], BREAK, GAP)
    firsts = np.flatnonzero(np.concatenate([[True], (np.diff(row) > 0) | (start[1:] - reach[:-1] > room)]))
    counts = np.diff(np.append(firsts, len(order)))
    weight = end - start + 0.01
    mean = np.add.reduceat(at * weight, firsts) / np.add.reduceat(weight, firsts)
    rules = np.column_stack([mean, start[firsts], np.maximum.reduceat(end, firsts)])
    solid = np.maximum.reduceat(end - start, firsts) >= THIN
    enough = solid | ((counts >= PIECES) & (rules[:, 2] - rules[:, 1] >= THIN))
    member[order] = np.repeat(np.where(enough, np.cumsum(enough) - 1, -1), counts)
    return _Strings(member, rules[enough], solid[enough])


def _is_own(strings: _Strings, own: Bools) -> Bools:
    """For each string whether it has a long piece, or enough of its dots are its own."""
    inside, count = strings.member >= 0, len(strings.rules)
    share = np.bincount(strings.member[inside], weights=own[inside], minlength=count)
    least = OWN * np.bincount(strings.member[inside], minlength=count)
    return np.asarray(strings.solid | (share >= least), dtype=np.bool_)


def without_underlines(marks: Marks, glyphs: Glyphs) -> Marks:
    """The marks without those that underline text, or strike it through: horizontal rules within the boxes
    of a line's glyphs that reach no further than these. They are no rules of a table, even where they fill
    a cell from side to side."""
    wide, tall = marks.x1 - marks.x0, marks.bottom - marks.top
    candidates = np.flatnonzero((tall < THIN) & (wide >= THIN))
    upright = np.flatnonzero((glyphs.turn == 0) & glyphs.visible)
    if not len(candidates) or not len(upright):
        return marks
    at = (marks.top[candidates] + marks.bottom[candidates]) / 2
    candidates, at = candidates[np.argsort(at, kind="stable")], np.sort(at)
    drop = np.zeros(len(marks), dtype=np.bool_)
    upright = upright[np.argsort(glyphs.bottom[upright], kind="stable")]
    bottoms = glyphs.bottom[upright]
    highest = float((bottoms - glyphs.top[upright]).max())
    levels = np.flatnonzero(np.diff(at, prepend=-np.inf) > 0.01)
    for a, b in zip(levels, [*levels[1:], len(at)], strict=True):
        near = upright[np.searchsorted(bottoms, at[a]) : np.searchsorted(bottoms, at[a] + highest)]
        near = near[glyphs.top[near] + 0.2 * glyphs.size[near] < at[a]]
        if len(near):
            those = candidates[a:b]
            drop[those] = _under_text(marks.x0[those], marks.x1[those], glyphs, near)
    if not drop.any():
        return marks
    keep = ~drop
    return Marks(*(getattr(marks, name)[keep] for name in Marks.__slots__))


def _under_text(x0: Floats, x1: Floats, glyphs: Glyphs, line: NDArray[np.intp]) -> Bools:
    """Which stretches x0..x1 the glyphs `line` cover without a gap wider than a glyph is high."""
    line = line[np.argsort(glyphs.x0[line], kind="stable")]
    reach = np.maximum.accumulate(glyphs.x1[line])
    cuts = np.flatnonzero(glyphs.x0[line][1:] - reach[:-1] > glyphs.size[line][1:]) + 1
    starts = glyphs.x0[line][np.concatenate([[0], cuts])]
    ends = reach[np.append(cuts, len(line)) - 1]
    place = np.searchsorted(starts, x0 + EVEN, side="right") - 1
    return np.asarray((place >= 0) & (x1 - EVEN <= ends[place]), dtype=np.bool_)
