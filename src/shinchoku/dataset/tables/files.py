"""Rows of a table in, its Parquet and CSV file out, and back: the same rows give the same bytes."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from shinchoku.dataset.schema import Column, TableSpec, arrow_schema, fiscal_names, table
from shinchoku.dataset.tables.arrays import arrow_array
from shinchoku.dataset.tables.checks import Value, check_columns, check_rows, each_once

Row = Mapping[str, object]


def write_table(
    stem: Path,
    table_name: str,
    rows: Sequence[Row],
    meta: Mapping[str, str],
    fiscal: Iterable[str] | None = None,
) -> TableSpec:
    """Write `stem`.parquet and `stem`.csv of table `table_name`; `meta` goes into the Parquet file's
    metadata.

    `fiscal` names the fiscal-year columns in printed order; without it they are the rows' own, in the order
    they first appear. Every row must have exactly the table's columns: SchemaError otherwise, and nothing is
    written.
    """
    names = fiscal_names(chain.from_iterable(rows)) if fiscal is None else list(fiscal)
    spec = table(table_name, names)
    columns = check_rows(spec, rows)
    with _open_table(stem, spec, meta) as write:
        write(columns)
    return spec


def write_columns(
    stem: Path,
    table_name: str,
    columns: Mapping[str, Sequence[object]],
    meta: Mapping[str, str],
    fiscal: Iterable[str] = (),
) -> None:
    """The files of `write_table`, of rows that are handed over column by column: none for no rows."""
    spec = table(table_name, fiscal)
    checked = check_columns(spec, columns)
    with _open_table(stem, spec, meta) as write:
        write(checked)


def arrow_table(spec: TableSpec, columns: Sequence[Sequence[Value]]) -> pa.Table:
    """Checked columns as an Arrow table, typed, without metadata."""
    schema = arrow_schema(spec, {}).remove_metadata()
    arrays = [arrow_array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


@contextmanager
def growing_table(
    stem: Path, table_name: str, meta: Mapping[str, str]
) -> Iterator[Callable[[Sequence[Row]], None]]:
    """The files of `write_table`, of a table without fiscal-year columns, to which rows are handed in parts:
    no more than a part is held. Each part is a row group of the Parquet file."""
    spec = table(table_name)
    with _open_table(stem, spec, meta) as write:
        yield lambda rows: write(check_rows(spec, rows))


Columns = Sequence[Sequence[Value]]


@contextmanager
def _open_table(stem: Path, spec: TableSpec, meta: Mapping[str, str]) -> Iterator[Callable[[Columns], None]]:
    """What writes checked columns into both files."""
    with (
        _open_parquet(stem.parent / f"{stem.name}.parquet", spec, meta) as to_parquet,
        _open_csv(stem.parent / f"{stem.name}.csv", spec) as to_csv,
    ):

        def write(columns: Columns) -> None:
            to_parquet(columns)
            to_csv(columns)

        yield write


@contextmanager
def _open_parquet(
    path: Path, spec: TableSpec, meta: Mapping[str, str]
) -> Iterator[Callable[[Columns], None]]:
    """Parquet, typed, one row group a part, with `meta` and the Table Schema as key-value metadata."""
    schema = arrow_schema(spec, meta)
    # Arrow's own copy of the schema would hold the metadata a second time; the columns' types need none.
    with pq.ParquetWriter(path, schema.remove_metadata(), compression="zstd", store_schema=False) as writer:

        def write(columns: Columns) -> None:
            filled = arrow_table(spec, columns)
            writer.write_table(filled, row_group_size=max(filled.num_rows, 1))

        yield write
        writer.add_key_value_metadata(schema.metadata)


@contextmanager
def _open_csv(path: Path, spec: TableSpec) -> Iterator[Callable[[Columns], None]]:
    """CSV: UTF-8 with BOM, CRLF between rows, LF inside a cell, fields quoted where needed.

    An empty field is empty text in a text column and null in any other: the column's type tells them apart.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(csv_head(spec).decode())
        writer = csv.writer(file, lineterminator="\r\n")

        def write(columns: Columns) -> None:
            writer.writerows(zip(*map(_csv_column, spec.columns, columns), strict=True))

        yield write


def csv_head(spec: TableSpec) -> bytes:
    """What a table's CSV file begins with: the byte order mark and the names of its columns, none of which
    needs quotes."""
    return ("\ufeff" + ",".join(spec.column_names) + "\r\n").encode()


def _csv_column(column: Column, values: Sequence[Value]) -> Sequence[Value]:
    """`csv_field` of each value; text stays as it is."""
    return values if column.type == "string" else each_once(csv_field, values)


def csv_field(value: Value) -> str:
    """One value as CSV has it: true and false, ISO dates, numbers in full with a point and no needless
    zero."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a Parquet file as plain dicts, in file order; text "" stays "", what does not exist is
    None."""
    rows: list[dict[str, Any]] = read_arrow(path).to_pylist()
    return rows


def rows_where(path: Path, column: str, values: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of a Parquet file whose `column` holds one of `values`, as plain dicts; no more than a row
    group of the others is held."""
    import pyarrow.compute as pc

    file, wanted = pq.ParquetFile(path), pa.array(values, pa.string())
    rows: list[dict[str, Any]] = []
    for number in range(file.num_row_groups):
        group = file.read_row_group(number)
        rows += group.filter(pc.is_in(group[column], wanted)).to_pylist()
    return rows


def read_arrow(path: Path, names: Sequence[str] | None = None) -> pa.Table:
    """The Parquet file as an Arrow table, with the columns `names` (all where None)."""
    return pq.ParquetFile(path).read(names)


def read_columns(path: Path) -> list[str]:
    """The names of the columns of a Parquet file, in file order."""
    names: list[str] = pq.read_schema(path).names
    return names


def read_meta(path: Path) -> dict[str, str]:
    """The key-value metadata of a Parquet file."""
    found = pq.read_metadata(path).metadata or {}
    return {key.decode(): value.decode() for key, value in found.items()}


def row_count(path: Path) -> int:
    """How many rows a Parquet file has."""
    count: int = pq.read_metadata(path).num_rows
    return count
