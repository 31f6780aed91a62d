"""The cells above and below a page break in, those that are one cell out: rows that it cut, cells merged
down over it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shinchoku.layouts import Means
from shinchoku.layouts.announcements import OUTER
from shinchoku.stitch.habits import Habits
from shinchoku.stitch.parts import EDGE, GROUPS, Column, LogicalTable, Part, name_column
from shinchoku.text import halve_digits, squeeze
from shinchoku.wraps import Joiner

NEAR_FOOT, NEAR_TOP = 2.2, 1.4
"""A cell's text reaches the break when its last line ends, or its first begins, within this many ems of
it."""
CENTRED = 0.6
"""Text stands in the middle of a cell when it is this many ems from it."""

# How much each finding speaks for a row that the break cut in two, against two rows. A finding is about a
# cell's upper and lower half, in the naming column (NAME), in that of marks (MARK), or in another.
NAME_MISSING = 3.0
"""One half of the name is empty: every row has a name."""
MARK_MISSING = 2.0
"""One half of the mark is empty: nearly every row has a mark."""
NEVER_MISSING = 5.0
"""The same of a name where no row of the document is without; a row may be without a mark all the same."""
OTHER_MISSING = 0.7
OTHERS = 3
"""Findings in more other columns than this count as that many: a row that says nothing says it in all."""
ABOVE = 0.5
"""Times these where the upper half is the empty one: text begins at the top but where it is centred."""
RUNS_ON = 1.5
"""The upper half's last line was wrapped, not ended."""
NAME_ENDS, OTHER_ENDS = -2.5, -1.5
"""Both halves say something, and the upper one's last line was ended by its author."""
APART = -1.0
"""Both halves say something, but room is left between the text and the break."""
NO_NAME = 1.5
"""What stands in the naming column below is a quantity, in brackets or says how far a thing is done: no name
begins so."""
NOTHING_ELSE = 1.5
"""And it is all that the row below says."""
UNRULED = 3.0
"""No rule closes the page's last row or opens the first one."""

_NUMBER = re.compile(r"[(（]?([0-9]{1,3}|[①-⑳]|[ア-ンa-z](?=[)）]))[)）.．、: ]|[①-⑳●○・]")
_NO_NAME = re.compile(
    r"[計約]\s*\d|年間\s*\d|\d[\d,.]*[^\d\s]{1,3}$|[(（〔【][^)）〕】\n]*再掲|.*[(（](一部|完了)[)）]\s*(\n|$)|[(（〔](?![\d仮])"
)


@dataclass(frozen=True, slots=True)
class Seam:
    """What a page break did: `cut` says that it cut a row in two; `joined` are the cells, upper and lower,
    that are one, with the text of the whole."""

    cut: bool
    joined: tuple[tuple[Part, Part, str], ...]


def seam(before: LogicalTable, table: LogicalTable, joiner: Joiner, habits: Habits) -> Seam:
    """How the rows of `table` go on with those of `before`."""
    pairs = _pairs(before, table)
    if _is_cut(before, table, joiner, habits):
        return Seam(True, tuple((a, b, _whole(a, b, joiner, habits)) for a, b in pairs))
    joined = []
    for a, b in pairs:
        if (not b.text and _is_named_beside(b, table)) or _are_of_two(a, b, before, table):
            continue
        text = _merged(a, b, before.columns, joiner, habits)
        if text is not None:
            joined.append((a, b, text))
    return Seam(False, tuple(joined))


def _are_of_two(a: Part, b: Part, before: LogicalTable, table: LogicalTable) -> bool:
    """Whether two cells with text are as high as the cells that name their rows, several each, and those are
    two: a record of labelled rows ends above the break, another begins below it."""
    name = name_column(before.columns)
    if name is None or not (a.text and b.text):
        return False
    above = next((p for p in before.row(a.last) if name.x0 < p.middle < name.x1), None)
    below = next((p for p in table.row(0) if name.x0 < p.middle < name.x1), None)
    if above is None or below is None or not (above.text and below.text) or a is above:
        return False
    as_high = (above.first, below.last) == (a.first, b.last) and above.last > above.first
    return as_high and squeeze(above.text) != squeeze(below.text) and below.last > below.first


def _is_named_beside(part: Part, table: LogicalTable) -> bool:
    """Whether an empty cell of the naming column has an item beside it in that column, which names its
    row."""
    name = name_column(table.columns)
    if name is None or not name.x0 < part.middle < name.x1:
        return False
    return any(p.text and name.x0 - EDGE < p.x0 and p.x1 < part.x0 + EDGE for p in table.row(part.first))


def is_open(before: LogicalTable, table: LogicalTable) -> bool:
    """Whether no rule closes the last row above the break, or opens the first one below it."""
    return before.pages[-1].open_bottom or table.pages[0].open_top


def _is_cut(before: LogicalTable, table: LogicalTable, joiner: Joiner, habits: Habits) -> bool:
    """Whether the break cut a row: an open one did where the document rules off whole rows."""
    if habits.rules_off:
        return is_open(before, table) and _match(before, table)
    return cut_score(before, table, joiner, habits.full) > habits.cut_from


def _match(before: LogicalTable, table: LogicalTable) -> bool:
    """Whether the last row above the break and the first one below it have the same cells, but for those
    left of a table whose first columns no rule bounds. Rows with labels of their own are no halves."""
    below = table.row(0)
    left = min((part.x0 for part in below), default=0.0)
    above = [part for part in before.row(before.row_count - 1) if part.x0 > left - EDGE]
    pairs = _pairs(before, table)
    columns = ((a, b, _column(a, before.columns)) for a, b in pairs)
    labelled = any(a.text and b.text and c is not None and c.means == "roles" for a, b, c in columns)
    return len(pairs) == len(above) == len(below) and not labelled


def _pairs(before: LogicalTable, table: LogicalTable) -> list[tuple[Part, Part]]:
    """The cells of the last row above and the first row below that stand over each other."""
    above, below = before.row(before.row_count - 1), table.row(0)
    return [(a, b) for b in below for a in above if abs(a.x0 - b.x0) < EDGE and abs(a.x1 - b.x1) < EDGE]


def cut_score(before: LogicalTable, table: LogicalTable, joiner: Joiner, full: frozenset[Means]) -> float:
    """How much speaks for a row that the break cut in two (above 0) or against it; `full` are columns that
    each row fills. Cells merged over rows do not count, they may go on in any case; a row of a goal sheet
    always has a head."""
    pairs = _pairs(before, table)
    name = name_column(before.columns)
    if not _match(before, table):
        return float("-inf")
    leads = [(a, b) for a, b in pairs if name is not None and a.x1 < name.x1 - EDGE]
    if any(a.text and _begins(b) and squeeze(a.said.text) != squeeze(b.said.text) for a, b in leads):
        return float("-inf")
    score = UNRULED * is_open(before, table)
    others: list[float] = []
    own = [b for _, b in pairs if b.text and b.last == 0]
    score += NOTHING_ELSE * (len(own) == 1 and _is_no_name(own[0]))
    for a, b in pairs:
        if a.first < before.row_count - 1 or b.last > 0:
            continue
        named = a.x0 < EDGE if name is None else name.x0 - EDGE < a.middle < name.x1 and a.x1 > name.x1 - EDGE
        column = _column(a, before.columns)
        if name is None and named and not (a.text and b.text):
            return float("inf")
        if name is None and named and b.said.beside:
            return float("-inf")
        means = column.means if column else None
        found = _finding(a, b, means, named, joiner, means in full)
        if named or means == "progress":
            score += found
        else:
            others.append(found)
    return score + sum(others) * min(1.0, OTHERS / max(1, len(others)))


def _finding(a: Part, b: Part, means: Means, named: bool, joiner: Joiner, full: bool) -> float:
    """What the two halves of one cell say for a cut row; a 再掲 mark alone is no mark."""
    if a.text and (b.said.bare if means == "progress" else b.text):
        if means == "progress":
            return float("-inf")
        found = RUNS_ON if _runs_on(a, b, joiner) else NAME_ENDS if named else OTHER_ENDS
        return found + APART * (not _touches(a, b)) + NO_NAME * (named and _is_no_name(b))
    if not (a.text or b.text) or means == "note":
        return 0.0
    missing = NAME_MISSING if named else MARK_MISSING if means == "progress" else OTHER_MISSING
    missing = NEVER_MISSING if full and named else missing
    return missing * (1.0 if a.text or named else ABOVE)


def _is_no_name(part: Part) -> bool:
    return _NO_NAME.match(halve_digits(part.text)) is not None


def _column(part: Part, columns: Sequence[Column]) -> Column | None:
    return next((c for c in columns if c.x0 < part.middle < c.x1), None)


def _merged(a: Part, b: Part, columns: Sequence[Column], joiner: Joiner, habits: Habits) -> str | None:
    """The text of a cell merged down over the break whose parts are `a` and `b`; None where they are two
    cells."""
    name, column = name_column(columns), _column(a, columns)
    leads = name is not None and a.x1 < name.x1 - EDGE
    named = name is not None and not leads and a.x0 < name.x1 - EDGE
    several = a.last > a.first or b.last > b.first
    if a.text and b.text:
        if leads and _same(a, b, habits):
            return a.text
        numbered = leads and column is not None and column.means in GROUPS and _begins(a)
        goes_on = numbered or (_touches(a, b) and _runs_on(a, b, joiner))
        return _whole(a, b, joiner, habits) if goes_on and not _begins(b) and (leads or several) else None
    if not (a.text or b.text):
        return "" if leads else None
    hollow = b.last > b.first if a.text else a.last > a.first
    means = column.means if column else None
    merges = habits.merged[means] and (_is_centred(a, b) or (a.text and habits.merges(means)))
    return a.text or b.text if leads or named or hollow or merges else None


def _is_centred(a: Part, b: Part) -> bool:
    """Whether the text of one part stands in the middle of both together, not in its own."""
    part = a if a.text else b
    heights = [c.box[3] - c.box[1] for c in (*a.cells, *b.cells)]
    cell = part.cells[-1] if a.text else part.cells[0]
    above = sum(heights[: len(a.cells) - 1]) if a.text else sum(heights[: len(a.cells)])
    if not cell.lines:
        return False
    middle = (cell.lines[0].box[1] + cell.lines[-1].box[3]) / 2 - cell.box[1]
    room = CENTRED * cell.lines[0].size
    own = abs(middle - (cell.box[3] - cell.box[1]) / 2) < room
    return abs(above + middle - sum(heights) / 2) < room and not own


def _begins(part: Part) -> bool:
    """Whether a text begins something new: with a number, or as the heading of a plan."""
    return part.said.kind in OUTER or _NUMBER.match(halve_digits(part.text)) is not None


def _same(a: Part, b: Part, habits: Habits) -> bool:
    again, first = (p.said.text if habits.says_continued else p.text for p in (b, a))
    return squeeze(again) == squeeze(first)


def _whole(a: Part, b: Part, joiner: Joiner, habits: Habits) -> str:
    """The text of both halves; a text printed on both pages counts once."""
    if not (a.text and b.text):
        return a.text or b.text
    return a.text if _same(a, b, habits) else _joined(a, b, joiner)


def _joined(a: Part, b: Part, joiner: Joiner) -> str:
    """The text of both halves, whose seam is wrapped or ended as it is printed, whoever corrected a half."""
    printed = joiner.cell_text((*a.cells, *b.cells))
    if not any(cell.corrected for cell in (*a.cells, *b.cells)):
        return printed
    apart = joiner.cell_text(a.cells).count("\n") + joiner.cell_text(b.cells).count("\n")
    return a.text + ("" if printed.count("\n") <= apart else "\n") + b.text


def _runs_on(a: Part, b: Part, joiner: Joiner) -> bool:
    """Whether the last line above the break was wrapped, not ended, before the first line below it."""
    breaks = a.text.count("\n") + b.text.count("\n")
    return _joined(a, b, joiner).count("\n") <= breaks


def _touches(a: Part, b: Part) -> bool:
    """Whether the text above reaches down to the break and the text below begins at it."""
    last, first = a.cells[-1].lines, b.cells[0].lines
    if not last or not first:
        return True
    foot = a.cells[-1].box[3] - last[-1].box[3]
    top = first[0].box[1] - b.cells[0].box[1]
    return foot < NEAR_FOOT * last[-1].size and top < NEAR_TOP * first[0].size
