"""Glyphs that belong together in, the printed lines they make out: reading order, spaces, how much room each
leaves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from shinchoku.lines.track import Ints, Track, line_starts, sizes_of_lines, sorted_track, stand_off
from shinchoku.page import Bools, Glyphs
from shinchoku.text import is_cjk, pieces

Box = tuple[float, float, float, float]

STACKED = 3
"""So many letters one below the other, one a line, are a line set downwards."""
PITCH = 1.35
"""They stand no more than this many ems apart, middle to middle, and straight below each other."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line. `length` is its extent along the reading direction, `head` that of its first
    unbreakable piece (`head_strict`: by the strict rules that also keep small kana off a line's start),
    `size` its font size, all in points. `space` is the space printed after its last glyph, "" for none.
    `upright` is false for vertical or turned text. `box` is (x0, top, x1, bottom)."""

    text: str
    box: Box
    length: float
    head: float
    head_strict: float
    size: float
    space: str = ""
    upright: bool = True


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
    for number, placed in _lines(glyphs, group, float("inf")):
        lines[number].append(placed.line)
    return [_stacked(found) for found in lines]


def _lines(glyphs: Glyphs, group: Ints, gap: float) -> Iterator[tuple[int, PlacedLine]]:
    """The lines of all groups, with the group's number."""
    track = sorted_track(glyphs, group)
    inked = np.array([not glyphs.text[i].isspace() for i in track.index.tolist()], dtype=np.bool_)
    firsts = np.flatnonzero(line_starts(glyphs, track, inked, gap))
    cuts = [*firsts.tolist(), len(track.index)]
    sizes = sizes_of_lines(glyphs.size[track.index], firsts).tolist()
    wide = stand_off(glyphs, track)
    for (a, b), size in zip(pairwise(cuts), sizes, strict=True):
        line = _line(glyphs, track, slice(a, b), inked, wide, size)
        if line is not None:
            yield int(track.group[a]), PlacedLine(line, track.index[a:b], int(track.turn[a]))


def _line(
    glyphs: Glyphs, track: Track, part: slice, inked: Bools, wide: Bools, size: float
) -> TextLine | None:
    """Some glyphs of the track as a line; None where they are nothing but spaces."""
    ink = np.flatnonzero(inked[part]) + part.start
    if not len(ink):
        return None
    first, after = int(ink[0]), int(ink[-1]) + 1
    index = track.index[first:after]
    text, ends = _spaced_text([glyphs.text[i] for i in index.tolist()], wide[first:after].tolist())
    start, end = float(track.start[first]), track.end[first:after]

    def width(piece: str) -> float:
        reached = next(k for k, e in enumerate(ends) if e >= len(piece))
        return float(end[reached]) - start

    head = _head(text, strict=False)
    strict = _head(text, strict=True)
    return TextLine(
        text=text,
        box=(
            float(glyphs.x0[index].min()),
            float(glyphs.top[index].min()),
            float(glyphs.x1[index].max()),
            float(glyphs.bottom[index].max()),
        ),
        length=float(end.max()) - start,
        head=width(head),
        head_strict=width(strict),
        size=size,
        space=glyphs.text[track.index[after]] if after < part.stop else "",
        upright=int(track.turn[first]) == 0,
    )


def _head(text: str, strict: bool) -> str:
    """The first unbreakable piece of a text, without a space after it."""
    for length in (8, 32):
        found = pieces(text[:length], strict=strict)
        if len(found) > 1:
            return found[0].rstrip()
    return pieces(text, strict=strict)[0].rstrip()


def _spaced_text(texts: Sequence[str], wide: Sequence[bool]) -> tuple[str, Sequence[int]]:
    """The text of glyphs, runs of spaces made one, and where in it each glyph ends. `wide` says before which
    glyphs there is room for a space."""
    joined = "".join(texts)
    if len(joined) == len(texts) and not any(wide[1:]) and not any(map(str.isspace, texts)):
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
    letters = [line for line in lines if len(line.text) == 1 and line.text.isalpha() and is_cjk(line.text)]
    if len(letters) < STACKED or len(letters) < len(lines) or len({n.text for n in lines}) < len(lines):
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
