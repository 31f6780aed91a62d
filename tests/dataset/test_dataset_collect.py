"""The tables over all reports are put together from the reports' own, a report at a time."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from make.rows.dataset import observation
from shinchoku.dataset import collect as collecting
from shinchoku.dataset.collect import collect
from shinchoku.dataset.publish import out_lock
from shinchoku.dataset.tables import joined
from shinchoku.dataset.tables.files import read_rows, write_table
from shinchoku.dataset.tables.joined import joined_table, read_part


def collected(out: Path) -> dict[str, bytes]:
    with out_lock(out):
        collect(out)
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


def join(folder: Path, counts: list[int]) -> Path:
    """A table of parts of so many rows each."""
    for part, count in enumerate(counts):
        rows = [observation(report_id=f"r{part}", row_id=f"{n}", text="改\n行,") for n in range(count)]
        write_table(folder / f"{part}", "observations", rows, {"report_id": f"r{part}"})
    with joined_table(folder / "all", "observations", lambda: {"report_id": "[]"}) as add:
        for part in range(len(counts)):
            add(folder / f"{part}", read_part(folder / f"{part}", "observations"))
    return folder / "all"


def test_parts_put_together_are_what_their_rows_are_when_written_at_once(tmp_path: Path) -> None:
    stem = join(tmp_path, [3, 0, 2])
    rows = [row for part in range(3) for row in read_rows(tmp_path / f"{part}.parquet")]
    write_table(tmp_path / "once", "observations", rows, {"report_id": "[]"})
    assert len(rows) == 5
    for kind in ("parquet", "csv"):
        assert stem.with_suffix(f".{kind}").read_bytes() == (tmp_path / f"once.{kind}").read_bytes()


def test_no_more_is_held_than_a_row_group_and_a_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joined, "ROWS", 10)
    held: list[int] = []
    whole = pa.concat_tables

    def noting(tables: list[pa.Table]) -> pa.Table:
        held.append(sum(table.num_rows for table in tables))
        return whole(tables)

    monkeypatch.setattr(pa, "concat_tables", noting)
    file = pq.ParquetFile(join(tmp_path, [4] * 7 + [15]).with_suffix(".parquet"))
    groups = [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]
    assert groups == held == [12, 12, 19]


def test_only_one_report_is_read_at_a_time(
    out: Path, publish: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    read, copy = read_part, shutil.copyfileobj

    def reading(stem: Path, name: str) -> pa.Table:
        order.append(f"read {stem.parent.name}")
        return read(stem, name)

    def copying(*arguments: object) -> None:
        order.append("written")
        copy(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(collecting, "read_part", reading)
    monkeypatch.setattr(joined, "copyfileobj", copying)
    for name in ("a", "b", "c"):
        publish(name)
    collected(out)
    assert order == [step for name in "abc" for step in (*(f"read {name}",) * 2, *("written",) * 2)]


def test_text_is_read_once_and_never_for_collecting(
    out: Path, publish: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("a")
    before = collected(out)
    monkeypatch.setattr("shinchoku.dataset.reports.observe", lambda *_: pytest.fail("text is read"))
    (out / "observations.csv").unlink()
    (out / "observations.parquet").unlink()
    assert collected(out) == before


@pytest.mark.parametrize(
    "name", ["observations.csv", "observations.parquet", "records.csv", "records.parquet"]
)
@pytest.mark.parametrize("how", ["lost", "edited", "of columns of another version"])
def test_parts_that_are_not_as_they_were_made_are_made_of_the_records(
    out: Path, publish: Callable[..., None], name: str, how: str
) -> None:
    for report_id in ("a", "b"):
        publish(report_id)
    before = collected(out)
    part = out / "a" / name
    if how == "lost":
        part.unlink()
    elif how == "edited":
        part.write_bytes(part.read_bytes().replace("計27か所".encode(), "計28か所".encode()) + b"\r\n")
    else:
        part.write_bytes((out / "a" / f"goals{part.suffix}").read_bytes())
    assert collected(out) == before
    assert read_rows(out / "a" / "observations.parquet") == [
        row for row in read_rows(out / "observations.parquet") if row["report_id"] == "a"
    ]


def test_reports_without_parts_of_an_older_version_are_not_lost(
    out: Path, publish: Callable[..., None]
) -> None:
    publish("a")
    before = collected(out)
    for name in ("observations", "records"):
        for kind in ("csv", "parquet"):
            (out / "a" / f"{name}.{kind}").unlink()
    (out / "datapackage.json").unlink()
    assert collected(out) == before
