"""Glyphs in, which of them are the same one struck again (fake bold, a shadow) out."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats

OFFSET = 0.15
"""A second strike lies within this share of the font size of the first, both ways."""
OVERLAP = 0.5
"""And it leaves at least this share of the glyph's width under it, or it is the next letter, set tightly."""
SIZES = 0.06
"""The two sizes differ by at most this share."""
SHADOW = 0.4
"""A shadow is no further off its text than this share of the font size, both ways."""
TINGE = 0.02
"""And lighter or darker than that by more than this."""


def restruck(text: list[str], boxes: Floats, size: Floats) -> dict[int, int]:
    """For n glyphs in paint order (boxes n x 4, sizes in points): each glyph that is a later strike of
    another one, to the first strike of that one. Fonts may differ: producers that fake bold name the second
    strike's font anew."""
    found: dict[int, int] = {}
    firsts: dict[tuple[str, int, int], list[int]] = {}
    mesh = _mesh(size)
    for i in _suspects(text, boxes, mesh):
        x, y = int(boxes[i, 0] // mesh), int(boxes[i, 1] // mesh)
        near = (
            j for u in (x - 1, x, x + 1) for v in (y - 1, y, y + 1) for j in firsts.get((text[i], u, v), ())
        )
        first = next(
            (j for j in near if _same_place(boxes[i], boxes[j], float(size[i]), float(size[j]))), None
        )
        if first is None:
            firsts.setdefault((text[i], x, y), []).append(i)
        else:
            found[i] = first
    return found


def shadows(text: list[str], boxes: Floats, size: Floats, shade: Floats, goes_on: Bools) -> dict[int, int]:
    """For n glyphs in paint order (the lightness of each, and whether those from the second on go on the line
    of the one before): each that is part of a shadow, to the glyph that is painted over it later. A shadow is
    the same text in another shade, as a whole, a little off it."""
    found: dict[int, int] = {}
    alike = np.abs(np.diff(shade)) <= TINGE
    starts = np.flatnonzero(np.append(True, ~(goes_on & alike))[: len(text)]).tolist()
    mesh = 1.02 * SHADOW * max(float(size.max(initial=0.0)), 0.01)
    before: dict[tuple[str, int, int], list[int]] = {}
    for a, b in pairwise([*starts, len(text)]):
        said = "".join(text[a:b])
        if not said.strip():
            continue
        x, y = int(boxes[a, 0] // mesh), int(boxes[a, 1] // mesh)
        near = (i for u in (x - 1, x, x + 1) for v in (y - 1, y, y + 1) for i in before.get((said, u, v), ()))
        under = next((i for i in near if _is_shadow(boxes[[i, a, b - 1]], size[[i, a]], shade[[i, a]])), None)
        if under is not None:
            found.update(zip(range(under, under + b - a), range(a, b), strict=True))
        before.setdefault((said, x, y), []).append(a)
    return found


def _is_shadow(boxes: Floats, size: Floats, shade: Floats) -> bool:
    """Whether a text whose first glyph has the first of the boxes is the shadow of one from the second to the
    third."""
    off = np.abs(boxes[0, :2] - boxes[1, :2])
    return bool(
        (off <= SHADOW * size.min()).all()
        and off[0] <= OVERLAP * (boxes[2, 2] - boxes[1, 0])
        and abs(size[0] - size[1]) <= SIZES * size.max()
        and not abs(shade[0] - shade[1]) <= TINGE
    )


def _mesh(size: Floats) -> float:
    """Twice as wide as two strikes can be apart."""
    return 2.02 * OFFSET * max(float(size.max(initial=0.0)), 0.01)


def _same_place(one: Floats, other: Floats, size: float, other_size: float) -> bool:
    reach = OFFSET * min(size, other_size)
    aside, down = abs(one[0] - other[0]), abs(one[1] - other[1])
    wide, tall = one[2] - one[0], one[3] - one[1]
    return bool(
        abs(size - other_size) <= SIZES * max(size, other_size)
        and aside <= reach
        and down <= reach
        and aside <= OVERLAP * wide
        and down <= OVERLAP * tall
    )


def _suspects(text: list[str], boxes: Floats, mesh: float) -> list[int]:
    """The glyphs that share their text and roughly their place with another, ascending.

    Two places nearer than half a mesh fall into one field of at least one of four meshes, each shifted by
    half."""
    if len(text) < 2:
        return []
    codes: dict[str, int] = {}
    code = np.array([codes.setdefault(t, len(codes)) for t in text], dtype=np.float64)
    shared: Bools = np.zeros(len(text), dtype=np.bool_)
    for shift in ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)):
        field = np.floor(boxes[:, :2] / mesh + np.array(shift))
        keys = field[:, 0] * 1e6 + field[:, 1] + code * 1e12
        shared |= _repeated(keys)
    return [int(i) for i in np.flatnonzero(shared)]


def _repeated(keys: Floats) -> Bools:
    order: NDArray[np.intp] = np.argsort(keys, kind="stable")
    same = keys[order][1:] == keys[order][:-1]
    out = np.zeros(len(keys), dtype=np.bool_)
    out[order[1:]] |= same
    out[order[:-1]] |= same
    return out
