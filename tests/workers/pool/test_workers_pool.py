"""Workers die, hang, swell and babble; everything else is read, and what was lost is named."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from make.pdfs.odd import report
from make.runs.processes import SOON, children, is_running, wait_until
from make.runs.standins import codes, made, pages, pids, read, standin, times_tried
from shinchoku.settings import MIB, Settings
from shinchoku.sources import find_sources
from shinchoku.workers import run as workers
from shinchoku.workers.pool import launch
from shinchoku.workers.pool.team import WorkersError

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("log")]

WORDS = "alphabetagammadelta"


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A file of five pages."""
    path = tmp_path / "five.pdf"
    path.write_bytes(report(5))
    return path


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_files_come_in_order_with_every_page(tmp_path: Path, jobs: int) -> None:
    counts = [3, 1, 9, 2]
    paths = [tmp_path / f"{i}.pdf" for i in range(len(counts))]
    for path, count in zip(paths, counts, strict=True):
        path.write_bytes(report(count))
    results = read(paths, jobs=jobs)
    assert [r.source.path for r in results] == paths
    assert [made(r) for r in results] == [dict.fromkeys(range(1, n + 1), WORDS) for n in counts]
    assert [(r.page_count, r.failed, codes(r)) for r in results] == [(n, False, []) for n in counts]


def test_a_page_that_kills_its_worker_is_tried_twice_and_named(pdf: Path, log: Path) -> None:
    [result] = read([pdf], "segfault")
    assert sorted(made(result)) == [1, 3, 4, 5]
    assert codes(result) == [("crash", 2)]
    assert "SIGSEGV" in result.problems[-1].message
    assert times_tried(log, 2) == 2


def test_a_page_that_killed_its_worker_once_is_read_by_the_next(pdf: Path, log: Path) -> None:
    [result] = read([pdf], "segfault_once")
    assert sorted(made(result)) == [1, 2, 3, 4, 5]
    assert codes(result) == []
    assert times_tried(log, 2) == 2


def test_a_page_that_takes_too_long_is_tried_twice_and_named(pdf: Path, log: Path) -> None:
    [result] = read([pdf], "nap", settings=Settings(page_seconds=0.3))
    assert sorted(made(result)) == [1, 3, 4, 5]
    assert codes(result) == [("timeout", 2)]
    assert times_tried(log, 2) == 2
    assert not any(map(is_running, pids(log)))


def test_a_page_that_takes_too_much_memory_is_named(pdf: Path, log: Path) -> None:
    [result] = read([pdf], "hog", settings=Settings(memory_bytes=512 * MIB))
    assert sorted(made(result)) == [1, 3, 4, 5]
    assert codes(result) == [("memory", 2)]
    assert times_tried(log, 2) == 2


def test_a_worker_that_babbles_is_ended(pdf: Path) -> None:
    [result] = read([pdf], "babble", settings=Settings(page_seconds=5))
    assert sorted(made(result)) == [1, 3, 4, 5]
    assert codes(result) == [("crash", 2)]


def test_a_mistake_in_our_code_costs_a_page_and_says_where(pdf: Path) -> None:
    [result] = read([pdf], "stumble")
    assert sorted(made(result)) == [1, 3, 4, 5]
    assert codes(result) == [("unreadable_page", 2)]
    assert "KeyError" in result.problems[-1].message
    assert "stumble" in result.problems[-1].message


def test_a_file_that_takes_too_long_names_the_pages_not_read(pdf: Path) -> None:
    [result] = read([pdf], "nap", settings=Settings(file_seconds=0.8), jobs=1)
    assert made(result) == {1: WORDS}
    assert codes(result) == [("timeout", 2), ("timeout", 3)]
    assert result.problems[-1].message.startswith("pages 3 to 5: ")


def test_other_files_are_read_while_one_hangs(tmp_path: Path, pdf: Path) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(report(1))
    results = read([pdf, other], "nap", settings=Settings(page_seconds=0.3))
    assert [codes(r) for r in results] == [[("timeout", 2)], []]


def test_pages_beyond_the_limit_are_named_once(pdf: Path) -> None:
    [result] = read([pdf], settings=Settings(pages=2))
    assert sorted(made(result)) == [1, 2]
    assert codes(result) == [("too_large", 3)]
    assert "5 pages" in result.problems[-1].message


def test_an_answer_beyond_the_limit_costs_its_page(pdf: Path) -> None:
    [result] = read([pdf], settings=Settings(answer_bytes=60))
    assert result.failed
    assert {code for code, _ in codes(result)} == {"too_large"}


def test_a_worker_is_replaced_after_its_pages(pdf: Path, log: Path) -> None:
    [result] = read([pdf], settings=Settings(worker_pages=2))
    assert sorted(made(result)) == [1, 2, 3, 4, 5]
    assert len(pids(log)) >= 3


def test_the_environment_is_cleaned_for_workers(pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CMAP_PATH", "/somewhere")
    monkeypatch.setenv("SHINCHOKU_PASSWORD", "secret")
    [result] = read([pdf])
    assert [page.told for page in pages(result)] == [[]] * 5


def test_progress_counts_up_to_every_page(pdf: Path) -> None:
    told: list[workers.ProgressEvent] = []
    sources = find_sources(Path(), [pdf])
    list(workers.read_pages(sources, Settings(), jobs=2, progress=told.append, work=standin("segfault")))
    done = [event.pages_done for event in told]
    assert done == sorted(done)
    assert (told[-1].source, told[-1].pages_done, told[-1].page_count) == (sources[0], 5, 5)


def test_a_file_that_changes_meanwhile_is_named(pdf: Path) -> None:
    [source] = find_sources(Path(), [pdf])
    pdf.write_bytes(report(4))
    [result] = workers.read_pages([source], Settings(), jobs=1, work=standin("plain"))
    assert codes(result) == [("changed_file", None)]


def test_a_file_that_cannot_be_opened_is_named(pdf: Path) -> None:
    [source] = find_sources(Path(), [pdf])
    pdf.unlink()
    [result] = workers.read_pages([replace(source, stamp=(0, 0))], Settings(), jobs=1, work=standin("plain"))
    assert result.failed
    assert ("unreadable_file", None) in codes(result)


def test_closing_early_leaves_no_worker(pdf: Path, tmp_path: Path, log: Path) -> None:
    (first := tmp_path / "one.pdf").write_bytes(report(1))
    sources = find_sources(Path(), [first, pdf])
    results = workers.read_pages(sources, Settings(), jobs=2, work=standin("nap"))
    next(results)
    assert wait_until(lambda: times_tried(log, 2) == 1)
    started = pids(log)
    assert any(map(is_running, started))
    results.close()  # type: ignore[attr-defined]
    assert not any(map(is_running, started))


SCRIPT = """
import sys
from pathlib import Path
from make.runs.standins import read
try:
    read([Path(sys.argv[1])], "nap")
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, -15), (signal.SIGKILL, -9)]
)
def test_no_worker_outlives_the_command(pdf: Path, log: Path, sent: signal.Signals, status: int) -> None:
    places = os.pathsep.join(place for place in sys.path if place)
    command = [sys.executable, "-c", SCRIPT, str(pdf)]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": places}) as process:
        assert wait_until(lambda: times_tried(log, 2) == 1)
        process.send_signal(sent)
        assert process.wait(SOON) == status
    assert wait_until(lambda: not any(map(is_running, pids(log))))


@pytest.mark.parametrize("work", ["plain", "nap_once"])
def test_a_server_that_dies_is_started_again_and_every_page_is_read(pdf: Path, log: Path, work: str) -> None:
    launch.end_waiting()
    before = children()
    results = workers.read_pages(find_sources(Path(), [pdf]), Settings(), jobs=2, work=standin(work))
    killer = threading.Thread(target=_kill_server, args=(log, children() - before, work == "nap_once"))
    killer.start()
    [result] = results
    killer.join(SOON)
    assert sorted(made(result)) == [1, 2, 3, 4, 5]
    assert codes(result) == []


def _kill_server(log: Path, servers: set[int], late: bool) -> None:
    """End the server at once, or once a worker is on page 2; its workers end with it."""
    assert servers
    assert not late or wait_until(lambda: times_tried(log, 2) == 1)
    orphans = pids(log) if late else set()
    for server in servers:
        os.kill(server, signal.SIGKILL)
    assert wait_until(lambda: not any(map(is_running, orphans)))


def test_a_server_that_dies_again_and_again_ends_the_run(pdf: Path, log: Path) -> None:
    results = workers.read_pages(find_sources(Path(), [pdf]), Settings(), jobs=1, work=standin("regicide"))
    with pytest.raises(WorkersError, match="run again"):
        list(results)
    assert times_tried(log, 2) == Settings().server_starts


def test_a_worker_that_the_system_kills_is_one_of_memory(pdf: Path, log: Path) -> None:
    [result] = read([pdf], "killed")
    assert sorted(made(result)) == [1, 3, 4, 5]
    assert codes(result) == [("memory", 2)]
    assert "fewer --jobs" in result.problems[-1].message
    assert times_tried(log, 2) == 2


REFUSING = """
import resource
real = resource.setrlimit
def setrlimit(which, bounds):
    if which == resource.RLIMIT_AS:
        raise ValueError("current limit exceeds maximum limit")
    real(which, bounds)
resource.setrlimit = setrlimit
"""


def test_a_system_that_bounds_no_memory_reads_on_and_says_so_once(
    tmp_path: Path, pdf: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "start").mkdir()
    (tmp_path / "start" / "sitecustomize.py").write_text(REFUSING, encoding="utf-8")
    (other := tmp_path / "other.pdf").write_bytes(report(1))
    assert [codes(r) for r in read([pdf, other])] == [[], []]
    assert caplog.messages == []
    monkeypatch.syspath_prepend(tmp_path / "start")
    assert [codes(r) for r in read([pdf, other])] == [[], []]
    assert len(caplog.messages) == 1
    assert "does not bound the memory" in caplog.messages[0]


def test_nothing_is_left_in_the_folder_of_temporary_files(
    pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    pdf.write_bytes(pdf.read_bytes().replace(b"startxref\n", b"startxref\n9"))
    [result] = read([pdf], "segfault")
    assert sorted(made(result)) == [1, 3, 4, 5]
    assert codes(result) == [("damaged_xref", None), ("crash", 2)]
    assert list(folder.iterdir()) == []


def test_a_caller_that_takes_its_time_costs_no_page(tmp_path: Path, log: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.pdf").write_bytes(report(12))
    bounds = Settings(page_seconds=0.5)
    results = workers.read_pages(find_sources(tmp_path), bounds, jobs=2, work=standin("long_winded"))
    for result in results:
        assert codes(result) == []
        assert len(result.raw_pages) == 12
        time.sleep(0.8)
    assert len(log.read_text(encoding="utf-8").splitlines()) == 36


def test_a_file_that_is_refused_before_its_turn_costs_the_next_no_page(tmp_path: Path) -> None:
    files = {"a": report(2), "b": b"<html></html>", "c": report(4)}
    for name, data in files.items():
        (tmp_path / f"{name}.pdf").write_bytes(data)
    results = read([tmp_path / f"{name}.pdf" for name in files], "doze")
    assert [sorted(made(result)) for result in results] == [[1, 2], [], [1, 2, 3, 4]]
    assert [codes(result) for result in results] == [[], [("not_a_pdf", None)], []]
