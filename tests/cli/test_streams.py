"""Standard streams that are closed or full, and the ways to call the command: what is read stays the
same, and nothing ends in a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from make.pdfs.odd import report
from make.places import needs_full
from make.runs.command import SHINCHOKU, run

pytestmark = pytest.mark.slow

FULL = Path("/dev/full")
BUFFERED = pytest.mark.parametrize("unbuffered", ["", "1"])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a PDF and what was extracted of it."""
    home = tmp_path_factory.mktemp("home")
    (home / "raw").mkdir()
    (home / "raw" / "a.pdf").write_bytes(report(3))
    run("extract", "--raw", home / "raw", "--out", home / "normalized")
    return home


def shell(home: Path, command: str, unbuffered: str = "") -> subprocess.CompletedProcess[str]:
    """Run a line of the shell in that folder, in which SHINCHOKU is the command."""
    env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    line = command.replace("SHINCHOKU", " ".join(SHINCHOKU))
    return subprocess.run(["sh", "-c", line], cwd=home, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("closed", ["2>&-", ">&-", "<&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_costs_no_page(home: Path, tmp_path: Path, closed: str) -> None:
    done = shell(home, f"SHINCHOKU extract --raw raw --out '{tmp_path}' --no-cache {closed}")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    cells = (tmp_path / "a" / "cells.csv").read_text(encoding="utf-8-sig")
    assert sum("alpha" in line for line in cells.splitlines()) == 3


@needs_full
@BUFFERED
@pytest.mark.parametrize("command", ["extract --raw raw", "--help", "show a", "show a --format json"])
def test_a_full_stdout_is_said_without_a_traceback(home: Path, command: str, unbuffered: str) -> None:
    done = shell(home, f"SHINCHOKU {command} > {FULL}", unbuffered)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("Error: what is said cannot be written (")
    assert "Traceback" not in done.stderr
    both = shell(home, f"SHINCHOKU {command} > {FULL} 2> {FULL}", unbuffered)
    assert both.returncode == 2


@BUFFERED
@pytest.mark.parametrize("command", ["--help", "show a", "show a --format json", "show a --problems"])
def test_a_reader_that_goes_away_is_no_answer_and_no_error(home: Path, command: str, unbuffered: str) -> None:
    """Its status is that of other tools whose reader goes away, where a shell asks for it."""
    waited = f"{{ SHINCHOKU {command}; echo $? > status; }} | sleep 0"
    done = shell(home, f"rm -f status; {waited}; while ! [ -s status ]; do sleep 0.1; done", unbuffered)
    assert ((home / "status").read_text(), done.stderr) == ("141\n", "")


@needs_full
@BUFFERED
def test_a_full_stderr_changes_no_status(home: Path, unbuffered: str) -> None:
    assert shell(home, f"SHINCHOKU extract --raw raw 2> {FULL}", unbuffered).returncode == 1
    assert shell(home, f"SHINCHOKU show a 2> {FULL}", unbuffered).returncode == 0
    assert shell(home, f"SHINCHOKU show b 2> {FULL}", unbuffered).returncode == 2


@pytest.mark.parametrize("command", ["", "--help", "nothing", "show", "extract --help"])
def test_the_module_is_the_command(command: str) -> None:
    ours = [str(Path(sys.executable).with_name("shinchoku")), *command.split()]
    answers = [
        subprocess.run(line, capture_output=True, text=True, check=False)
        for line in (ours, [*SHINCHOKU, *command.split()])
    ]
    assert answers[0].stdout == answers[1].stdout
    assert answers[0].stderr == answers[1].stderr
    assert answers[0].returncode == answers[1].returncode


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_the_shell_is_told_how_to_complete(name: str) -> None:
    program = Path(sys.executable).with_name("shinchoku")
    env = {**os.environ, "_SHINCHOKU_COMPLETE": f"{name}_source"}
    done = subprocess.run([program], env=env, capture_output=True, text=True, check=False)
    assert "_SHINCHOKU_COMPLETE" in done.stdout
    asked = {"_SHINCHOKU_COMPLETE": "zsh_complete", "COMP_WORDS": "shinchoku hist", "COMP_CWORD": "1"}
    found = subprocess.run([program], env={**os.environ, **asked}, capture_output=True, text=True, check=True)
    assert "history" in found.stdout
