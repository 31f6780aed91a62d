"""Ctrl-C at any moment: said in the language of the person, with an exit status of its own, and no
traceback."""

import json
import sys
from pathlib import Path
from threading import Thread

import click
import pytest

from make.pdfs.odd import report
from make.runs.command import run
from shinchoku.cli.extract import _load as load


def stopped(*_: object, **__: object) -> None:
    """Work that somebody ends."""
    raise KeyboardInterrupt


@pytest.mark.parametrize(("language", "said"), [("en", "Stopped.\n"), ("ja", "中止しました。\n")])
def test_ctrl_c_is_no_answer_of_a_command(monkeypatch: pytest.MonkeyPatch, language: str, said: str) -> None:
    monkeypatch.setenv("SHINCHOKU_LANG", language)
    monkeypatch.setattr("shinchoku.cli.find", lambda name: click.Command(name, callback=stopped))
    done = run("diff")
    assert (done.exit_code, done.stderr) == (130, said)


def test_a_program_that_asked_is_answered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("shinchoku.cli.show._report", stopped)
    done = run("show", "a", "--data", tmp_path, "--format", "json")
    answer = json.loads(done.stdout)
    assert (done.exit_code, answer["exit_status"]) == (130, 130)
    assert (answer["error"], answer["error_ja"]) == ("Stopped.", "中止しました。")
    assert done.stderr == "Stopped.\n"


def test_the_review_is_ended_with_ctrl_c(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(report(1))
    monkeypatch.setattr("uvicorn.Server.run", stopped)
    done = run("review", "--raw", tmp_path, "--data", tmp_path / "normalized", "--no-browser")
    assert (done.exit_code, done.stderr) == (0, "reading …\n")


def test_a_module_left_half_made_is_not_said_by_who_loads_it_early(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[object] = []
    monkeypatch.setattr("threading.excepthook", said.append)
    monkeypatch.setitem(sys.modules, "shinchoku.dataset.collect", None)
    early = Thread(target=load)
    early.start()
    early.join()
    assert not said
