"""The rows of one plan of an action plan in, its table in a house style out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from make.styles.sheets import Cell, Sheet
from make.styles.style import FULL, Col, Style

Row = dict[str, Any]
NARROW = 9.0
"""How wide the cell is that a group's rows stand behind, in points."""


@dataclass
class Builder:
    """Cells as they are added row by row; `cols` says at which lattice columns each printed column stands."""

    style: Style
    cols: tuple[Col, ...]
    edges: tuple[float, ...]
    places: tuple[tuple[int, int], ...]
    cells: list[Cell] = field(default_factory=list)
    row: int = 0
    heads: int = 0

    @property
    def end(self) -> int:
        return len(self.edges) - 1

    def place(self, means: str) -> tuple[int, int]:
        return next(p for c, p in zip(self.cols, self.places, strict=True) if c.means == means)

    def has(self, means: str) -> bool:
        return any(c.means == means for c in self.cols)

    def add(
        self, c0: int, c1: int, text: str, rows: int = 1, align: str = "left", shaded: bool = False
    ) -> None:
        self.cells.append(Cell(self.row, c0, self.row + rows, c1, text, align, shaded))

    def spanning(self, text: str, c0: int = 0, shaded: bool = False) -> None:
        """A row whose one cell reaches from lattice column c0 to the right end."""
        self.add(c0, self.end, text, shaded=shaded)
        self.row += 1

    def titled(self, text: str) -> None:
        """A title in a row over the headings; what stands before a tab is in a cell of its own."""
        first, _, rest = text.partition("\t")
        self.add(0, 1 if rest else self.end, first, shaded=True)
        if rest:
            self.add(1, self.end, rest, shaded=True)
        self.row += 1

    def headings(self) -> None:
        """The rows of the column headings: two where one of them has two parts."""
        paths = [c.head.split("/") for c in self.cols]
        deep = max(map(len, paths))
        at = 0
        for first, same in groupby(range(len(paths)), lambda i: paths[i][0] if len(paths[i]) > 1 else i):
            members = list(same)
            c0, c1 = self.places[members[0]][0], self.places[members[-1]][1]
            if len(paths[members[0]]) == 1:
                self.add(c0, c1, paths[at][0], deep, "center", True)
            else:
                self.add(c0, c1, str(first), 1, "center", True)
                for i in members:
                    under = Cell(
                        self.row + 1, *_sides(self.places[i], self.row + 2), paths[i][1], "center", True
                    )
                    self.cells.append(under)
            at += len(members)
        self.row += deep
        self.heads = self.row

    def sheet(self) -> Sheet:
        return Sheet(self.edges, self.heads, tuple(self.cells))


def _sides(place: tuple[int, int], r1: int) -> tuple[int, int, int]:
    return place[0], r1, place[1]


def builder(style: Style, cols: tuple[Col, ...], split: str) -> Builder:
    """An empty table; the column `split` is cut in three lattice columns: narrow, item, the rest."""
    whole = style.page[0] - 2 * style.margin
    total = sum(c.width for c in cols)
    edges, places = [0.0], []
    for c in cols:
        x0, x1 = edges[-1], edges[-1] + whole * c.width / total
        first = len(edges) - 1
        if c.means == split:
            edges += [x0 + NARROW, x0 + NARROW + (x1 - x0 - NARROW) * 0.45]
        edges.append(x1)
        places.append((first, len(edges) - 1))
    return Builder(style, cols, tuple(edges), tuple(places))


def measure_table(style: Style, rows: Sequence[Row], over: Iterable[str] = ()) -> Sheet:
    """The table of these rows; `over` are headings in rows above the column headings."""
    name = "name" if any(c.means == "name" for c in style.measures) else "measure"
    b = builder(style, style.measures, name)
    for text in over:
        b.titled(text)
    b.headings()
    for _, same in groupby(rows, lambda r: r["plan_no"]):
        plan = list(same)
        start = b.row
        _plan_rows(b, name, plan)
        if b.has("plan"):
            c0, c1 = b.place("plan")
            b.cells.append(Cell(start, c0, b.row, c1, plan_heading(style, plan[0])))
    return b.sheet()


def _plan_rows(b: Builder, name: str, rows: Sequence[Row]) -> None:
    """The rows of one plan."""
    style = b.style
    left = 1 if b.has("plan") else 0
    if style.plan_at == "inside":
        b.spanning(plan_heading(style, rows[0]))
    section = ""
    for (now, no, title, _), same in groupby(
        rows, lambda r: (r["section"], r["initiative_no"], r["initiative_title"], r.get("run", 0))
    ):
        members = list(same)
        if now and now != section and style.section_at == "inside":
            b.spanning(style.section.format(title=now), left, shaded=True)
        section = now
        if style.initiative_at == "row":
            mark = enclosing_mark(style, members, "initiative")
            b.spanning(numbered(style.initiative, no, title) + mark, left)
        for _, part in groupby(members, lambda r: (r["sub_no"], r["sub_title"])):
            _sub(b, name, list(part), members)


def numbered(template: str, no: object, title: str) -> str:
    """A heading from its template: {no} as it is, {NO} full width, {ring} in a ring."""
    plain = str(no).strip("()")
    ring = chr(0x2460 + int(plain) - 1) if plain.isdigit() and 0 < int(plain) < 21 else plain
    return template.format(no=plain, NO=plain.translate(FULL), ring=ring, title=title)


def plan_heading(style: Style, row: Row) -> str:
    return numbered(style.plan, row["plan_no"], row["plan_title"])


def enclosing_mark(style: Style, rows: Sequence[Row], level: str) -> str:
    """The repost mark of a heading: where all its rows are reposts without a mark of their own."""
    bare = all(r["is_repost"] and "再掲" not in r["measure_text"] and r["repost_of"] for r in rows)
    same = len({r["repost_of"] for r in rows}) == 1
    if not bare or not same or (level == "sub" and not rows[0]["sub_title"]):
        return ""
    return style.repost.format(of=rows[0]["repost_of"])


def _sub(b: Builder, name: str, rows: list[Row], around: list[Row]) -> None:
    """The rows of a sub-item, its title merged down in the first column where there is one."""
    first = rows[0]
    title = (
        numbered(b.style.sub, first["sub_no"], first["sub_title"]) if first["sub_no"] else first["sub_title"]
    )
    if not enclosing_mark(b.style, around, "initiative"):
        title += enclosing_mark(b.style, rows, "sub")
    start = b.row
    if not b.has("lead") and title:
        b.spanning(title)
        start = b.row
    at = len(b.cells)
    column = b.place(name)[0]
    ends = [bool(r["group"]) for r in rows]
    plain = b.style.group_at != "narrow" and ends == sorted(ends)
    edge = b.style.group_at == "edge" and plain and not title
    groups = groupby(rows, lambda r: (str(r["group"]).split(" > "), r.get("apart", 0)))
    for (path, _), same in groups:
        members = list(same)
        item = path.pop() if path[-1].startswith("(") and len(path) > 1 else ""
        head = path[0] if path else ""
        if head and head != _said(b, at):
            b.spanning(head, 0 if edge else column)
        _group(b, name, members, item, bool(head) and not plain)
    if b.has("lead") and b.row > start:
        c0, c1 = b.place("lead")
        if not edge:
            b.cells.insert(at, Cell(start, c0, b.row, c1, title))
            return
        for r in range(start, b.row):
            if not any(c.r0 == r and c.c0 == c0 for c in b.cells):
                b.cells.append(Cell(r, c0, r + 1, c1, ""))


def _said(b: Builder, at: int) -> str:
    """The last group heading set since cell `at`."""
    return next(
        (c.text for c in reversed(b.cells[at:]) if c.c1 == b.end and c.c0 <= 1 and c.c1 - c.c0 > 3), ""
    )


def _group(b: Builder, name: str, rows: list[Row], item: str, narrow: bool) -> None:
    c0, c1 = b.place(name)
    start = b.row
    left = c0 + (2 if item else 1 if narrow else 0)
    for col, (p0, p1) in zip(b.cols, b.places, strict=True):
        if col.means in ("lead", "plan"):
            continue
        left_side = left if (p0, p1) == (c0, c1) else p0
        for rows_of, text in _merged(rows, col, b.style):
            first = start + rows_of[0]
            last = start + rows_of[-1] + 1
            align = b.style.align if col.means.startswith("fy") else col.align
            b.cells.append(Cell(first, left_side, last, p1, text, align, inset=col.means == "note"))
    end = start + len(rows)
    if item:
        b.cells.append(Cell(start, c0 + int(narrow), end, c0 + 2, item))
    if narrow:
        b.cells.append(Cell(start, c0, end, c0 + 1, ""))
    b.row = end


def _merged(rows: Sequence[Row], col: Col, style: Style) -> Iterator[tuple[list[int], str]]:
    """The texts of a column, those of neighbouring rows that say the same merged where the style does."""
    texts = [cell_text(r, col, style) for r in rows]
    runs = groupby(range(len(rows)), lambda i: texts[i] if texts[i] and col.means in style.merge else i)
    for _, same in runs:
        members = list(same)
        for k in range(0, len(members), 4):
            yield members[k : k + 4], texts[members[0]]


def cell_text(row: Row, col: Col, style: Style) -> str:
    """What the style prints of a row in a column."""
    source = col.source or col.means
    if col.means == "name":
        return with_mark(style, row)
    if col.means == "measure":
        return with_mark(style, row, "measure")
    if col.means == "mark":
        mark = style.marks.get(row["progress"], row["progress"])
        bare = "再掲" not in row["measure_text"] and not row["repost_of"]
        reposted = row["is_repost"] and style.repost_mark and (mark or bare)
        return f"{mark}\n{style.repost_mark}" if reposted else str(mark)
    return str(row[source])


def with_mark(style: Style, row: Row, column: str = "measure_text") -> str:
    """A row's name with its repost mark as the style words it."""
    text, of = str(row["measure_text"]), str(row["repost_of"])
    mark = f"【戦略計画{of}の再掲】"
    if column == "measure":
        return str(row["measure"]) + (style.repost.format(of=of) if mark in text else "")
    return text.replace(mark, style.repost.format(of=of)) if of else text
