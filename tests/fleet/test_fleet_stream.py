"""A folder is gathered a report at a time, and what stands there already is not fetched again."""

from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from make.pdfs.odd import report
from shinchoku.dataset.publish import staged_folder
from shinchoku.dataset.tables.files import read_rows
from shinchoku.fleet import gather as gathering
from shinchoku.fleet.gather import gather
from shinchoku.fleet.plan import plan
from shinchoku.fleet.store import Store, open_store
from shinchoku.fleet.work import work
from shinchoku.version import code_version

pytestmark = pytest.mark.slow
MEMORY = 1 << 30


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A store of four reports."""
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(4):
        write(raw, number)
    return worked(tmp_path)


def write(raw: Path, number: int, more: bytes = b"") -> None:
    (raw / f"{number}.pdf").write_bytes(report(1 + number % 3) + b"%% %d\n" % number + more)


def worked(home: Path) -> Path:
    """The store in which all PDFs of `home` have their report."""
    raw, out = str(home / "raw"), str(home / "made")
    todo = plan(open_store(raw), open_store(out))
    for jobs in todo.batches:
        statuses = work(jobs, raw, out, todo.beside, todo.version, code_version(), MEMORY)
        assert {status.code for status in statuses} == {"done"}
    return home / "made"


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name[0] != ".")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def told(store: Path, out: Path) -> list[str]:
    """The reports that are fetched."""
    fetched: list[str] = []
    assert gather(open_store(str(store)), out, fetched.append) == 4
    return fetched


def test_no_file_of_a_report_is_held_whole_and_no_report_fetched_before_the_last_is_staged(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    read, fetch = Store.read, Store.fetch

    def reading(self: Store, path: str) -> bytes:
        assert path.startswith("_manifests/")
        return read(self, path)

    def fetching(self: Store, path: str, to: Path) -> None:
        order.append(path.split("/")[1])
        fetch(self, path, to)

    def staging(out: Path, name: str) -> AbstractContextManager[Path]:
        order.append("begin")
        return staged_folder(out, name)

    monkeypatch.setattr(Store, "read", reading)
    monkeypatch.setattr(Store, "fetch", fetching)
    monkeypatch.setattr(gathering, "staged_folder", staging)
    assert told(made, tmp_path / "out") == ["0", "1", "2", "3"]
    assert order == [step for name in "0123" for step in ("begin", *[name] * 20)]


def test_gathering_again_fetches_what_is_new_alone(made: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert told(made, out) == ["0", "1", "2", "3"]
    before = files(out)
    assert told(made, out) == []
    assert files(out) == before
    write(tmp_path / "raw", 2, b"% another")
    worked(tmp_path)
    (out / "3" / "cells.csv").write_bytes(b"mine")
    assert told(made, out) == ["2", "3"]
    fresh = tmp_path / "fresh"
    told(made, fresh)
    assert files(out) == files(fresh)
    assert files(out) != before
    assert len(read_rows(out / "reports.parquet")) == 4
