"""Inks of letters in; their shapes, freed of place and size, and how like they are to known ones, out."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats
from shinchoku.page.paper.paint import Grey

WIDE, HIGH = 12, 18
"""A shape is compared in so many fields."""
EDGE = 0.2
"""Ink of less than this share of the letter's darkest is its blurred edge."""
LIFT = 0.6
"""Ink to this power: light strokes count almost as dark ones."""
NOTHING = 1e-30
"""Lighter than any ink."""
SOFTER = 3
"""Times a shape is blurred by one field, so that a stroke somewhat aside is still the same stroke."""
PROPORTION = 0.15
"""What a letter twice and a bit (e) as wide for its height loses of its likeness."""
LETTERS = "0123456789ABCDEFGHKLMNOPQRSTUVWXYZ*+"
"""Those of values and marks, and signs that they are not; I and J are drawn in too many ways."""
UPRIGHT = ("Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Bold", "Courier", "Courier-Bold")
SLANTED = (
    "Helvetica-Oblique",
    "Helvetica-BoldOblique",
    "Times-Italic",
    "Times-BoldItalic",
    "Courier-Oblique",
)
"""Fonts that every program that shows PDFs has built in (ISO 32000-1, 9.6.2.2); PDFium paints them without
a file. A slanted 1 is like an upright 7: a font is held against those of its own style."""
FACES = UPRIGHT + SLANTED
_TILE, _SIZE, _LEFT, _LOW = 32, 24.0, 4, 8
Ints = NDArray[np.intp]
Singles = NDArray[np.float32]
"""How dark fields are needs no more digits, and so takes half the room and time."""
_UNITS = ctypes.POINTER(ctypes.c_ushort)


@dataclass(frozen=True, slots=True)
class Shapes:
    """n letters' inks: `fields` (n x HIGH * WIDE, each of length 1, middling 0), their `proportions` (width
    for height), which are `whole`: no specks, and not cut off at the top, and how much of the ink each is
    (`share`), the rest apart from it."""

    fields: Singles
    proportions: Floats
    whole: Bools
    share: Floats


@dataclass(frozen=True, slots=True)
class References:
    """Known shapes of LETTERS in FACES: `fields` (letters x faces x HIGH * WIDE), `proportions`."""

    fields: Singles
    proportions: Floats

    def likeness(self, shapes: Shapes) -> Floats:
        """How like each of n shapes is to each of LETTERS in the upright face where it is most like it, and
        in the slanted one (2 x n x letters): 1 the same."""
        known = np.log(self.proportions + 0.05)
        apart = np.abs(known[None] - np.log(shapes.proportions + 0.05)[:, None, None])
        like = np.moveaxis(self.fields @ shapes.fields.T, -1, 0)
        like -= PROPORTION * apart
        return np.stack([like[:, :, : len(UPRIGHT)].max(axis=2), like[:, :, len(UPRIGHT) :].max(axis=2)])


def shapes_of(ink: Singles, wide: Floats, high: Floats) -> Shapes:
    """The shapes of n inks (n x rows x columns) whose fields are `wide` x `high` each."""
    every = np.maximum(ink.sum(axis=(1, 2)), 1.0)
    edge = EDGE * ink.max(axis=(1, 2))
    first, after = _main_run(ink.max(axis=2), edge)
    left, right = _main_run(
        np.where(_inside(ink.shape[1], first, after)[:, :, None], ink, 0).max(axis=1), edge
    )
    ink = np.where(_inside(ink.shape[2], left, right)[:, None, :], ink, 0)
    first, after = _main_run(np.where(_inside(ink.shape[1], first, after), ink.max(axis=2), 0), edge)
    whole = (after - first >= 3) & (first > 0) & (right > left)
    dark = np.maximum(ink.max(axis=(1, 2)), 1.0)[:, None, None]
    grid = resized(resized(lifted(ink / dark), first, after, HIGH).transpose(0, 2, 1), left, right, WIDE)
    flat = softened(grid, SOFTER).reshape(len(grid), -1)
    flat = flat - flat.mean(axis=1, keepdims=True)
    length = np.linalg.norm(flat, axis=1, keepdims=True)
    wide, high = wide * np.maximum(right - left, 1), high * np.maximum(after - first, 1)
    share = ink.sum(axis=(1, 2)) / every
    return Shapes(flat / np.maximum(length, 1e-9), wide / np.maximum(high, 1e-9), whole, share)


def _inside(count: int, first: Ints, after: Ints) -> Bools:
    at = np.arange(count)
    inside: Bools = (first[:, None] <= at) & (at < after[:, None])
    return inside


def _main_run(profiles: Singles, least: Singles) -> tuple[Ints, Ints]:
    """Of each profile (n x m) the stretch above `least` that holds the most: where it begins and ends."""
    above = profiles > least[:, None]
    begins = above.copy()
    begins[:, 1:] &= ~above[:, :-1]
    first = above.argmax(axis=1)
    after = np.where(above.any(axis=1), above.shape[1] - above[:, ::-1].argmax(axis=1), 0)
    for k in np.flatnonzero(begins.sum(axis=1) > 1).tolist():
        first[k], after[k] = _longest(profiles[k].tolist(), float(least[k]))
    return first, after


def _longest(profile: Sequence[float], least: float) -> tuple[int, int]:
    """Of one profile the stretch above `least` that holds the most."""
    most, held, start, found = 0.0, 0.0, 0, (0, 0)
    for k, value in enumerate(profile):
        if value <= least:
            held = 0.0
            continue
        start = start if held else k
        held += value
        if held > most:
            most, found = held, (start, k + 1)
    return found


def resized(grids: Singles | Grey, first: Ints, after: Ints, count: int) -> Singles:
    """The rows from `first` to `after` of each grid as `count` rows, between which they are evened out."""
    length = (after - first)[:, None]
    at = first[:, None] + np.clip(
        (np.arange(count) + 0.5) / count * length - 0.5, 0, np.maximum(length - 1, 0)
    )
    low = np.floor(at).astype(np.intp)
    share = (at - low).astype(np.float32)[:, :, None]
    high = np.minimum(low + 1, np.maximum(after - 1, first)[:, None])
    rows = np.arange(len(grids))[:, None]
    out: Singles = grids[rows, low] * (1 - share) + grids[rows, high] * share
    return out


def lifted(shares: Singles) -> Singles:
    """Shares of the darkest, light ones raised. (A power of 0 takes four times that of another number.)"""
    return np.power(np.maximum(shares, NOTHING), LIFT, dtype=np.float32)


def softened(grids: Singles, times: int) -> Singles:
    """The grids, blurred so many times by one field, both ways."""
    rows, columns = (_blur(count, times) for count in grids.shape[1:])
    out: Singles = np.matmul(rows @ grids, columns)
    return out


@cache
def _blur(count: int, times: int) -> Singles:
    """What blurs `count` fields in a row: half of each stays, a quarter goes to either side."""
    once = (2 * np.eye(count) + np.eye(count, k=1) + np.eye(count, k=-1)) / 4
    once[0, 0] = once[-1, -1] = 3 / 4
    return np.linalg.matrix_power(once, times).astype(np.float32)


@cache
def references() -> References:
    """The shapes of LETTERS as PDFium paints them in its own FACES."""
    picture = _painted()
    tiles = picture.reshape(len(FACES), _TILE, len(LETTERS), _TILE).transpose(2, 0, 1, 3)
    ink = tiles.reshape(-1, _TILE, _TILE).astype(np.float32)
    shapes = shapes_of(ink, np.ones(len(ink)), np.ones(len(ink)))
    size = (len(LETTERS), len(FACES))
    return References(shapes.fields.reshape(*size, -1), shapes.proportions.reshape(size))


def _painted() -> NDArray[np.uint8]:
    """The ink of LETTERS, one a column, in FACES, one a row of tiles."""
    width, height = len(LETTERS) * _TILE, len(FACES) * _TILE
    with pypdfium2.PdfDocument.new() as document:
        page = document.new_page(width, height)
        for row, face in enumerate(FACES):
            font = raw.FPDFText_LoadStandardFont(document.raw, face.encode("ascii"))
            for column, letter in enumerate(LETTERS):
                thing = raw.FPDFPageObj_CreateTextObj(document.raw, font, _SIZE)
                units = ctypes.create_string_buffer((letter + "\0").encode("utf-16-le"))
                raw.FPDFText_SetText(thing, ctypes.cast(units, _UNITS))
                low = (len(FACES) - 1 - row) * _TILE + _LOW
                raw.FPDFPageObj_Transform(thing, 1, 0, 0, 1, column * _TILE + _LEFT, low)
                raw.FPDFPage_InsertObject(page.raw, thing)
            raw.FPDFFont_Close(font)
        picture: Grey = np.array(page.render(scale=1, grayscale=True).to_numpy(), dtype=np.uint8)
        page.close()
    ink: NDArray[np.uint8] = 255 - picture.reshape(height, width)
    return ink
