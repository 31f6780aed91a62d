"""Glyphs and marks in, one by one as a page paints them; columns of them out, still to be cleaned."""

import math
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats
from shinchoku.page.fills import filled
from shinchoku.page.geometry import Box, Matrix, median
from shinchoku.page.paths import Part
from shinchoku.page.strokes import slanted, stroked
from shinchoku.settings import Settings

UNKNOWN = math.nan
"""The lightness of patterns, shadings and pictures: some paint, nobody asks which."""
RULE = 6.0
"""A picture lower or narrower than this (points), and longer, is a rule."""
Kind = tuple[float, float, float, float, float, float, float]
"""What the glyphs of a run share: how low and how high they reach across the line (text space), the font
size, the font's number, 1 where it is set downwards, how it is painted (SHOWN, UNPAINTED, OFF), the paint's
lightness."""
SHOWN, UNPAINTED, OFF = 0.0, 1.0, 2.0
"""Text that is painted; in no colour (render mode 3); in a layer that is switched off, or behind a mask."""

UPRIGHT = 0.05
"""Text is upright to so many degrees, and turned as far as other text is."""
MOST_TILT = 2.0
"""A page that is askew is so by no more than this (degrees)."""
TILTED = 8
"""So many glyphs show that a page is askew."""
LYING, FEWEST = 0.7, 20
"""A page of whose glyphs more than this share is turned by a quarter, or by two, lies so itself, if it has so
many."""
MOSTLY = 0.8
"""This share of a page's glyphs is turned as far as the page is."""

_RUN = 19
_MARK = 9
_GROUND = 7


class FullError(Exception):
    """The page holds more glyphs or marks than the limits allow; what came before is on the canvas."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """All a page paints, in paint order. Of n glyphs: `text`, `boxes` (n x 4: x0, top, x1, bottom), `size`,
    `font` (index into `fonts`), `turn`, `angle` (the same not rounded), `down`, `mirrored` (set in mirror
    writing), `shade` (lightness of the paint, NaN unknown), `hidden` (not painted), `off` (in a layer that is
    switched off), `step` (paint order, counted with the fills) and `clip` (n x 4). Of m marks: `marks` with
    the columns of `Marks` in order, then step, then 1 where the mark hides what is under it. `grounds`: boxes
    of what lies under text and is no mark (x0, top, x1, bottom, shade, step, 1 where it hides). `lent`: names
    of fonts not in the file. `note` is the number of the annotation that a glyph belongs to, 0 for the page's
    own, `strikes` the boxes (k x 4) of text that annotations strike out, `fields` what fields of a form hold
    that are typed into, but for secrets, and their boxes."""

    text: list[str]
    boxes: Floats
    size: Floats
    font: NDArray[np.int64]
    fonts: tuple[str, ...]
    turn: NDArray[np.int16]
    angle: Floats
    down: Bools
    mirrored: Bools
    shade: Floats
    hidden: Bools
    off: Bools
    step: Floats
    clip: Floats
    note: NDArray[np.int16]
    strikes: Floats
    marks: Floats
    grounds: Floats
    images: tuple[Box, ...] = ()
    lent: frozenset[str] = frozenset()
    fields: tuple[tuple[str, Box], ...] = ()

    def quarter(self) -> int:
        """How far the page lies on its side or upside down: 90, 180 or 270 degrees clockwise where nearly all
        its text does, else 0."""
        inked = np.array([not text.isspace() for text in self.text], dtype=np.bool_)
        turns = self.turn[~self.hidden & ~self.off & ~self.down & inked]
        if len(turns) < FEWEST:
            return 0
        return next((turn for turn in (90, 180, 270) if (turns == turn).mean() > LYING), 0)

    def tilt(self) -> float:
        """How many degrees clockwise the page is off the upright: nearly all text that is painted is, and as
        far as the rest; 0 where it is not, or by so much that this is meant."""
        off = (self.angle[~self.hidden] + 45) % 90 - 45
        if len(off) < TILTED:
            return 0.0
        middle = median(off)
        alike = float((np.abs(off - middle) <= UPRIGHT).mean())
        return middle if UPRIGHT < abs(middle) <= MOST_TILT and alike >= MOSTLY else 0.0


@dataclass(slots=True)
class Canvas:
    """What has been painted so far. Numbers go into flat arrays: a page of 100,000 dots costs 10 MB here."""

    settings: Settings
    fonts: dict[str, int] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    at: "array[float]" = field(default_factory=lambda: array("d"))
    advance: "array[float]" = field(default_factory=lambda: array("d"))
    counts: "array[int]" = field(default_factory=lambda: array("l"))
    runs: "array[float]" = field(default_factory=lambda: array("d"))
    marks: "array[float]" = field(default_factory=lambda: array("d"))
    grounds: "array[float]" = field(default_factory=lambda: array("d"))
    images: list[Box] = field(default_factory=list)
    lent: set[str] = field(default_factory=set)
    strikes: list[Box] = field(default_factory=list)
    fields: list[tuple[str, Box]] = field(default_factory=list)
    notes: int = 0
    note: int = 0
    step: float = 0.0

    def font(self, name: str, is_lent: bool) -> float:
        """The number of the font of that name on this page; `is_lent` where the file does not hold it."""
        if is_lent:
            self.lent.add(name)
        return float(self.fonts.setdefault(name, len(self.fonts)))

    def run(self, count: int, matrix: Matrix, kind: Kind, clip: Box) -> None:
        """Close a run of the last `count` glyphs: they reach from `at` to `at + advance` along the line, in
        the space that `matrix` maps to the page."""
        self.step += 1
        self.counts.append(count)
        self.runs.extend(matrix)
        self.runs.extend(kind)
        self.runs.append(self.step)
        self.runs.extend(clip)
        self.runs.append(self.note)
        if len(self.text) > self.settings.glyphs:
            raise FullError

    def mark(
        self, box: Box, width: float, filled: bool, shade: float, clip: Box, hides: bool = False
    ) -> None:
        """A stroke or a filled box, as far as it lies within the clip; `hides` if nothing shows through."""
        if len(self.marks) > _MARK * self.settings.marks:
            raise FullError
        if self.note:
            if filled:
                self.ground(box, shade, clip, hides)
            return
        x0, top, x1, bottom = box
        left, high, right, low = clip
        if x0 < left or x1 > right or top < high or bottom > low:
            half = width / 2
            if x1 + half < left or x0 - half > right or bottom + half < high or top - half > low:
                return
            x0, top = min(max(x0, left), x1), min(max(top, high), bottom)
            x1, bottom = max(min(x1, right), x0), max(min(bottom, low), top)
        self.marks.extend((x0, top, x1, bottom, width, filled, shade, self.step, hides))

    def ground(self, box: Box, shade: float, clip: Box, hides: bool = False) -> None:
        """Something painted that is no mark and yet lies under what is painted on it."""
        x0, top, x1, bottom = box
        self.grounds.extend((max(x0, clip[0]), max(top, clip[1]), min(x1, clip[2]), min(bottom, clip[3])))
        self.grounds.extend((shade, self.step, hides))

    def fill(self, path: Sequence[Part], even_odd: bool, shade: float, clip: Box, hides: bool) -> None:
        """A filled path."""
        covered = filled(path, even_odd)
        for box in covered.boxes:
            self.mark(box, 0.0, True, shade, clip, hides)
        for box in covered.rounded:
            self.ground(box, shade, clip, hides)
        for box in covered.loose:
            self.ground(box, UNKNOWN, clip)

    def stroke(self, path: Sequence[Part], width: float, cap: int, shade: float, clip: Box) -> None:
        """A stroked path, the line `width` points wide; for `cap` see `stroked`."""
        for box, thick, is_filled in stroked(path, width, cap):
            self.mark(box, thick, is_filled, shade, clip)
        for box in slanted(path):
            self.ground(box, UNKNOWN, clip)

    def image(self, box: Box, clip: Box, hides: bool = False) -> None:
        """A picture, as far as it lies within the clip. One stretched to the shape of a rule is a filled box:
        so some printer drivers draw rules."""
        wide, tall = box[2] - box[0], box[3] - box[1]
        if min(wide, tall) < RULE <= max(wide, tall):
            self.mark(box, 0.0, True, UNKNOWN, clip, hides)
            return
        shown = (max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3]))
        if shown[0] < shown[2] and shown[1] < shown[3]:
            if not self.note:
                self.images.append(shown)
            self.ground(shown, UNKNOWN, clip, hides)

    def shading(self, box: Box, clip: Box) -> None:
        """A shading, which may have any colour."""
        self.ground(box, UNKNOWN, clip)

    @contextmanager
    def next_note(self) -> Iterator[None]:
        """What is painted meanwhile is another annotation's: its text and what that lies on, no rules and no
        pictures of the page."""
        self.notes += 1
        self.note = self.notes
        try:
            yield
        finally:
            self.note = 0

    def strike(self, box: Box) -> None:
        """An annotation strikes out the text in a box."""
        self.strikes.append(box)

    def field(self, held: str, box: Box) -> None:
        """A field of a form holds that text, whatever it shows."""
        self.fields.append((held, box))

    def drawn(self) -> Drawn:
        """Everything painted, as columns."""
        runs = np.repeat(_table(self.runs, _RUN), np.array(self.counts, dtype=np.int64), axis=0)
        a, b, c, d, e, f, low, high, size, font, down, hidden, shade, step = runs[:, :14].T
        start = np.array(self.at)
        end = start + np.array(self.advance)
        with np.errstate(all="ignore"):
            xs = np.stack([a * u + c * v + e for u in (start, end) for v in (low, high)])
            ys = np.stack([b * u + d * v + f for u in (start, end) for v in (low, high)])
            boxes = np.column_stack([xs.min(axis=0), ys.min(axis=0), xs.max(axis=0), ys.max(axis=0)])
            turn = np.degrees(np.arctan2(b * np.sign(size), a * np.sign(size)))
            heights = np.abs(size) * rise(a, b, c, d)
        return Drawn(
            text=self.text,
            boxes=boxes,
            size=heights,
            font=font.astype(np.int64),
            fonts=tuple(self.fonts),
            turn=(np.nan_to_num(turn) / 90).round().astype(np.int16) % 4 * 90,
            angle=np.nan_to_num(turn),
            down=down != 0,
            mirrored=(a * d - b * c > 0) ^ ((end - start) * size < 0),
            shade=shade,
            hidden=hidden == UNPAINTED,
            off=hidden == OFF,
            step=step,
            clip=runs[:, 14:18],
            note=runs[:, 18].astype(np.int16),
            strikes=np.array(self.strikes, dtype=np.float64).reshape(-1, 4),
            marks=_table(self.marks, _MARK),
            grounds=_table(self.grounds, _GROUND),
            images=tuple(self.images),
            lent=frozenset(self.lent),
            fields=tuple(self.fields),
        )


def rise(a: Floats, b: Floats, c: Floats, d: Floats) -> Floats:
    """How far from its line a letter one unit high reaches where these matrices set it, slanted or not."""
    along = np.hypot(a, b)
    return np.where(along > 0, np.abs(a * d - b * c) / np.where(along > 0, along, 1), np.hypot(c, d))


def _table(flat: "array[float]", columns: int) -> Floats:
    return np.array(flat, dtype=np.float64).reshape(-1, columns)
