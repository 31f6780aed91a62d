"""The glyphs of a page that stand in no cell in, the blocks of text they make out, in reading order."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from shinchoku.lines import text_lines
from shinchoku.lines.downwards import runs_downwards, set_downwards
from shinchoku.lines.track import Ints, turns
from shinchoku.page import Page
from shinchoku.page.geometry import median, surrounding
from shinchoku.parts import Box, RawBlock, TextLine
from shinchoku.raw.strips import Strip, strips
from shinchoku.text import halve_digits

PAGE_NUMBER = re.compile(
    r"[-ー~(<\[〔\s]*(p(age)?[.\s]*)?(\d{1,4}|[ivx]{1,5}|[ⅰ-ⅻ])(\s*(/|of)\s*\d{1,4})?\s*(頁|ページ)?[-ー~)>\]〕.\s]*",
    re.IGNORECASE,
)
MARGIN = 0.1
"""A page number stands in this outer part of the page."""
COLUMN_GAP = 2.5
"""Text outside tables is cut into blocks side by side where nothing is printed for this many ems."""
LEADING = 0.55
"""Lines of a block have no more than this many ems between them, or stand as most lines of the column do."""
LOOSEST = 2.4
"""Lines of running text stand no more than this many ems apart, middle to middle."""
EVEN = 1.1
"""Lines stand as others do when they are no more than this many times as far apart."""
INDENT = 0.7
"""A line is indented that begins this many ems further in."""
HANGING = 4.0
"""What follows an item's mark is indented by up to this many ems."""
SHORT = 1.5
"""A line is short when the next line's first piece and this many ems more would have fitted on it."""
MARGIN_LINES = 3
NEIGHBOURS = 6
"""Running text ends where so many of so many lines above and below do, none further out."""
CENTRED = 0.5
"""Lines are centred on each other when their middles are this many ems apart at most."""
ITEM = re.compile(
    "[・※*＊•‣◦①-⓿\u25a0-\u27bf\ue000-\uf8ff]"  # bullets, those of symbol fonts too, numbers in circles
    r"|[(（][0-9０-９ァ-ンｱ-ﾝa-zA-Z一-十]{1,2}[)）]|[0-9０-９ァ-ンｱ-ﾝa-zA-Z]{1,2}[)）.．]"
    r"|[0-9０-９]{1,2}[、\s]|注|[-－]\s"
)
"""How an item of a list or a note begins."""
LEADERS = re.compile(r".*[・.．…‥]{2,}\s*\d+")
"""A line of a table of contents."""


def find_blocks(page: Page, index: Ints, frames: Sequence[Box] = ()) -> list[RawBlock]:
    """The blocks of the glyphs `index`. What stands in a frame is read apart, where the frame begins; so is
    each reading direction, that of most text first. Page numbers come first or last, as they stand."""
    page = replace(page, glyphs=set_downwards(page.glyphs, runs_downwards(page.glyphs, index)))
    framed = _framed(page, index, frames)
    blocks, numbers = _blocks(page, index[framed == len(frames)])
    for k in sorted(range(len(frames)), key=lambda k: (frames[k][1], frames[k][0])):
        within, more = _blocks(page, index[framed == k])
        at = next((i for i, b in enumerate(blocks) if b.box[1] >= frames[k][1]), len(blocks))
        blocks[at:at] = within
        numbers += more
    first = [b for b in numbers if b.box[3] < page.height / 2]
    return [*first, *blocks, *(b for b in numbers if b not in first)]


def _framed(page: Page, index: Ints, frames: Sequence[Box]) -> Ints:
    """For each of the glyphs `index` the innermost frame around its middle, `len(frames)` for none."""
    glyphs = page.glyphs
    x, y = (glyphs.x0[index] + glyphs.x1[index]) / 2, (glyphs.top[index] + glyphs.bottom[index]) / 2
    out = np.full(len(index), len(frames), dtype=np.intp)
    for k in sorted(range(len(frames)), key=lambda k: -_area(frames[k])):
        x0, top, x1, bottom = frames[k]
        out[(x0 < x) & (x < x1) & (top < y) & (y < bottom)] = k
    return out


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _blocks(page: Page, index: Ints) -> tuple[list[RawBlock], list[RawBlock]]:
    """The blocks of the glyphs `index`, one reading direction after the other, and apart from them the page
    numbers."""
    turn = turns(page.glyphs, index)
    ways, counts = np.unique(turn, return_counts=True)
    blocks: list[RawBlock] = []
    numbers: list[RawBlock] = []
    for way in ways[np.argsort(-counts, kind="stable")]:
        for column in strips(page.glyphs, index[turn == way], COLUMN_GAP):
            found = [s for s in column if is_page_number(page, s.placed.line) and not _is_of_a_row(page, s)]
            numbers += [_block("page_number", [s]) for s in found]
            blocks += [_block("text", lines) for lines in _paragraphs([s for s in column if s not in found])]
    return blocks, numbers


def hidden_block(page: Page) -> RawBlock | None:
    """One block of all text that does not show and is not the rest of one that does."""
    glyphs = page.glyphs
    lines = text_lines(glyphs, np.flatnonzero(~glyphs.kept), COLUMN_GAP)
    return RawBlock("hidden", surrounding([line.box for line in lines]), lines) if lines else None


def is_page_number(page: Page, line: TextLine) -> bool:
    """A number alone in the outer tenth of the page, dashes, a total or a word for page beside it allowed."""
    if not PAGE_NUMBER.fullmatch(halve_digits(line.text)):
        return False
    x, y = (line.box[0] + line.box[2]) / 2, (line.box[1] + line.box[3]) / 2
    at, length = (y, page.height) if line.upright else (x, page.width)
    return not MARGIN * length <= at <= (1 - MARGIN) * length


def _is_of_a_row(page: Page, number: Strip) -> bool:
    """Whether other text stands on the level of what may be a page number, and text further out than that:
    the number is a table's, then."""
    glyphs, (_, top, _, bottom) = page.glyphs, number.placed.line.box
    middle = (glyphs.top + glyphs.bottom) / 2
    others = glyphs.kept & glyphs.inked
    others[number.placed.index] = False
    level = others & (middle > top) & (middle < bottom)
    further = middle < top if top + bottom < page.height else middle > bottom
    return bool(number.placed.line.upright and level.any() and (others & further).any())


def _paragraphs(column: Sequence[Strip]) -> list[list[Strip]]:
    """The lines of a column, from its top, gathered into blocks: lines of one size, close below each
    other."""
    leading = _leading(column)
    blocks: list[list[Strip]] = []
    for i, s in enumerate(column):
        near = (b for b in reversed(blocks) if _is_below(b[-1], s, leading))
        block = next(near, None)
        if block is not None and not _begins(block, s, _edge(column, i)):
            block.append(s)
        else:
            blocks.append([s])
    return blocks


def _edge(column: Sequence[Strip], i: int) -> float:
    """Where the text around line i ends: that of a frame, or of the column."""
    around = [s.end for s in column[max(0, i - NEIGHBOURS) : i + NEIGHBOURS + 1]]
    last = max(around)
    if sum(end >= last - CENTRED * column[i].em for end in around) >= MARGIN_LINES:
        return last
    return max(s.end for s in column)


def _leading(column: Sequence[Strip]) -> float:
    """How many ems apart most lines of a column stand, middle to middle; 0 where there are none."""
    steps = []
    for above, below in pairwise(column):
        step = (below.middle - above.middle) / below.em
        if _alike(above, below) and 0 < step <= LOOSEST:
            steps.append(step)
    return median(steps) if steps else 0.0


def _alike(above: Strip, below: Strip) -> bool:
    """Whether two lines have one size and stand one below the other."""
    overlap = min(above.end, below.end) - max(above.start, below.start)
    return overlap > 0 and abs(above.em - below.em) < 0.1 * above.em


def _is_below(above: Strip, below: Strip, leading: float) -> bool:
    """Whether `below` may be the next line of the same block."""
    gap = (below.near - above.far) / above.em
    step = (below.middle - above.middle) / above.em
    return _alike(above, below) and gap > -0.3 and (gap < LEADING or step <= EVEN * leading)


def _begins(block: Sequence[Strip], line: Strip, edge: float) -> bool:
    """Whether a line close below a block begins a new one: in another font, indented or no longer so, or
    after a line that it would still have fitted on. `edge` is where the column's lines end."""
    above, first = block[-1], block[0]
    if above.font and line.font and above.font != line.font:
        return True
    if LEADERS.fullmatch(halve_digits(above.placed.line.text)):
        return True
    middles = abs(above.start + above.end - line.start - line.end) / 2
    left = min(s.start for s in block)
    if middles <= CENTRED * line.em and min(above.start, line.start) > left + INDENT * line.em:
        return False
    shift = (line.start - above.start) / line.em
    is_item = ITEM.match(first.placed.line.text) is not None
    if shift > INDENT and (len(block) > 1 or not is_item or shift > HANGING):
        return True
    if shift < -INDENT and (len(block) > 1 or is_item):
        return True
    if is_item and len(block) > 1 and line.start < block[1].start - INDENT * line.em:
        return True
    if ITEM.match(line.placed.line.text) and not above.start < line.start - 0.1 * line.em:
        return True
    return line.placed.line.head_strict + SHORT * line.em <= edge - above.end


def _block(kind: str, lines: Sequence[Strip]) -> RawBlock:
    printed = tuple(s.placed.line for s in lines)
    return RawBlock(kind, surrounding([line.box for line in printed]), printed)
