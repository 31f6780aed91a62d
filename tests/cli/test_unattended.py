"""Commands that nobody watches: what extract, show and history say on stderr, in a log and as JSON, and how
make hands on a password."""

import os
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import msgspec
import pytest
from click.testing import Result

from make.committed.columns import ANSWERS, schema
from make.pdfs.odd import report
from make.pdfs.tables import small_table
from make.places import needs_full
from make.rows.history import YEARS, publish
from make.runs.command import SHINCHOKU, run
from shinchoku.cli.told.answer import Answer, AreaAnswer, ReportAnswer
from shinchoku.dataset.tables.files import read_rows

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
KINDS = {kind.__name__: kind for kind in (Answer, ReportAnswer, AreaAnswer)}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder with a PDF of no known layout, which is an error, and one that is listed as no report."""
    raw = tmp_path / "raw"
    raw.mkdir()
    small_table(raw / "menu.pdf", ["day", "dish"], [["Mon", "####"]])
    (raw / "other.pdf").write_bytes(report())
    (raw / "sources.toml").write_text('[other]\nkind = "other"\n', encoding="utf-8")
    return raw


def extract(raw: Path, *options: str | Path) -> Result:
    return run("extract", "--raw", raw, "--out", raw.parent / "out", *options)


def answer(result: Result) -> Answer:
    """What a command printed, which has every key of the schema."""
    assert set(msgspec.json.decode(result.stdout)) == {each.name for each in fields(Answer)}
    found = msgspec.json.decode(result.stdout, type=Answer)
    assert found.exit_status == result.exit_code
    return found


def test_without_a_terminal_a_line_is_said_for_each_file(raw: Path) -> None:
    lines = extract(raw).stderr.splitlines()
    assert [line.split(",")[0] for line in lines[:2]] == ["menu: 1 page", "other: 1 page"]
    assert [line.split(": ")[:2] for line in lines[2:]] == [["menu", "no_known_layout"]]


def test_quiet_says_what_goes_wrong_alone(raw: Path) -> None:
    result = extract(raw, "--quiet")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    (raw / "menu.pdf").unlink()
    again = extract(raw, "--quiet")
    assert (again.exit_code, again.stdout) == (0, "")
    assert again.stderr.startswith("menu: its PDF is not in")


def test_verbose_names_warnings_and_begin_and_end(raw: Path) -> None:
    lines = extract(raw, "--verbose").stderr.splitlines()
    assert lines[0].startswith("extract: begins, version ")
    assert any(
        line.startswith("menu: page 1, table 1, row 1, column 1: too_narrow: '####'") for line in lines
    )
    assert lines[-1].startswith("extract: ends with exit status 1 after ")
    assert extract(raw, "--verbose", "--quiet").exit_code == 2


def test_a_log_has_all_of_it_with_the_time_whatever_is_said(raw: Path, tmp_path: Path) -> None:
    log = tmp_path / "extract.log"
    said = extract(raw, "--no-cache", "--verbose").stderr.splitlines()
    for _ in range(2):
        extract(raw, "--no-cache", "--quiet", "--log", log)
    lines = [line.split(" ", 2) for line in log.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 2 * len(said)
    assert [text[:20] for _, _, text in lines] == 2 * [line[:20] for line in said]
    assert {level for _, level, _ in lines} == {"DEBUG", "INFO", "ERROR"}
    assert all(time[:4].isdigit() and time[10] == "T" for time, _, _ in lines)
    refused = extract(raw, "--log", tmp_path / "no" / "such.log")
    assert (refused.exit_code, "No such file" in refused.stderr) == (2, True)


@needs_full
def test_a_log_that_takes_no_more_is_said_once_and_ends_nothing(raw: Path) -> None:
    result = extract(raw, "--quiet", "--log", "/dev/full")
    assert result.exit_code == 1
    assert result.stderr.count("/dev/full: No space left on device") == 1
    assert result.stderr.splitlines()[-1].startswith("menu: no_known_layout")


def test_json_is_utf_8_whatever_the_code_page_is(joined: Path) -> None:
    run("history", "--data", joined)
    for command in (["show", "a"], ["diff", "a", "b"]):
        line = [*SHINCHOKU, *command, "--data", str(joined), "--format", "json"]
        env = {**os.environ, "PYTHONIOENCODING": "cp932", "PYTHONUTF8": "0"}
        done = subprocess.run(line, env=env, capture_output=True, check=False)
        assert "甲の率" in done.stdout.decode("utf-8")


def test_extract_answers_with_counts_and_its_errors(raw: Path) -> None:
    result = extract(raw, "--format", "json", "--quiet")
    found = answer(result)
    assert (found.command, found.exit_status, found.error) == ("extract", 1, "")
    assert [(one.report_id, one.pages, one.errors) for one in found.reports] == [
        ("menu", 1, 1),
        ("other", 1, 0),
    ]
    assert all(Path(one.folder, "cells.csv").is_file() for one in found.reports)
    assert all(one.seconds and one.seconds > 0 for one in found.reports)
    assert [(row["report_id"], row["code"]) for row in found.tables["problems"]] == [
        ("menu", "no_known_layout")
    ]
    assert all(Path(file).is_file() for file in found.files)
    again = answer(extract(raw, "--format", "json", "--quiet"))
    assert [one.seconds for one in again.reports] == [None, None]
    assert (again.tables, again.files) == (found.tables, found.files)


def test_a_name_that_does_not_fit_is_an_error_and_stops_no_other(raw: Path) -> None:
    for name in ("a\x1bb", "diffs", "series.csv"):
        (raw / f"{name}.pdf").write_bytes(report())
    result = extract(raw, "--format", "json", "--quiet")
    found = answer(result)
    assert [one.report_id for one in found.reports] == ["menu", "other"]
    codes = [(row["report_id"], row["code"]) for row in found.tables["problems"]]
    assert codes == [("menu", "no_known_layout"), *[("", "unfit_name")] * 3]
    printed = [row["printed"] for row in found.tables["problems"]]
    assert printed[1:] == ["a\\x1bb.pdf", "diffs.pdf", "series.csv.pdf"]
    assert result.stderr.splitlines()[-3].endswith("rename the PDF without '\\x1b'")
    assert extract(raw, raw / "diffs.pdf").exit_code == 2
    (raw / "menu.pdf").rename(raw / "OTHER.pdf")
    told = extract(raw, "--quiet").stderr
    assert "would both be the report" in told
    assert "`shinchoku forget other`" not in told


def test_show_answers_with_rows_as_the_files_have_them(raw: Path) -> None:
    extract(raw)
    out = raw.parent / "out"
    found = answer(run("show", "menu", "--problems", "--data", out, "--format", "json"))
    rows = read_rows(out / "menu" / "problems.parquet")
    assert sorted(map(repr, found.tables["problems"])) == sorted(map(repr, rows))
    assert [(one.report_id, one.tables, one.warnings, one.seconds) for one in found.reports] == [
        ("menu", 1, sum(row["severity"] == "warning" for row in rows), None)
    ]
    assert found.reports[0].warnings > 0
    plain, quiet = (run("show", "menu", "--problems", "--data", out, *more) for more in ((), ("--quiet",)))
    assert plain.stdout.splitlines()[1:] == quiet.stdout.splitlines()
    missing = answer(run("show", "none", "--data", out, "--format", "json"))
    assert (missing.exit_status, "no such report" in missing.error, missing.tables) == (2, True, {})


@pytest.fixture
def joined(tmp_path: Path) -> Path:
    for report_id in "abc":
        publish(tmp_path / "years", report_id, YEARS[report_id])
    return tmp_path / "years"


def test_history_and_its_series_answer_in_the_same_form(joined: Path) -> None:
    found = answer(run("history", "--data", joined, "--format", "json"))
    assert [(area.area_code, area.reports, area.restated) for area in found.areas] == [
        ("131202", ["a", "b", "c"], 2)
    ]
    assert all(Path(file).is_file() for file in found.files)
    shown = answer(run("show", "--series", "甲の率", "--data", joined, "--format", "json"))
    every = read_rows(joined / "series.parquet")
    assert shown.tables["series"] == [row for row in every if row["name"] == "甲の率"]
    assert [row["report_id"] for row in shown.tables["lineage"]] == ["a", "b", "c"]
    row = answer(run("show", "a", "--row", "1/甲の率", "--data", joined, "--format", "json"))
    assert [each["row_id"] for each in row.tables["indicators"]] == ["1/甲の率"]
    assert {"origins", "cells", "observations", "problems"} <= set(row.tables)


def test_history_is_quiet_too(joined: Path) -> None:
    for said in ("131202: 3 reports joined\n", "3 reports are joined as an earlier run joined them\n"):
        shutil.copytree(joined, joined.parent / "other", dirs_exist_ok=True)
        result = run("history", "--data", joined, "--quiet")
        assert (result.exit_code, result.output) == (0, "")
        assert run("history", "--data", joined.parent / "other").stderr == said


def test_the_page_and_the_schema_are_those_of_the_code() -> None:
    assert ANSWERS.read_text(encoding="utf-8") == schema()
    page = (ROOT / "docs" / "unattended.md").read_text(encoding="utf-8")
    described = msgspec.json.decode(schema())["$defs"]
    assert set(described) == set(KINDS)
    for name, kind in KINDS.items():
        assert described[name]["required"] == [each.name for each in fields(kind)]
        lines = [
            f"| `{key}` | {each['description']} |" for key, each in described[name]["properties"].items()
        ]
        assert "\n".join(lines) in page


def test_on_a_terminal_pages_are_drawn_and_no_line_is_said(raw: Path, tmp_path: Path) -> None:
    ours, theirs = pytest.importorskip("pty").openpty()
    command = [
        *SHINCHOKU,
        "extract",
        "--raw",
        str(raw),
        "--out",
        str(tmp_path / "out"),
    ]
    done = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=theirs, env={**os.environ, "TERM": "xterm"}
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            said += os.read(ours, 1 << 16)
        except OSError:
            break
    os.close(ours)
    assert done.returncode == 1
    assert "\x1b[" in said.decode()
    assert "1 pages" not in said.decode()
    assert "menu: no_known_layout" in said.decode()


@pytest.mark.parametrize(
    "way", ["PASSWORD on the line", "PASSWORD before it", "SHINCHOKU_PASSWORD before it"]
)
def test_make_hands_on_options_and_keeps_a_password_to_itself(tmp_path: Path, way: str) -> None:
    secret = """a$b $(shell echo no) "c' #d$$"""
    tools = tmp_path / "venv" / "bin"
    tools.mkdir(parents=True)
    program = tools / "shinchoku"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > args\nprintf %s "$SHINCHOKU_PASSWORD" > password\n')
    for file in (program, tools / "python", tmp_path / "venv" / ".run"):
        file.touch()
        file.chmod(0o755)
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "constraints.txt").touch()
    os.utime(tmp_path / "pyproject.toml", (0, 0))
    os.utime(tmp_path / "constraints.txt", (0, 0))
    name, _, where = way.partition(" ")
    line, before = ([f"{name}={secret}"], {}) if where == "on the line" else ([], {name: secret})
    command = [
        "make",
        "-f",
        str(ROOT / "Makefile"),
        "extract",
        "VENV=venv",
        "ARGS=--quiet --log x.log",
        *line,
    ]
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "SHINCHOKU"))}
    done = subprocess.run(
        command, cwd=tmp_path, env=kept | before, capture_output=True, text=True, check=True
    )
    assert (tmp_path / "password").read_text() == secret
    wanted = ["extract", "--out", "normalized", "--quiet", "--log", "x.log"]
    assert (tmp_path / "args").read_text().splitlines() == wanted
    assert secret not in done.stdout + done.stderr


def test_the_password_is_taken_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "locked.pdf"), encrypt=StandardEncryption("secret", strength=128))
    canvas.drawString(100, 500, "text")
    canvas.save()
    options = (tmp_path / "locked.pdf", "--format", "json", "--quiet")
    codes = []
    for word in ("", "wrong", "secret"):
        monkeypatch.setenv("SHINCHOKU_PASSWORD", word)
        codes.append(
            [
                row["code"]
                for row in answer(run("extract", *options, "--out", tmp_path / f"out {word}")).tables[
                    "problems"
                ]
            ]
        )
    assert codes == [["password"], ["password"], ["no_known_layout"]]
