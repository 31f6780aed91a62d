"""Glyphs in reading order in; what the way they are set says of them out: figures raised as marks of notes,
words set spread."""

import re
from collections.abc import Sequence

import numpy as np

from shinchoku.lines.track import SMALL, SPACE, Track
from shinchoku.page import Glyphs

RAISED = 0.05
"""A small figure is raised when its middle stands this many ems above that of the sign beside it."""
NEAR = 0.6
"""It stands no more than this many ems behind it."""
EVENLY = 0.15
"""Signs are set spread when the gaps between them differ by no more than this many ems."""
WIDEST = 3.0
"""And are no wider than this many ems."""

FEWEST = 3
"""So many signs have gaps to compare."""

_AMOUNT = re.compile(r"[0-9][0-9,.]*[^0-9\s]+")
_MARKS = str.maketrans("0123456789()+-０１２３４５６７８９（）＋－", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻")


def marked(glyphs: Glyphs, track: Track) -> list[str]:
    """The texts of the track's glyphs; a small raised figure behind another sign, which is the mark of a note
    or a power and no figure of the number before it, is one that Unicode knows as raised: 181¹."""
    texts = [glyphs.text[i] for i in track.index.tolist()]
    size = glyphs.size[track.index]
    middle = (glyphs.top + glyphs.bottom)[track.index] / 2
    smaller = (size[1:] <= SMALL * size[:-1]) & (track.turn[1:] == 0) & (np.diff(track.line) == 0)
    for first in (np.flatnonzero(smaller) + 1).tolist():
        base = first - 1
        em, after = float(size[base]), first
        while (
            after < len(texts)
            and track.line[after] == track.line[base]
            and size[after] <= SMALL * em
            and middle[after] < middle[base] - RAISED * em
            and track.start[after] - track.end[after - 1] < NEAR * em
        ):
            after += 1
        said = "".join(texts[first:after])
        if any(letter.isdigit() for letter in said) and not texts[base].isspace():
            texts[first:after] = [text.translate(_MARKS) for text in texts[first:after]]
    return texts


def is_spread(texts: Sequence[str], starts: Sequence[float], ends: Sequence[float], size: float) -> bool:
    """Whether a line is one number with its unit, set apart by even gaps: 1 8 1 所."""
    if len(texts) < FEWEST or not _AMOUNT.fullmatch("".join(texts)):
        return False
    gaps = [start - end for end, start in zip(ends, starts[1:], strict=False)]
    even = max(gaps) - min(gaps) <= EVENLY * size
    return even and SPACE * size < min(gaps) and max(gaps) <= WIDEST * size
