"""The printed lines of a cell in, its text out: wraps forced by the cell's width undone, the author's breaks kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shinchoku.lines import TextLine
from shinchoku.raw import RawPage
from shinchoku.text import NO_LINE_END, NO_LINE_START

SLACK = 0.08
"""A piece counts as fitting when this many ems would have been left over."""


@dataclass(frozen=True, slots=True)
class Joiner:
    """What a document shows of how its cells wrap: `pad`, the points that a full line leaves free in its cell."""

    pad: float

    def text(self, lines: Sequence[TextLine], extent: float) -> str:
        """The text of `lines` set in a cell `extent` points wide: one \\n for each break that the author made."""
        out = ""
        for above, below in zip([None, *lines], lines, strict=False):
            if above is not None:
                out += self._seam(above, below, extent)
            out += below.text
        return out

    def _seam(self, above: TextLine, below: TextLine, extent: float) -> str:
        """What stands between two lines: "\\n" where the author broke, a space or nothing where the width did."""
        if not self._wrapped(above, below, extent):
            return "\n"
        latin = above.text[-1].isascii() and below.text[0].isascii()
        words = above.text[-1].isalpha() and below.text[0].isalpha()
        return " " if above.spaced or (latin and words) else ""

    def _wrapped(self, above: TextLine, below: TextLine, extent: float) -> bool:
        if below.text[0] in NO_LINE_START or above.text[-1] in NO_LINE_END:
            return True
        room = extent - self.pad - above.length
        return below.head_strict + SLACK * below.size > room


def learn(pages: Iterable[RawPage]) -> Joiner:
    """The joiner of a document, learnt from all cells in which a line follows a line."""
    free: list[float] = []
    for page in pages:
        for table in page.tables:
            for cell in table.cells:
                width = cell.box[2] - cell.box[0]
                free += [width - line.length for line in cell.lines[:-1] if line.upright]
    free.sort()
    return Joiner(pad=max(0.0, free[len(free) // 50]) if free else 0.0)
