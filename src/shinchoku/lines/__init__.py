"""Glyphs that belong together in, the printed lines they make out: reading order, spaces, how much room each
leaves."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from shinchoku.lines.downwards import set_downwards
from shinchoku.lines.signs import is_spread, marked
from shinchoku.lines.track import (
    Ints,
    ink_of_lines,
    line_starts,
    sizes_of_lines,
    sorted_track,
    stand_off,
)
from shinchoku.page import Glyphs
from shinchoku.parts import TextLine
from shinchoku.text import NO_LINE_END, NO_LINE_START_STRICT, is_cjk, pieces

STACKED = 3
"""So many letters one below the other, one a line, are a line set downwards."""
JOINTS = "・、（）～"
"""Signs that may stand between them."""
DIFFERENT = 0.6
"""This share of them are different letters; marks such as 有 and 無 below each other are not."""
PITCH = 1.35
"""They stand no more than this many ems apart, middle to middle, and straight below each other."""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A printed line, its glyphs in reading order (their places among all glyphs), and its reading direction:
    0, 1, 2 or 3 quarter turns clockwise, text set downwards reading like 1."""

    line: TextLine
    index: Ints
    turn: int


def text_lines(glyphs: Glyphs, index: Ints, gap: float = float("inf")) -> tuple[TextLine, ...]:
    """The lines of the glyphs `index`, first to last. A line is cut where nothing is printed for `gap`
    ems."""
    return tuple(placed.line for placed in placed_lines(glyphs, index, gap))


def placed_lines(glyphs: Glyphs, index: Ints, gap: float = float("inf")) -> list[PlacedLine]:
    """The same, with the glyphs of each line."""
    group = np.full(len(glyphs), -1, dtype=np.intp)
    group[index] = 0
    return placed_lines_of_groups(glyphs, group, gap)


def placed_lines_of_groups(glyphs: Glyphs, group: Ints, gap: float) -> list[PlacedLine]:
    """The lines of all groups of glyphs, group by group; `group` has the number of each glyph's group, -1 for
    none. No line runs from one group into another."""
    return [placed for _, placed in _lines(glyphs, group, gap)]


def lines_of_groups(glyphs: Glyphs, group: Ints, count: int) -> list[tuple[TextLine, ...]]:
    """The lines of each of `count` groups of glyphs, such as cells; `group` has the number of each glyph's
    group, -1 for none. Letters one below the other are one line set downwards."""
    lines: list[list[TextLine]] = [[] for _ in range(count)]
    for number, placed in _lines(set_downwards(glyphs, group), group, float("inf")):
        lines[number].append(placed.line)
    return [_stacked(found) for found in lines]


def _lines(glyphs: Glyphs, group: Ints, gap: float) -> Iterator[tuple[int, PlacedLine]]:
    """The lines of all groups, with the group's number. What all lines need is measured for all at once: a
    page has hundreds."""
    track = sorted_track(glyphs, group)
    texts = marked(glyphs, track)
    inked = glyphs.inked[track.index]
    firsts = np.flatnonzero(line_starts(glyphs, track, inked, gap))
    if not len(firsts):
        return
    ink, wide = ink_of_lines(inked, firsts), stand_off(glyphs, track)
    measures = zip(
        pairwise([*firsts.tolist(), len(texts)]),
        ink.first.tolist(),
        ink.after.tolist(),
        zip(*(sides.tolist() for sides in ink.boxes(glyphs, track.index)), strict=True),
        ink.most(track.end).tolist(),
        sizes_of_lines(glyphs.size[track.index], firsts).tolist(),
        strict=True,
    )
    starts, ends = track.start.tolist(), track.end.tolist()
    for (low, high), first, after, box, end, size in measures:
        if first >= after:  # nothing but spaces
            continue
        part = slice(first, after)
        spread = gap == float("inf") and is_spread(texts[part], starts[part], ends[part], size)
        text, places = _spaced_text(texts[part], [False] * (after - first) if spread else wide[part])
        start, turn = starts[first], int(track.turn[low])
        head, strict = (ends[first + bisect_left(places, len(piece))] - start for piece in _heads(text))
        space = texts[after] if after < high else ""
        line = TextLine(text, box, end - start, head, strict, size, space, upright=turn == 0)
        yield int(track.group[low]), PlacedLine(line, track.index[low:high], turn)


def _heads(text: str) -> tuple[str, str]:
    """The first unbreakable piece of a text, without a space after it, and the same by strict rules."""
    two = text[:2]
    if len(two) == 2 and is_cjk(two[0]) and is_cjk(two[1]) and not _is_glued(two):
        return two[0], two[0]
    return _head(text, strict=False), _head(text, strict=True)


def _head(text: str, strict: bool) -> str:
    for length in (8, 32):
        found = pieces(text[:length], strict=strict)
        if len(found) > 1:
            return found[0].rstrip()
    return pieces(text, strict=strict)[0].rstrip()


def _is_glued(two: str) -> bool:
    """Whether a line may not break between two characters by some rule, strict or not."""
    return two[0] in NO_LINE_END or two[1] in NO_LINE_START_STRICT or two[1].isspace()


def _spaced_text(texts: Sequence[str], wide: Sequence[bool]) -> tuple[str, Sequence[int]]:
    """The text of glyphs, runs of spaces made one, and where in it each glyph ends. `wide` says before which
    glyphs there is room for a space."""
    joined = "".join(texts)
    if len(joined) == len(texts) and True not in wide[1:] and len(joined.split()) == 1:
        return joined, range(1, len(texts) + 1)
    out = ""
    ends = []
    for t, off in zip(texts, wide, strict=True):
        if t.isspace():
            out += "" if out[-1].isspace() else t
        else:
            if off and out and not out[-1].isspace() and not (is_cjk(out[-1]) and is_cjk(t[0])):
                out += " "
            out += t
        ends.append(len(out))
    return out, ends


def _stacked(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """The lines of a group; where they are letters one below the other, the one line set downwards that they
    are."""
    if not all(len(n.text) == 1 and is_cjk(n.text) and (n.text.isalpha() or n.text in JOINTS) for n in lines):
        return tuple(lines)
    letters = {line.text for line in lines} - set(JOINTS)
    if len(letters) < STACKED or len(letters) < DIFFERENT * len(lines):
        return tuple(lines)
    first, last = lines[0], lines[-1]
    for a, b in pairwise(lines):
        aside = abs(a.box[0] + a.box[2] - b.box[0] - b.box[2]) / 2
        down = (b.box[1] + b.box[3] - a.box[1] - a.box[3]) / 2
        if aside > 0.2 * first.size or down > PITCH * first.size or a.size != b.size or not a.upright:
            return tuple(lines)
    box = (first.box[0], first.box[1], first.box[2], last.box[3])
    head = first.box[3] - first.box[1]
    text = "".join(line.text for line in lines)
    length = last.box[3] - first.box[1]
    return (TextLine(text, box, length, head, head, first.size, last.space, upright=False),)
