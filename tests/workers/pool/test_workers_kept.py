"""The server of workers stays for the next run of its process; workers, and what a run was told, do not."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from make.pdfs.odd import report
from make.runs.processes import SOON, children, is_running, wait_until
from make.runs.standins import codes, made, pids, read, standin
from shinchoku.settings import Settings
from shinchoku.sources import find_sources
from shinchoku.workers import run as workers
from shinchoku.workers.pool import launch

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("log")]


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A file of two pages."""
    path = tmp_path / "two.pdf"
    path.write_bytes(report(2))
    return path


@pytest.fixture
def waiting(pdf: Path) -> launch.Server:
    """The server that is there after a run."""
    read([pdf])
    [server] = launch.WAITING
    return server


def test_the_next_run_has_the_same_server_and_workers_of_its_own(pdf: Path, log: Path) -> None:
    first = read([pdf])
    servers = [*launch.WAITING]
    assert len(servers) == 1
    assert not any(map(is_running, before := pids(log)))
    log.unlink()
    second = read([pdf])
    assert servers == launch.WAITING
    assert [made(result) for result in second] == [made(result) for result in first]
    assert not before & pids(log)


def test_a_server_that_was_started_ahead_serves_the_run(pdf: Path, waiting: launch.Server) -> None:
    launch.end_waiting()
    launch.start_ahead("pdfplumber")
    ahead = [*launch.WAITING]
    launch.start_ahead("pdfium")
    assert codes(read([pdf])[0]) == []
    assert ahead == launch.WAITING != [waiting]


def test_a_run_has_its_own_bounds_and_work(pdf: Path, waiting: launch.Server) -> None:
    [cut] = read([pdf], "long_winded", settings=Settings(pages=1, answer_bytes=60))
    assert {code for code, _ in codes(cut)} == {"too_large"}
    assert codes(read([pdf])[0]) == []
    [real] = workers.read_pages(find_sources(Path(), [pdf]), Settings(paper=False), jobs=1, reader="pdfium")
    assert [page.number for page in real.raw_pages] == [1, 2]
    assert [waiting] == launch.WAITING


def test_a_folder_left_meanwhile_is_not_where_files_are_looked_for(
    pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home := pdf.parent / "elsewhere").mkdir()
    (home / "two.pdf").write_bytes(report(1))
    counts = []
    for folder in (pdf.parent, home):
        monkeypatch.chdir(folder)
        [result] = read([Path("two.pdf")])
        counts.append(result.page_count)
    assert counts == [2, 1]


def test_another_environment_has_a_server_of_its_own(
    pdf: Path, waiting: launch.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHINCHOKU_PASSWORD", "what the command is told")
    read([pdf])
    assert [waiting] == launch.WAITING
    monkeypatch.setenv("SOMETHING", "else")
    read([pdf])
    assert not waiting.is_there()
    assert len(launch.WAITING) == 1


def test_temporary_files_end_with_their_run(
    pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder := tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    pdf.write_bytes(pdf.read_bytes().replace(b"startxref\n", b"startxref\n9"))
    for _ in range(2):
        results = workers.read_pages(
            find_sources(Path(), [pdf] * 2), Settings(), jobs=1, work=standin("plain")
        )
        assert codes(next(results)) == [("damaged_xref", None)]
        list(results)
        assert list(folder.iterdir()) == []


def test_runs_at_once_have_a_server_each_and_one_stays(pdf: Path, waiting: launch.Server) -> None:
    before = children()
    sources = find_sources(Path(), [pdf])
    runs = [workers.read_pages(sources, Settings(), jobs=1, work=standin("plain")) for _ in range(2)]
    assert launch.WAITING == []
    assert len(children() - before) == 1
    assert [sorted(made(result)) for run in runs for result in run] == [[1, 2], [1, 2]]
    assert [waiting] == launch.WAITING
    assert children() == before


class Contended(list[launch.Server]):
    """Servers that wait, which another thread takes as soon as one has looked whether there are any."""

    def __len__(self) -> int:
        count = super().__len__()
        self.clear()
        return count


def test_one_that_another_thread_takes_meanwhile_is_not_missed(
    waiting: launch.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "WAITING", Contended([waiting]))
    launch.end_waiting()
    assert not waiting.is_there()
    monkeypatch.setattr(launch, "WAITING", Contended([waiting]))
    server = launch.find_server([])
    assert server is not waiting
    assert server.is_there()
    server.end()


def test_one_that_died_while_it_waited_costs_no_page(pdf: Path, waiting: launch.Server) -> None:
    before = children()
    waiting.end()
    [result] = read([pdf], settings=Settings(server_starts=1))
    assert sorted(made(result)) == [1, 2]
    assert len(before - children()) == 1


def test_one_that_was_not_heard_to_the_end_does_not_stay(waiting: launch.Server) -> None:
    server = launch.find_server([])
    server._send({"bury": 0, "gone": False}, [])  # interrupted before the answer came
    server.let_go()
    server.close(SOON)
    assert server is waiting
    assert not waiting.is_there()
    assert launch.WAITING == []


SCRIPT = """
import os, sys, time
from pathlib import Path
from make.runs.standins import read
read([Path(sys.argv[1])])
forked = os.fork()
if forked == 0:
    os.closerange(0, 3)
    time.sleep(60)
print(forked, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("killed", [True, False])
def test_it_ends_with_its_process_whatever_that_one_forked(pdf: Path, killed: bool) -> None:
    places = os.pathsep.join(place for place in sys.path if place)
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(pdf)],
        env={**os.environ, "PYTHONPATH": places},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdout is not None
        forked = int(process.stdout.readline())
        servers = children(process.pid) - {forked}
        assert len(servers) == 1
        if killed:
            process.kill()
    try:
        assert wait_until(lambda: not any(map(is_running, servers)))
        assert is_running(forked)
    finally:
        os.kill(forked, signal.SIGKILL)


def test_ctrl_c_while_it_is_ended_stops_nothing() -> None:
    script = (
        "import os, signal\n"
        "from shinchoku.workers.pool import launch\n"
        "class Slow(launch.Server):\n"
        "    def end(self, patience=0.0):\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "        super().end(patience)\n"
        "        print(self.is_there())\n"
        "launch.WAITING.append(Slow([], launch.environment()))\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert (ended.stdout, ended.stderr) == ("False\n", "")
