"""The cells of a sheet and what they mean in, those of them that are headings out."""

from collections.abc import Mapping

from shinchoku.cells import Cell, Table
from shinchoku.fiscal import FiscalColumn
from shinchoku.layouts import Means, YearColumn
from shinchoku.layouts.wordings import YEAR
from shinchoku.stitch.parts import NUMBER
from shinchoku.stitch.sheets.meant import NAMING, Meant
from shinchoku.stitch.sheets.places import in_line, is_under, same_rows, touches
from shinchoku.text import halve_digits, squeeze

LEAST = 3
"""A column of headings has so many different ones at least."""


def naming(table: Table, meant: Meant) -> Cell | None:
    """The heading that says what names the records, if headings stand below it rather than beside it, or all
    rows are pairs of a heading and a value."""
    named = [c for c in table.cells if meant.names(c)]
    for cell in sorted(named, key=lambda c: NAMING.index(str(meant[c]))):
        right = [c for c in table.cells if same_rows(c, cell) and touches(cell, c)]
        if right and not any(meant[c] for c in right):
            under = [c for c in table.cells if is_under(c, cell) and meant[c] is not None]
            below = {meant[c] for c in under}
            beside = {meant[c] for c in table.cells if same_rows(c, cell) and meant[c] is not None}
            deep = len({c.row for c in under}) >= LEAST
            if (len(below) >= LEAST and deep and len(below) > len(beside)) or _are_pairs(table, meant):
                return cell
    return None


def _are_pairs(table: Table, meant: Meant) -> bool:
    """Whether each row of a table, several, has a heading before each value, two or more."""
    rows = [
        sorted((c for c in table.cells if c.row == n), key=lambda c: c.col) for n in range(table.row_count)
    ]
    even = len(rows) > 1 and all(len(row) > 3 and len(row) % 2 == 0 for row in rows)
    return even and all((meant[c] is not None) == (n % 2 == 0) for row in rows for n, c in enumerate(row))


def headings(table: Table, meant: Mapping[Cell, Means], name: Cell) -> set[Cell]:
    """The cells that are headings: those shaded where headings are, else those in line with the name's; and
    what means something, but not right of a heading of words."""
    known = [c for c in table.cells if meant[c] is not None]
    shades = name.shaded and 2 * sum(c.shaded for c in known) > len(known)
    shades = shades and any(not c.shaded for c in table.cells)
    heads: set[Cell] = set()
    series = _series(table, meant, name)
    for cell in sorted((c for c in table.cells if c.text and c not in series), key=lambda c: (c.row, c.col)):
        left = next((c for c in table.cells if same_rows(c, cell) and touches(c, cell)), None)
        row = [c for c in table.cells if c.text and c.row == cell.row]
        all_known = len(row) >= LEAST and all(meant[c] is not None for c in row)
        said = left is not None and left in heads and isinstance(meant[left], str) and not all_known
        said = said and not (left is not None and _is_over_heads(left, table, meant))
        number = NUMBER.fullmatch(squeeze(halve_digits(cell.text))) is not None
        below = meant[cell] is not None or not _is_below_heads(cell, table, meant)
        below = below and in_line(cell, name)
        names = meant[cell] is None and cell is not name and same_rows(cell, name)
        set_so = cell.shaded and not names if shades else below
        if (set_so and not number) or (meant[cell] is not None and not said):
            heads.add(cell)
    return heads


def _series(table: Table, meant: Mapping[Cell, Means], name: Cell) -> set[Cell]:
    """The cells below a row of years, a heading left of them each, that are cut as it is: values, whatever
    they say (達成)."""
    values: set[Cell] = set()
    years: list[Cell] = []
    for row in range(table.row_count):
        cells = sorted((c for c in table.cells if c.row == row), key=lambda c: c.col)
        first, own = cells[:1], cells[1:]
        if not first or not in_line(first[0], name) or _is_of_a_year(meant[first[0]]):
            years = []
        elif len(own) > 1 and all(_is_of_a_year(meant[c]) for c in own):
            years = own
        elif [(c.col, c.col_span) for c in own] != [(c.col, c.col_span) for c in years]:
            years = []
        else:
            values |= set(own)
    return values


def _is_of_a_year(means: Means) -> bool:
    return isinstance(means, FiscalColumn | YearColumn) and means.year is not None


def _is_below_heads(cell: Cell, table: Table, meant: Mapping[Cell, Means]) -> bool:
    """Whether the row right above a cell is one of headings over values."""
    above = [c for c in table.cells if c.text and c.row + c.row_span == cell.row]
    own = any(in_line(c, cell) and meant[c] == YEAR for c in above)
    return len(above) >= LEAST and all(meant[c] is not None for c in above) and not own


def _is_over_heads(cell: Cell, table: Table, meant: Mapping[Cell, Means]) -> bool:
    """Whether all that stands right of a heading over several rows is headings too."""
    right = [c for c in table.cells if same_rows(c, cell) and touches(cell, c)]
    return len(right) > 1 and all(meant[c] is not None for c in right)
