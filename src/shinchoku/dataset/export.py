"""A report's folder in, its workbook out."""

from collections.abc import Sequence
from pathlib import Path

from shinchoku.dataset.files import read_columns, read_meta, read_rows
from shinchoku.dataset.publish import replace_file, report_folders
from shinchoku.dataset.schema import fiscal_names, table
from shinchoku.dataset.workbook import Sheet, workbook_bytes
from shinchoku.problems import ShinchokuError

ORDER = ("measures", "indicators", "goals", "observations", "problems", "cells", "blocks")
"""The tables in the order of their sheets: what people read first comes first."""

HOW_TO_READ = (
    "文字は印刷のまま、数値は「観測値」シートに数値として入っています。年度は4月から翌年3月です。\n"
    "Text is as printed; numbers are numbers in the sheet of observations. A fiscal year runs April to March."
)


def export_report(data: Path, report_id: str, file: Path) -> None:
    """Write the workbook `file` of the report `report_id` under `data`; a file that is there is replaced,
    whole.

    Raises ShinchokuError where there is no such report, `file` is no .xlsx name, or the disk refuses.
    """
    if file.suffix.lower() != ".xlsx":
        raise ShinchokuError(f"{file}: name a file that ends in .xlsx")
    folder = data / report_id
    if folder not in report_folders(data):
        known = ", ".join(path.name for path in report_folders(data)) or "none"
        raise ShinchokuError(
            f"no report {report_id!r} in {data} (there: {known}); run `shinchoku extract` or give --data"
        )
    sheets = [_sheet(data, report_id, name) for name in ORDER]
    replace_file(file, workbook_bytes(_about(folder, sheets), sheets))


def _sheet(data: Path, report_id: str, name: str) -> Sheet:
    if name == "observations":
        path = data / "observations.parquet"
        if not path.exists():
            raise ShinchokuError(f"{path} is missing; run `shinchoku extract` again")
        rows = [row for row in read_rows(path) if row["report_id"] == report_id]
        return Sheet(table(name), rows)
    path = data / report_id / f"{name}.parquet"
    return Sheet(table(name, fiscal_names(read_columns(path))), read_rows(path))


def _about(folder: Path, sheets: Sequence[Sheet]) -> list[tuple[str, str]]:
    meta = read_meta(folder / "problems.parquet")
    rows = "\n".join(f"{sheet.title}：{len(sheet.rows)} 行 / rows" for sheet in sheets)
    lines = [
        ("報告書 / Report", meta["report_id"]),
        ("報告書名 / Title", meta["source_title"]),
        ("公表者 / Publisher", meta["source_publisher"]),
        ("団体コード / Area code", f"{meta['area_code']} {meta['area_name']}".strip()),
        ("URL", meta["source_url"]),
        ("利用条件 / Licence", meta["source_licence"]),
        ("注記 / Note", meta["source_note"]),
        ("PDF", f"{meta['source_file']}\nSHA-256 {meta['source_sha256']}"),
        ("シート / Sheets", rows),
        ("見方 / How to read", HOW_TO_READ),
    ]
    return [(heading, text) for heading, text in lines if text]
