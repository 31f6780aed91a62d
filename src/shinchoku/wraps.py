"""The printed lines of a cell in, its text out: wraps forced by the cell's width undone, the author's breaks
kept."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from operator import add
from typing import Protocol

from shinchoku.lines import Box, TextLine
from shinchoku.raw import RawCell, RawPage
from shinchoku.text import NO_LINE_END, NO_LINE_START_STRICT, squeeze

NARROW, WIDE = 0.25, 1.0
"""A space and an ideographic space are as wide, in ems."""
SLACK = 0.08
"""A piece counts as fitting when this many ems would have been left over."""
BULLET = "●○◆◇■□▶►※"
"""A line that begins so is an item of its own."""
DOT = "・"
"""Begins an item too, or parts words: it may begin a line for either reason."""
NEVER_FIRST = "、。，．,.!?！？)）〕】]］」』〉》}｝%％ー"
"""No author begins a line so: where a line does, a program that knows no kinsoku wrapped it."""
EVEN = 1.5
"""Distances to a cell's side are the same when they differ by less than this many points."""
FLUSH = 0.1
"""A line spread to its cell's sides leaves less than this many ems."""
JUSTIFIED = 0.8
"""A document is set justified when more than this share of its full lines are spread."""
FEWEST = 20
"""At least so many full lines tell."""
TOP_ROWS = 4
"""Among this many rows at the top of a page's first table are its headings and the row that a page break may
have cut."""
LONGEST = 4
"""Beginnings and ends of lines are compared by up to this many characters."""

# How much each piece of evidence speaks for an author's break, where the next piece would not have fitted
# either way. Fitted by logistic regression to such seams of the shipped reports in several typesettings; of
# 10,600 seams in eighteen typesettings they misjudge 1.3%, where taking all for wraps misjudges 4.8%.
BEGINS = 0.8
"""Times the log odds that a text like the next line's beginning begins a line elsewhere, not stands inside
one."""
ENDS = 0.9
"""The same for the end of the line above."""
RUNS_ON = -0.6
"""Times the log of how often the two characters at the seam stand together inside a line elsewhere."""
RUNS_ON_LONG = -1.1
"""The same for three characters."""
KANA = -1.2
"""The next line begins with hiragana: a particle or an ending, mostly."""
UNCLOSED = -1.7
"""A bracket is open at the seam."""
TOTAL = 4.0
"""The next line begins with 計 and a number, which says the state reached and stands alone."""
PARALLEL = 1.8
"""The line above ends with a quantity, and so does the next one."""
COLUMN = 0.2
"""Times the log odds that a line of the column is ended, not wrapped."""
PROSE = -2.0
"""The cell holds whole sentences."""
UNLISTED = -2.0
"""The next line begins with ・, and no other line of the cell is an item."""
LISTED = 3.0
"""The next line begins with ・, and so does another line of the cell that surely is an item."""


Sides = tuple[int, int]
_TOTAL = re.compile(r"計\d")
_QUANTITY = re.compile(r"\d[\d,.，．]*[^\d\s。、]{1,4}[)）〕]?$")
_ITEM = re.compile(r"[(（]?(?:[0-9０-９]{1,3}|[ア-ンa-z①-⑳])[)）.．]?")


class Boxed(Protocol):
    """What holds lines in a box: a cell, raw or not."""

    @property
    def lines(self) -> Sequence[TextLine]: ...

    @property
    def box(self) -> Box: ...


@dataclass(frozen=True, slots=True)
class Joiner:
    """What a document shows of how its lines break. `pad` is what a full line leaves free in its cell, on
    both sides together, `right` what it leaves on its right, in points; `justified`: full lines are spread
    to the cell's sides. The counters hold how often a run of up to LONGEST characters begins a line (`first`)
    or ends one (`last`), how often surely because the author broke there (`begun`, `ended`), and how often
    it stands anywhere (`runs`); and for each column, by its sides, how many lines its author surely ended
    (`broken`), how many were wrapped or may have been (`full`)."""

    pad: float = 0.0
    right: float = 0.0
    justified: bool = False
    first: Counter[str] = field(default_factory=Counter)
    last: Counter[str] = field(default_factory=Counter)
    begun: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    runs: Counter[str] = field(default_factory=Counter)
    broken: Counter[Sides] = field(default_factory=Counter)
    full: Counter[Sides] = field(default_factory=Counter)

    def room(self, lines: Sequence[TextLine], box: Box) -> list[float]:
        """How many points are left free behind each line of a cell (`box`) for more text. A line that is set
        in on its left has that much less."""
        if not all(line.upright for line in lines):
            return [box[2] - box[0] - self.pad - line.length for line in lines]
        free = [(line.box[0] - box[0], box[2] - line.box[2]) for line in lines]
        centred = all(abs(left - right) < EVEN for left, right in free)
        flush = len({round(right / EVEN) for _, right in free}) == 1 < len({round(x / EVEN) for x, _ in free})
        if centred or flush:
            return [left + right - self.pad for left, right in free]
        return [right - self.right for _, right in free]

    def cell_text(self, cells: Sequence[Boxed]) -> str:
        """The text of a cell, or of one that a page break cut into several."""
        lines = [line for cell in cells for line in cell.lines]
        if len(lines) < 2:
            return "".join(line.text for line in lines)
        room = [free for cell in cells for free in self.room(cell.lines, cell.box)]
        column = _sides(cells[0].box)
        habit = COLUMN * math.log((self.broken[column] + 1) / (self.full[column] + 1))
        return self.text(lines, room, habit)

    def text(self, lines: Sequence[TextLine], room: Sequence[float], habit: float = 0.0) -> str:
        """The text of `lines` that have `room` left behind them: one \\n for each break that the author made.
        `habit` says how much he is given to breaks."""
        if len(lines) < 2:
            return "".join(line.text for line in lines)
        seams = list(zip(pairwise(lines), room, strict=False))
        prior = habit + (PROSE if any("。" in line.text for line in lines) else 0.0)
        items = [lines[0], *(b for (a, b), free in seams if fits(a, b, free))]
        listed = any(line.text[0] == DOT for line in items)
        out = lines[0].text
        for (above, below), free in seams:
            bias = prior + (LISTED if listed else UNLISTED) * (below.text[0] == DOT)
            if self._broken(out, above, below, free, bias):
                out += "\n"
            elif above.space or _lost_space(above.text, below.text):
                out += above.space or " "
            out += below.text
        return out

    def _broken(self, before: str, above: TextLine, below: TextLine, room: float, bias: float) -> bool:
        """Whether the author broke between two lines; `before` is the cell's text up to there, `bias`
        what the cell as a whole says for it."""
        if below.text[0] in BULLET:
            return True
        if below.text[0] in NEVER_FIRST or above.text[-1] in NO_LINE_END or _is_number_alone(above):
            return False
        if fits(above, below, room):
            return True
        if _is_inside(above.text[-1], below.text[0]):
            return False
        if self.justified and len(above.text) > 1:
            return room > FLUSH * above.size
        a, b = squeeze(above.text), squeeze(below.text)
        score = BEGINS * _log_odds(_known(b, self.begun, self.first, self.runs, from_start=True))
        score += ENDS * _log_odds(_known(a, self.ended, self.last, self.runs, from_start=False))
        score += RUNS_ON * math.log1p(self.runs[a[-1] + b[0]])
        score += RUNS_ON_LONG * math.log1p(max(self.runs[a[-2:] + b[0]], self.runs[a[-1] + b[:2]]))
        score += KANA * ("ぁ" <= b[0] <= "ゟ") + UNCLOSED * _has_open_bracket(before)
        score += TOTAL * (_TOTAL.match(b) is not None) + bias
        score += PARALLEL * all(_QUANTITY.search(text) for text in (a, b))
        return score > 0


def fits(above: TextLine, below: TextLine, room: float) -> bool:
    """Whether the first unbreakable piece of `below` would still have fitted behind `above`, which leaves
    `room` points."""
    space = 0.0
    if above.space or _lost_space(above.text, below.text):
        space = WIDE if above.space == "\u3000" else NARROW
    return below.head_strict + SLACK * below.size <= room - space * above.size


def learn(pages: Iterable[RawPage]) -> Joiner:
    """The joiner of a document, learnt from all its cells and blocks. Signs that may hang beyond a full
    line's end do not count for the room that a full line leaves."""
    pages = list(pages)
    cells = [c for page in pages for t in page.tables for c in t.cells if len(c.lines) > 1]
    full = [
        (c.box[2] - c.box[0] - line.length, c.box[2] - line.box[2])
        for c in cells
        for line in c.lines[:-1]
        if line.upright and line.text[-1] not in NO_LINE_START_STRICT
    ]
    joiner = Joiner(_least([both for both, _ in full]), _least([right for _, right in full]))
    joiner = replace(joiner, justified=_is_justified(joiner, cells))
    texts: list[str] = []
    for page in pages:
        for table in page.tables:
            foot = table.ys[-1]
            for cell in table.cells:
                begins = table.number > 1 or cell.row >= TOP_ROWS
                ends = table.number < len(page.tables) or cell.box[3] < foot
                room = joiner.room(cell.lines, cell.box) if len(cell.lines) > 1 else ()
                broken = [fits(a, b, free) for (a, b), free in zip(pairwise(cell.lines), room, strict=False)]
                texts += _count(joiner, cell.lines, [begins, *broken, ends])
                if broken:
                    joiner.broken[_sides(cell.box)] += sum(broken)
                    joiner.full[_sides(cell.box)] += len(broken) - sum(broken)
        for block in page.blocks:
            inner = [False] * (len(block.lines) - 1)
            texts += _count(joiner, block.lines, [True, *inner, True])
    joiner.runs.update(_runs("\n".join(texts)))
    return joiner


def _runs(text: str) -> Iterator[str]:
    """All runs of up to LONGEST characters of a text."""
    runs: Sequence[str] = text
    for n in range(1, LONGEST + 1):
        yield from runs
        runs = list(map(add, runs, text[n:]))


def _sides(box: Box) -> Sides:
    """Where a column stands: its left and right side, four points more or less being the same."""
    return round(box[0] / 4), round(box[2] / 4)


def _least(free: Sequence[float]) -> float:
    """What a full line leaves free: less than nearly all lines do."""
    return max(0.0, sorted(free)[len(free) // 100]) if free else 0.0


def _is_justified(joiner: Joiner, cells: Iterable[RawCell]) -> bool:
    """Whether the document's full lines are spread to their cells' sides: nearly all that the next piece did
    not fit behind leave nothing."""
    left = [
        free / a.size
        for c in cells
        for (a, b), free in zip(pairwise(c.lines), joiner.room(c.lines, c.box), strict=False)
        if not fits(a, b, free) and len(a.text) > 3
    ]
    return sum(free <= FLUSH for free in left) > JUSTIFIED * max(len(left), FEWEST)


def _count(joiner: Joiner, lines: Sequence[TextLine], sure: Sequence[bool]) -> list[str]:
    """Count into the joiner how these lines begin and end; their texts. `sure` says of each place before,
    between and after them whether the author surely broke there: it is no page break or wrap."""
    texts = [squeeze(line.text) for line in lines]
    for text, begins, ends in zip(texts, sure, sure[1:], strict=False):
        starts = [text[:n] for n in range(1, min(LONGEST, len(text)) + 1)]
        tails = [text[-n:] for n in range(1, min(LONGEST, len(text)) + 1)]
        joiner.first.update(starts)
        joiner.last.update(tails)
        if begins:
            joiner.begun.update(starts)
        if ends:
            joiner.ended.update(tails)
    return texts


def _known(
    text: str, sure: Counter[str], edge: Counter[str], runs: Counter[str], from_start: bool
) -> tuple[int, int]:
    """How often the longest run at the text's edge that stands elsewhere too stands at an edge, and
    inside."""
    for n in range(min(LONGEST, len(text)), 0, -1):
        run = text[:n] if from_start else text[-n:]
        inside = runs[run] - edge[run]
        if sure[run] + inside > 0:
            return sure[run], inside
    return 0, 0


def _log_odds(counts: tuple[int, int]) -> float:
    return math.log((counts[0] + 0.3) / (counts[1] + 0.3))


def _is_number_alone(line: TextLine) -> bool:
    """Whether a line is nothing but an item's number, set off from what comes next by a space."""
    return line.space != "" and _ITEM.fullmatch(line.text) is not None


def _is_inside(a: str, b: str) -> bool:
    """Whether a seam between these characters cuts a number, a Latin word, or a number from its unit."""
    return ((a + b).isascii() and (a + b).isalnum()) or (a.isdigit() and b.isalpha())


def _lost_space(above: str, below: str) -> bool:
    """Whether a wrap here swallowed a space: between two Latin words, or behind a sign set off on its
    left."""
    if above[-1].isascii() and below[0].isascii() and above[-1].isalpha() and below[0].isalpha():
        return True
    return len(above) > 1 and above[-2] == " " and not above[-1].isalnum()


def _has_open_bracket(text: str) -> bool:
    last = text.rsplit("\n", 1)[-1]
    return len(re.findall(r"[(（〔【\[「『〈＜<]", last)) > len(re.findall(r"[)）〕】\]」』〉＞>]", last))
