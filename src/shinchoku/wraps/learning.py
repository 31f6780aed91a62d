"""The raw pages of a document in, what they show of how its lines break out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from shinchoku.parts import RawCell, RawPage, TextLine
from shinchoku.text import NO_LINE_START_STRICT, squeeze
from shinchoku.wraps.joiner import FLUSH, LONGEST, Joiner, sides
from shinchoku.wraps.seams import fits, is_tabbed

JUSTIFIED = 0.8
"""A document is set justified when more than this share of its full lines are spread."""
FEWEST = 20
"""At least so many full lines tell."""
MARGIN = 0.5
"""A cell leaves no more ems than this free beside its text on either side."""
TOP_ROWS = 4
"""Among this many rows at the top of a page's first table are its headings and the row that a page break may
have cut."""


def learn(pages: Iterable[RawPage]) -> Joiner:
    """The joiner of a document, learnt from all its cells and blocks. Signs that may hang beyond a full
    line's end do not count for the room that a full line leaves."""
    pages = list(pages)
    cells = [c for page in pages for t in page.tables for c in t.cells if len(c.lines) > 1]
    joiner = Joiner(*_margins(cells))
    joiner = replace(joiner, justified=_is_justified(joiner, cells))
    edges = _Edges()
    for page in pages:
        for table in page.tables:
            foot = table.ys[-1]
            for cell in table.cells:
                begins = table.number > 1 or cell.row >= TOP_ROWS
                ends = table.number < len(page.tables) or cell.box[3] < foot
                room = joiner.room(cell.lines, cell.box) if len(cell.lines) > 1 else ()
                broken = [fits(a, b, free) for (a, b), free in zip(pairwise(cell.lines), room, strict=False)]
                edges.take(cell.lines, [begins, *broken, ends])
                if broken:
                    joiner.broken[sides(cell.box)] += sum(broken)
                    joiner.full[sides(cell.box)] += len(broken) - sum(broken)
        for block in page.blocks:
            inner = [False] * (len(block.lines) - 1)
            edges.take(block.lines, [True, *inner, True])
    edges.count(joiner)
    return joiner


def _margins(cells: Sequence[RawCell]) -> tuple[float, float]:
    """What full lines leave free on both sides together, and on their right. Few lines may all be short: then
    it is no more than a cell's usual margin."""
    lines = [(line, c.box) for c in cells for line in c.lines[:-1] if line.upright]
    lines = [(line, box) for line, box in lines if line.text[-1] not in NO_LINE_START_STRICT]
    both = _least([box[2] - box[0] - line.length for line, box in lines])
    right = _least([box[2] - line.box[2] for line, box in lines])
    if not lines or len(lines) >= FEWEST:
        return both, right
    beside = [gap for n, box in lines for gap in (n.box[0] - box[0], box[2] - n.box[2]) if gap > 0]
    usual = min([*beside, *(MARGIN * line.size for line, _ in lines)])
    return min(both, 2 * usual), min(right, usual)


def _least(free: Sequence[float]) -> float:
    """What a full line leaves free: less than nearly all lines do."""
    return max(0.0, sorted(free)[len(free) // 100]) if free else 0.0


def _is_justified(joiner: Joiner, cells: Iterable[RawCell]) -> bool:
    """Whether the document's full lines are spread to their cells' sides: nearly all that the next piece did
    not fit behind leave nothing."""
    flush = [
        free <= FLUSH * a.size
        for c in cells
        for (a, b), free in zip(pairwise(c.lines), joiner.room(c.lines, c.box), strict=False)
        if not fits(a, b, free) and len(a.text) > 3 and not is_tabbed(a)
    ]
    return sum(flush) > JUSTIFIED * max(len(flush), FEWEST)


@dataclass(frozen=True, slots=True)
class _Edges:
    """The texts of lines, the characters they begin and end with, and those of lines of which that is
    sure."""

    texts: list[str] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    last: list[str] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)

    def take(self, lines: Sequence[TextLine], sure: Sequence[bool]) -> None:
        """Take in these lines. `sure` says of each place before, between and after them whether the author
        surely broke there: it is no page break or wrap."""
        for line, begins, ends in zip(lines, sure, sure[1:], strict=False):
            text = squeeze(line.text)
            starts, tails = text[:LONGEST], text[-LONGEST:]
            self.texts.append(text)
            self.first.append(starts)
            self.last.append(tails)
            if begins:
                self.begun.append(starts)
            if ends:
                self.ended.append(tails)

    def count(self, joiner: Joiner) -> None:
        """Count all of it into the joiner: edges and what stands anywhere, by each number of characters up to
        LONGEST."""
        lengths = range(1, LONGEST + 1)
        for counter, edges in ((joiner.first, self.first), (joiner.begun, self.begun)):
            counter.update(edge[:n] for edge in edges for n in lengths if n <= len(edge))
        for counter, edges in ((joiner.last, self.last), (joiner.ended, self.ended)):
            counter.update(edge[-n:] for edge in edges for n in lengths if n <= len(edge))
        text = "\n".join(self.texts)
        for n in lengths:
            joiner.runs.update(map("".join, zip(*(text[at:] for at in range(n)), strict=False)))
