"""The glyphs of a page in; what is laid over its cells, large (案, DRAFT) or in a box of its own, out."""

from collections.abc import Sequence

import numpy as np

from shinchoku.grid import Slot
from shinchoku.lines.homes import Ints
from shinchoku.page import Bools, Glyphs, Page
from shinchoku.page.geometry import median
from shinchoku.parts import Box, RawBlock, TextLine

LARGE = 2.0
"""Text laid over a page is at least this many times as large as most of the page's."""
OVER = 2.0
"""A box lies over a cell when it covers so many points of it both ways."""
SLANTED = 1.1
"""The box around a slanted glyph is this much larger than its size, both ways or upwards."""


def laid_over(glyphs: Glyphs, home: Ints, slots: Sequence[Slot]) -> Bools:
    """Which glyphs are a watermark's: far larger than most, and slanted or higher than the cell they stand in
    (`home` by glyph, an index of `slots`); so is what is set like them."""
    if not len(glyphs):
        return np.zeros(0, dtype=np.bool_)
    high = glyphs.bottom - glyphs.top
    room = np.array([*(slot.box[3] - slot.box[1] for slot in slots), np.inf])[home]
    large = glyphs.visible & (glyphs.size >= LARGE * median(glyphs.size))
    over: Bools = large & ((high > SLANTED * glyphs.size) | (high > room)) & ~glyphs.down & (glyphs.turn == 0)
    set_so = {(glyphs.font[i], round(float(glyphs.size[i]), 1)) for i in np.flatnonzero(over)}
    for i in np.flatnonzero(large & ~over):
        over[i] = (glyphs.font[i], round(float(glyphs.size[i]), 1)) in set_so
    return over


def called_out(glyphs: Glyphs, home: Ints, slots: Sequence[Slot], laid: Sequence[Box]) -> Bools:
    """Which glyphs stand in boxes that are laid over several cells with text of their own (`home` by glyph,
    an index of `slots`): remarks on them, and no part of them."""
    called = np.zeros(len(glyphs), dtype=np.bool_)
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    sides = np.array([slot.box for slot in slots]).reshape(-1, 4)
    for x0, top, x1, bottom in laid:
        shared = np.minimum(sides[:, 2:], (x1, bottom)) - np.maximum(sides[:, :2], (x0, top))
        under = np.flatnonzero((shared > OVER).all(axis=1))
        inside = glyphs.kept & (x > x0) & (x < x1) & (y > top) & (y < bottom)
        if len(under) > 1 and (glyphs.kept & ~inside & np.isin(home, under)).any():
            called |= inside
    return called


def watermark(page: Page, over: Bools) -> RawBlock:
    """The one block of a watermark, its glyphs in the order in which they are painted."""
    glyphs, index = page.glyphs, np.flatnonzero(over)
    text = "".join(glyphs.text[i] for i in index).strip()
    sides = (
        glyphs.x0[index].min(),
        glyphs.top[index].min(),
        glyphs.x1[index].max(),
        glyphs.bottom[index].max(),
    )
    x0, top, x1, bottom = map(float, sides)
    size = median(glyphs.size[index])
    line = TextLine(text, (x0, top, x1, bottom), x1 - x0, size, size, size, upright=False)
    return RawBlock("watermark", (x0, top, x1, bottom), (line,))
