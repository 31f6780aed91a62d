"""Files made in a staging folder in; a folder or files of the output, replaced whole or left as they were,
out."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from shinchoku.dataset.schema import DATASET_TABLES
from shinchoku.problems import ShinchokuError

LOCK = ".lock"
STAGING = ".staging"
PREVIOUS = "previous"
DIFFS = "diffs"
PACKAGE = "datapackage.json"

_DENIED = "you may not write there; choose another folder with --out or change its permissions"
_FILE_THERE = "a file is where a folder is needed; move it away or choose another folder with --out"
_REASONS = {
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: "the disk is read-only; choose another folder with --out",
    errno.ENOSPC: "the disk is full; free some space and run again",
    errno.EDQUOT: "your disk quota is used up; free some space and run again",
    errno.EFBIG: "the file would be larger than allowed; raise the limit and run again",
    errno.EEXIST: _FILE_THERE,
    errno.ENOTDIR: _FILE_THERE,
    errno.EISDIR: "a folder is where a file is needed; move it away or choose another folder with --out",
    errno.ENAMETOOLONG: "the name is too long for the disk; give the PDF a shorter name",
}


class OutputError(ShinchokuError):
    """The output could not be written; what was there before is as it was."""


@contextmanager
def clear_errors(place: Path) -> Iterator[None]:
    """Turn an error of the file system into an OutputError that names `place` and says what to do."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
        raise OutputError(f"cannot write {place}: {reason}") from error


@contextmanager
def out_lock(
    out: Path, on_wait: Callable[[str], None] | None = None, timeout: float = 600.0
) -> Iterator[None]:
    """Hold the output folder `out` (made if need be) for this run alone, and mend what a run that died left.

    Where another run holds it, `on_wait` is told once and the lock is waited for, `timeout` seconds at most;
    then OutputError. A folder that cannot be made or written raises OutputError at once.
    """
    with clear_errors(out):
        out.mkdir(parents=True, exist_ok=True)
        lock = FileLock(out / LOCK)
        _wait_for(lock, out, on_wait, timeout)
    try:
        with clear_errors(out):
            _mend(out)
        yield
    finally:
        shutil.rmtree(out / STAGING, ignore_errors=True)
        lock.release()


@contextmanager
def staged_folder(out: Path, name: str) -> Iterator[Path]:
    """An empty folder to fill, inside `out_lock`; when the block ends well it replaces the folder `out/name`
    whole.

    Files of the previous folder that the new one does not have are kept; where nothing differs nothing is
    touched. When the block raises, `out/name` stays as it was.
    """
    target = out / name
    with clear_errors(target):
        stage = _empty_stage(out)
        yield stage
        if not _same_files(stage, target):
            _flush(stage)
            target.parent.mkdir(parents=True, exist_ok=True)
            previous = out / STAGING / PREVIOUS / name
            if target.exists():
                if not target.is_dir():
                    raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
                previous.parent.mkdir(parents=True, exist_ok=True)
                target.rename(previous)
            stage.rename(target)
            _settle(previous, target)
            _sync(target.parent)


@contextmanager
def staged_files(out: Path) -> Iterator[Path]:
    """An empty folder to fill, inside `out_lock`; when the block ends well its files replace those of `out`.

    Each file is replaced whole, in the order of their names, and only where its bytes differ.
    """
    with clear_errors(out):
        stage = _empty_stage(out)
        yield stage
        _flush(stage)
        for made in sorted(stage.iterdir()):
            present = out / made.name
            if not _same_bytes(made, present):
                made.replace(present)
        _sync(out)


def replace_file(file: Path, content: bytes) -> None:
    """Write one file outside the output folder, whole or not at all."""
    with clear_errors(file):
        made = file.with_name(f".{file.name}.new")
        try:
            made.write_bytes(content)
            _sync(made)
            made.replace(file)
        finally:
            made.unlink(missing_ok=True)
        _sync(file.parent)


def report_folders(out: Path) -> list[Path]:
    """The folders of the reports present under `out`, by name: those that hold a problems.parquet."""
    if not out.is_dir():
        return []
    return sorted(path.parent for path in out.glob("*/problems.parquet"))


def check_report_id(report_id: str) -> None:
    """Raise OutputError where a report of this name would stand in the way of the output's other files."""
    files = [f"{name}{ending}" for name in DATASET_TABLES for ending in (".parquet", ".csv")]
    if report_id.startswith(".") or "/" in report_id or report_id in ("", DIFFS, PACKAGE, *files):
        raise OutputError(f"a report cannot be named {report_id!r}: the name is taken; rename its PDF")


def _wait_for(lock: FileLock, out: Path, on_wait: Callable[[str], None] | None, timeout: float) -> None:
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if on_wait is not None:
                on_wait(f"another run is writing to {out}; waiting for it to end")
            lock.acquire(timeout=timeout)
    except Timeout:
        raise OutputError(
            f"another run has been writing to {out} for {timeout:.0f} seconds; wait for it or end it"
        ) from None


def _empty_stage(out: Path) -> Path:
    stage = out / STAGING / "next"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    return stage


def _mend(out: Path) -> None:
    """Finish or take back the replacement in which an earlier run died, and remove what it was making."""
    previous = out / STAGING / PREVIOUS
    left = [path for path in previous.glob("*") if path.name != DIFFS] + list(previous.glob(f"{DIFFS}/*"))
    for path in left:
        target = out / path.relative_to(previous)
        if target.exists():
            _settle(path, target)
        else:
            path.rename(target)
    shutil.rmtree(out / STAGING, ignore_errors=True)


def _settle(previous: Path, target: Path) -> None:
    """Carry over what only the previous folder has, then remove it."""
    if not previous.exists():
        return
    for path in previous.iterdir():
        if not (target / path.name).exists():
            path.rename(target / path.name)
    shutil.rmtree(previous)


def _same_files(stage: Path, target: Path) -> bool:
    return target.is_dir() and all(_same_bytes(path, target / path.name) for path in stage.iterdir())


def _same_bytes(made: Path, present: Path) -> bool:
    return present.is_file() and made.read_bytes() == present.read_bytes()


def _flush(folder: Path) -> None:
    for path in folder.iterdir():
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
