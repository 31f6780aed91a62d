"""The whole command over a folder of odd files, and over one that it is stopped in."""

import signal
import subprocess
import time
import zlib
from pathlib import Path

import pytest

from make.pdfs.odd import TABLE, locked, paged, picture_page, report, stream, wrong_start
from make.pdfs.page import Pdf, said_font
from make.runs.command import SHINCHOKU, contents, run
from make.runs.processes import is_running

pytestmark = pytest.mark.slow

ODD = {
    "empty": (b"", "empty_file"),
    "page": (b"<html></html>", "not_a_pdf"),
    "cut": (report(3)[:300], "truncated"),
    "locked": (locked("open", "master"), "password"),
    "scan": (paged([stream(TABLE), picture_page()]), "scanned"),
}
SOON = 30.0


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder of PDFs."""
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


def command(raw: Path) -> list[str]:
    """`shinchoku extract` from one folder to one beside it, without a cache."""
    options = ("extract", "--raw", raw, "--out", raw.parent / "out", "--no-cache")
    return [*SHINCHOKU, *map(str, options)]


def test_odd_files_are_each_named_and_stop_no_other(raw: Path) -> None:
    for name, (data, _) in ODD.items():
        (raw / f"{name}.pdf").write_bytes(data)
    (raw / "sound.pdf").write_bytes(report(2))
    (raw / "mended.pdf").write_bytes(wrong_start(report(2)))
    done = subprocess.run(command(raw), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for name, (_, code) in ODD.items():
        assert any(line.startswith(f"{name}: ") and code in line for line in done.stderr.splitlines())
    for name in ("sound", "mended", "scan"):
        assert "alpha" in (raw.parent / "out" / name / "cells.csv").read_text(encoding="utf-8-sig")


def test_a_password_is_passed_on(raw: Path) -> None:
    (raw / "locked.pdf").write_bytes(locked("open", "master"))
    done = run("extract", "--raw", raw, "--out", raw.parent / "out", "--password", "open")
    assert "Traceback" not in done.stderr
    assert "secret" in (raw.parent / "out" / "locked" / "blocks.csv").read_text(encoding="utf-8-sig")


def slow() -> bytes:
    """A file whose one page takes minutes to paint."""
    return paged([stream(zlib.compress(b"0 0 m 9 9 l S " * 4_000_000, 9), b"/Filter/FlateDecode")])


def test_what_a_file_calls_itself_does_nothing_to_the_terminal(raw: Path) -> None:
    fonts, objects = said_font({1: "\x1b[31m\u202e1"}, name=b"A#1B#5D0;#07#0Aerror:#20none")
    content = b"BT /F2 10 Tf 100 700 Td <00010002> Tj ET"
    (raw / "odd.pdf").write_bytes(Pdf(content, fonts=fonts, objects=objects).bytes())
    done = subprocess.run(command(raw), capture_output=True, text=True, check=False)
    shown = run("show", "odd", "--problems", "--data", raw.parent / "out")
    assert "no_unicode" in shown.stdout
    assert "\\x1b]0;" in shown.stdout
    for said in (done.stdout, done.stderr, shown.stdout, shown.stderr):
        assert said.replace("\n", "").isprintable()
    message = (raw.parent / "out" / "odd" / "problems.csv").read_text(encoding="utf-8-sig")
    assert "\x1b]" not in message


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_leaves_what_was_there(raw: Path, sent: signal.Signals) -> None:
    (raw / "report.pdf").write_bytes(report(2))
    run("extract", "--raw", raw, "--out", raw.parent / "out")
    before = contents(raw.parent / "out")
    assert before
    (raw / "report.pdf").write_bytes(slow())
    with subprocess.Popen(command(raw), stderr=subprocess.PIPE, text=True) as process:
        started = wait_for_workers(process.pid)
        process.send_signal(sent)
        _, said = process.communicate(timeout=SOON)
    assert process.returncode == (130 if sent == signal.SIGINT else -sent)
    assert "Traceback" not in said
    assert ("whole" in said) == (sent == signal.SIGINT)
    assert contents(raw.parent / "out") == before
    end = time.monotonic() + SOON
    while any(map(is_running, started)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(is_running, started))


def wait_for_workers(pid: int) -> set[int]:
    """The server of a run and its workers, once there are any."""
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        servers = children(pid)
        workers = {worker for server in servers for worker in children(server)}
        if workers:
            return servers | workers
        time.sleep(0.02)
    raise AssertionError("no worker was started")


def children(pid: int) -> set[int]:
    """The processes that a process started."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return {int(child) for child in path.read_text(encoding="ascii").split()} if path.exists() else set()
