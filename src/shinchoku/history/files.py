"""An output folder in; lineage.{parquet,csv} and series.{parquet,csv} of it out, area by area."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shinchoku.dataset.collect import refresh_package
from shinchoku.dataset.output.history import STATE, HistoryError, history_files, state
from shinchoku.dataset.publish import out_lock, staged_files
from shinchoku.dataset.tables.files import growing_table, read_rows
from shinchoku.diff.rows import read_report
from shinchoku.history.decisions import Decisions
from shinchoku.history.joined import Joined, join
from shinchoku.history.order import by_area


def write_history(
    data: Path,
    area: str = "",
    renames: Path | None = None,
    on_area: Callable[[Joined], None] = lambda done: None,
) -> None:
    """Join the reports under `data`, those of `area` alone where it is not "", and write the tables
    `lineage` and `series` and datapackage.json; `on_area` is told of each area that is done.

    With an `area` the rows of other areas stay as they are, if they are of the reports as they are now.
    Raises HistoryError where there are no reports of that area, DiffError where a line of `renames` cannot
    be obeyed, OutputError; then nothing is written.
    """
    path = data / "reports.parquet"
    if not path.is_file():
        raise HistoryError.say(
            "there is no {path}: run `shinchoku extract` first, or name a folder with --data", path=path
        )
    with out_lock(data):
        reports = read_rows(path)
        areas = by_area(reports)
        if area not in ("", *areas) or not areas:
            known = ", ".join(filter(None, areas)) or "none"
            raise HistoryError.say(
                "no report of the area {area!r} in {data} (areas there: {known})",
                area=area,
                data=data,
                known=known,
            )
        decisions = Decisions.read(renames) if renames else None
        with staged_files(data) as stage:
            _write(data, stage, areas, area, decisions, on_area)
            if decisions and not area:
                decisions.check_used(row["report_id"] for row in reports)
        refresh_package(data)


def _write(
    data: Path,
    stage: Path,
    areas: Mapping[str, Sequence[str]],
    area: str,
    decisions: Decisions | None,
    on_area: Callable[[Joined], None],
) -> None:
    observed = _Observed(data)
    kept = _kept(data) if area else {}
    names = [name for code in areas for name in areas[code] if code == area or not area or kept]
    meta = {"report_id": json.dumps(names, ensure_ascii=False), STATE: state(data)}
    with (
        growing_table(stage / "lineage", "lineage", meta) as to_lineage,
        growing_table(stage / "series", "series", meta) as to_series,
    ):
        for code, report_ids in areas.items():
            if area in ("", code):
                held = [read_report(data, report_id) for report_id in report_ids]
                done = join(
                    code, held, partial(observed.of, report_ids), decisions.of(held) if decisions else None
                )
                to_lineage(done.lineage)
                for part in done.series:
                    to_series(part)
                on_area(done)
            elif kept:
                to_lineage(_rows_of(kept["lineage"], code))
                to_series(_rows_of(kept["series"], code))


def _kept(data: Path) -> dict[str, Path]:
    """The files of an earlier run, none where they are of other reports."""
    with suppress(HistoryError):
        return history_files(data)
    return {}


def _rows_of(path: Path, area: str) -> list[dict[str, Any]]:
    """The rows of one area, read without holding those of the others."""
    return list(_read_of(path, area))


def _read_of(path: Path, area: str) -> Iterator[dict[str, Any]]:
    file = pq.ParquetFile(path)
    for group in range(file.num_row_groups):
        held = file.read_row_group(group)
        yield from held.filter(pc.equal(held["area_code"], area)).to_pylist()


class _Observed:
    """The table `observations`, each different text held once."""

    def __init__(self, data: Path) -> None:
        path = data / "observations.parquet"
        self._schema = pq.read_schema(path).remove_metadata()
        texts = [field.name for field in self._schema if pa.types.is_string(field.type)]
        self._held = pq.ParquetFile(path, read_dictionary=texts).read()
        self._of = self._held["report_id"].cast(pa.string())

    def of(self, report_ids: Sequence[str], row_ids: Collection[str]) -> pd.DataFrame:
        """The rows of these reports that are of records of these ids."""
        rows = self._held.filter(pc.is_in(self._of, pa.array(report_ids, pa.string())))
        named = pc.is_in(rows["row_id"].cast(pa.string()), pa.array(list(row_ids), pa.string()))
        rows = rows.filter(named)
        frame: pd.DataFrame = rows.cast(self._schema).to_pandas()
        return frame
