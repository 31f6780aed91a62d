"""An output folder in; lineage.{parquet,csv} and series.{parquet,csv} of it out, area by area."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shinchoku.dataset import HISTORY_TABLES
from shinchoku.dataset.collect import refresh_package
from shinchoku.dataset.output.history import STATE, HistoryError, history_files, state
from shinchoku.dataset.output.staging import present
from shinchoku.dataset.output.whole import described, fingerprint
from shinchoku.dataset.publish import out_lock, staged_files
from shinchoku.dataset.tables.files import growing_table, read_rows, rows_where
from shinchoku.diff.overrides import read_lines
from shinchoku.diff.rows import read_report
from shinchoku.history.decisions import Decisions
from shinchoku.history.joined import Summary, join
from shinchoku.history.order import Area, by_area
from shinchoku.version import code_version
from shinchoku.workers.cache import Cache, remember, remembered

FILES = tuple(f"{name}.{kind}" for name in HISTORY_TABLES for kind in ("parquet", "csv"))
Areas = Mapping[Area, Sequence[str]]
"""The ids of the reports of each area, oldest first."""


@dataclass(frozen=True, slots=True)
class State:
    """What a run left: size and hash of each of its files, and what it told of each area."""

    files: tuple[tuple[int, str], ...]
    areas: tuple[Summary, ...]


def write_history(
    data: Path,
    area: str = "",
    renames: Path | None = None,
    on_area: Callable[[Summary], None] = lambda done: None,
    cache: Cache | None = None,
) -> State | None:
    """Join the reports under `data`, those of the area code `area` alone where it is not "", and write the
    tables `lineage` and `series` and datapackage.json; `on_area` is told of each area that is done. Where
    `cache` remembers that all is as an earlier run of the same reports left it nothing is done, and what that
    run left is the answer; else None.

    With an `area` the rows of other areas stay as they are, if they are of the reports as they are now.
    Raises HistoryError where there are no reports of that area, DiffError where a line of `renames` cannot
    be obeyed, PeopleError where that cannot be read, OutputError; then nothing is written.
    """
    path = data / "reports.parquet"
    if not path.is_file():
        raise HistoryError.say(
            "there is no {path}: run `shinchoku extract` first, or name a folder with --data", path=path
        )
    with out_lock(data):
        areas = by_area(read_rows(path))
        codes = dict.fromkeys(each.code for each in areas)
        if area not in ("", *codes) or not codes:
            raise HistoryError.say(
                "no report of the area {area!r} in {data} (areas there: {known})",
                area=area,
                data=data,
                known=", ".join(filter(None, codes)) or "none",
            )
        lines = read_lines(renames) if renames else []
        key = _key(data, areas, area, lines)
        before = remembered(cache, key, State)
        if before is not None and before.files == _left(data) == _described(data):
            return before
        decisions = Decisions(renames or Path(), lines)
        with staged_files(data) as stage:
            told = tuple(_written(data, stage, areas, area, decisions, on_area))
            if not area:
                decisions.check_used(report_id for ids in areas.values() for report_id in ids)
        refresh_package(data)
        remember(cache, key, State(_left(data), told))
        return None


def _key(data: Path, areas: Areas, area: str, lines: Sequence[object]) -> str:
    """A hash of all that decides what is written, `lines` of decisions among it."""
    read = [
        fingerprint(data / report_id / f"{name}.parquet")
        for report_ids in areas.values()
        for report_id in report_ids
        for name in ("measures", "indicators", "marks")
    ]
    said = (code_version(), state(data), read, area, lines)
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _left(data: Path) -> tuple[tuple[int, str], ...]:
    """Size and hash of each of FILES, as it will be at the end of `out_lock`."""
    return tuple(fingerprint(present(data, name)) for name in FILES)


def _described(data: Path) -> tuple[tuple[int, str] | None, ...]:
    """The same, as datapackage.json has them."""
    files = described(data).files
    return tuple(files.get(Path(name)) for name in FILES)


def _written(
    data: Path,
    stage: Path,
    areas: Areas,
    area: str,
    decisions: Decisions,
    on_area: Callable[[Summary], None],
) -> Iterator[Summary]:
    observed = _Observed(data)
    kept = _kept(data) if area else {}
    names = [name for each in areas for name in areas[each] if each.code == area or not area or kept]
    meta = {"report_id": json.dumps(names, ensure_ascii=False), STATE: state(data)}
    with (
        growing_table(stage / "lineage", "lineage", meta) as to_lineage,
        growing_table(stage / "series", "series", meta) as to_series,
    ):
        for each, report_ids in areas.items():
            if area in ("", each.code):
                held = [read_report(data, report_id) for report_id in report_ids]
                done = join(each, held, partial(observed.of, report_ids), decisions.of(held))
                to_lineage(done.lineage)
                for part in done.series:
                    to_series(part)
                on_area(done.summary)
                yield done.summary
            elif kept:
                to_lineage(rows_where(kept["lineage"], "report_id", report_ids))
                to_series(rows_where(kept["series"], "report_id", report_ids))


def _kept(data: Path) -> dict[str, Path]:
    """The files of an earlier run, none where they are of other reports."""
    with suppress(HistoryError):
        return history_files(data)
    return {}


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
