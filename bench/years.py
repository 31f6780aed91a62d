"""A folder of many made reports, as `shinchoku extract` would leave it: areas with years of reports, each the
shipped one with a tenth of its rows renamed, dropped or added from each year to the next."""

import random
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from shinchoku.dataset import FOLDER_TABLES
from shinchoku.dataset.tables.files import read_rows, write_table

NORMALIZED = Path(__file__).parents[1] / "normalized"
SHIPPED = "fy2019_progress"
FIRST = 2019
ROWS = 500
RENAMED, DROPPED, ADDED = 0.04, 0.03, 0.03


def many_years(folder: Path, areas: int, years: int) -> Path:
    """`areas` times `years` reports of ROWS measures under `folder`."""
    measures = pd.read_parquet(NORMALIZED / SHIPPED / "measures.parquet")
    observed = pq.read_table(NORMALIZED / "observations.parquet").to_pandas()
    observed = observed[(observed["report_id"] == SHIPPED) & (observed["row_kind"] == "measure")]
    empty = folder / "empty"
    empty.mkdir()
    for name in FOLDER_TABLES:
        write_table(empty / name, name, [], {})
    shipped = next(row for row in read_rows(NORMALIZED / "reports.parquet") if row["report_id"] == SHIPPED)
    reports = []
    described = pq.read_schema(NORMALIZED / "observations.parquet")
    schema = described.remove_metadata()
    with pq.ParquetWriter(folder / "observations.parquet", schema) as writer:
        for area in range(areas):
            for year, state in enumerate(_years(len(measures), years, area), FIRST):
                code, report_id = f"{area:06}", f"a{area:06}_fy{year}"
                reports.append({**shipped, "report_id": report_id, "area_code": code, "fiscal_year": year})
                _write_report(folder, report_id, year, state, measures)
                rows = state.assign(row_id=state["base"].map(measures["row_id"])).merge(observed, on="row_id")
                rows = _told(rows, report_id, "name")
                old = rows["fiscal_year"] == FIRST
                rows.loc[old, "fiscal_year"] = year
                rows.loc[old, "column"] = rows.loc[old, "column"].str.replace(str(FIRST), str(year))
                writer.write_table(pa.Table.from_pandas(rows, schema, preserve_index=False))
        writer.add_key_value_metadata(described.metadata)
    write_table(folder / "reports", "reports", reports, {})
    write_table(folder / "records", "records", [], {})
    (folder / "observations.csv").touch()
    shutil.rmtree(empty)
    return folder


def _told(rows: pd.DataFrame, report_id: str, name: str) -> pd.DataFrame:
    """The rows under the ids and names that their suffixes make."""
    told = {column: rows[column] + rows["suffix"] for column in ("row_id", name)}
    return rows.assign(report_id=report_id, **told)


def _years(rows: int, years: int, seed: int) -> Iterator[pd.DataFrame]:
    """For each year which of the `rows` rows (`base`) stand in it, and what is put behind their names."""
    dice, numbers = random.Random(seed), count()
    state = [(at % rows, "" if at < rows else f"(その{at})") for at in range(ROWS)]
    for _ in range(years):
        yield pd.DataFrame(state, columns=["base", "suffix"])
        after: list[tuple[int, str]] = []
        for base, suffix in state:
            fate = dice.random()
            if fate >= DROPPED:
                after.append((base, suffix + "の推進" if fate > 1 - RENAMED else suffix))
            if fate < ADDED:
                after.append((base, f"に代わる事業{next(numbers)}"))
        state = after


def _write_report(
    folder: Path, report_id: str, year: int, state: pd.DataFrame, measures: pd.DataFrame
) -> None:
    target = folder / report_id
    shutil.copytree(folder / "empty", target)
    rows = measures.iloc[state["base"]].reset_index(drop=True).join(state["suffix"])
    rows = _told(rows, report_id, "measure")
    rows["measure_text"] = rows["measure"]
    rows["row_order"] = range(len(rows))
    rows = rows.drop(columns="suffix").rename(columns=lambda name: name.replace(str(FIRST), str(year)))
    table = pa.Table.from_pandas(rows, preserve_index=False)
    held = pq.read_metadata(target / "measures.parquet").metadata
    pq.write_table(table.replace_schema_metadata(held), target / "measures.parquet")
