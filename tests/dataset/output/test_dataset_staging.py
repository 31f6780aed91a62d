"""An output folder goes from one whole state to the next, whatever ends the run; what is not ours is left."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from make.rows.dataset import fill
from make.runs.command import contents
from shinchoku.dataset.output import staging
from shinchoku.dataset.output.whole import MixedError, check_whole
from shinchoku.dataset.publish import OutputError, out_lock, staged_files
from shinchoku.problems import ShinchokuError

pytestmark = pytest.mark.slow

DIE = """
import os, signal, sys
from pathlib import Path
from shinchoku.dataset import publish
from shinchoku.dataset.output import staging
def dying(real):
    def run(*args, **more):
        die()
        result = real(*args, **more)
        die()
        return result
    return run
def die(*_):
    global step
    step += 1
    if step == moment:
        os.kill(os.getpid(), signal.SIGKILL)
Path.rename, Path.replace, Path.mkdir = map(dying, (Path.rename, Path.replace, Path.mkdir))
Path.unlink, Path.rmdir = map(dying, (Path.unlink, Path.rmdir))
staging.shutil.rmtree = dying(staging.shutil.rmtree)
def publish_all(out):
    with publish.out_lock(out):
        for name in ("r", "diffs/a__b", "s"):
            with publish.staged_folder(out, name) as stage:
                for file in ("a.csv", "b.csv"):
                    (stage / file).write_text("new")
                    die()
        with publish.staged_files(out) as stage:
            (stage / "datapackage.json").write_text("new")
for line in sys.stdin:
    moment, _, out = line.rstrip("\\n").partition(" ")
    moment, step = int(moment), 0
    child = os.fork()
    if not child:
        publish_all(Path(out))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""For each line of stdin, a number and a folder: a process that publishes into it, and is killed at the
step of that number."""


@pytest.fixture
def dying() -> "Iterator[subprocess.Popen[str]]":
    """The process of DIE."""
    command = [sys.executable, "-c", DIE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process


def test_a_run_killed_at_any_moment_leaves_old_or_new_but_no_mixture(
    tmp_path: Path, dying: "subprocess.Popen[str]"
) -> None:
    assert dying.stdin is not None
    assert dying.stdout is not None
    names = [*(f"{name}/{file}.csv" for name in ("r", "diffs/a__b") for file in "ab"), "datapackage.json"]
    cut_short = 0
    for moment in count(1):
        out = tmp_path / str(moment)
        with out_lock(out), staged_files(out) as stage:
            (stage / "datapackage.json").write_text("old")
        for name in ("r", "diffs/a__b"):
            fill(out, name, "old")
            (out / name / "mine.txt").write_text("mine")
        print(moment, out, file=dying.stdin, flush=True)
        died = int(dying.stdout.readline())
        assert died in (0, -signal.SIGKILL)
        if staging.is_cut_short(out):
            cut_short += 1
            with pytest.raises(MixedError, match="run `shinchoku extract` again"):
                check_whole(out, [])
        else:
            assert len({(out / name).read_bytes() for name in names}) == 1
        with out_lock(out):
            pass
        assert not (out / staging.STAGING).exists()
        found = contents(out)
        assert [found.pop(f"{name}/mine.txt") for name in ("r", "diffs/a__b")] == [b"mine", b"mine"]
        states = {found.pop(name) for name in names}
        assert states in ({b"old"}, {b"new"})
        assert found == (dict.fromkeys(("s/a.csv", "s/b.csv"), b"new") if states == {b"new"} else {})
        if died == 0:
            break
    assert moment > 40, "the run was not killed between its steps"
    assert cut_short > 10


def test_all_is_on_the_disk_before_any_of_it_is_shown(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: dict[str, bool] = {}
    real_sync, lost = staging.sync, ""

    def sync(path: Path) -> None:
        if path.name == lost:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        written.setdefault(path.name, staging.is_cut_short(out))
        real_sync(path)

    monkeypatch.setattr(staging, "sync", sync)
    fill(out, "r", "old")
    assert not any(written.pop(path.name) for path in (out / "r").iterdir())
    assert not written.pop("r")
    lost = next((out / "r").iterdir()).name
    before = contents(out)
    with pytest.raises(OutputError):
        fill(out, "r", "new")
    assert contents(out) == before


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_in_the_middle_of_the_step_waits_until_it_is_through(
    out: Path, sent: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(out, "r", "old")
    came: list[int] = []
    real_move = staging._move

    def move(folder: Path) -> None:
        if staging.is_cut_short(folder):
            os.kill(os.getpid(), sent)
        real_move(folder)

    monkeypatch.setattr(staging, "_move", move)
    before = signal.signal(sent, lambda number, _: came.append(len(contents(out / "r"))))
    try:
        fill(out, "r", "new")
    finally:
        signal.signal(sent, before)
    assert came == [2]
    assert set(contents(out).values()) == {b"new"}


@pytest.mark.parametrize("what", ["folder", "link", "file", "link to a mark"])
def test_what_stands_where_files_are_staged_and_is_not_ours_is_left(
    out: Path, tmp_path: Path, what: str
) -> None:
    out.mkdir()
    other = tmp_path / "other"
    (other / staging.NEXT).mkdir(parents=True)
    (other / staging.NEXT / "precious").write_text("mine")
    place = out / staging.STAGING
    if what == "link":
        (other / staging.MARK).touch()
        place.symlink_to(other)
    elif what == "file":
        place.write_text("mine")
    else:
        place.mkdir()
        (place / "precious").write_text("mine")
    if what == "link to a mark":
        (other / "mark").touch()
        (place / staging.MARK).symlink_to(other / "mark")
    before = contents(tmp_path)
    with pytest.raises(ShinchokuError, match="move it away"):
        fill(out, "r", "new")
    assert contents(tmp_path) == before


def test_what_a_user_puts_among_staged_files_is_kept(out: Path) -> None:
    fill(out, "r", "old")
    with out_lock(out), staged_files(out) as stage:
        (stage.parent / "precious").write_text("mine")
    fill(out, "r", "new")
    assert (out / staging.STAGING / "precious").read_text() == "mine"


def test_a_report_that_is_a_link_is_not_written_through(out: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    out.mkdir()
    (out / "r").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="a file is where a folder is needed"):
        fill(out, "r", "new")
    assert list((tmp_path / "elsewhere").iterdir()) == []
