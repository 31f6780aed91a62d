"""The files of a history in; each series with its years side by side out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from shinchoku.dataset.output.history import history_files
from shinchoku.dataset.tables.files import read_rows, rows_where
from shinchoku.diff.compare import STATES
from shinchoku.diff.keys import folded
from shinchoku.diff.numbers import common_unit
from shinchoku.fiscal import FiscalColumn
from shinchoku.history.order import Area, area_of
from shinchoku.problems import ShinchokuError

RATES = ("%", "割")
BARS = "▁▂▃▄▅▆▇█"


class Measure(NamedTuple):
    """What two numbers must have in common to be held against each other."""

    label: str
    unit: str
    annual: bool
    per: str

    def __str__(self) -> str:
        said = f"{self.label} {'年間' if self.annual else ''}{self.unit}".strip()
        return said + (f"/{self.per}" if self.per else "")


@dataclass(frozen=True, slots=True)
class Cell:
    """What the newest report that prints a cell says, and where; `older` (report, text) is what the others
    print, where they do not agree with it; `numbers` are its numbers, each with what it measures and whether
    it surely is a level, as `_numbers` has it."""

    text: str
    report_id: str
    page: int | None
    older: tuple[tuple[str, str], ...]
    numbers: tuple[tuple[Measure, float, bool], ...]

    @property
    def levels(self) -> dict[Measure, float]:
        """The numbers that surely are levels."""
        return {measure: value for measure, value, sure in self.numbers if sure}


@dataclass(slots=True)
class Wide:
    """One series: its name and plan now, the (report, row id) of each of its rows, oldest first, and its
    cells by fiscal year and role."""

    series_id: str
    area_code: str
    row_kind: str
    rows: list[tuple[str, str]] = field(default_factory=list)
    name: str = ""
    plan_no: int | None = None
    plan_title: str = ""
    cells: dict[FiscalColumn, Cell] = field(default_factory=dict)

    @property
    def columns(self) -> list[FiscalColumn]:
        """The columns of its cells, oldest first."""
        return sorted(self.cells)

    def course(self) -> tuple[Measure, dict[int, float]] | None:
        """The numbers over the years of what was, in the one measure that the most years state; None where no
        measure is stated for two years. Where a year has a baseline and a result, the result counts."""
        found: dict[Measure, dict[int, float]] = {}
        for column in self.columns:
            if column.role in STATES and column.year is not None:
                for measure, value in self.cells[column].levels.items():
                    found.setdefault(measure, {})[column.year] = value
        best = max(found, key=lambda measure: len(found[measure]), default=None)
        return (best, found[best]) if best is not None and len(found[best]) > 1 else None


def spark(values: Mapping[int, float]) -> str:
    """A bar a year from the first to the last, a dot for one without a number; the lowest value is the lowest
    bar, all are of middle height where they are equal."""
    low, high = min(values.values()), max(values.values())
    span = high - low
    heights = {
        year: round((value - low) / span * (len(BARS) - 1)) if span else len(BARS) // 2
        for year, value in values.items()
    }
    years = range(min(values), max(values) + 1)
    return "".join(BARS[heights[year]] if year in heights else "·" for year in years)


def of_area(data: Path, code: str, folder: str = "") -> list[Wide]:
    """All series of the municipality with this code or, where that is "", of the reports in a folder; raises
    HistoryError where there is no history that can be relied on."""
    rows = rows_where(history_files(data)["lineage"], "area_code", [code])
    area = Area(code, folder)
    return _wide(data, [row for row in rows if area_of(code, row["report_id"]) == area])


def named(data: Path, name: str) -> list[Wide]:
    """The series with that id, or else those with `name` in the name of any of their rows. Raises
    HistoryError where there is no history that can be relied on, ShinchokuError where nothing has the
    name."""
    lineage = read_rows(history_files(data)["lineage"])
    wanted = {row["series_id"] for row in lineage if row["series_id"] == name}
    if not wanted:
        part = folded(name)
        wanted = {row["series_id"] for row in lineage if part in folded(row["row_id"])}
        names = read_rows(history_files(data)["series"])
        wanted |= {row["series_id"] for row in names if part in folded(row["name"])}
    if not wanted:
        raise ShinchokuError.say("no series in {data} has {name!r} in its name or id", data=data, name=name)
    return _wide(data, [row for row in lineage if row["series_id"] in wanted])


def rows_of(data: Path, series_ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of these series in the tables `series` and `lineage`. Raises HistoryError where there is no
    history that can be relied on."""
    files = history_files(data)
    return {name: rows_where(files[name], "series_id", series_ids) for name in ("series", "lineage")}


def _wide(data: Path, lineage: Iterable[Mapping[str, Any]]) -> list[Wide]:
    found: dict[str, Wide] = {}
    for row in lineage:
        key = row["series_id"]
        found.setdefault(key, Wide(key, row["area_code"], row["row_kind"])).rows.append(
            (row["report_id"], row["row_id"])
        )
    printed: dict[tuple[str, FiscalColumn], list[dict[str, Any]]] = {}
    for row in rows_where(history_files(data)["series"], "series_id", found):
        one = found[row["series_id"]]
        one.name, one.plan_no, one.plan_title = row["name"], row["plan_no"], row["plan_title"]
        printed.setdefault((one.series_id, FiscalColumn(row["fiscal_year"], row["role"])), []).append(row)
    older = _older(data, found, [rows[0] for rows in printed.values() if rows[0]["restated"]])
    for (key, column), rows in printed.items():
        first = rows[0]
        told = older.get((key, column), ())
        cell = Cell(
            first["text"], first["report_id"], first["page"], tuple(told), _numbers(column.role, rows)
        )
        found[key].cells[column] = cell
    return [one for one in found.values() if one.cells]


def _numbers(role: str, rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[Measure, float, bool], ...]:
    """The numbers of one cell, one a measure, and whether each says how much there is, not how much comes
    in a year.

    A total (計) does, and stands for its measure; of a cell that says what was every number does; of
    another cell only a rate and a figure for a year do, without 計. A measure that the cell states twice in
    the same way says nothing.
    """
    totals: dict[Measure, list[tuple[float, bool]]] = {}
    plain: dict[Measure, list[tuple[float, bool]]] = {}
    for row in rows:
        measure = Measure(row["label"], common_unit(row["unit"]), row["annual"], row["per"])
        level = role == "baseline" or measure.annual or measure.unit in RATES
        if row["value"] is not None and not row["increase"]:
            number = row["value"], row["cumulative"] or level
            (totals if row["cumulative"] else plain).setdefault(measure, []).append(number)
    return tuple((measure, *each[0]) for measure, each in (plain | totals).items() if len(each) == 1)


def _older(
    data: Path, found: Mapping[str, Wide], restated: Iterable[Mapping[str, Any]]
) -> dict[tuple[str, FiscalColumn], list[tuple[str, str]]]:
    """What other reports than the newest print in the cells that were restated."""
    of = {
        (report_id, one.row_kind, row_id): one.series_id
        for one in found.values()
        for report_id, row_id in one.rows
    }
    newest = {
        (row["series_id"], FiscalColumn(row["fiscal_year"], row["role"])): row["report_id"]
        for row in restated
    }
    told: dict[tuple[str, FiscalColumn], list[tuple[str, str]]] = {}
    if newest:
        for row in rows_where(data / "observations.parquet", "row_id", [row_id for _, _, row_id in of]):
            key = (
                of.get((row["report_id"], row["row_kind"], row["row_id"]), ""),
                FiscalColumn(row["fiscal_year"], row["role"]),
            )
            if key in newest and row["item"] == 0 and row["text"] and row["report_id"] != newest[key]:
                told.setdefault(key, []).append((row["report_id"], row["text"]))
    return told
