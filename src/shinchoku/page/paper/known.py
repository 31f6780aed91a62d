"""Inks of Japanese characters in; their shapes, and how like they are to known ones, out."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats
from shinchoku.page.paper.paint import Grey
from shinchoku.page.paper.shapes import PROPORTION, Singles, lifted, resized, softened

SIDE = 16
"""A shape is compared in so many fields across and down."""
EDGE = 0.25
"""Ink of less than this share of the character's darkest is its blurred edge."""
FINEST = 15
"""The file tells so many steps of darkness, a hexadecimal digit each, row by row."""
FILE = Path(__file__).parent / "known.csv"
"""Known shapes: the character, its width for its height, its fields.
tests/make/committed/known_shapes.py makes it."""


@dataclass(frozen=True, slots=True)
class CharacterShapes:
    """n characters' inks: how `dark` their fields are (n x SIDE x SIDE, 0 to 1), their `proportions` (width
    for height), and which are `whole`: not cut off above or below."""

    dark: Singles
    proportions: Floats
    whole: Bools

    def take(self, index: NDArray[np.intp]) -> "CharacterShapes":
        """Those at these places."""
        return CharacterShapes(self.dark[index], self.proportions[index], self.whole[index])

    def with_others(self, index: NDArray[np.intp], others: "CharacterShapes") -> "CharacterShapes":
        """The same, those at `index` replaced."""
        columns = (getattr(self, name).copy() for name in ("dark", "proportions", "whole"))
        dark, proportions, whole = columns
        dark[index], proportions[index], whole[index] = others.dark, others.proportions, others.whole
        return CharacterShapes(dark, proportions, whole)


@dataclass(frozen=True, slots=True)
class Known:
    """Known shapes of `characters`, each in several faces: `fields` (faces x characters x SIDE * SIDE, of
    length 1, middling 0), `proportions`."""

    characters: str
    fields: Singles
    proportions: Floats

    def likeness(self, shapes: CharacterShapes) -> Floats:
        """How like each of n shapes is to each of the characters in the face where it is most like it (n x
        characters): 1 the same."""
        like = np.matmul(_level(shapes.dark), self.fields.transpose(0, 2, 1))
        like -= _stretched(shapes.proportions[:, None], self.proportions[:, None])
        most: Floats = like.max(axis=0)
        return most

    def likeness_to(self, shapes: CharacterShapes, places: NDArray[np.intp]) -> Floats:
        """The same of each shape and one character alone, the one at its place."""
        like = (_level(shapes.dark) * self.fields[:, places]).sum(axis=2)
        like -= _stretched(shapes.proportions, self.proportions[:, places])
        most: Floats = like.max(axis=0)
        return most


def shapes_of_characters(ink: Grey | Singles) -> CharacterShapes:
    """The shapes of n inks (n x rows x columns), upright and not stretched."""
    most = ink.max(axis=(1, 2)).astype(np.float32)
    above = ink > np.floor(EDGE * most).astype(ink.dtype)[:, None, None]
    first, after = _reach(above.any(axis=2))
    left, right = _reach(above.any(axis=1))
    upright = resized(ink, first, after, SIDE).transpose(0, 2, 1)
    fields = resized(upright, left, right, SIDE).transpose(0, 2, 1)
    dark = lifted(fields / np.maximum(most, 1.0)[:, None, None])
    whole = (most > 0) & (first > 0) & (after < ink.shape[1])
    return CharacterShapes(dark, (right - left) / np.maximum(after - first, 1), whole)


def _reach(inked: Bools) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where in each row the ink begins and ends."""
    return inked.argmax(axis=1), inked.shape[1] - inked[:, ::-1].argmax(axis=1)


def _level(dark: Singles) -> Singles:
    """Shapes softened, each of length 1, middling 0."""
    flat = softened(dark, 1).reshape(len(dark), SIDE * SIDE)
    flat = flat - flat.mean(axis=1, keepdims=True)
    level: Singles = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)
    return level


def _stretched(one: Floats, other: Floats) -> Floats:
    """What shapes of these proportions lose of their likeness."""
    lost: Floats = PROPORTION * np.abs(np.log(one + 0.05) - np.log(other + 0.05))
    return lost


@cache
def known() -> Known:
    """The shapes of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [(row["character"], float(row["proportion"]), row["fields"]) for row in csv.DictReader(file)]
    characters = "".join(dict.fromkeys(character for character, _, _ in rows))
    pairs = np.frombuffer(bytes.fromhex("".join(fields for _, _, fields in rows)), dtype=np.uint8)
    steps = np.column_stack([pairs >> 4, pairs & FINEST])
    dark: Singles = np.divide(steps, FINEST, dtype=np.float32)
    by_face = np.arange(len(rows)).reshape(len(characters), -1).T
    fields = _level(dark.reshape(-1, SIDE, SIDE))
    return Known(characters, fields[by_face], np.array([wide for _, wide, _ in rows])[by_face])
