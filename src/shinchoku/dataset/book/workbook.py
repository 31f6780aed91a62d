"""A report's tables as rows in, a workbook for people who use a spreadsheet out: the same rows, the same
bytes."""

import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook

from shinchoku.dataset.book.cover import COLUMNS, COVER, About, fill_columns, fill_cover
from shinchoku.dataset.book.sheets import HEADINGS, Sheet, fill_table, styles
from shinchoku.problems import ShinchokuError

MAX_ROWS = 1_048_576
"""Rows of a sheet. Source: Excel specifications and limits."""
EPOCH = datetime(1980, 1, 1)


def workbook_bytes(about: About, sheets: Sequence[Sheet]) -> bytes:
    """The .xlsx file: a cover, one sheet a table with two heading rows, Japanese and English, and a sheet
    with every column's meaning.

    Text is stored as text, whatever it begins with. A marked cell is coloured and has its remark as a
    comment. Raises ShinchokuError where a table has more rows than a sheet.
    """
    book = Workbook()
    for style in styles():
        book.add_named_style(style)
    first = book.worksheets[0]
    first.title = COVER
    fill_cover(first, about, sheets)
    for sheet in sheets:
        if len(sheet.rows) > MAX_ROWS - HEADINGS:
            raise ShinchokuError.say(
                "{name} has {count} rows, too many for a sheet: use the CSV",
                name=sheet.spec.name,
                count=len(sheet.rows),
            )
        fill_table(book.create_sheet(sheet.title), sheet)
    fill_columns(book.create_sheet(COLUMNS), sheets)
    book.properties.creator = "shinchoku"
    book.properties.title = about.title
    book.properties.created = book.properties.modified = EPOCH
    raw = BytesIO()
    book.save(raw)
    return _without_time(raw.getvalue())


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
