"""A report's folder in, its workbook out."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from shinchoku.dataset.book.cover import About
from shinchoku.dataset.book.sheets import Sheet
from shinchoku.dataset.book.workbook import workbook_bytes
from shinchoku.dataset.output.whole import check_whole
from shinchoku.dataset.publish import replace_file, report_folder
from shinchoku.dataset.schema import fiscal_names, table
from shinchoku.dataset.tables.files import read_columns, read_meta, read_rows
from shinchoku.problems import Severity, ShinchokuError
from shinchoku.rows import place_in

FIRST = {
    "measures": ("page", "plan_no", "measure"),
    "indicators": ("page", "plan_no", "indicator"),
    "goals": ("page", "goal_no", "goal_title"),
    "observations": ("page", "plan_no", "name"),
    "problems": ("severity", "page"),
    "cells": ("page", "table", "row", "col"),
    "blocks": ("page", "block"),
}
"""The tables in the order of their sheets, what people read first before the rest, each with the columns that
stay in sight."""
REFERENCE = ("observations", "cells", "blocks")
"""Tables to look things up in: nobody prints them."""
Remarks = dict[tuple[object, ...], str]


def export_report(
    data: Path, report_id: str, file: Path, more: Callable[[str], Sequence[Sheet]] = lambda area: ()
) -> list[Sheet]:
    """Write the workbook `file` of the report `report_id` under `data`; a file that is there is replaced,
    whole. The sheets of the tables. `more` gives further sheets, by the report's area code.

    Raises ShinchokuError where there is no such report, `file` is no .xlsx name, or the disk refuses.
    """
    if file.suffix.lower() != ".xlsx":
        raise ShinchokuError.say("{file}: name a file that ends in .xlsx", file=file)
    folder = report_folder(data, report_id)
    check_whole(data, [report_id])
    remarks = _remarks(folder)
    sheets = [_sheet(folder, name, remarks) for name in FIRST]
    sheets += more(read_meta(folder / "problems.parquet")["area_code"])
    replace_file(file, workbook_bytes(_about(folder, sheets), sheets))
    return sheets


def _sheet(folder: Path, name: str, remarks: Remarks) -> Sheet:
    path = folder / f"{name}.parquet"
    if not path.exists():
        raise ShinchokuError.say("{path} is missing; run `shinchoku extract` again", path=path)
    rows = read_rows(path)
    spec = table(name, fiscal_names(read_columns(path)))
    return Sheet(spec, rows, FIRST[name], name not in REFERENCE, _marks(name, rows, remarks))


def _remarks(folder: Path) -> Remarks:
    """A remark on each cell that a person corrected, by its place, and on each column of a record that was
    read from it, by kind and id of the row and name of the column: what is printed there."""
    printed: Remarks = {
        place_in(row): f"人が訂正しました。印刷された内容：\n{row['lines']}"
        for row in read_rows(folder / "cells.parquet")
        if row["corrected"]
    }
    origins = read_rows(folder / "origins.parquet") if printed else []
    read = {
        (row["row_kind"], row["row_id"], row["column"]): remark
        for row in origins
        if (remark := printed.get(place_in(row)))
    }
    return printed | read


def _marks(name: str, rows: Sequence[Mapping[str, Any]], remarks: Remarks) -> dict[tuple[int, str], str]:
    """The remarks on the cells of a sheet."""
    marks: dict[tuple[int, str], str] = {}
    for number, row in enumerate(rows if remarks else ()):
        if name == "cells":
            told: dict[str, tuple[object, ...]] = {"text": place_in(row)}
        elif name == "observations":
            about = (row["row_kind"], row["row_id"], row["column"])
            told = {"text": about, "value": about}
        else:
            told = {column: (name.removesuffix("s"), row.get("row_id"), column) for column in row}
        marks |= {(number, column): remarks[key] for column, key in told.items() if key in remarks}
    return marks


def _about(folder: Path, sheets: Sequence[Sheet]) -> About:
    meta = read_meta(folder / "problems.parquet")
    lines = [
        ("報告書ID", meta["report_id"]),
        ("公表者", meta["source_publisher"]),
        ("団体", f"{meta['area_name']}（団体コード {meta['area_code']}）" if meta["area_code"] else ""),
        ("公表場所", meta["source_url"]),
        ("利用条件", meta["source_licence"]),
        ("注記", meta["source_note"]),
        ("元のPDF", f"{meta['source_file']}\nSHA-256 {meta['source_sha256']}"),
    ]
    found = next(sheet for sheet in sheets if sheet.spec.name == "problems")
    count = Counter(str(row["severity"]) for row in found.rows)
    return About(
        meta["source_title"] or meta["report_id"],
        [(heading, text) for heading, text in lines if text],
        *(count[str(severity)] for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)),
    )
