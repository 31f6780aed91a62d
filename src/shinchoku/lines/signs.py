"""Glyphs in reading order in; what the way they are set says of them out: figures raised as marks of notes,
words set spread."""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from shinchoku.lines.track import SMALL, SPACE, Track
from shinchoku.page import Bools, Floats, Glyphs

RAISED = 0.05
"""A small figure is raised when its middle stands this many ems above that of the sign beside it."""
NEAR = 0.6
"""It stands no more than this many ems behind it."""
EVENLY = 0.15
"""Signs are set spread when the gaps between them differ by no more than this many ems, or the steps from one
to the next."""
WIDEST = 3.0
"""And are no wider than this many ems."""

FEWEST = 3
"""So many signs have gaps to compare."""

_AMOUNT = re.compile(r"[0-9][0-9,.]*[^0-9\s]+")
_PLAIN = "0123456789()+-０１２３４５６７８９（）＋－"
_RAISED = str.maketrans(_PLAIN, 2 * "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻")
_LOWERED = str.maketrans(_PLAIN, 2 * "₀₁₂₃₄₅₆₇₈₉₍₎₊₋")


def marked(glyphs: Glyphs, track: Track) -> list[str]:
    """The texts of the track's glyphs; a small raised figure behind another sign, which is the mark of a note
    or a power and no figure of the number before it, is one that Unicode knows as raised: 181¹. So is one
    raised before a figure (²15), and one lowered behind it is one that Unicode knows as lowered."""
    texts = [glyphs.text[i] for i in track.index.tolist()]
    size = glyphs.size[track.index]
    middle = (glyphs.top + glyphs.bottom)[track.index] / 2
    upright = (track.turn[1:] == 0) & (np.diff(track.line) == 0)
    for base in np.flatnonzero((size[1:] <= SMALL * size[:-1]) & upright).tolist():
        is_figure = texts[base][-1:].isdecimal()
        for way, signs in ((-1, _RAISED), (1, _LOWERED if is_figure else None)):
            aside = way * (middle - middle[base]) > RAISED * size[base]
            own = _beside(track, size, aside, base, 1)
            if signs and _is_mark(texts, own) and not texts[base].isspace():
                for k in own:
                    texts[k] = texts[k].translate(signs)
    for base in (np.flatnonzero((size[:-1] <= SMALL * size[1:]) & upright) + 1).tolist():
        aside = middle[base] - middle > RAISED * size[base]
        own = _beside(track, size, aside, base, -1)
        if _is_mark(texts, own) and texts[base][:1].isdecimal():
            for k in own:
                texts[k] = texts[k].translate(_RAISED)
    return texts


def _beside(track: Track, size: Floats, aside: Bools, base: int, way: int) -> list[int]:
    """The places of the small signs that stand `aside` of the line behind (`way` 1) or before (-1) a sign."""
    em, found, at = float(size[base]), [], base + way
    while 0 <= at < len(size) and track.line[at] == track.line[base] and size[at] <= SMALL * em and aside[at]:
        gap = track.start[max(at, at - way)] - track.end[min(at, at - way)]
        if gap >= NEAR * em:
            break
        found.append(at)
        at += way
    return found


def _is_mark(texts: Sequence[str], places: Sequence[int]) -> bool:
    return any(letter.isdigit() for k in places for letter in texts[k])


def is_spread(texts: Sequence[str], starts: Sequence[float], ends: Sequence[float], size: float) -> bool:
    """Whether a line is one number with its unit, set apart evenly: 1 8 1 所."""
    if len(texts) < FEWEST or not _AMOUNT.fullmatch("".join(texts)):
        return False
    gaps = [start - end for end, start in zip(ends, starts[1:], strict=False)]
    steps = [after - before for before, after in pairwise(starts)]
    even = min(max(gaps) - min(gaps), max(steps) - min(steps)) <= EVENLY * size
    return even and SPACE * size < min(gaps) and max(gaps) <= WIDEST * size
