"""A mistake in any room, a PDF that cannot be read again, folders of others: the rest is done and told."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from make.pdfs.odd import report
from make.runs.command import run
from shinchoku.dataset import reports as publishing
from shinchoku.dataset.output import whole
from shinchoku.dataset.tables.files import read_rows
from shinchoku.making import agreement, extraction
from shinchoku.values.observe import observe

pytestmark = pytest.mark.slow

ROOMS: dict[str, tuple[object, str]] = {
    "cells": (extraction, "document"),
    "stitch": (extraction, "stitch"),
    "records": (extraction, "read"),
    "printed": (extraction, "block_rows"),
    "checks": (extraction, "check"),
    "risks": (extraction, "spreadsheet_risks"),
    "agreement": (agreement, "disagreements"),
    "dataset": (publishing, "write_columns"),
}
"""A function of each room that makes a report, where it is called."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDFs a, b and c, not all the same, in `raw_pdfs`, and what is extracted of them in `normalized`."""
    home = tmp_path_factory.mktemp("made")
    (home / "raw_pdfs").mkdir()
    for number, name in enumerate("abc", start=1):
        (home / "raw_pdfs" / f"{name}.pdf").write_bytes(report(number))
    run("extract", "--raw", home / "raw_pdfs", "--out", home / "normalized")
    return home


@pytest.fixture
def folders(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the output, not there yet, beside those PDFs, in which the command runs."""
    shutil.copytree(made / "raw_pdfs", tmp_path / "raw_pdfs")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "normalized"


@pytest.fixture
def extracted(made: Path, folders: Path) -> Path:
    """The same with the output in it."""
    shutil.copytree(made / "normalized", folders)
    return folders


def states(out: Path) -> dict[str, list[str]]:
    """The codes of each report's problems that are errors, as its folder has them."""
    return {
        name: [
            row["code"] for row in read_rows(out / name / "problems.parquet") if row["severity"] == "error"
        ]
        for name in "abc"
        if (out / name).is_dir()
    }


def failing(real: Callable[..., object], at: int) -> Callable[..., object]:
    """The function, failing at call number `at`."""
    calls = 0

    def run(*args: object, **more: object) -> object:
        nonlocal calls
        calls += 1
        if calls == at:
            raise ZeroDivisionError("a mistake\x1b[2J")
        return real(*args, **more)

    return run


@pytest.mark.parametrize("room", ROOMS)
def test_a_mistake_in_a_room_is_the_report_s_problem_and_the_rest_is_done(
    folders: Path, room: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    module, name = ROOMS[room]
    monkeypatch.setattr(module, name, failing(getattr(module, name), 1))
    done = run("extract", *(["--reader", "both"] if room == "agreement" else []))
    assert done.exit_code == 1
    assert "\x1b" not in done.output
    assert "a: internal_error: a mistake in this program" in done.stderr
    assert "ZeroDivisionError" in caplog.text
    found = states(folders)
    assert "internal_error" in found["a"]
    assert all("internal_error" not in found[other] for other in "bc")
    [message] = [
        row["message"]
        for row in read_rows(folders / "a" / "problems.parquet")
        if row["code"] == "internal_error"
    ]
    assert "test_dataset_faults.py" in message
    assert [row["report_id"] for row in read_rows(folders / "reports.parquet")] == ["a", "b", "c"]
    whole.check_whole(folders, "abc")


def test_a_mistake_in_the_reading_of_quantities_is_the_report_s_problem(
    folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shinchoku.dataset.reports.observe", failing(observe, 2))
    done = run("extract")
    assert done.exit_code == 1
    assert "b: internal_error" in done.stderr
    assert "internal_error" in states(folders)["b"]
    errors = {row["report_id"]: row["errors"] for row in read_rows(folders / "reports.parquet")}
    assert errors == {name: len(codes) for name, codes in states(folders).items()}
    whole.check_whole(folders, "abc")


def test_a_pdf_that_cannot_be_read_again_keeps_its_rows_and_everything_says_so(extracted: Path) -> None:
    cells = (extracted / "a" / "cells.csv").read_bytes()
    pdf = extracted.parent / "raw_pdfs" / "a.pdf"
    sound = pdf.read_bytes()
    for content, code in ((b"", "empty_file"), (b"<html></html>", "not_a_pdf")):
        pdf.write_bytes(content)
        done = run("extract")
        assert done.exit_code == 1
        assert f"a: {code}" in done.stderr
        assert "a: kept_rows" in done.stderr
        assert (extracted / "a" / "cells.csv").read_bytes() == cells
        assert states(extracted)["a"] == [code, "kept_rows", "no_known_layout"]
        kept = {row["report_id"]: row["kept"] for row in read_rows(extracted / "reports.parquet")}
        assert kept == {"a": True, "b": False, "c": False}
        assert "kept_rows" in run("show", "a", "--problems").stdout
    pdf.write_bytes(sound)
    run("extract")
    assert states(extracted)["a"] == ["no_known_layout"]


def test_folders_that_are_no_reports_are_named_and_passed_over(
    extracted: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = {path.name: path.read_bytes() for path in extracted.glob("*.parquet")}
    shutil.copytree(extracted / "a", extracted / "copy of a")
    shutil.copytree(extracted / "b", extracted / "broken")
    (extracted / "broken" / "measures.parquet").write_bytes(b"PAR1 and no more")
    (extracted / "foreign").mkdir()
    pq.write_table(pq.read_table(extracted / "reports.parquet"), extracted / "foreign" / "problems.parquet")
    (extracted / "half").mkdir()
    shutil.copy(extracted / "a" / "problems.parquet", extracted / "half")
    done = run("extract", "--no-cache")
    assert done.exception is None or isinstance(done.exception, SystemExit)
    passed = [record.getMessage() for record in caplog.records if "passed over" in record.getMessage()]
    for name in ("copy of a", "broken", "foreign", "half"):
        assert [name in said for said in passed].count(True) == 1
    assert {path.name: path.read_bytes() for path in extracted.glob("*.parquet")} == before
    for name in ("copy of a", "broken", "foreign", "half"):
        refused = run("show", name)
        assert (refused.exit_code, "Error" in refused.stderr) == (2, True)


def test_one_pdf_under_two_names_is_told(folders: Path, caplog: pytest.LogCaptureFixture) -> None:
    shutil.copy(folders.parent / "raw_pdfs" / "a.pdf", folders.parent / "raw_pdfs" / "c.pdf")
    run("extract")
    assert [message for message in caplog.messages if "the reports a, c are of the same PDF" in message]


@pytest.mark.parametrize(
    "mix", ["another version", "half a step", "report not collected", "unreadable package"]
)
@pytest.mark.parametrize(
    "command", [["show", "a"], ["export", "a", "a.xlsx"], ["diff", "a", "b"]], ids=lambda words: words[0]
)
def test_readers_refuse_a_mixture_and_say_how_to_mend_it(
    extracted: Path, mix: str, command: list[str]
) -> None:
    assert run(*command).exit_code in (0, 1)
    if mix == "another version":
        for path in (extracted / "a").iterdir():
            path.write_bytes((extracted / "b" / path.name).read_bytes())
    elif mix == "half a step":
        (extracted / ".shinchoku-staging" / "sure").mkdir(parents=True)
        (extracted / ".shinchoku-staging" / ".made-by-shinchoku").touch()
    elif mix == "report not collected":
        package = json.loads((extracted / "datapackage.json").read_text(encoding="utf-8"))
        package["sources"] = [each for each in package["sources"] if each["report_id"] != "a"]
        (extracted / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    else:
        (extracted / "datapackage.json").write_bytes(b"\xff")
    refused = run(*command)
    assert refused.exit_code == 2
    assert "run `shinchoku extract` again" in refused.stderr
    run("extract")
    assert run(*command).exit_code in (0, 1)
