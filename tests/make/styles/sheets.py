"""A table of cells in, the same cut to the height of pages out: rows measured, merged cells carried over a
break, rows cut by it."""

from dataclasses import dataclass, replace
from itertools import accumulate

from make.styles.lines import broken
from make.styles.style import Style

Lines = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Cell:
    """A cell from row r0 and column c0 up to (not including) r1 and c1; `lines` with whether each was
    wrapped.
    `top_open` and `bottom_open`: a page break cut it, no rule closes it there."""

    r0: int
    c0: int
    r1: int
    c1: int
    text: str
    align: str = "left"
    shaded: bool = False
    lines: Lines = ()
    top_open: bool = False
    bottom_open: bool = False
    cut: bool = False
    inset: bool = False
    offset: float = 0.0
    whole: float = 0.0


@dataclass(frozen=True)
class Sheet:
    """A table: `edges` are its columns' sides in points from its left, `heads` how many rows at its top are
    headings, `heights` its rows' heights where they are known."""

    edges: tuple[float, ...]
    heads: int
    cells: tuple[Cell, ...]
    heights: tuple[float, ...] = ()

    @property
    def height(self) -> float:
        return sum(self.heights)


def measured(sheet: Sheet, style: Style) -> Sheet:
    """The sheet with its cells' lines broken and rows as high as they need."""
    cells = tuple(
        replace(c, lines=_lines(c, sheet.edges, style)) if c.text and not c.lines else c for c in sheet.cells
    )
    count = max(c.r1 for c in cells)
    heights = [style.leading + 2 * style.pad[1]] * count
    for span in sorted({c.r1 - c.r0 for c in cells}):
        for c in cells:
            if c.r1 - c.r0 == span:
                need = len(c.lines) * style.leading + 2 * style.pad[1]
                need += style.row_room if c.r0 >= sheet.heads else 0.0
                heights[c.r1 - 1] += max(0.0, need - sum(heights[c.r0 : c.r1]))
    return replace(sheet, cells=cells, heights=tuple(heights))


def _lines(cell: Cell, edges: tuple[float, ...], style: Style) -> Lines:
    room = edges[cell.c1] - edges[cell.c0] - 2 * style.pad[0] - style.inset * cell.inset
    return tuple(broken(style.printed(cell.text), room, style.font, style.size, style.kinsoku, style.hang))


def split(sheet: Sheet, room: float, style: Style) -> tuple[Sheet | None, Sheet | None]:
    """The part of the measured sheet that `room` points hold, and the rest with the headings again if the
    style repeats them; None for a part with no row."""
    reach = list(accumulate(sheet.heights))
    if reach[-1] <= room:
        return sheet, None
    whole = max(sheet.heads, sum(y <= room for y in reach))
    if whole > sheet.heads or whole < len(sheet.heights):
        left = room - (reach[whole - 1] if whole else 0.0)
        cut = _cut(sheet, whole, left, style) if style.cut else None
        if cut is not None:
            sheet, whole = cut, whole + 1
    if whole <= sheet.heads:
        return None, sheet
    return _part(sheet, 0, whole, style), _rest(sheet, whole, style)


def _rest(sheet: Sheet, row: int, style: Style) -> Sheet:
    body = _part(sheet, row, len(sheet.heights), style)
    if not style.head_again:
        return body
    heads = [c for c in sheet.cells if c.r0 < sheet.heads]
    moved = [replace(c, r0=c.r0 + sheet.heads, r1=c.r1 + sheet.heads) for c in body.cells]
    heights = (*sheet.heights[: sheet.heads], *body.heights)
    return Sheet(sheet.edges, sheet.heads, (*heads, *moved), heights)


def _part(sheet: Sheet, start: int, end: int, style: Style) -> Sheet:
    """Rows start..end-1 of the sheet; what is merged over them from before, or goes on after, is cut."""
    cells = []
    for c in sheet.cells:
        if c.r1 <= start or c.r0 >= end:
            continue
        if c.r0 >= start and c.r1 <= end:
            cells.append(replace(c, r0=c.r0 - start, r1=c.r1 - start))
            continue
        r0, r1 = max(c.r0, start), min(c.r1, end)
        piece = replace(c, r0=r0 - start, r1=r1 - start)
        if style.cut == "open":
            piece = replace(piece, top_open=r0 > c.r0 or c.top_open, bottom_open=r1 < c.r1 or c.bottom_open)
        cells.append(_carried(piece, c, sheet, (r0, r1), style))
    heads = sheet.heads if start == 0 else 0
    part = Sheet(sheet.edges, heads, tuple(cells), sheet.heights[start:end])
    return measured(part, style) if style.lead_again == "repeat" else part


def _carried(part: Cell, whole: Cell, sheet: Sheet, rows: tuple[int, int], style: Style) -> Cell:
    """The part of a merged cell that stands in `rows`, with the lines that it shows there."""
    heights = sheet.heights
    if style.lead_again == "centre":
        total = whole.whole or sum(heights[whole.r0 : whole.r1])
        return replace(part, offset=whole.offset + sum(heights[whole.r0 : rows[0]]), whole=total)
    if style.lead_again == "repeat":
        return part
    above = int((sum(heights[whole.r0 : rows[0]]) - 2 * style.pad[1] + 0.1) / style.leading)
    first = max(0, above) if rows[0] > whole.r0 else 0
    fit = max(0, int((sum(heights[rows[0] : rows[1]]) - 2 * style.pad[1] + 0.1) / style.leading))
    last = len(whole.lines) if rows[1] == whole.r1 else first + fit
    shown = whole.lines[first:last]
    return replace(part, lines=shown, text="\n".join(t for t, _ in shown), cut=True)


def _cut(sheet: Sheet, row: int, room: float, style: Style) -> Sheet | None:
    """The sheet with `row` cut in two so that the upper one is `room` high; None where that leaves nothing
    above or below."""
    fit = int((room - 2 * style.pad[1]) / style.leading)
    own = [c for c in sheet.cells if c.r0 == row and c.r1 == row + 1]
    if fit < 1 or not own or max(len(c.lines) for c in own) <= fit:
        return None
    is_open = style.cut == "open"
    cells: list[Cell] = []
    for c in sheet.cells:
        if c in own:
            first, rest = c.lines[:fit], c.lines[fit:]
            upper = "\n".join(t for t, _ in first)
            lower = "\n".join(t for t, _ in rest)
            cells.append(replace(c, text=upper, lines=first, bottom_open=is_open, cut=True))
            below = replace(c, r0=row + 1, r1=row + 2, text=lower, lines=rest, top_open=is_open, cut=True)
            cells.append(below)
        else:
            r0 = c.r0 + (c.r0 > row)
            cells.append(replace(c, r0=r0, r1=c.r1 + (c.r1 > row)))
    rest_high = max(len(c.lines[fit:]) for c in own) * style.leading + 2 * style.pad[1]
    heights = (
        *sheet.heights[:row],
        room,
        max(rest_high, sheet.heights[row] - room),
        *sheet.heights[row + 1 :],
    )
    return replace(sheet, cells=tuple(cells), heights=heights)
