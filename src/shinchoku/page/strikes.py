"""Glyphs in, which of them are the same one struck again (fake bold, a shadow) out."""

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats

OFFSET = 0.15
"""A second strike lies within this share of the font size of the first, both ways."""
OVERLAP = 0.5
"""And it leaves at least this share of the glyph's width under it, or it is the next letter, set tightly."""
SIZES = 0.06
"""The two sizes differ by at most this share."""


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
