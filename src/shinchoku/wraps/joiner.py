"""What a document shows of how its lines break, and the text of a cell by it."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

from shinchoku.parts import Box, TextLine
from shinchoku.text import squeeze
from shinchoku.wraps.seams import (
    ends_in_amount,
    fits,
    has_open_bracket,
    is_ruby,
    is_tabbed,
    lost_space,
    verdict,
)

DOT = "・"
"""Begins an item too, or parts words: it may begin a line for either reason."""
EVEN = 1.5
"""Distances to a cell's side are the same when they differ by less than this many points."""
FLUSH = 0.1
"""A line spread to its cell's sides leaves less than this many ems."""
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
        ragged = len({round(left / EVEN) for left, _ in free}) > 1 or free[0][0] > free[0][1] + EVEN
        flush = ragged and len({round(right / EVEN) for _, right in free}) == 1
        if centred or flush:
            return [left + right - self.pad for left, right in free]
        return [right - self.right for _, right in free]

    def cell_text(self, cells: Sequence[Boxed]) -> str:
        """The text of a cell, or of one that a page break cut into several."""
        lines = [line for cell in cells for line in cell.lines]
        if len(lines) < 2:
            return "".join(line.text for line in lines)
        room = [free for cell in cells for free in self.room(cell.lines, cell.box)]
        column = sides(cells[0].box)
        habit = COLUMN * math.log((self.broken[column] + 1) / (self.full[column] + 1))
        return self.text(lines, room, habit)

    def text(self, lines: Sequence[TextLine], room: Sequence[float], habit: float = 0.0) -> str:
        """The text of `lines` that have `room` left behind them: one \\n for each break that the author made.
        `habit` says how much he is given to breaks. Readings over words (ruby) are left out."""
        ruby = [is_ruby(line, base) for line, base in pairwise(lines)]
        bases = [i for i, over in enumerate([*ruby, False]) if not over]
        if len(bases) < len(lines):
            lines, room = [lines[i] for i in bases], [room[i] for i in bases]
        if len(lines) < 2:
            return "".join(line.text for line in lines)
        seams = list(zip(pairwise(lines), room, strict=False))
        prior = habit + (PROSE if any("。" in line.text for line in lines) else 0.0)
        items = [lines[0], *(b for (a, b), free in seams if fits(a, b, free))]
        listed = any(line.text[0] == DOT for line in items)
        tabbed = any(map(is_tabbed, lines))
        out = lines[0].text
        for (above, below), free in seams:
            bias = prior + (LISTED if listed else UNLISTED) * (below.text[0] == DOT)
            if (tabbed and ends_in_amount(above)) or self.score(out, above, below, free, bias) > 0:
                out += "\n"
            elif above.space or lost_space(above.text, below.text):
                out += above.space or " "
            out += below.text
        return out

    def score(self, before: str, above: TextLine, below: TextLine, room: float, bias: float = 0.0) -> float:
        """How much speaks for a break of the author's between two lines, above 0 where he made one: infinite
        where it is sure. `before` is the cell's text up to there, `room` the points free behind the line
        above, `bias` what the cell as a whole says for a break."""
        sure = verdict(above, below, room)
        if sure is None and self.justified and len(above.text) > 1:
            sure = room > FLUSH * above.size
        if sure is not None:
            return math.inf if sure else -math.inf
        a, b = squeeze(above.text), squeeze(below.text)
        score = BEGINS * _log_odds(_known(b, self.begun, self.first, self.runs, from_start=True))
        score += ENDS * _log_odds(_known(a, self.ended, self.last, self.runs, from_start=False))
        score += RUNS_ON * math.log1p(self.runs[a[-1] + b[0]])
        score += RUNS_ON_LONG * math.log1p(max(self.runs[a[-2:] + b[0]], self.runs[a[-1] + b[:2]]))
        score += KANA * ("ぁ" <= b[0] <= "ゟ") + UNCLOSED * has_open_bracket(before)
        score += TOTAL * (_TOTAL.match(b) is not None) + bias
        score += PARALLEL * all(_QUANTITY.search(text) for text in (a, b))
        return score


def sides(box: Box) -> Sides:
    """Where a column stands: its left and right side, four points more or less being the same."""
    return round(box[0] / 4), round(box[2] / 4)


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
