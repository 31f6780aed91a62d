"""The folder of a report and the id of a row in; the row, its cells on their pages, its observations and
problems out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shinchoku.dataset.publish import report_folder
from shinchoku.dataset.tables.files import read_meta, read_rows
from shinchoku.problems import ShinchokuError
from shinchoku.rows import CellRow, place_in, typed
from shinchoku.sources import digest

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """A row of a report: its kind, its columns by name, the cells each of them was read from, and what
    `observations` and `problems` say of it."""

    kind: str
    row: Line
    cells: tuple[tuple[str, CellRow], ...]
    observations: tuple[Line, ...]
    problems: tuple[Line, ...]


def find_rows(data: Path, report_id: str, row_id: str) -> list[Found]:
    """The rows of that id, one of each kind at most; raises ShinchokuError where there is none."""
    folder = report_folder(data, report_id)
    rows = {kind: read_rows(folder / f"{kind}s.parquet") for kind in ("measure", "indicator", "goal")}
    named = [(kind, row) for kind, lines in rows.items() for row in lines if row["row_id"] == row_id]
    if not named:
        part = row_id.split("/")[-1]
        near = [row["row_id"] for lines in rows.values() for row in lines if part in row["row_id"]][:3]
        hint = f"; did you mean {' or '.join(near)}" if near else ""
        raise ShinchokuError.say(
            "{report_id} has no row {row_id!r}{hint}; ids stand in the column row_id",
            report_id=report_id,
            row_id=row_id,
            hint=hint,
        )
    cells = {place_in(row): typed(CellRow, row) for row in read_rows(folder / "cells.parquet")}
    origins = read_rows(folder / "origins.parquet")
    observed = read_rows(folder / "observations.parquet")
    problems = read_rows(folder / "problems.parquet")
    return [
        Found(
            kind,
            row,
            tuple((o["column"], cells[place_in(o)]) for o in origins if _about(o, kind, row_id)),
            tuple(o for o in observed if _about(o, kind, row_id)),
            tuple(p for p in problems if _about(p, kind, row_id)),
        )
        for kind, row in named
    ]


def source_pdf(data: Path, report_id: str, raw: Path) -> Path:
    """The PDF in `raw` that the report was read from; raises ShinchokuError where it is not there, or is
    another one now."""
    meta = read_meta(report_folder(data, report_id) / "problems.parquet")
    path = raw / Path(report_id).parent / meta["source_file"]
    if not path.is_file():
        raise ShinchokuError.say("{path}: the report's PDF is not there; name the folder of PDFs", path=path)
    if digest(path)[0] != meta["source_sha256"]:
        raise ShinchokuError.say(
            "{path} is not the PDF that was read any more; run `shinchoku extract` first", path=path
        )
    return path


def _about(row: Line, kind: str, row_id: str) -> bool:
    return (row["row_kind"], row["row_id"]) == (kind, row_id)
