"""Glyphs that belong together in, the printed lines they make out: reading order, spaces, how much room each
leaves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Floats, Glyphs
from shinchoku.text import is_cjk, pieces

Box = tuple[float, float, float, float]

SPACE = 0.4
"""A gap of this many ems between two glyphs, one of them not Japanese, is a space that was not printed as a
glyph."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line. `length` is its extent along the reading direction, `head` that of its first
    unbreakable piece (`head_strict`: by the strict rules that also keep small kana off a line's start),
    `size` its font size, all in points. `spaced` says that a space was printed after its last glyph.
    `upright` is false for vertical or turned text. `box` is (x0, top, x1, bottom)."""

    text: str
    box: Box
    length: float
    head: float
    head_strict: float
    size: float
    spaced: bool = False
    upright: bool = True


@dataclass(frozen=True, slots=True)
class _Run:
    """Glyphs of one line in reading order: `along` their start and end in the reading direction."""

    index: NDArray[np.intp]
    start: Floats
    end: Floats


def text_lines(glyphs: Glyphs, index: NDArray[np.intp], gap: float = float("inf")) -> tuple[TextLine, ...]:
    """The lines of the glyphs `index`, first to last. A line is cut where nothing is printed for `gap`
    ems."""
    lines: list[TextLine] = []
    for turn, members in _by_direction(glyphs, index):
        for run in _runs(glyphs, members, turn):
            for part in _cut(glyphs, run, gap):
                line = _line(glyphs, part, upright=turn == 0)
                if line is not None:
                    lines.append(line)
    return tuple(lines)


def _by_direction(glyphs: Glyphs, index: NDArray[np.intp]) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """The glyphs of each reading direction: 0, 90, 180, 270 degrees clockwise, vertical writing reading like
    90."""
    turns = np.where(glyphs.down[index], 90, glyphs.turn[index])
    for turn in np.unique(turns):
        yield int(turn), index[turns == turn]


def _axes(glyphs: Glyphs, index: NDArray[np.intp], turn: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Start and end along the reading direction, near and far side across it, ascending as one reads."""
    x0, x1, top, bottom = glyphs.x0[index], glyphs.x1[index], glyphs.top[index], glyphs.bottom[index]
    if turn == 90:
        return top, bottom, -x1, -x0
    if turn == 180:
        return -x1, -x0, -bottom, -top
    if turn == 270:
        return -bottom, -top, x0, x1
    return x0, x1, top, bottom


def _runs(glyphs: Glyphs, index: NDArray[np.intp], turn: int) -> Iterator[_Run]:
    """The glyphs gathered into lines: a glyph whose middle is half its size further across begins a new
    one."""
    start, end, near, far = _axes(glyphs, index, turn)
    middle = (near + far) / 2
    order = np.argsort(middle, kind="stable")
    sizes = np.maximum(far - near, 1.0)[order]
    steps = np.diff(middle[order]) > 0.5 * np.minimum(sizes[1:], sizes[:-1])
    for members in np.split(order, np.flatnonzero(steps) + 1):
        if len(members):
            line = members[np.argsort(start[members], kind="stable")]
            yield _Run(index[line], start[line], end[line])


def _cut(glyphs: Glyphs, run: _Run, gap: float) -> Iterator[_Run]:
    """The run cut where nothing is printed for `gap` ems; spaces do not count as printed."""
    inked = np.array([k for k, i in enumerate(run.index) if not glyphs.text[i].isspace()], dtype=np.intp)
    room = run.start[inked[1:]] - run.end[inked[:-1]]
    cuts = inked[1:][room > gap * glyphs.size[run.index[inked[1:]]]]
    parts = (np.split(a, cuts) for a in (run.index, run.start, run.end))
    for index, start, end in zip(*parts, strict=True):
        yield _Run(index, start, end)


def _line(glyphs: Glyphs, run: _Run, upright: bool) -> TextLine | None:
    """The run as text; None where it holds nothing but spaces."""
    texts = [glyphs.text[i] for i in run.index]
    inked = [k for k, t in enumerate(texts) if not t.isspace()]
    if not inked:
        return None
    first, last = inked[0], inked[-1]
    text, ends = _spaced_text(texts, run, glyphs.size[run.index], first, last)
    index = run.index[first : last + 1]
    length = float(run.end[first : last + 1].max() - run.start[first])

    def width(piece: str) -> float:
        reached = np.flatnonzero(ends >= len(piece.rstrip()))
        return float(run.end[first + int(reached[0])] - run.start[first]) if len(reached) else length

    return TextLine(
        text=text,
        box=(
            float(glyphs.x0[index].min()),
            float(glyphs.top[index].min()),
            float(glyphs.x1[index].max()),
            float(glyphs.bottom[index].max()),
        ),
        length=length,
        head=width(pieces(text)[0]),
        head_strict=width(pieces(text, strict=True)[0]),
        size=float(np.median(glyphs.size[index])),
        spaced=last < len(texts) - 1,
        upright=upright,
    )


def _spaced_text(
    texts: Sequence[str], run: _Run, sizes: Floats, first: int, last: int
) -> tuple[str, NDArray[np.intp]]:
    """The text of the glyphs first..last, runs of spaces made one, and where in it each glyph ends."""
    out = ""
    ends = []
    for k in range(first, last + 1):
        t = texts[k]
        if t.isspace():
            if not out[-1].isspace():
                out += t
        else:
            if k > first and not out[-1].isspace():
                gap = float(run.start[k] - run.end[k - 1]) / max(float(sizes[k]), 1.0)
                if gap > SPACE and not (is_cjk(out[-1]) and is_cjk(t[0])):
                    out += " "
            out += t
        ends.append(len(out))
    return out, np.array(ends, dtype=np.intp)
