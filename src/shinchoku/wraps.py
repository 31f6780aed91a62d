"""The printed lines of a cell in, its text out: wraps forced by the cell's width undone, the author's breaks
kept."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from shinchoku.lines import TextLine
from shinchoku.raw import RawPage
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
TOP_ROWS = 4
"""Among this many rows at the top of a page's first table are its headings and the row that a page break may
have cut."""
LONGEST = 4
"""Beginnings and ends of lines are compared by up to this many characters."""

# How much each piece of evidence speaks for an author's break, where the next piece would not have fitted
# either way. Fitted by logistic regression to the 2,500 such seams of the two shipped reports in three
# typesettings each: judging each typesetting by the others misjudges 32 of them, taking all for wraps 132.
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
PROSE = -2.0
"""The cell holds whole sentences."""
UNLISTED = -2.0
"""The next line begins with ・, and no other line of the cell is an item."""
LISTED = 3.0
"""The next line begins with ・, and so does another line of the cell that surely is an item."""


_TOTAL = re.compile(r"計\d")


@dataclass(frozen=True, slots=True)
class Joiner:
    """What a document shows of how its lines break. `pad` is what a full line leaves free in its cell, in
    points; the counters hold how often a run of up to LONGEST characters begins a line (`first`) or ends one
    (`last`), how often surely because the author broke there (`begun`, `ended`), and how often it stands
    anywhere (`runs`)."""

    pad: float = 0.0
    first: Counter[str] = field(default_factory=Counter)
    last: Counter[str] = field(default_factory=Counter)
    begun: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    runs: Counter[str] = field(default_factory=Counter)

    def text(self, lines: Sequence[TextLine], extent: float) -> str:
        """The text of `lines` set in a cell `extent` points wide: one \\n for each break that the author
        made."""
        if len(lines) < 2:
            return "".join(line.text for line in lines)
        prior = PROSE if any("。" in line.text for line in lines) else 0.0
        items = [lines[0], *(b for a, b in pairwise(lines) if fits(a, b, extent - self.pad))]
        listed = any(line.text[0] == DOT for line in items)
        out = lines[0].text
        for above, below in pairwise(lines):
            bias = prior + (LISTED if listed else UNLISTED) * (below.text[0] == DOT)
            if self._broken(out, above, below, extent, bias):
                out += "\n"
            elif above.space or _lost_space(above.text, below.text):
                out += above.space or " "
            out += below.text
        return out

    def _broken(self, before: str, above: TextLine, below: TextLine, extent: float, bias: float) -> bool:
        """Whether the author broke between two lines; `before` is the cell's text up to there, `bias`
        what the cell as a whole says for it."""
        if below.text[0] in BULLET:
            return True
        if below.text[0] in NEVER_FIRST or above.text[-1] in NO_LINE_END:
            return False
        if fits(above, below, extent - self.pad):
            return True
        if _is_inside(above.text[-1], below.text[0]):
            return False
        a, b = squeeze(above.text), squeeze(below.text)
        score = BEGINS * _log_odds(_known(b, self.begun, self.first, self.runs, from_start=True))
        score += ENDS * _log_odds(_known(a, self.ended, self.last, self.runs, from_start=False))
        score += RUNS_ON * math.log1p(self.runs[a[-1] + b[0]])
        score += RUNS_ON_LONG * math.log1p(max(self.runs[a[-2:] + b[0]], self.runs[a[-1] + b[:2]]))
        score += KANA * ("ぁ" <= b[0] <= "ゟ") + UNCLOSED * _has_open_bracket(before)
        score += TOTAL * (_TOTAL.match(b) is not None) + bias
        return score > 0


def fits(above: TextLine, below: TextLine, width: float) -> bool:
    """Whether the first unbreakable piece of `below` would still have fitted behind `above` in `width`
    points."""
    space = 0.0
    if above.space or _lost_space(above.text, below.text):
        space = WIDE if above.space == "\u3000" else NARROW
    return below.head_strict + SLACK * below.size <= width - above.length - space * above.size


def learn(pages: Iterable[RawPage]) -> Joiner:
    """The joiner of a document, learnt from all its cells and blocks. Signs that may hang beyond a full
    line's end do not count for the room that a full line leaves."""
    cells = [c for page in pages for t in page.tables for c in t.cells if len(c.lines) > 1]
    free = sorted(
        c.box[2] - c.box[0] - line.length
        for c in cells
        for line in c.lines[:-1]
        if line.upright and line.text[-1] not in NO_LINE_START_STRICT
    )
    joiner = Joiner(pad=max(0.0, free[len(free) // 100]) if free else 0.0)
    for page in pages:
        for table in page.tables:
            foot = table.ys[-1]
            for cell in table.cells:
                width = cell.box[2] - cell.box[0] - joiner.pad
                begins = table.number > 1 or cell.row >= TOP_ROWS
                ends = table.number < len(page.tables) or cell.box[3] < foot
                _count(joiner, cell.lines, width, begins, ends)
        for block in page.blocks:
            _count(joiner, block.lines, -math.inf, True, True)
    return joiner


def _count(joiner: Joiner, lines: Sequence[TextLine], width: float, begins: bool, ends: bool) -> None:
    """Count into the joiner how these lines begin, end and run; `begins` and `ends` say that the first and
    the last of them surely begin and end a text: no page break cut it."""
    sure = [begins, *(fits(a, b, width) for a, b in pairwise(lines)), ends]
    for i, line in enumerate(lines):
        text = squeeze(line.text)
        for n in range(1, min(LONGEST, len(text)) + 1):
            joiner.first[text[:n]] += 1
            joiner.last[text[-n:]] += 1
            joiner.begun[text[:n]] += sure[i]
            joiner.ended[text[-n:]] += sure[i + 1]
            joiner.runs.update(text[j : j + n] for j in range(len(text) - n + 1))


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
