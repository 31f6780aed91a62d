"""The files of many tables of one kind in, one after the other; the files of all their rows out."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from shutil import copyfileobj

import pyarrow as pa
import pyarrow.parquet as pq

from shinchoku.dataset.schema import SchemaError, arrow_schema, table
from shinchoku.dataset.tables.files import csv_head

ROWS = 65_536
"""A row group has at least so many rows, but for the last one; no more than these and one table are held."""


def is_current(stem: Path, table_name: str) -> bool:
    """Whether `stem`.csv has the columns that the table has in this version."""
    head = _head(table_name)
    with _of(stem, "csv").open("rb") as lines:
        return lines.read(len(head)) == head


def read_part(stem: Path, table_name: str) -> pa.Table:
    """The rows of `stem`.parquet. Raises SchemaError where its columns are not the table's, OSError or
    ArrowException where it cannot be read."""
    rows = pq.ParquetFile(_of(stem, "parquet")).read(use_threads=False).replace_schema_metadata()
    if not rows.schema.equals(_plain(table_name)):
        raise SchemaError.say("{stem}: no table {name} of this version", stem=stem, name=table_name)
    return rows


@contextmanager
def joined_table(
    stem: Path, table_name: str, meta: Callable[[], Mapping[str, str]]
) -> Iterator[Callable[[Path, pa.Table], None]]:
    """What puts the rows that `read_part` gave of a table behind those before them, in `stem`.parquet and
    `stem`.csv: the latter's lines are copied as they are. `meta` is asked at the end for what goes into the
    Parquet file's metadata."""
    schema, head = _plain(table_name), _head(table_name)
    with (
        pq.ParquetWriter(_of(stem, "parquet"), schema, compression="zstd", store_schema=False) as rows,
        _of(stem, "csv").open("wb") as lines,
    ):
        lines.write(head)
        held = [pa.Table.from_batches([], schema)]  # `empty_table` would import pandas

        def flush() -> None:
            group = pa.concat_tables(held).combine_chunks()
            rows.write_table(group, row_group_size=max(group.num_rows, 1))
            held.clear()

        def add(part: Path, read: pa.Table) -> None:
            held.append(read)
            if sum(one.num_rows for one in held) >= ROWS:
                flush()
            with _of(part, "csv").open("rb") as text:
                text.seek(len(head))
                copyfileobj(text, lines, 1 << 20)

        yield add
        if held:
            flush()
        rows.add_key_value_metadata(arrow_schema(table(table_name), meta()).metadata)


def _of(stem: Path, kind: str) -> Path:
    return stem.parent / f"{stem.name}.{kind}"


@cache
def _head(table_name: str) -> bytes:
    return csv_head(table(table_name))


@cache
def _plain(table_name: str) -> pa.Schema:
    return arrow_schema(table(table_name), {}).remove_metadata()
