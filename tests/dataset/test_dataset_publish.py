"""Output is replaced whole or left as it was, by one run at a time, and a refusing disk is named clearly."""

import errno
import fcntl
import os
import threading
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from make.places import needs_full
from make.rows.dataset import fill, report_of, source
from make.runs.command import contents
from shinchoku.dataset.collect import collect
from shinchoku.dataset.output import staging
from shinchoku.dataset.publish import (
    OutputError,
    check_report_id,
    out_lock,
    report_folders,
    staged_files,
    staged_folder,
)
from shinchoku.dataset.reports import publish_report
from shinchoku.dataset.schema import SchemaError
from shinchoku.dataset.tables.files import read_meta, read_rows
from shinchoku.fiscal import FiscalColumn
from shinchoku.language import Said

pytestmark = pytest.mark.slow


def write_and_stop(staged: AbstractContextManager[Path], stop: type[BaseException]) -> None:
    with staged as stage:
        (stage / "a.csv").write_text("new")
        raise stop


def test_a_report_is_written_with_all_its_tables(out: Path) -> None:
    with out_lock(out):
        publish_report(out, report_of("fy2019_made"), source("fy2019_made"))
    names = {"cells", "blocks", "measures", "indicators", "goals", "marks", "origins", "problems"}
    names |= {"observations", "records"}
    assert set(contents(out)) == {
        f"fy2019_made/{name}.{kind}" for name in names for kind in ("parquet", "csv")
    }
    for name in names:
        meta = read_meta(out / "fy2019_made" / f"{name}.parquet")
        assert (meta["report_id"], meta["source_sha256"], meta["table"]) == ("fy2019_made", "ab" * 32, name)
    assert len(read_rows(out / "fy2019_made" / "measures.parquet")) == 13
    assert report_folders(out) == [out / "fy2019_made"]


def test_fiscal_columns_of_a_report_without_rows_are_kept(out: Path) -> None:
    report = replace(report_of("r", gold=()), fiscal={"indicators": (FiscalColumn(2023, "target"),)})
    with out_lock(out):
        publish_report(out, report, source("r"))
    assert b"fy2023_target" in (out / "r" / "indicators.csv").read_bytes()
    assert b"fy2023_target" not in (out / "r" / "measures.csv").read_bytes()


def test_a_missing_source_key_is_refused(out: Path) -> None:
    with out_lock(out), pytest.raises(SchemaError, match="the source's keys"):
        publish_report(out, report_of("r"), {"source_sha256": "ab"})
    assert contents(out) == {}


def test_a_run_that_fails_leaves_the_previous_output(out: Path) -> None:
    fill(out, "r", "old")
    before = contents(out)
    for stop in (ZeroDivisionError, KeyboardInterrupt):
        with pytest.raises(stop), out_lock(out):
            write_and_stop(staged_folder(out, "r"), stop)
        with pytest.raises(stop), out_lock(out):
            write_and_stop(staged_files(out), stop)
        assert contents(out) == before


def test_what_the_new_folder_does_not_have_is_kept(out: Path) -> None:
    fill(out, "r", "old")
    (out / "r" / "mine.xlsx").write_bytes(b"mine")
    fill(out, "r", "new")
    assert contents(out) == {"r/a.csv": b"new", "r/b.csv": b"new", "r/mine.xlsx": b"mine"}


def test_equal_output_is_not_touched(out: Path) -> None:
    fill(out, "r", "same")
    with out_lock(out), staged_files(out) as stage:
        (stage / "o.csv").write_text("same")
    before = {path: path.stat() for path in (out / "r", out / "r" / "a.csv", out / "o.csv")}
    fill(out, "r", "same")
    with out_lock(out), staged_files(out) as stage:
        (stage / "o.csv").write_text("same")
    for path, stat in before.items():
        assert (path.stat().st_ino, path.stat().st_mtime_ns) == (stat.st_ino, stat.st_mtime_ns)


def test_a_second_run_says_that_it_waits_and_waits(out: Path) -> None:
    told: list[str] = []
    waiting = threading.Event()
    entered: list[str] = []

    def second() -> None:
        def on_wait(said: Said) -> None:
            told.append(said.en)
            waiting.set()

        with out_lock(out, on_wait=on_wait):
            entered.append("second")

    thread = threading.Thread(target=second)
    with out_lock(out):
        thread.start()
        assert waiting.wait(30)
        entered.append("first")
    thread.join(30)
    assert entered == ["first", "second"]
    assert told == [f"another run is writing to {out}; waiting for it to end"]


def test_a_wait_without_end_is_given_up(out: Path) -> None:
    out.mkdir()
    with (out / ".lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(OutputError, match="another run"), out_lock(out, timeout=0):
            pytest.fail("entered a folder that another run holds")


def test_an_output_path_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "file", tmp_path / "file" / "deeper"):
        with pytest.raises(OutputError, match="a file is where a folder is needed"), out_lock(path):
            pytest.fail("entered a file")
    out = tmp_path / "out"
    out.mkdir()
    (out / "r").write_text("not a report")
    with pytest.raises(OutputError, match="a file is where a folder is needed"):
        fill(out, "r", "new")
    assert contents(out) == {"r": b"not a report"}


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    closed = tmp_path / "closed" if os.geteuid() else Path("/sys/kernel")
    if os.geteuid():
        closed.mkdir(mode=0o500)
    with pytest.raises(OutputError, match="choose another folder with --out"), out_lock(closed / "out"):
        pytest.fail("entered a folder that cannot be made")


@needs_full
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_full_disk_is_named_and_leaves_the_previous_report(
    out: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with out_lock(out):
        publish_report(out, report_of("r"), source("r"))
        collect(out)
    before = contents(out)
    real = staging.begin

    def begin_on_full_disk(folder: Path) -> Path:
        stage = real(folder)
        (stage / f"goals.{kind}").symlink_to("/dev/full")
        return stage

    monkeypatch.setattr(staging, "begin", begin_on_full_disk)
    goals = report_of("r").table("goals")
    goals[0]["text"] = "another"
    with pytest.raises(OutputError, match="the disk is full"), out_lock(out):
        publish_report(out, report_of("r", tables={"goals": goals}), source("r"))
    assert contents(out) == before


def test_errors_without_a_reason_of_ours_keep_the_systems_words(out: Path) -> None:
    with pytest.raises(OutputError, match="Input/output error"), out_lock(out), staged_folder(out, "r"):
        raise OSError(errno.EIO, os.strerror(errno.EIO))


@pytest.mark.parametrize(
    "report_id",
    [
        "",
        ".hidden",
        "diffs",
        "datapackage.json",
        "observations.csv",
        "a//b",
        "diffs/a",
        "a/cells.csv",
        "a/b/c/d",
    ],
)
def test_a_report_may_not_take_the_name_of_another_file(report_id: str) -> None:
    with pytest.raises(OutputError, match="rename its PDF"):
        check_report_id(report_id)


@pytest.mark.parametrize(
    "report_id", ["131202/fy2019", "fy2019_progress", "令和元年度 進捗（最終）", "a..b#1%20", "observations"]
)
def test_odd_names_of_reports_are_fine(report_id: str, out: Path) -> None:
    with out_lock(out):
        publish_report(out, report_of(report_id), source(report_id))
    assert report_folders(out) == [out / report_id]
