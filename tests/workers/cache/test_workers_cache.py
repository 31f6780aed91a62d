"""What was read once is not read again, whoever else writes to the cache and whatever became of it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from make.pdfs.odd import report
from make.runs.standins import LOG, codes, made, read, standin, times_tried
from shinchoku.settings import Settings
from shinchoku.sources import find_sources
from shinchoku.version import code_version
from shinchoku.workers import cache as cache_module
from shinchoku.workers import run as workers
from shinchoku.workers.cache import Cache, open_cache
from shinchoku.workers.cache.recall import key_of
from shinchoku.workers.wire import Message

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("log")]


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A file of three pages."""
    path = tmp_path / "three.pdf"
    path.write_bytes(report(3))
    return path


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """A cache with nothing in it."""
    return open_cache(tmp_path / "cache")


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[int, str]]:
    """The folder of a cache in which that file was read, to be copied, and what was made of its pages."""
    folder = tmp_path_factory.mktemp("once")
    (folder / "three.pdf").write_bytes(report(3))
    log = Path(os.environ[LOG])
    log.unlink(missing_ok=True)
    [first] = read([folder / "three.pdf"], cache=open_cache(folder / "cache"))
    assert reads(log) == [1, 1, 1]
    return folder / "cache", made(first)


@pytest.fixture
def filled(read_once: tuple[Path, dict[int, str]], tmp_path: Path) -> Cache:
    """A copy of that cache."""
    shutil.copytree(read_once[0], tmp_path / "cache")
    return open_cache(tmp_path / "cache")


def reads(log: Path) -> list[int]:
    """How often each of the three pages was read."""
    return [times_tried(log, page) for page in (1, 2, 3)]


def entries(cache: Cache) -> list[Path]:
    """The files of the cache."""
    return sorted(path for path in cache.folder.rglob("*") if path.is_file())


def test_a_second_run_starts_no_process(
    pdf: Path, cache: Cache, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [first] = read([pdf], cache=cache)
    monkeypatch.setattr(workers, "Team", None)
    [second] = read([pdf], cache=cache)
    assert second == first
    assert reads(log) == [1, 1, 1]


def test_kept_files_are_unpacked_one_at_a_time(
    pdf: Path, tmp_path: Path, cache: Cache, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [pdf, tmp_path / "two.pdf"]
    paths[1].write_bytes(report(2))
    read(paths, cache=cache)
    loaded: list[int] = []
    load = Cache.load

    def noting(self: Cache, key: str, page: int) -> Message | None:
        loaded.append(page)
        return load(self, key, page)

    monkeypatch.setattr(Cache, "load", noting)
    sources = find_sources(Path(), paths)
    results = workers.read_pages(sources, Settings(), jobs=1, cache=cache, work=standin("plain"))
    assert sorted(made(next(results))) == [1, 2, 3]
    assert sorted(filter(None, loaded)) == [1, 2, 3]
    assert sorted(made(next(results))) == [1, 2]
    assert sorted(filter(None, loaded)) == [1, 1, 2, 2, 3]
    assert times_tried(log, 1) == 2


def test_a_run_over_kept_pages_does_not_import_the_readers(pdf: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from shinchoku.workers import run as workers\n"
        "from shinchoku.settings import Settings; from shinchoku.sources import find_sources\n"
        "from shinchoku.workers.cache import open_cache\n"
        "list(workers.read_pages(find_sources(Path(), [Path(sys.argv[1])]), Settings(), jobs=1,\n"
        "     cache=open_cache()))\n"
        "print({'pdfplumber', 'pdfminer', 'pypdfium2', 'PIL'} & set(sys.modules))\n"
    )
    kept = {**os.environ, cache_module.VARIABLE: str(tmp_path / "cache")}
    command = [sys.executable, "-c", script, str(pdf)]
    said = [
        subprocess.run(command, env=kept, capture_output=True, text=True, check=True).stdout for _ in range(2)
    ]
    assert said == ["set()\n", "set()\n"]
    assert entries(Cache(tmp_path / "cache"))


def test_only_what_is_missing_is_read(pdf: Path, filled: Cache, log: Path) -> None:
    [page_two] = [path for path in entries(filled) if path.name == "2"]
    page_two.unlink()
    [result] = read([pdf], cache=filled)
    assert sorted(made(result)) == [1, 2, 3]
    assert reads(log) == [0, 1, 0]


@pytest.mark.parametrize("damage", [b"", b"cut", b"\0" * 200, b"[]"])
def test_a_damaged_entry_is_as_good_as_none(
    pdf: Path, read_once: tuple[Path, dict[int, str]], filled: Cache, log: Path, damage: bytes
) -> None:
    for path in entries(filled):
        path.write_bytes(damage if damage != b"cut" else path.read_bytes()[:-1])
    [second] = read([pdf], cache=filled)
    assert made(second) == read_once[1]
    assert reads(log) == [1, 1, 1]


def test_an_entry_of_another_kind_is_as_good_as_none(pdf: Path, filled: Cache, log: Path) -> None:
    key = entries(filled)[0].parent.name
    cover = filled.load(key, 0)
    assert cover is not None
    filled.store(key, 2, {"layer": "text"}, cover.body)
    read([pdf], cache=filled)
    assert reads(log) == [0, 1, 0]


def test_an_entry_put_in_another_s_place_is_as_good_as_none(pdf: Path, filled: Cache, log: Path) -> None:
    first, other = (path for path in entries(filled) if path.name in ("1", "2"))
    first.write_bytes(other.read_bytes())
    [result] = read([pdf], cache=filled)
    assert sorted(made(result)) == [1, 2, 3]
    assert reads(log) == [1, 0, 0]


def test_a_lost_page_is_tried_again(pdf: Path, cache: Cache, log: Path) -> None:
    for _ in range(2):
        [result] = read([pdf], "stumble", cache=cache)
        assert codes(result) == [("unreadable_page", 2)]
    assert reads(log) == [1, 2, 1]


def test_other_bytes_bounds_passwords_and_readers_have_entries_of_their_own(pdf: Path, cache: Cache) -> None:
    [source] = find_sources(Path(), [pdf])
    pdf.write_bytes(report(3) + b"\n")
    [changed] = find_sources(Path(), [pdf])
    keys = {
        key_of(source, Settings(), "pdfplumber", "", "work"),
        key_of(changed, Settings(), "pdfplumber", "", "work"),
        key_of(source, Settings(glyphs=5), "pdfplumber", "", "work"),
        key_of(source, Settings(), "pdfium", "", "work"),
        key_of(source, Settings(), "pdfplumber", "secret", "work"),
        key_of(source, Settings(), "pdfplumber", "", "other"),
    }
    assert len(keys) == 6


def test_what_changes_while_it_is_read_is_not_kept(pdf: Path, cache: Cache) -> None:
    sources = find_sources(Path(), [pdf])
    pdf.write_bytes(report(2))
    list(workers.read_pages(sources, Settings(), jobs=1, cache=cache, work=standin("plain")))
    assert entries(cache) == []


def test_a_cache_that_cannot_be_written_is_no_fault(pdf: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    [result] = read([pdf], cache=open_cache(tmp_path / "file"))
    assert sorted(made(result)) == [1, 2, 3]


def test_runs_at_once_share_a_cache(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    script = (
        "import sys; from pathlib import Path; from shinchoku.workers.cache import open_cache\n"
        "cache = open_cache(Path(sys.argv[1])); body = bytes(range(256)) * 400\n"
        "for i in range(300):\n"
        "    cache.store('ab' * 32, i % 7, {'layer': 'text'}, body)\n"
        "    entry = cache.load('ab' * 32, (i + 3) % 7)\n"
        "    assert entry is None or (entry.head, entry.body) == ({'layer': 'text'}, body)\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", script, str(folder)]) for _ in range(3)]
    assert [run.wait() for run in runs] == [0, 0, 0]
    assert len(entries(open_cache(folder))) == 7


def test_the_version_is_that_of_every_room_up_to_the_raw_page(tmp_path: Path) -> None:
    def version_of(files: Sequence[tuple[str, str]]) -> str:
        root = tmp_path / str(len(list(tmp_path.iterdir())))
        for name, text in (("__init__.py", ""), *files):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        return code_version(cache_module.LATER, root)

    before = version_of([("grid.py", "a"), ("dataset/files.py", "a")])
    assert version_of([("grid.py", "a"), ("dataset/files.py", "b")]) == before
    assert version_of([("grid.py", "b"), ("dataset/files.py", "a")]) != before
    assert version_of([("grid.py", "a"), ("radicals.csv", "a")]) != before
    assert version_of([("page/grid.py", "a")]) != before


def test_rooms_left_out_of_the_version_are_not_used_by_workers() -> None:
    script = "import sys, shinchoku.raw, shinchoku.workers.pool.child; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    used = {name.split(".")[1] for name in said.split() if name.startswith("shinchoku.")}
    assert "raw" in used
    assert not used & set(cache_module.LATER)


def test_what_other_versions_kept_long_ago_is_thrown_away(tmp_path: Path) -> None:
    long_ago, lately, foreign = (tmp_path / name for name in ("0" * 16, "1" * 16, "mine"))
    for folder in (long_ago, lately, foreign):
        folder.mkdir()
        (folder / "entry").write_text("x", encoding="utf-8")
    for folder in (long_ago, foreign):
        os.utime(folder, (0, 0))
    open_cache(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir() if p.name in ("0" * 16, "1" * 16, "mine")) == [
        "1" * 16,
        "mine",
    ]
