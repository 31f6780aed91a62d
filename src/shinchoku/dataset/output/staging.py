"""Files made beside the output in; all of them shown there at once, or none, out.

What a run makes is put into NEXT, in the places it will have in the output. The step is one renaming, of NEXT
to SURE: before it everything is as it was; after it the files are moved to their places, and where that is
cut short the next run goes on with it.
"""

import os
import shutil
import signal
import threading
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from shinchoku.problems import ShinchokuError

STAGING = ".shinchoku-staging"
MARK = ".made-by-shinchoku"
MAKING = "making"
NEXT = "next"
SURE = "sure"
PUT_OFF = (int(signal.SIGINT), int(signal.SIGTERM))
GONE = ".gone"
"""Staged beside the files: the names of those that the step removes, a line each."""
PIECE = 1 << 20
"""Bytes of two files that are compared at a time."""
AT_ONCE = 16
"""So many files are waited for at a time until they are on the disk."""
LAST = "datapackage.json"
"""Moved after all other files: it says what belongs together."""


def claim(out: Path) -> None:
    """Finish or take back what an earlier run left in the staging folder of `out`. Raises ShinchokuError, and
    touches nothing, where something else stands in its place; OSError."""
    staging = out / STAGING
    mark = staging / MARK
    foreign = staging.exists() and not mark.is_file() and (staging.is_file() or any(staging.iterdir()))
    if staging.is_symlink() or mark.is_symlink() or foreign:
        raise ShinchokuError.say("{staging} was not made by this program; move it away", staging=staging)
    _move(out)
    leave(out)


def begin(out: Path) -> Path:
    """An empty folder to fill."""
    (out / STAGING).mkdir(exist_ok=True)
    (out / STAGING / MARK).touch()
    drop(out, MAKING)
    folder = out / STAGING / MAKING
    folder.mkdir()
    return folder


def put(out: Path, name: str) -> None:
    """The files that were made are staged as ones of the folder `name`, "" for the output itself."""
    place = out / STAGING / NEXT / name
    place.mkdir(parents=True, exist_ok=True)
    with undisturbed():
        for made in (out / STAGING / MAKING).iterdir():
            made.replace(place / made.name)
    drop(out, MAKING)


def remove(out: Path, names: Iterable[str]) -> None:
    """Files of the output that the step removes, with the folders that are empty then."""
    begin(out)
    gone = sorted(removed(out).union(names))
    (out / STAGING / MAKING / GONE).write_text(
        "".join(f"{name}\n" for name in gone), encoding="utf-8", newline="\n"
    )
    put(out, "")


def removed(out: Path) -> frozenset[str]:
    """The names of the files that the step will remove."""
    return _listed(out / STAGING / NEXT / GONE)


def is_staged(out: Path, name: str) -> bool:
    """Whether the file `name` of the output was made by this run."""
    return (out / STAGING / NEXT / name).exists()


def present(out: Path, name: str) -> Path:
    """Where the file or folder `name` of the output is now: staged, or else in its place."""
    staged = out / STAGING / NEXT / name
    return staged if staged.exists() else out / name


def step(out: Path) -> None:
    """Show all that was staged, where it differs from what is there."""
    staged = out / STAGING / NEXT
    for made in _files(staged):
        if _same_bytes(made, out / made.relative_to(staged)):
            made.unlink()
    changed = _files(staged)
    if not changed:
        return
    for made in changed:
        (out / made.relative_to(staged)).parent.mkdir(parents=True, exist_ok=True)
    _sync_all(changed)
    _sync_all({made.parent for made in changed})
    with undisturbed():
        staged.rename(out / STAGING / SURE)
        sync(out / STAGING)
        _move(out)


def leave(out: Path) -> None:
    """Remove the staging folder, but for a step that was cut short and what is not ours."""
    with suppress(OSError):
        drop(out, MAKING)
        drop(out, NEXT)
        if {path.name for path in (out / STAGING).iterdir()} <= {MARK}:
            (out / STAGING / MARK).unlink(missing_ok=True)
            (out / STAGING).rmdir()


def is_cut_short(out: Path) -> bool:
    """Whether a run died in the middle of its step."""
    return (out / STAGING / SURE).is_dir()


def drop(out: Path, name: str) -> None:
    """Remove one of the folders in the staging folder."""
    folder = out / STAGING / name
    if folder.is_dir():
        shutil.rmtree(folder)


def _move(out: Path) -> None:
    """Move the files of a step that is sure to their places."""
    sure = out / STAGING / SURE
    if not sure.is_dir():
        return
    for name in _listed(sure / GONE):
        (out / name).unlink(missing_ok=True)
        _drop_empty((out / name).parent, out)
    (sure / GONE).unlink(missing_ok=True)
    files = _files(sure)
    for made in files:
        place = out / made.relative_to(sure)
        place.parent.mkdir(parents=True, exist_ok=True)
        made.replace(place)
    _sync_all({(out / made.relative_to(sure)).parent for made in files} | {out})
    shutil.rmtree(sure)


def _listed(gone: Path) -> frozenset[str]:
    return frozenset(gone.read_text(encoding="utf-8").splitlines() if gone.is_file() else ())


def _drop_empty(folder: Path, out: Path) -> None:
    """Remove a folder below `out`, and those above it, as far as they are empty."""
    while folder != out and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _files(folder: Path) -> list[Path]:
    """Every file under a folder, in the order in which they are moved."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(found, key=lambda path: (path.name == LAST, path))


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put off what SIGINT and SIGTERM do until the block is through."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        came.append(number)

    before = {number: signal.signal(number, note) for number in PUT_OFF}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in came:
            signal.raise_signal(number)


def _same_bytes(made: Path, there: Path) -> bool:
    if there.is_symlink() or not there.is_file() or made.stat().st_size != there.stat().st_size:
        return False
    with made.open("rb") as one, there.open("rb") as other:
        while piece := one.read(PIECE):
            if piece != other.read(PIECE):
                return False
    return True


def _sync_all(paths: Collection[Path]) -> None:
    """Have the system write them all at once: one after the other takes it ten times as long."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        deque(pool.map(sync, paths), 0)


def sync(path: Path) -> None:
    """Have the system write a file or a folder to the disk; Windows opens no folder, and writes none so."""
    if path.is_dir() and not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
