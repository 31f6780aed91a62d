"""A report's folder in, its workbook out."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from shinchoku.dataset.output.whole import check_whole
from shinchoku.dataset.publish import replace_file, report_folders
from shinchoku.dataset.schema import fiscal_names, table
from shinchoku.dataset.tables.files import read_columns, read_meta, read_rows
from shinchoku.dataset.workbook import Sheet, workbook_bytes
from shinchoku.language import say
from shinchoku.problems import ShinchokuError

ORDER = ("measures", "indicators", "goals", "observations", "problems", "cells", "blocks")
"""The tables in the order of their sheets: what people read first comes first."""

PRINTED = "訂正済み。印刷：{}\nCorrected by a person; this is what is printed."
Remarks = dict[tuple[object, ...], str]

HOW_TO_READ = (
    "文字は印刷のまま、数値は「観測値」シートに数値として入っています。年度は4月から翌年3月です。\n"
    "Text is as printed; numbers are numbers in the sheet of observations. A fiscal year runs April to March."
)


def export_report(
    data: Path, report_id: str, file: Path, more: Callable[[str], Sequence[Sheet]] = lambda area: ()
) -> None:
    """Write the workbook `file` of the report `report_id` under `data`; a file that is there is replaced,
    whole. `more` gives further sheets, by the report's area code.

    Raises ShinchokuError where there is no such report, `file` is no .xlsx name, or the disk refuses.
    """
    if file.suffix.lower() != ".xlsx":
        raise ShinchokuError(say("{file}: name a file that ends in .xlsx", file=file))
    folder = data / report_id
    if folder not in report_folders(data):
        known = ", ".join(path.relative_to(data).as_posix() for path in report_folders(data)) or "none"
        raise ShinchokuError(
            say(
                "no report {report_id!r} in {data} (there: {known}); run `shinchoku extract` or give --data",
                report_id=report_id,
                data=data,
                known=known,
            )
        )
    check_whole(data, [report_id])
    remarks = _remarks(folder)
    sheets = [_sheet(data, report_id, name, remarks) for name in ORDER]
    sheets += more(read_meta(folder / "problems.parquet")["area_code"])
    replace_file(file, workbook_bytes(_about(folder, sheets), sheets))


def _sheet(data: Path, report_id: str, name: str, remarks: Remarks) -> Sheet:
    if name == "observations":
        path = data / "observations.parquet"
        if not path.exists():
            raise ShinchokuError(say("{path} is missing; run `shinchoku extract` again", path=path))
        rows = [row for row in read_rows(path) if row["report_id"] == report_id]
        return Sheet(table(name), rows, _marks(name, rows, remarks))
    path = data / report_id / f"{name}.parquet"
    rows = read_rows(path)
    return Sheet(table(name, fiscal_names(read_columns(path))), rows, _marks(name, rows, remarks))


def _remarks(folder: Path) -> Remarks:
    """A remark on each cell that a person corrected, by its place, and on each column of a record that was
    read from it, by kind and id of the row and name of the column: what is printed there."""
    printed: Remarks = {
        (
            row["page"],
            row["table"],
            row["row"],
            row["col"],
        ): f"訂正済み。印刷：{row['lines']}\nCorrected by a person."
        for row in read_rows(folder / "cells.parquet")
        if row["corrected"]
    }
    origins = read_rows(folder / "origins.parquet") if printed else []
    read = {
        (row["row_kind"], row["row_id"], row["column"]): remark
        for row in origins
        if (remark := printed.get((row["page"], row["table"], row["row"], row["col"])))
    }
    return printed | read


def _marks(name: str, rows: Sequence[Mapping[str, Any]], remarks: Remarks) -> dict[tuple[int, str], str]:
    """The remarks on the cells of a sheet."""
    marks: dict[tuple[int, str], str] = {}
    for number, row in enumerate(rows if remarks else ()):
        if name == "cells":
            told: dict[str, tuple[object, ...]] = {
                "text": (row["page"], row["table"], row["row"], row["col"])
            }
        elif name == "observations":
            about = (row["row_kind"], row["row_id"], row["column"])
            told = {"text": about, "value": about}
        else:
            told = {column: (name.removesuffix("s"), row.get("row_id"), column) for column in row}
        marks |= {(number, column): remarks[key] for column, key in told.items() if key in remarks}
    return marks


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
