"""What did not change is not made anew, and no file is touched; what did is, and all is as a fresh run has
it."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import Result

import shinchoku.making
from make.pdfs.odd import report
from make.runs.command import contents, run
from shinchoku.cli import unchanged
from shinchoku.rows import Report
from shinchoku.workers.cache import VARIABLE as CACHE
from shinchoku.workers.run import FileResult

pytestmark = pytest.mark.slow
NAMES = ("a", "131202/b", "c")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three PDFs in raw_pdfs, not all the same, in which the command runs."""
    for number, name in enumerate(NAMES, start=1):
        add(tmp_path, name, number)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def add(home: Path, name: str, number: int) -> None:
    path = home / "raw_pdfs" / f"{name}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(report(1 + number % 3) + b"%% %d\n" % number)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The reports that are made, in order; a list to be cleared."""
    found: list[str] = []
    publish = shinchoku.making.publish

    def noting(results: Sequence[FileResult], **how: object) -> Report:
        found.append(results[0].source.report_id)
        return publish(results, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(shinchoku.making, "publish", noting)
    return found


def again(made: list[str], *arguments: str) -> list[str]:
    """The reports that a run makes."""
    made.clear()
    assert run("extract", *arguments).exit_code == 1
    return sorted(made)


def is_fresh(home: Path) -> bool:
    """Whether the output is what a run that knows nothing makes."""
    fresh = home / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE, str(home.parent / "cache of fresh runs"))
        run("extract", "--out", fresh)
    return contents(home / "normalized") == contents(fresh)


def without_seconds(told: str) -> list[list[str]]:
    return [line.split()[:-1] for line in told.splitlines()]


def errors(result: Result) -> list[str]:
    return [line for line in result.stderr.splitlines() if "no_known_layout" in line]


def test_a_second_run_makes_nothing_touches_nothing_and_says_the_same(home: Path, made: list[str]) -> None:
    first = run("extract")
    assert sorted(made) == sorted(NAMES)
    stamps = {path: path.stat().st_mtime_ns for path in (home / "normalized").rglob("*.*")}
    made.clear()
    second = run("extract")
    assert made == []
    assert {path: path.stat().st_mtime_ns for path in (home / "normalized").rglob("*.*")} == stamps
    assert "3 reports are as an earlier run made them" in second.stderr
    assert (second.exit_code, errors(second)) == (first.exit_code, errors(first))
    assert len(errors(first)) == 3
    assert without_seconds(second.stdout) == without_seconds(first.stdout)
    assert is_fresh(home)


def changed_pdf(home: Path) -> None:
    add(home, "c", 7)


def told_source(home: Path) -> None:
    (home / "raw_pdfs" / "sources.toml").write_text('[c]\ntitle = "報告"\n', encoding="utf-8")


def corrected(home: Path) -> None:
    lines = (
        "report_id,page,table,row,col,kind,printed,corrected,reason,by,date",
        "c,1,1,0,0,text,nowhere,x,r,b,",
    )
    (home / "raw_pdfs" / "corrections.csv").write_text("\n".join(lines), encoding="utf-8")


def signed(home: Path) -> None:
    lines = ("report_id,page,digest,by,date,remark", "c,1,0123456789abcdef,b,,")
    (home / "raw_pdfs" / "reviews.csv").write_text("\n".join(lines), encoding="utf-8")


def edited(home: Path) -> None:
    path = home / "normalized" / "c" / "cells.csv"
    path.write_bytes(path.read_bytes().replace(b"alpha", b"omega") + b" ")


def lost(home: Path) -> None:
    (home / "normalized" / "c" / "observations.parquet").unlink()


@pytest.mark.parametrize("change", [changed_pdf, told_source, corrected, signed, edited, lost])
def test_what_one_report_depends_on_makes_that_one_anew(
    home: Path, made: list[str], change: Callable[[Path], None]
) -> None:
    run("extract")
    change(home)
    assert again(made) == ["c"]
    assert again(made) == []
    assert is_fresh(home)


def test_what_all_depend_on_makes_all_anew(
    home: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("extract")
    layout = home / "raw_pdfs" / "layouts" / "own.toml"
    layout.parent.mkdir()
    layout.write_text('[[field]]\nname = "note"\npattern = "beta"\n', encoding="utf-8")
    assert again(made) == sorted(NAMES)
    assert again(made) == []
    assert is_fresh(home)
    layout.unlink()
    assert again(made, "--no-paper") == sorted(NAMES)
    assert again(made, "--no-cache") == sorted(NAMES)
    monkeypatch.setattr(unchanged, "code_version", lambda: "another")
    assert again(made) == sorted(NAMES)
    assert again(made) == []


@pytest.mark.parametrize("name", ["observations.csv", "reports.parquet", "datapackage.json"])
def test_a_file_over_all_reports_that_is_not_as_it_was_is_put_together_anew(
    home: Path, made: list[str], name: str
) -> None:
    run("extract")
    (home / "normalized" / name).write_bytes(b"mine")
    assert again(made) == []
    assert is_fresh(home)


def test_reports_that_come_and_go_leave_what_a_fresh_run_makes(home: Path, made: list[str]) -> None:
    run("extract")
    add(home, "131202/d", 4)
    assert again(made) == ["131202/d"]
    assert is_fresh(home)
    (home / "raw_pdfs" / "a.pdf").unlink()
    assert again(made) == []
    assert run("forget", "a").exit_code == 0
    assert again(made) == []
    assert is_fresh(home)
    add(home, "a", 1)
    assert again(made) == ["a"]
    assert is_fresh(home)


def test_what_another_run_made_while_this_one_waited_is_not_made_again(
    home: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert again(made) == sorted(NAMES)
    monkeypatch.setattr(unchanged.Memory, "holds_any", False)  # as it was before that run ended
    assert again(made) == []
    add(home, "a", 2)
    assert again(made) == ["a"]
    assert is_fresh(home)


def test_the_order_in_which_reports_come_changes_no_byte(home: Path, made: list[str]) -> None:
    paths = [f"raw_pdfs/{name}.pdf" for name in NAMES]
    for out, order in (("x", paths), ("y", paths[::-1]), ("z", [paths[1], paths[0], paths[2]])):
        for path in order:
            run("extract", path, "--out", out)
    assert contents(home / "x") == contents(home / "y") == contents(home / "z")
    assert "observations.csv" in contents(home / "x")


def test_a_run_that_was_stopped_goes_on_where_it_was(
    home: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish = shinchoku.making.publish

    def stopping(results: Sequence[FileResult], **how: object) -> Report:
        if len(made) == 2:
            raise KeyboardInterrupt
        return publish(results, **how)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(shinchoku.making, "publish", stopping)
        assert run("extract").exit_code == 130
    first = list(made)
    assert len(first) == 2
    assert again(made) == sorted(set(NAMES) - set(first))
    assert is_fresh(home)


def test_what_went_wrong_by_chance_is_tried_again(home: Path, made: list[str]) -> None:
    (home / "raw_pdfs" / "c.pdf").write_bytes(b"<html></html>")
    run("extract")
    assert again(made) == ["c"]
    assert is_fresh(home)


def test_folders_of_others_are_named_each_time(
    home: Path, made: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    run("extract")
    shutil.copytree(home / "normalized" / "a", home / "normalized" / "copy of a")
    for _ in range(2):
        caplog.clear()
        assert again(made) == []
        assert "copy of a" in caplog.text


def test_what_is_odd_about_the_whole_is_said_each_time(
    home: Path, made: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copy(home / "raw_pdfs" / "a.pdf", home / "raw_pdfs" / "c.pdf")
    for _ in range(2):
        caplog.clear()
        run("extract")
        assert "the reports a, c are of the same PDF" in caplog.text
    add(home, "c", 3)
    run("extract")
    assert run("history").exit_code == 0
    add(home, "c", 4)
    for _ in range(2):
        caplog.clear()
        run("extract")
        assert "changed since they were joined" in caplog.text
    assert run("history").exit_code == 0
    caplog.clear()
    assert again(made) == []
    assert "changed since" not in caplog.text
