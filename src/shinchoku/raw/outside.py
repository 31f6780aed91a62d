"""A page's glyphs, tables and blocks in; what of its text may be read amiss, as problems, out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from shinchoku.grid import Grid
from shinchoku.language import say
from shinchoku.lines.homes import HOMELESS, Ints
from shinchoku.page import Glyphs, Page
from shinchoku.parts import RawBlock, RawTable, TextLine
from shinchoku.problems import Problem, Severity

LEVEL = 0.3
"""Texts stand in one row when their middles are no more than this many ems apart."""
EVEN = 2.0
"""They stand in one column when they begin, end or have their middles within this many points."""
ROWS = 3
COLUMNS = 3
"""So many rows of so many columns are a table, whether or not it has rules."""
WORDS = 14
"""Texts of running columns are longer than this, most of them."""
JOINED = 0.12
"""Glyphs painted one behind the other are one text when no more than this many ems part them."""
LISTED = 5
"""So many texts are quoted in one problem."""


def unruled_table(page: Page, blocks: Iterable[RawBlock]) -> Problem | None:
    """A warning where text outside all cells stands in rows and columns."""
    lines = [line for block in blocks if block.kind == "text" for line in block.lines if line.upright]
    rows = [row for row in _rows(lines) if len(row) >= COLUMNS]
    short = [line for row in rows for line in row if len(line.text) <= WORDS]
    if len(rows) < ROWS or 2 * len(short) < sum(map(len, rows)):
        return None
    places = Counter(key for row in rows for key in {k for line in row for k in _places(line)})
    columns = Counter(max(_places(line), key=lambda k: places[k]) for row in rows for line in row)
    if sum(count >= ROWS for count in columns.values()) < COLUMNS:
        return None
    within = [line for row in rows for line in row]
    return Problem(
        Severity.WARNING,
        "unruled_table",
        say(
            "text stands in rows and columns here, but no rules part it into cells: it is kept in "
            "blocks, in no table; look at the page"
        ),
        page=page.number,
        printed=" ".join(line.text for line in rows[0]),
        box=(
            min(line.box[0] for line in within),
            min(line.box[1] for line in within),
            max(line.box[2] for line in within),
            max(line.box[3] for line in within),
        ),
    )


def unruled_rows(page: int, grids: Sequence[Grid], tables: Iterable[RawTable]) -> list[Problem]:
    """A warning for each table whose rows are told by its lines of text alone, and not surely."""
    said = say(
        "no rules part the rows of this table, and its lines of text do not say for sure which of them begin "
        "one: rows may be cut in two or be one; look at the page"
    )
    return [
        Problem(Severity.WARNING, "unruled_rows", said, page=page, table=table.number, box=table.box)
        for grid, table in zip(grids, tables, strict=True)
        if grid.rows_unsure
    ]


def _rows(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Lines that stand at one height, row by row."""
    row: list[TextLine] = []
    for line in sorted(lines, key=lambda line: line.box[1] + line.box[3]):
        above = row[-1] if row else line
        if (line.box[1] + line.box[3] - above.box[1] - above.box[3]) / 2 > LEVEL * line.size:
            yield row
            row = []
        row.append(line)
    yield row


def _places(line: TextLine) -> list[tuple[str, int]]:
    """Where a line begins and ends and has its middle, to EVEN points."""
    x0, _, x1, _ = line.box
    return [(way, round(x / EVEN)) for way, x in (("start", x0), ("end", x1), ("middle", (x0 + x1) / 2))]


def clipped(page: Page, home: Ints, tables: Iterable[RawTable]) -> list[Problem]:
    """A warning for each cell whose text is clipped on paper (`home` by glyph, an index of all cells), and
    one for the text outside them."""
    places = [(table.number, cell) for table in tables for cell in table.cells]
    glyphs = page.glyphs
    unseen = glyphs.clipped & glyphs.inked
    found = []
    for number in np.unique(home[unseen]).tolist():
        table, cell = places[number] if number != HOMELESS else (None, None)
        found.append(
            Problem(
                Severity.WARNING,
                "clipped",
                say(
                    "this part of a text does not show on paper: it is cut off at its cell's side, or by "
                    "what is painted there; the text is kept whole"
                ),
                page=page.number,
                table=table,
                row=cell.row if cell else None,
                col=cell.col if cell else None,
                printed="".join(glyphs.text[i] for i in np.flatnonzero(unseen & (home == number))),
                box=cell.box if cell else None,
            )
        )
    return found


def _is_replaced(glyphs: Glyphs, i: int) -> bool:
    """Whether other text shows in a glyph's place."""
    x, y = (glyphs.x0[i] + glyphs.x1[i]) / 2, (glyphs.top[i] + glyphs.bottom[i]) / 2
    over = (glyphs.x0 < x) & (x < glyphs.x1) & (glyphs.top < y) & (y < glyphs.bottom)
    return bool((over & glyphs.visible).any())


def cut_off(page: Page) -> Problem | None:
    """A warning where text that shows goes on, or begins, within the page, in glyphs that do not and are no
    part of it: hidden by what is painted over it."""
    glyphs = page.glyphs
    if len(glyphs) < 2:
        return None
    em = np.maximum(glyphs.size[1:], 1.0)
    goes_on = np.abs(glyphs.bottom[1:] - glyphs.bottom[:-1]) < JOINED * em
    goes_on &= np.abs(glyphs.x0[1:] - glyphs.x1[:-1]) < JOINED * em
    goes_on &= (glyphs.turn[1:] == 0) & (glyphs.turn[:-1] == 0) & ~glyphs.down[1:]
    goes_on &= (glyphs.x1[1:] <= page.width) & (glyphs.x0[:-1] >= 0)
    cuts = np.flatnonzero(goes_on & (glyphs.kept[:-1] != glyphs.kept[1:]))
    hidden = np.where(glyphs.kept[cuts], cuts + 1, cuts)
    cuts = cuts[[not glyphs.text[i].isspace() and not _is_replaced(glyphs, i) for i in hidden.tolist()]]
    if not len(cuts):
        return None
    run = np.cumsum(np.concatenate([[True], ~goes_on]))
    seen = [
        "".join(glyphs.text[i] for i in np.flatnonzero((run == number) & glyphs.kept))
        for number in np.unique(run[cuts])
    ]
    return Problem(
        Severity.WARNING,
        "cut_text",
        say(
            "{count} texts are cut off on paper, by their cell's side or what is painted over them; "
            "what does not show of them is in a block of kind other: complete them by hand if it "
            "matters",
            count=len(seen),
        ),
        page=page.number,
        printed=" ".join(seen[:LISTED]),
    )
