"""What a report is made of in, the pages of a PDF out: lines and tables set one below the other, tables ruled
and cut by page breaks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from make.styles.lines import broken, width
from make.styles.sheets import Cell, Sheet, measured, split
from make.styles.style import Style


@dataclass(frozen=True)
class Text:
    """A line of text outside tables; `size` in times the style's. `bar` shades it, `box` rules a box around
    it, `stay` keeps it on one page with what follows."""

    text: str
    size: float = 1.0
    bar: bool = False
    box: bool = False
    stay: bool = False
    space: float = 0.4


@dataclass(frozen=True)
class NewPage:
    """A page break the makers set; `pillar` stands at the top of the pages after it, None leaves what stood
    there."""

    pillar: str | None = None


@dataclass(frozen=True)
class Down:
    """White down to where `room` points of the page are left."""

    room: float


@dataclass(frozen=True)
class Table:
    """A table in the flow; `again` is set above each further page of it."""

    sheet: Sheet
    again: tuple[Text, ...] = ()


Item = Text | NewPage | Down | Table


class Pages:
    """The pages as they fill; points from the top left."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.file = BytesIO()
        self.canvas = Canvas(self.file, pagesize=style.page, invariant=1)
        self.number = 0
        self.pillar = ""
        self.y = 0.0
        self.foot = style.page[1] - style.margin - (2 * style.leading if style.footnotes else 0.0)
        self._begin()

    def _begin(self) -> None:
        self.number += 1
        self.y = self.style.margin
        style, wide = self.style, self.style.page[0]
        if style.header:
            self._say(style.header, wide - style.margin - width(style.header, style.font, 7), 20, 7)
        if self.pillar and style.pillar_header:
            self._say(self.pillar, style.margin, 20, 8)
        if style.number:
            text = style.number.format(n=self.number)
            self._say(text, (wide - width(text, style.font, 8)) / 2, style.page[1] - 14, 8)
        if style.footnotes:
            self._say(
                "※　年度の表示のない数値は、各年度の3月31日現在の数値です。",
                style.margin,
                style.page[1] - 34,
                7,
            )

    def new_page(self, force: bool = False) -> None:
        if force or self.y > self.style.margin:
            self.canvas.showPage()
            self._begin()

    def done(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self.file.getvalue()

    def text(self, item: Text) -> None:
        style = self.style
        size = style.size * item.size
        room = style.page[0] - 2 * style.margin - (4.0 if item.bar or item.box else 0.0)
        lines = broken(style.printed(item.text), room, style.font, size, style.kinsoku, style.hang)
        high = len(lines) * size * 1.25
        if self.y + high > self.foot:
            self.new_page()
        left = style.margin + (2.0 if item.bar or item.box else 0.0)
        if item.bar or item.box:
            pad = 1.5 if item.bar else 4.0
            self._shade(
                style.margin, self.y, style.page[0] - style.margin, self.y + high + 2 * pad, 0.8, item.box
            )
            self.y += pad
        for line, _ in lines:
            self._say(line, left, self.y + size, size)
            self.y += size * 1.25
        self.y += size * item.space + (4.0 if item.box else 1.5 if item.bar else 0.0)

    def table(self, item: Table) -> None:
        rest: Sheet | None = measured(item.sheet, self.style)
        while rest is not None:
            part, left = split(rest, self.foot - self.y, self.style)
            if part is None:
                if self.y <= self.style.margin + 60:
                    raise ValueError("a row is higher than a page")
                self.new_page()
                for line in item.again:
                    self.text(line)
                rest = left
                continue
            self._draw(part)
            rest = left
            if rest is not None:
                self.new_page()
                for line in item.again:
                    self.text(line)
        self.y += self.style.leading

    def room_for(self, items: Iterable[Item]) -> bool:
        """Whether these lines and the first rows of a table fit on the page."""
        need = 0.0
        for item in items:
            if isinstance(item, Text):
                need += self.style.size * item.size * 2
            elif isinstance(item, Table):
                sheet = measured(item.sheet, self.style)
                need += sum(sheet.heights[: sheet.heads + 2])
        return self.y + need <= self.foot

    def _say(self, text: str, x: float, y: float, size: float, spread: float = 0.0) -> None:
        self.canvas.setFillGray(0)
        self.canvas.setFont(self.style.font, size)
        self.canvas.drawString(x, self.style.page[1] - y, text, charSpace=spread)

    def _shade(
        self, x0: float, top: float, x1: float, bottom: float, gray: float, ruled: bool = False
    ) -> None:
        self.canvas.setFillGray(1.0 if ruled else gray)
        self.canvas.setLineWidth(0.6)
        self.canvas.rect(x0, self.style.page[1] - bottom, x1 - x0, bottom - top, stroke=int(ruled), fill=1)

    def _draw(self, sheet: Sheet) -> None:
        tops = [self.y]
        for h in sheet.heights:
            tops.append(tops[-1] + h)
        xs = [self.style.margin + e for e in sheet.edges]
        for cell in sheet.cells:
            zebra = self.style.zebra and cell.r0 >= sheet.heads and cell.r1 == cell.r0 + 1 and cell.r0 % 2
            if (cell.shaded and self.style.shade_heads) or zebra:
                self._shade(xs[cell.c0], tops[cell.r0], xs[cell.c1], tops[cell.r1], 0.92 if zebra else 0.85)
        for cell in sheet.cells:
            self._fill(cell, (xs[cell.c0], tops[cell.r0], xs[cell.c1], tops[cell.r1]))
        rule(self.canvas, sheet, xs, tops, self.style)
        self.y = tops[-1]

    def _fill(self, cell: Cell, box: tuple[float, float, float, float]) -> None:
        style = self.style
        x0, top, x1, bottom = box
        high = len(cell.lines) * style.leading
        start = top + style.pad[1]
        if cell.whole:
            start = top - cell.offset + (cell.whole - high) / 2
        elif style.valign == "middle" and not cell.cut:
            start = max(start, top + (bottom - top - high) / 2)
        for i, (line, wrapped) in enumerate(cell.lines):
            base = start + i * style.leading + style.size * 0.9
            if cell.whole and not top <= base - style.size * 0.4 < bottom:
                continue
            wide = width(line, style.font, style.size)
            x0 += style.inset * cell.inset if i == 0 else 0.0
            room = x1 - x0 - 2 * style.pad[0]
            centred = cell.align == "center" or (style.center and cell.shaded)
            x = x0 + style.pad[0] + (max(0.0, (room - wide) / 2) if centred else 0.0)
            x += max(0.0, room - wide) if cell.align == "right" else 0.0
            spread = (room - wide) / (len(line) - 1) if style.justify and wrapped and len(line) > 3 else 0.0
            self._say(line, x, base, style.size, max(0.0, spread))


def rule(canvas: Canvas, sheet: Sheet, xs: list[float], tops: list[float], style: Style) -> None:
    """Draw the sides of the sheet's cells the way the style does."""
    edges: set[tuple[float, float, float, float]] = set()
    left, right = xs[0], xs[-1]
    for c in sheet.cells:
        x0, x1, y0, y1 = xs[c.c0], xs[c.c1], tops[c.r0], tops[c.r1]
        sides = {(x0, y0, x1, y0): not c.top_open, (x0, y1, x1, y1): not c.bottom_open}
        sides |= {(x, y0, x, y1): style.sides or x not in (left, right) for x in (x0, x1)}
        edges |= {edge for edge, drawn in sides.items() if drawn}
    outer = (tops[0], tops[-1])
    for x0, y0, x1, y1 in sorted(edges):
        inner = not (x0 == x1 and x0 in (left, right)) and not (y0 == y1 and y0 in outer)
        PENS[style.rules](canvas, x0, style.page[1] - y0, x1, style.page[1] - y1, inner)


def _line(canvas: Canvas, x0: float, y0: float, x1: float, y1: float, inner: bool) -> None:
    canvas.setDash()
    canvas.setLineWidth(0.5 if inner else 1.2)
    canvas.line(x0, y0, x1, y1)


def _hair(canvas: Canvas, x0: float, y0: float, x1: float, y1: float, inner: bool) -> None:
    canvas.setLineWidth(0)
    canvas.line(x0 - (y0 == y1), y0 + (x0 == x1), x1 + (y0 == y1), y1 - (x0 == x1))


def _rect(canvas: Canvas, x0: float, y0: float, x1: float, y1: float, inner: bool) -> None:
    canvas.setFillGray(0)
    canvas.rect(x0 - 0.25, y1 - 0.25, x1 - x0 + 0.5, y0 - y1 + 0.5, stroke=0, fill=1)


def _dotted(canvas: Canvas, x0: float, y0: float, x1: float, y1: float, inner: bool) -> None:
    if not inner:
        _line(canvas, x0, y0, x1, y1, inner)
        return
    canvas.setFillGray(0)
    steps = int(max(x1 - x0, y0 - y1) / 2)
    for i in range(steps + 1):
        x, y = x0 + (x1 - x0) * i / max(steps, 1), y0 + (y1 - y0) * i / max(steps, 1)
        canvas.rect(x - 0.3, y - 0.3, 0.6, 0.6, stroke=0, fill=1)


def _dashed(canvas: Canvas, x0: float, y0: float, x1: float, y1: float, inner: bool) -> None:
    canvas.setLineWidth(0.5)
    canvas.setDash([2, 1.5] if inner else [])
    canvas.line(x0, y0, x1, y1)


def _double(canvas: Canvas, x0: float, y0: float, x1: float, y1: float, inner: bool) -> None:
    canvas.setLineWidth(0.4)
    canvas.line(x0, y0, x1, y1)
    if not inner:
        dx, dy = (1.5, 0.0) if x0 == x1 else (0.0, 1.5)
        canvas.line(x0 + dx, y0 + dy, x1 + dx, y1 + dy)


PENS: dict[str, Callable[[Canvas, float, float, float, float, bool], None]] = {
    "line": _line,
    "hair": _hair,
    "rect": _rect,
    "dotted": _dotted,
    "dashed": _dashed,
    "double": _double,
}


def typeset(items: Iterable[Item], style: Style) -> bytes:
    """The PDF of these items."""
    pages = Pages(style)
    waiting: list[Text] = []
    for item in items:
        if isinstance(item, Text) and item.stay:
            waiting.append(item)
            continue
        if waiting and not isinstance(item, NewPage) and not pages.room_for([*waiting, item]):
            pages.new_page()
        for line in waiting:
            pages.text(line)
        waiting = []
        if isinstance(item, NewPage):
            pages.pillar = pages.pillar if item.pillar is None else item.pillar
            pages.new_page(force=item.pillar is not None)
        elif isinstance(item, Down):
            pages.y = max(pages.y, pages.foot - item.room)
        elif isinstance(item, Text):
            pages.text(item)
        else:
            pages.table(item)
    return pages.done()
