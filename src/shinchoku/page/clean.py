"""All that a page paints in; the page as its author meant it out: each glyph once, its text, seen or not."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Floats, Glyphs, Marks, Page
from shinchoku.page.canvas import Drawn
from shinchoku.page.geometry import FAR, Box, Frame
from shinchoku.page.letters import VOICING, compose, mend
from shinchoku.page.oddities import (
    askew,
    fields_differ,
    mirrored,
    nowhere,
    run_through,
    sideways,
    without_unicode,
)
from shinchoku.page.sight import is_scan, seen
from shinchoku.page.sight.cut import goes_on, own_clips
from shinchoku.page.sight.struck import struck
from shinchoku.page.sight.widths import with_widths
from shinchoku.page.strikes import restruck, shadows
from shinchoku.problems import Problem

FIGURE = 20.0
"""What is larger than this (points) is no arrow's head."""


Painting = Callable[[Frame], tuple[Drawn, list[Problem]]]
"""A page on a frame in, what it paints and what went wrong out."""


def read_upright(seen: Frame, paint: Painting, trouble: Iterable[Problem] = ()) -> Page:
    """The page that `paint` paints, cleaned; one that lies on its side or upside down, or is askew, is set
    upright first, and that is said."""
    drawn, more = paint(seen)
    said = list(trouble)
    if lies := drawn.quarter():
        seen = seen.quartered(lies)
        drawn, more = paint(seen)
        said.append(sideways(seen.number, lies))
    if tilt := drawn.tilt():
        drawn, more = paint(seen.turned(-tilt))
        said.append(askew(seen.number, tilt))
    return replace(clean(seen, drawn, [*said, *more]), lies=lies, tilt=tilt)


def clean(frame: Frame, drawn: Drawn, trouble: Iterable[Problem] = ()) -> Page:
    """The page with all its glyphs and marks in their final form; `trouble` is what went wrong while it was
    read."""
    problems = list(trouble)
    placed = (np.abs(drawn.boxes) < FAR).all(axis=1) & (drawn.size < np.inf)  # false for NaN
    text = [mend(t) for t in drawn.text]
    if not placed.all():
        lost = "".join(text[i] for i in np.flatnonzero(~placed))
        problems.append(nowhere(frame, lost))
    area = frame.width * frame.height
    drawn = with_widths(drawn)
    drawn = replace(drawn, clip=own_clips(drawn, area))
    out, strokes, crossed = struck(drawn)
    marks = drawn.marks[(np.abs(drawn.marks[:, :5]) < FAR).all(axis=1) & ~strokes]
    visible, rest = seen(drawn, area)
    ocr = is_scan(drawn, area)
    if ocr:
        visible |= ~drawn.off
    boxes = drawn.boxes.copy()
    keep = np.flatnonzero(placed)
    merged = _merge(text, boxes, drawn, keep)
    note = drawn.note.copy()
    for later, first in merged.items():
        if visible[later] and not visible[first]:
            visible[first], note[first] = True, note[later]
        rest[first] |= rest[later]
    keep = np.array([i for i in keep.tolist() if i not in merged], dtype=np.int64)
    glyphs = Glyphs(
        text=tuple(text[i] for i in keep.tolist()),
        x0=boxes[keep, 0],
        top=boxes[keep, 1],
        x1=boxes[keep, 2],
        bottom=boxes[keep, 3],
        size=drawn.size[keep],
        font=tuple(drawn.fonts[i] for i in drawn.font[keep].tolist()),
        turn=drawn.turn[keep],
        down=drawn.down[keep],
        visible=visible[keep],
        struck=(out & visible)[keep],
        note=note[keep],
        clipped=(rest & ~visible)[keep],
        run=np.unique(drawn.step[keep], return_inverse=True)[1].reshape(-1),
        clip=_numbered(drawn.clip[keep]),
    )
    problems += without_unicode(frame, glyphs)
    problems += run_through(frame, glyphs, crossed[keep])
    problems += [*mirrored(frame, glyphs, drawn.mirrored[keep]), *fields_differ(frame, glyphs, drawn.fields)]
    return Page(
        number=frame.number,
        width=frame.width,
        height=frame.height,
        glyphs=glyphs,
        marks=_marks(marks),
        problems=tuple(problems),
        images=drawn.images,
        figures=_figures(drawn),
        ocr=ocr,
        lent_fonts=tuple(sorted(drawn.lent)),
        strikes=tuple((a, b, c, d) for a, b, c, d in drawn.strikes.tolist()),
    )


def _numbered(clips: Floats) -> NDArray[np.int64]:
    """A number for each clip, the same for those that are equal."""
    numbers: dict[tuple[float, ...], int] = {}
    each = (numbers.setdefault(tuple(clip), len(numbers)) for clip in clips.tolist())
    return np.fromiter(each, dtype=np.int64, count=len(clips))


def _figures(drawn: Drawn) -> tuple[Box, ...]:
    """The boxes around what is painted, in paint that is not told, over a small place."""
    x0, top, x1, bottom, shade = drawn.grounds[:, :5].T
    small = np.isnan(shade) & (np.maximum(x1 - x0, bottom - top) <= FIGURE)
    return tuple((a, b, c, d) for a, b, c, d in drawn.grounds[small, :4].tolist())


def _merge(text: list[str], boxes: Floats, drawn: Drawn, places: NDArray[np.int64]) -> dict[int, int]:
    """Glyphs that are part of another one, to that one: struck again, a shadow, or a voicing mark on kana
    (which `text` and `boxes` then hold as one)."""
    said = [text[i] for i in places.tolist()]
    again = restruck(said, boxes[places], drawn.size[places])
    merged = {int(places[later]): int(places[first]) for later, first in again.items()}
    on = goes_on(drawn)[places[1:] - 1] & (np.diff(places) == 1)
    under = shadows(said, boxes[places], drawn.size[places], drawn.shade[places], on)
    for below, over in ((int(places[i]), int(places[j])) for i, j in under.items()):
        if below not in merged and over not in merged:
            merged[below] = over
    previous = -1
    for i in places.tolist():
        if i in merged:
            continue
        if previous >= 0 and text[i] in VOICING and _touch(boxes[previous], boxes[i], float(drawn.size[i])):
            joined = compose(text[previous] + text[i])
            if len(joined) == len(text[previous]):
                text[previous] = joined
                boxes[previous, :2] = np.minimum(boxes[previous, :2], boxes[i, :2])
                boxes[previous, 2:] = np.maximum(boxes[previous, 2:], boxes[i, 2:])
                merged[i] = previous
                continue
        previous = i
    return merged


def _touch(one: Floats, other: Floats, size: float) -> bool:
    """Whether two boxes meet, or nearly."""
    near = 0.2 * size
    return bool((one[:2] <= other[2:] + near).all() and (other[:2] <= one[2:] + near).all())


def _marks(table: Floats) -> Marks:
    shade = table[:, 6]
    return Marks(
        x0=table[:, 0].copy(),
        top=table[:, 1].copy(),
        x1=table[:, 2].copy(),
        bottom=table[:, 3].copy(),
        width=table[:, 4].copy(),
        filled=table[:, 5] == 1,
        shade=np.where(np.isnan(shade), 0.5, shade),
    )
