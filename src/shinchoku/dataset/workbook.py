"""A report's tables as rows in, a workbook for people who use a spreadsheet out: the same rows, the same
bytes."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from shinchoku.dataset.risks import FORMULA
from shinchoku.dataset.schema import Column, TableSpec
from shinchoku.language import say
from shinchoku.problems import ShinchokuError
from shinchoku.text import display_width

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
"""Rows of a sheet and characters of a cell. Source: Excel specifications and limits."""

NARROWEST, WIDE, WIDEST = 6, 26, 46
"""Bounds of a column's width in half-width characters; the widest are for columns of long text."""

LONG = 120
"""A line of so many half-width characters makes its column one of long text."""

LINE_HEIGHT, HIGHEST = 14.0, 409.0
"""Heights of a line and of the highest row Excel allows, in points."""

FONT_SPREAD = 1.06
"""How much wider than half an em a half-width character is taken to be: the font in use is not known."""

MARKED = PatternFill("solid", fgColor="FFFFE699")
"""Behind a cell with a remark."""

HEADINGS = 2
EPOCH = datetime(1980, 1, 1)

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table to be written: its description and its rows; `marks` are remarks on single cells, by number
    of the row (from 0) and name of the column."""

    spec: TableSpec
    rows: Sequence[Mapping[str, Any]]
    marks: Mapping[tuple[int, str], str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The sheet's name: Japanese title and table name, without what a sheet's name cannot hold."""
        return re.sub(r"[\[\]:*?/\\]", " ", f"{self.spec.title.ja} {self.spec.name}")[:31]


def workbook_bytes(about: Sequence[tuple[str, str]], sheets: Sequence[Sheet]) -> bytes:
    """The .xlsx file: a sheet 説明 with the lines `about` (heading and text) and every column's meaning, then
    one sheet a table with two heading rows, Japanese and English.

    Text is stored as text, whatever it begins with; a control character shows as its picture (U+2400 and on);
    text longer than a cell holds is cut and says so. A marked cell is coloured and has its
    remark as a comment. Raises ShinchokuError where a table has more rows than a
    sheet.
    """
    book = Workbook()
    for style in _styles():
        book.add_named_style(style)
    first = book.worksheets[0]
    first.title = "説明 README"
    _fill_about(first, about, sheets)
    for sheet in sheets:
        if len(sheet.rows) > MAX_ROWS - HEADINGS:
            raise ShinchokuError(
                say(
                    "{name} has {count} rows, too many for a sheet: use the CSV",
                    name=sheet.spec.name,
                    count=len(sheet.rows),
                )
            )
        _fill_table(book.create_sheet(sheet.title), sheet)
    book.properties.creator = "shinchoku"
    book.properties.created = book.properties.modified = EPOCH
    raw = BytesIO()
    book.save(raw)
    return _without_time(raw.getvalue())


def _styles() -> Iterator[NamedStyle]:
    """The styles of cells, by type of column; a cell that names one costs less than a cell that is given a
    font."""
    font = Font(name="Yu Gothic", size=10)
    side = Side(style="thin", color="FFBFBFBF")
    top, wrapped = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
    centre, right = (Alignment(vertical="top", horizontal=where) for where in ("center", "right"))
    yield NamedStyle("string", font=font, alignment=wrapped)
    yield NamedStyle("line", font=font, alignment=top)
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
    """`text` as a cell can hold it: see `workbook_bytes`. What Excel would read as an escape (_x0041_) is
    escaped."""
    text = _ILLEGAL.sub(lambda m: chr(0x2400 + ord(m[0])) if ord(m[0]) < 32 else "\ufffd", text)
    text = _ESCAPE_LIKE.sub("_x005F_", text)
    cut = " …（以下略。CSVを参照 / cut, see the CSV file）"
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - len(cut)] + cut


def _fill_table(sheet: Worksheet, table: Sheet) -> None:
    columns = table.spec.columns
    widths = [_width(column, table.rows) for column in columns]
    for number, (column, width) in enumerate(zip(columns, widths, strict=True), start=1):
        _heading(sheet, 1, number, column.title.ja)
        _heading(sheet, 2, number, column.title.en)
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = width
        dimension.hidden = column.aside
        dimension.outlineLevel = int(column.aside)
    sheet.sheet_format.outlineLevelCol = int(any(column.aside for column in columns))
    for row_number, row in enumerate(table.rows, start=HEADINGS + 1):
        for number, column in enumerate(columns, start=1):
            cell = _cell(sheet, row_number, number)
            _put(cell, column, row[column.name])
            remark = table.marks.get((row_number - HEADINGS - 1, column.name))
            if remark:
                cell.fill = MARKED
                cell.comment = Comment(cell_text(remark), "shinchoku", height=120, width=300)
    _fit_rows(sheet, widths, [column.aside for column in columns])
    sheet.freeze_panes = f"A{HEADINGS + 1}"
    sheet.auto_filter.ref = (
        f"A{HEADINGS}:{get_column_letter(len(columns))}{HEADINGS + max(len(table.rows), 1)}"
    )
    _page_setup(sheet, f"1:{HEADINGS}")


def _fit_rows(sheet: Worksheet, widths: Sequence[float], hidden: Sequence[bool]) -> None:
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
        _put_text(cell, value)
        return
    cell.value = value
    cell.style = column.type


def _put_text(cell: Cell, text: str) -> None:
    cell.style = "string"
    if text:
        cell.value = cell_text(text)
        cell.data_type = "s"
        cell.quotePrefix = bool(FORMULA.match(text))


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    return cast(Cell, sheet.cell(row, column))


def _heading(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = _cell(sheet, row, column)
    _put_text(cell, text)
    cell.style = "heading"


def _width(column: Column, rows: Sequence[Mapping[str, Any]]) -> float:
    """Characters that hold nine in ten of the column's cells on one line, and the headings' words, within
    bounds."""
    cells = [
        max(map(display_width, str(row[column.name]).split("\n")))
        for row in rows
        if row[column.name] is not None
    ]
    usual = sorted(cells)[int(len(cells) * 0.9)] if cells else 0
    widest = WIDEST if max(cells, default=0) > LONG else WIDE
    heading = max(max(map(display_width, column.title.en.split())), display_width(column.title.ja) / 2)
    return min(max(usual * FONT_SPREAD, heading + 3, NARROWEST) + 1, widest)


def _fill_about(sheet: Worksheet, about: Sequence[tuple[str, str]], sheets: Sequence[Sheet]) -> None:
    """The lines of `about`, running over the empty cells to their right, then the meaning of every column."""
    for letter, width in zip("ABCDEFGH", ABOUT_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    lines = [(heading, line) for heading, text in about for line in text.split("\n")]
    top = len(lines) + 2
    for row, words in enumerate(_ABOUT_COLUMNS, start=top):
        for number, word in enumerate(words, start=1):
            _heading(sheet, row, number, word)
    for row, texts in enumerate(_column_lines(sheets), start=top + HEADINGS):
        for number, text in enumerate(texts, start=1):
            _put_text(_cell(sheet, row, number), text)
    _fit_rows(sheet, ABOUT_WIDTHS, [False] * len(ABOUT_WIDTHS))
    for row, (heading, line) in enumerate(lines, start=1):
        _heading(sheet, row, 1, heading)
        _put_text(_cell(sheet, row, 2), line)
        _cell(sheet, row, 2).style = "line"
    _page_setup(sheet, "")


ABOUT_WIDTHS = (30, 18, 32, 28, 10, 12, 60, 60)
_ABOUT_COLUMNS = (
    ("シート", "列名", "項目", "項目（英語）", "型", "単位", "説明", "説明（英語）"),
    ("Sheet", "Column", "Title in Japanese", "Title", "Type", "Unit", "Meaning in Japanese", "Meaning"),
)


def _column_lines(sheets: Sequence[Sheet]) -> Iterator[tuple[str, ...]]:
    for sheet in sheets:
        for column in sheet.spec.columns:
            titles = (column.title.ja, column.title.en, column.type, column.unit)
            yield (sheet.title, column.name, *titles, column.description.ja, column.description.en)


def _page_setup(sheet: Worksheet, heading_rows: str) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(left=0.3, right=0.3, top=0.4, bottom=0.4)
    sheet.print_options.gridLines = True
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if heading_rows:
        sheet.print_title_rows = heading_rows


def _without_time(book: bytes) -> bytes:
    """The same zip archive with every time in it set to EPOCH."""
    packed = BytesIO()
    stamp = f"{EPOCH.isoformat()}Z".encode()
    with zipfile.ZipFile(BytesIO(book)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            new.writestr(zipfile.ZipInfo(name, EPOCH.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
