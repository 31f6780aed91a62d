"""What is known of a report, and the sheets of its workbook, in; the sheet that opens it, in Japanese, and
the one that explains the columns out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from shinchoku.dataset.book.sheets import (
    HEADINGS,
    Sheet,
    cell_at,
    fit_rows,
    put_heading,
    put_text,
    set_up_page,
)

COVER, COLUMNS = "表紙", "列の説明"
TOP = 4
"""The first row below the title."""
COVER_WIDTHS = (32.0, 8.0, 86.0, 10.0)
COLUMN_WIDTHS = (30.0, 18.0, 32.0, 28.0, 10.0, 12.0, 60.0, 60.0)
_COLUMNS = (
    ("シート", "列名", "項目", "項目（英語）", "型", "単位", "説明", "説明（英語）"),
    ("Sheet", "Column", "Title in Japanese", "Title", "Type", "Unit", "Meaning in Japanese", "Meaning"),
)
HOW_TO_READ = (
    "文字は印刷されたままです。数値は「観測値」のシートに、単位付きの数値として入っています。",
    "年度は4月から翌年3月までです。",
    "見出しは1行目が日本語、2行目が英語です。意味は「列の説明」のシートにあります。",
    "照合用の列と、この報告書で空の列は折りたたんであります。列番号の上の「＋」で開きます。",
    "色の付いたセルには、訂正の内容や報告書による違いのメモがあります。",
    "「印刷」が「見出し」のシートは照合用で、印刷範囲を見出しだけにしてあります。全体を印刷するときは、印刷範囲を解除してください。",
)


@dataclass(frozen=True, slots=True)
class About:
    """What stands on the cover: the report's `title`, lines (heading and text) on where it comes from, and
    how many problems of each severity it has."""

    title: str
    lines: Sequence[tuple[str, str]]
    errors: int
    warnings: int
    infos: int


def fill_cover(sheet: Worksheet, about: About, sheets: Sequence[Sheet]) -> None:
    """The report, what the workbook holds, how far it can be trusted, and how to read it."""
    trust = (
        f"エラー {about.errors}件、警告 {about.warnings}件、情報 {about.infos}件。",
        "エラーは欠落または解釈できなかったもの、警告は誤りのおそれがあるものです。先に「問題点」のシートを確認してください。",
    )
    for letter, width in zip("ABCD", COVER_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    known = [(heading, line) for heading, text in about.lines for line in text.split("\n")]
    row = _put_contents(sheet, TOP + len(known) + 1, sheets)
    fit_rows(sheet, COVER_WIDTHS, [False] * len(COVER_WIDTHS))
    _put_pairs(sheet, TOP, known)
    told = [("読み取りの状況", line) for line in trust]
    _put_pairs(sheet, row + 1, told)
    _put_pairs(sheet, row + len(told) + 2, [("見方", line) for line in HOW_TO_READ])
    put_text(cell_at(sheet, 1, 1), about.title, "title")
    sheet.row_dimensions[1].height = 30.0
    put_text(cell_at(sheet, 2, 1), "公表されたPDFの表を、印刷されたまま読み取ったものです。", "line")
    set_up_page(sheet, sum(COVER_WIDTHS))
    sheet.print_options.gridLines = False
    sheet.sheet_view.showGridLines = False


def _put_pairs(sheet: Worksheet, row: int, pairs: Sequence[tuple[str, str]]) -> None:
    """Write headings, each once, and beside them lines that run over the cells to their right."""
    before = ""
    for at, (heading, line) in enumerate(pairs, start=row):
        put_heading(sheet, at, 1, heading if heading != before else "")
        put_text(cell_at(sheet, at, 2), line, "line")
        before = heading


def _put_contents(sheet: Worksheet, row: int, sheets: Sequence[Sheet]) -> int:
    """Write what each sheet holds, with a way there; the next row."""
    for number, word in enumerate(("シート", "行数", "内容", "印刷"), start=1):
        put_heading(sheet, row, number, word)
    held = [
        (one.title, len(one.rows), one.spec.description.ja, "する" if one.prints else "見出し")
        for one in sheets
    ]
    held.append((COLUMNS, sum(len(one.columns) for one in sheets), "各シートの列の意味、型、単位。", "する"))
    for at, (title, count, *texts) in enumerate(held, start=row + 1):
        cell = cell_at(sheet, at, 1)
        put_text(cell, title, "link")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{title}'!A1")
        cell_at(sheet, at, 2).value = count
        cell_at(sheet, at, 2).style = "integer"
        for number, text in enumerate(texts, start=3):
            put_text(cell_at(sheet, at, number), text)
    return row + len(held) + 1


def fill_columns(sheet: Worksheet, sheets: Sequence[Sheet]) -> None:
    """The meaning of every column of every sheet."""
    for row, words in enumerate(_COLUMNS, start=1):
        for number, word in enumerate(words, start=1):
            put_heading(sheet, row, number, word)
    for row, texts in enumerate(_column_lines(sheets), start=HEADINGS + 1):
        for number, text in enumerate(texts, start=1):
            put_text(cell_at(sheet, row, number), text)
    for letter, width in zip("ABCDEFGH", COLUMN_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    fit_rows(sheet, COLUMN_WIDTHS, [False] * len(COLUMN_WIDTHS))
    sheet.freeze_panes = f"C{HEADINGS + 1}"
    set_up_page(sheet, sum(COLUMN_WIDTHS))
    sheet.print_title_rows = f"1:{HEADINGS}"


def _column_lines(sheets: Sequence[Sheet]) -> Iterator[tuple[str, ...]]:
    for sheet in sheets:
        for column in sheet.columns:
            titles = (column.title.ja, column.title.en, column.type, column.unit)
            yield (sheet.title, column.name, *titles, column.description.ja, column.description.en)
