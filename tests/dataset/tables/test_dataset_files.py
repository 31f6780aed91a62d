"""A table as Parquet and CSV: four readers agree, nothing is lost, and the same rows give the same bytes."""

import csv
import hashlib
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from make.rows.dataset import cell, gold_rows, observation
from make.runs.libreoffice import convert
from shinchoku.dataset.schema import SchemaError, TableSpec, table
from shinchoku.dataset.tables.checks import check_rows
from shinchoku.dataset.tables.files import csv_field, read_meta, read_rows, write_table

META = {"report_id": "fy2019_made", "source_sha256": "ab" * 32}


OBSERVATIONS = [
    observation(text="計27か所", value=27, unit="か所", cumulative=True, plan_no=1),
    observation(item=1, text="", row_id="b"),
    observation(
        text="50.5%", value=50.5, high=60.0, unit="%", as_of=date(2020, 4, 1), bound="le", row_id="c"
    ),
]


def csv_rows(path: Path, spec: TableSpec) -> list[dict[str, Any]]:
    """The rows of a CSV file, read by pandas and typed by the schema alone."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert tuple(frame.columns) == spec.column_names
    readers: dict[str, Any] = {
        "string": str,
        "object": str,
        "integer": int,
        "number": float,
        "boolean": {"true": True, "false": False}.__getitem__,
        "date": date.fromisoformat,
    }
    return [
        {
            column.name: None if text == "" and column.nullable else readers[column.type](text)
            for column, text in zip(spec.columns, row, strict=True)
        }
        for row in frame.itertuples(index=False, name=None)
    ]


def checked(spec: TableSpec, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    columns = check_rows(spec, rows)
    return [dict(zip(spec.column_names, values, strict=True)) for values in zip(*columns, strict=True)]


TABLES: list[tuple[str, list[dict[str, Any]]]] = [
    ("measures", gold_rows("measures", "r")),
    ("indicators", gold_rows("indicators", "r")),
    ("goals", gold_rows("goals", "r")),
    ("observations", OBSERVATIONS),
]


@pytest.mark.parametrize(("name", "rows"), TABLES, ids=[name for name, _ in TABLES])
def test_four_readers_get_the_same_rows(tmp_path: Path, name: str, rows: list[dict[str, Any]]) -> None:
    spec = write_table(tmp_path / name, name, rows, META)
    parquet = tmp_path / f"{name}.parquet"
    want = checked(spec, rows)
    assert len(want) == len(rows) > 2
    assert read_rows(parquet) == want
    assert csv_rows(tmp_path / f"{name}.csv", spec) == want
    fetched = duckdb.execute("select * from read_parquet(?)", [str(parquet)]).fetchall()
    assert [dict(zip(spec.column_names, row, strict=True)) for row in fetched] == want
    frame = pd.read_parquet(parquet, dtype_backend="pyarrow")
    assert pa.Table.from_pandas(frame, preserve_index=False).to_pylist() == want


@pytest.mark.parametrize(("name", "rows"), TABLES, ids=[name for name, _ in TABLES])
def test_readers_agree_on_types(tmp_path: Path, name: str, rows: list[dict[str, Any]]) -> None:
    spec = write_table(tmp_path / name, name, rows, META)
    parquet = tmp_path / f"{name}.parquet"
    kinds = {
        "string": ("string", "VARCHAR"),
        "object": ("string", "VARCHAR"),
        "integer": ("int64", "BIGINT"),
        "number": ("double", "DOUBLE"),
        "boolean": ("bool", "BOOLEAN"),
        "date": ("date32[day]", "DATE"),
    }
    arrow = pq.read_schema(parquet)
    described = duckdb.execute("describe select * from read_parquet(?)", [str(parquet)]).fetchall()
    pandas = pd.read_parquet(parquet, dtype_backend="pyarrow").dtypes
    for column, field, told in zip(spec.columns, arrow, described, strict=True):
        assert (str(field.type), told[1]) == kinds[column.type], column.name
        assert field.nullable == column.nullable
        assert pandas[column.name] == pd.ArrowDtype(field.type)


def test_duckdb_shows_the_metadata_and_the_schema(tmp_path: Path) -> None:
    spec = write_table(tmp_path / "measures", "measures", gold_rows("measures", "r"), META)
    query = "select decode(key), decode(value) from parquet_kv_metadata(?)"
    found = dict(duckdb.execute(query, [str(tmp_path / "measures.parquet")]).fetchall())
    assert found["report_id"] == "fy2019_made"
    assert found["source_sha256"] == "ab" * 32
    fields = json.loads(found["table_schema"])["fields"]
    assert [field["name"] for field in fields] == list(spec.column_names)
    assert "令和3年度" in next(field["title"] for field in fields if field["name"] == "fy2021_target")
    assert read_meta(tmp_path / "measures.parquet") == found


def test_csv_is_what_spreadsheets_read(tmp_path: Path) -> None:
    rows = [cell("r", 0, "計27か所\n(定員)"), cell("r", 1, 'a"b,c'), cell("r", 2, "=1+1"), cell("r", 3, "")]
    write_table(tmp_path / "cells", "cells", rows, META)
    content = (tmp_path / "cells.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfreport_id,page,")
    text = content.decode("utf-8-sig")
    assert text.split("\r\n")[1:] == [
        'r,1,1,0,0,1,1,10.5,20,99.25,21,true,false,false,"計27か所\n(定員)",,false,false',
        'r,1,1,1,0,1,1,10.5,21,99.25,22,false,false,false,"a""b,c",,false,false',
        "r,1,1,2,0,1,1,10.5,22,99.25,23,false,false,false,=1+1,,false,false",
        "r,1,1,3,0,1,1,10.5,23,99.25,24,false,false,false,,,false,false",
        "",
    ]


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (8.0, "8"),
        (-0.5, "-0.5"),
        (1e300, "1e+300"),
        (0.1, "0.1"),
        (True, "true"),
        (None, ""),
        (date(2020, 4, 1), "2020-04-01"),
    ],
)
def test_csv_field(value: Any, field: str) -> None:
    assert csv_field(value) == field


def test_a_table_without_rows_has_its_columns(tmp_path: Path) -> None:
    spec = write_table(tmp_path / "measures", "measures", [], META, fiscal=["fy2021_target"])
    assert "fy2021_target" in spec.column_names
    assert (tmp_path / "measures.csv").read_text("utf-8-sig").strip().split(",") == list(spec.column_names)
    read = pq.read_table(tmp_path / "measures.parquet")
    assert (read.num_rows, tuple(read.column_names)) == (0, spec.column_names)
    assert pd.read_csv(tmp_path / "measures.csv").empty


def test_a_bad_row_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(SchemaError):
        write_table(tmp_path / "cells", "cells", [cell("r", 0, "a"), cell("r", 1, "b") | {"page": 0}], META)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def both_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """The CSV file of each table as it is written, and as LibreOffice writes it again."""
    folder = tmp_path_factory.mktemp("csv")
    widest = max(len(write_table(folder / name, name, rows, META).columns) for name, rows in TABLES)
    as_text = "/".join(f"{number}/2" for number in range(1, widest + 1))
    read, target = f"--infilter=CSV:44,34,76,1,{as_text}", "csv:Text - txt - csv (StarCalc):44,34,76"
    ours = [folder / f"{name}.csv" for name, _ in TABLES]
    return {
        file.stem: (file, again)
        for file, again in zip(ours, convert(ours, target, folder, read), strict=True)
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, _ in TABLES])
def test_libreoffice_gives_the_csv_back_as_it_is(both_files: dict[str, tuple[Path, Path]], name: str) -> None:
    file, again = both_files[name]
    with file.open(encoding="utf-8-sig", newline="") as ours, again.open(newline="") as theirs:
        assert list(csv.reader(theirs)) == list(csv.reader(ours))


HOSTILE = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="\"\n\r,;\t\ufeff '=+-@\0　\x1f\x85\u2028漢①", max_size=12),
)


@settings(max_examples=60)
@given(texts=st.lists(HOSTILE, max_size=6))
def test_hostile_text_comes_back_from_both_files(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    rows = [cell("r", row, text) for row, text in enumerate(texts)]
    spec = write_table(folder / "cells", "cells", rows, META)
    want = [
        row | {"text": row["text"].replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")}
        for row in rows
    ]
    assert read_rows(folder / "cells.parquet") == want
    assert csv_rows(folder / "cells.csv", spec) == want
    with (folder / "cells.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["text"] for row in csv.DictReader(file)] == [row["text"] for row in want]


WRITE_AGAIN = """
import json, sys
from pathlib import Path
from shinchoku.dataset.tables.files import write_table
rows, folder = json.loads(sys.argv[1]), Path(sys.argv[2])
meta = {"source_sha256": "ab" * 32, "report_id": "fy2019_made"}
fiscal = ["fy2021_target", "fy2018_baseline", "fy2019_planned", "fy2019_actual"]
write_table(folder / "measures", "measures", rows, meta, fiscal)
"""


def test_the_same_rows_give_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    rows = gold_rows("measures", "r")
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    write_table(tmp_path / "here" / "measures", "measures", rows, META)
    shuffled = [dict(reversed(row.items())) for row in rows]
    command = [sys.executable, "-c", WRITE_AGAIN, json.dumps(shuffled), str(tmp_path / "there")]
    subprocess.run(command, check=True, env={"PYTHONHASHSEED": "7"})
    for name in ("measures.parquet", "measures.csv"):
        here, there = (hashlib.sha256((tmp_path / side / name).read_bytes()) for side in ("here", "there"))
        assert here.hexdigest() == there.hexdigest(), name


def test_every_table_can_be_written_empty(tmp_path: Path) -> None:
    for name in ("cells", "blocks", "problems", "goals", "records", "reports", "diff_rows", "diff_fields"):
        spec = write_table(tmp_path / name, name, [], {})
        assert spec == table(name)
        assert read_rows(tmp_path / f"{name}.parquet") == []
