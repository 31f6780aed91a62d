"""Pieces of rules in, lines, dashes and dots; the rules that they make, strung together, out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shinchoku.grid.drawn.kinds import THIN
from shinchoku.grid.meeting import GAP
from shinchoku.page import Bools, Floats

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
WRITTEN = 0.8
"""What is made of strokes of letters to more than this share of its length is no rule."""


def strung(horizontal: Floats, vertical: Floats, written: Bools | None = None) -> tuple[Floats, Floats]:
    """Rules (at, start, end) of pieces (at, start, end, number of the mark, ...). A pattern of dots, which
    stand in rows both ways, is no rule, nor are pieces that are all `written` (a flag a mark)."""
    strings = [[_strings(pieces, shift) for shift in (0.0, 0.5)] for pieces in (horizontal, vertical)]
    in_row, in_column = (
        pieces[(first.member >= 0) | (second.member >= 0), 3]
        for pieces, (first, second) in zip((horizontal, vertical), strings, strict=True)
    )
    both = np.intersect1d(in_row, in_column)
    found = []
    for pieces, ways in zip((horizontal, vertical), strings, strict=True):
        own = ~np.isin(pieces[:, 3], both)
        for way in ways:
            keep = _is_own(way, own)
            if written is not None and written.any():
                keep &= ~_is_written(way, pieces, written)
            found.append(way.rules[keep])
    return np.vstack(found[:2]), np.vstack(found[2:])


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


def _is_written(strings: _Strings, pieces: Floats, written: Bools) -> Bools:
    """For each string whether strokes of letters are nearly all of it."""
    inside, count = strings.member >= 0, len(strings.rules)
    length = pieces[inside, 2] - pieces[inside, 1] + 0.01
    of_letters = written[pieces[inside, 3].astype(np.intp)]
    whole = np.bincount(strings.member[inside], weights=length, minlength=count)
    part = np.bincount(strings.member[inside], weights=length * of_letters, minlength=count)
    return np.asarray(part > WRITTEN * whole, dtype=np.bool_)
