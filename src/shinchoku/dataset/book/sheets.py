"""A table's rows in, its sheet out: headings and names that stay in sight, columns that fit, cells of their
type; what prints, and how."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, cast

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from shinchoku.dataset.risks import FORMULA
from shinchoku.dataset.schema import Column, TableSpec
from shinchoku.text import display_width

MAX_TEXT = 32_767
"""Characters of a cell. Source: Excel specifications and limits."""

NARROWEST, NARROW, WIDE, WIDEST = 6, 18, 26, 46
"""Bounds of a column's width in half-width characters: narrow ones say the same in many rows, the widest hold
long text."""

LONG = 120
"""A line of so many half-width characters makes its column one of long text."""

LINE_HEIGHT, HIGHEST = 14.0, 409.0
"""Heights of a line and of the highest row Excel allows, in points."""

FONT_SPREAD = 1.06
"""How much wider than half an em a half-width character is taken to be: the font in use is not known."""

MARKED = PatternFill("solid", fgColor="FFFFE699")
"""Behind a cell with a remark."""

HEADINGS = 2
A3, A4 = 8, 9
"""Numbers of paper sizes in a workbook."""
A4_CHARACTERS = 200
"""Half-width characters beside each other that can be read on A4 across: at seven tenths of their size."""
NOT_PRINTED = (
    "照合用のシートのため、印刷範囲は見出しだけです。全体の印刷は、印刷範囲を解除してからにしてください。"
)

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table to be written: its description and its rows. `first` are the columns that stand first and
    stay in sight; `prints` says whether its rows are printed; `marks` are remarks on single cells, by number
    of the row (from 0) and name of the column."""

    spec: TableSpec
    rows: Sequence[Mapping[str, Any]]
    first: tuple[str, ...] = ()
    prints: bool = True
    marks: Mapping[tuple[int, str], str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The sheet's name: Japanese title and table name, without what a sheet's name cannot hold."""
        return re.sub(r"[\[\]:*?/\\]", " ", f"{self.spec.title.ja} {self.spec.name}")[:31]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order of the sheet."""
        named = {column.name: column for column in self.spec.columns}
        return (*map(named.__getitem__, self.first), *(c for c in named.values() if c.name not in self.first))


def styles() -> Iterator[NamedStyle]:
    """The styles of cells, by type of column; a cell that names one costs less than a cell that is given a
    font."""
    font = Font(name="Yu Gothic", size=10)
    side = Side(style="thin", color="FFBFBFBF")
    top, wrapped = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
    centre, right = (Alignment(vertical="top", horizontal=where) for where in ("center", "right"))
    yield NamedStyle("title", font=Font(name="Yu Gothic", size=18, bold=True), alignment=top)
    yield NamedStyle("string", font=font, alignment=wrapped)
    yield NamedStyle("line", font=font, alignment=top)
    blue = Font(name="Yu Gothic", size=10, underline="single", color="FF0563C1")
    yield NamedStyle("link", font=blue, alignment=top)
    yield NamedStyle("integer", font=font, alignment=centre)
    yield NamedStyle("number", font=font, alignment=right)
    yield NamedStyle("date", font=font, alignment=centre, number_format="yyyy-mm-dd")
    # Excel shows a truth value in its own way whatever the format; LibreOffice shows some as 1 without one.
    yield NamedStyle("boolean", font=font, alignment=centre, number_format='"TRUE";"TRUE";"FALSE"')
    yield NamedStyle(
        "heading",
        font=Font(name="Yu Gothic", size=10, bold=True),
        fill=PatternFill("solid", fgColor="FFDCE6F1"),
        border=Border(left=side, right=side, top=side, bottom=side),
        alignment=wrapped,
    )


def cell_text(text: str) -> str:
    """`text` as a cell can hold it: a control character shows as its picture (U+2400 and on), what Excel
    would read as an escape (_x0041_) is escaped, text longer than a cell holds is cut and says so."""
    text = _ILLEGAL.sub(lambda m: chr(0x2400 + ord(m[0])) if ord(m[0]) < 32 else "\ufffd", text)
    text = _ESCAPE_LIKE.sub("_x005F_", text)
    cut = " …（以下略。CSVを参照 / cut, see the CSV file）"
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - len(cut)] + cut


def fill_table(sheet: Worksheet, table: Sheet) -> None:
    """Write a table. Columns that are kept aside, or hold nothing, are folded away."""
    columns = table.columns
    widths = [_width(column, table.rows, column.name in table.first) for column in columns]
    folded = [column.name not in table.first and _is_aside(column, table.rows) for column in columns]
    for number, (column, width, aside) in enumerate(zip(columns, widths, folded, strict=True), start=1):
        put_heading(sheet, 1, number, column.title.ja)
        put_heading(sheet, 2, number, column.title.en)
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = width
        dimension.hidden = aside
        dimension.outlineLevel = int(aside)
    sheet.sheet_format.outlineLevelCol = int(any(folded))
    for row_number, row in enumerate(table.rows, start=HEADINGS + 1):
        for number, column in enumerate(columns, start=1):
            cell = cell_at(sheet, row_number, number)
            _put(cell, column, row[column.name])
            remark = table.marks.get((row_number - HEADINGS - 1, column.name))
            if remark:
                cell.fill = MARKED
                cell.comment = Comment(cell_text(remark), "shinchoku", height=120, width=300)
    fit_rows(sheet, widths, folded)
    last = get_column_letter(len(columns))
    sheet.freeze_panes = f"{get_column_letter(len(table.first) + 1)}{HEADINGS + 1}"
    sheet.auto_filter.ref = f"A{HEADINGS}:{last}{HEADINGS + max(len(table.rows), 1)}"
    set_up_page(sheet, sum(w for w, aside in zip(widths, folded, strict=True) if not aside))
    sheet.print_title_rows = f"1:{HEADINGS}"
    if not table.prints:
        sheet.print_area = f"A1:{last}{HEADINGS}"
        cast(HeaderFooterItem, sheet.oddHeader).left.text = NOT_PRINTED


def _is_aside(column: Column, rows: Sequence[Mapping[str, Any]]) -> bool:
    return column.aside or (bool(rows) and all(row[column.name] in ("", None) for row in rows))


def fit_rows(sheet: Worksheet, widths: Sequence[float], hidden: Sequence[bool]) -> None:
    """Make every row as high as its text, wrapped at the columns' widths, needs: programs differ in doing
    it."""
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        lines = [
            _lines(value, width)
            for value, width, unseen in zip(row, widths, hidden, strict=True)
            if isinstance(value, str) and not unseen
        ]
        sheet.row_dimensions[number].height = min(max(lines, default=1) * LINE_HEIGHT + 3, HIGHEST)


def _lines(text: str, width: float) -> int:
    """How many lines `text` takes in a column of `width` characters."""
    return sum(max(ceil(display_width(line) * FONT_SPREAD / (width - 1)), 1) for line in text.split("\n"))


def _put(cell: Cell, column: Column, value: Any) -> None:
    if isinstance(value, str):
        put_text(cell, value)
        return
    cell.value = value
    cell.style = column.type


def put_text(cell: Cell, text: str, style: str = "string") -> None:
    """Text is stored as text, whatever it begins with."""
    cell.style = style
    if text:
        cell.value = cell_text(text)
        cell.data_type = "s"
        cell.quotePrefix = bool(FORMULA.match(text))


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell, counted from 1."""
    return cast(Cell, sheet.cell(row, column))


def put_heading(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Write a heading."""
    put_text(cell_at(sheet, row, column), text, "heading")


def _width(column: Column, rows: Sequence[Mapping[str, Any]], first: bool) -> float:
    """Characters that hold nine in ten of the column's cells on one line, and the headings' words, within
    bounds. What says the same in many rows may be narrow, but not what stays in sight."""
    texts = [str(row[column.name]) for row in rows if row[column.name] not in ("", None)]
    cells = [max(map(display_width, text.split("\n"))) for text in texts]
    usual = sorted(cells)[int(len(cells) * 0.9)] if cells else 0
    repeats = not first and len(set(texts)) * 2 < len(texts)
    widest = WIDEST if max(cells, default=0) > LONG else NARROW if repeats else WIDE
    heading = max(max(map(display_width, column.title.en.split())), display_width(column.title.ja) / 2)
    return min(max(usual * FONT_SPREAD, heading + 3, NARROWEST) + 1, widest)


def set_up_page(sheet: Worksheet, characters: float) -> None:
    """Print across, as wide as the paper: on A4 where a row of so many characters can be read there, else on
    A3."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4 if characters <= A4_CHARACTERS else A3
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(left=0.3, right=0.3, top=0.5, bottom=0.5, header=0.2, footer=0.2)
    sheet.print_options.gridLines = True
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = cast(HeaderFooterItem, sheet.oddFooter)
    footer.left.text, footer.right.text = "&A", "&P / &N"
