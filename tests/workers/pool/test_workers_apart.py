"""Workers that are not forked keep the same promises: every page is read, or named with what befell it."""

import tempfile
from pathlib import Path

import pytest

from make.pdfs.odd import report
from make.runs.processes import is_running
from make.runs.standins import codes, made, pids, read, standin, times_tried
from shinchoku.settings import Settings
from shinchoku.sources import find_sources
from shinchoku.workers import run as workers
from shinchoku.workers.pool import apart, team
from shinchoku.workers.pool.team import WorkersError

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def unforked(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is forked."""
    monkeypatch.setattr(team, "FORKS", False)


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A file of five pages."""
    path = tmp_path / "five.pdf"
    path.write_bytes(report(5))
    return path


@pytest.mark.parametrize(
    ("work", "settings", "problems"),
    [
        ("plain", Settings(worker_pages=2), []),
        ("segfault", Settings(), [("crash", 2)]),
        ("segfault_once", Settings(), []),
        ("nap", Settings(page_seconds=2.0), [("timeout", 2)]),
        ("killed", Settings(), [("memory", 2)]),
        ("hog", Settings(), [("memory", 2)]),
    ],
)
def test_a_page_that_is_lost_costs_that_page(
    pdf: Path, log: Path, work: str, settings: Settings, problems: list[tuple[str, int]]
) -> None:
    [result] = read([pdf], work, settings=settings, jobs=1)
    lost = {page for _, page in problems}
    assert sorted(made(result)) == [page for page in range(1, 6) if page not in lost]
    assert codes(result) == problems
    assert times_tried(log, 2) == (1 if work == "plain" else 2)
    assert not any(map(is_running, pids(log)))


def test_nothing_is_left_running_or_on_the_disk(
    pdf: Path, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    pdf.write_bytes(pdf.read_bytes().replace(b"startxref\n", b"startxref\n9"))
    results = workers.read_pages(find_sources(Path(), [pdf]), Settings(), jobs=2, work=standin("segfault"))
    [result] = results
    assert codes(result) == [("damaged_xref", None), ("crash", 2)]
    assert not any(map(is_running, pids(log)))
    assert list(folder.iterdir()) == []


def test_a_worker_that_does_not_come_ends_the_run(pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MODULE", "shinchoku.no_such_module")
    with pytest.raises(WorkersError, match="a worker did not start"):
        read([pdf])


def test_one_who_comes_to_the_door_without_the_key_is_sent_away(
    pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.compare_digest", lambda said, key: False)
    monkeypatch.setattr(apart, "START_SECONDS", 3.0)
    with pytest.raises(WorkersError, match="a worker did not start"):
        list(workers.read_pages(find_sources(Path(), [pdf]), Settings(server_starts=1), jobs=1))
