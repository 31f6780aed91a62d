"""Folders and files of the output in; all of them replaced when a run ends, or left as they were, out."""

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from shinchoku.dataset import DATASET_TABLES, FOLDER_TABLES, HISTORY_TABLES
from shinchoku.dataset.output import staging
from shinchoku.language import Said, say
from shinchoku.problems import ShinchokuError
from shinchoku.settings import RUN_SECONDS
from shinchoku.sources.naming import DEEP

if TYPE_CHECKING:
    from filelock import FileLock

    from shinchoku.sources import Source

LOCK = ".lock"
DIFFS = "diffs"
PACKAGE = "datapackage.json"

_DENIED = say("you may not write there; choose another folder with --out or change its permissions")
_FILE_THERE = say("a file is where a folder is needed; move it away or choose another folder with --out")
_REASONS = {
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: say("the disk is read-only; choose another folder with --out"),
    errno.ENOSPC: say("the disk is full; free some space and run again"),
    errno.EDQUOT: say("your disk quota is used up; free some space and run again"),
    errno.EFBIG: say("the file would be larger than allowed; raise the limit and run again"),
    errno.EEXIST: _FILE_THERE,
    errno.ENOTDIR: _FILE_THERE,
    errno.EISDIR: say("a folder is where a file is needed; move it away or choose another folder with --out"),
    errno.ENAMETOOLONG: say("the name is too long for the disk; give the PDF a shorter name"),
}


class OutputError(ShinchokuError):
    """The output could not be written; what was there before is as it was."""


@contextmanager
def clear_errors(place: Path) -> Iterator[None]:
    """Turn an error of the file system into an OutputError that names `place` and says what to do."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or error.strerror or str(error)
        raise OutputError.say("cannot write {place}: {reason}", place=place, reason=reason) from error


@contextmanager
def out_lock(
    out: Path, on_wait: Callable[[Said], None] | None = None, timeout: float = RUN_SECONDS
) -> Iterator[None]:
    """Hold the output folder `out` (made if need be) for this run alone, and mend what a run that died left.

    What is published and collected in the block shows when it ends well, all at once; when it raises, `out`
    stays as it was. Where another run holds the folder, `on_wait` is told once and the lock is waited for,
    `timeout` seconds at most; then OutputError. A folder that cannot be made or written raises OutputError at
    once.
    """
    from filelock import FileLock

    with clear_errors(out):
        out.mkdir(parents=True, exist_ok=True)
        lock = FileLock(out / LOCK)
        _wait_for(lock, out, on_wait, timeout)
    try:
        with clear_errors(out):
            staging.claim(out)
        try:
            yield
            with clear_errors(out):
                staging.step(out)
        finally:
            staging.leave(out)
    finally:
        lock.release()


@contextmanager
def staged_folder(out: Path, name: str) -> Iterator[Path]:
    """An empty folder to fill, inside `out_lock`; when the block ends well its files are staged to replace
    those of `out/name`. Files that only the folder there has are kept. When the block raises, nothing is
    staged.
    """
    target = out / name
    with clear_errors(target):
        if target.is_symlink() or (target.exists() and not target.is_dir()):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        yield staging.begin(out)
        staging.put(out, name)


@contextmanager
def staged_files(out: Path) -> Iterator[Path]:
    """An empty folder to fill, inside `out_lock`; when the block ends well its files are staged to replace
    those right in `out`."""
    with clear_errors(out):
        yield staging.begin(out)
        staging.put(out, "")


def replace_file(file: Path, content: bytes) -> None:
    """Write one file outside the output folder, whole or not at all."""
    with clear_errors(file):
        made = file.with_name(f".{file.name}.new")
        try:
            made.write_bytes(content)
            staging.sync(made)
            made.replace(file)
        finally:
            made.unlink(missing_ok=True)
        staging.sync(file.parent)


def report_folders(out: Path, held: str = "problems.parquet") -> list[Path]:
    """The folders of the reports present under `out`, by name: those that hold a file `held`, at most DEEP
    folders below it."""
    found = (path.parent for deep in range(DEEP + 1) for path in out.glob("*/" * deep + f"*/{held}"))
    return sorted(folder for folder in found if not _is_aside(folder.relative_to(out)))


def report_folder(data: Path, report_id: str, held: str = "problems.parquet") -> Path:
    """The folder of a report, which holds a file `held`; raises ShinchokuError, naming those that are there,
    where there is none."""
    folder, there = data / report_id, report_folders(data, held)
    if folder not in there:
        present = ", ".join(path.relative_to(data).as_posix() for path in there) or say("none")
        raise ShinchokuError.say(
            "{folder}: no such report (there: {present}); run `shinchoku extract` first",
            folder=folder,
            present=present,
        )
    return folder


def _is_aside(place: Path) -> bool:
    return place.parts[0] == DIFFS or any(part.startswith(".") for part in place.parts)


def report_names(out: Path) -> list[str]:
    """The names of the reports that will be present under `out` at the end of `out_lock`."""
    staged = out / staging.STAGING / staging.NEXT
    present = {f.relative_to(place).as_posix() for place in (out, staged) for f in report_folders(place)}
    gone = staging.removed(out)
    return sorted(name for name in present if f"{name}/problems.parquet" not in gone)


def check_report_id(report_id: str) -> None:
    """Raise OutputError where a report of this name would stand in the way of the output's other files."""
    first, *below = report_id.split("/")
    taken = {DIFFS, PACKAGE, *_files_of((*DATASET_TABLES, *HISTORY_TABLES))}
    odd = any(part == "" or part.startswith(".") for part in (first, *below))
    if odd or first in taken or len(below) > DEEP or set(below) & set(_files_of(FOLDER_TABLES)):
        raise OutputError.say(
            "a report cannot be named {report_id!r}: the name is taken; rename its PDF", report_id=report_id
        )


def check_free(out: Path, sources: "Iterable[Source]") -> None:
    """Raise OutputError where the id of one of these PDFs stands in `out` for another one: one that lies
    elsewhere, or another municipality's."""
    for source in sources:
        path = out / source.report_id / "problems.parquet"
        if not path.is_file():
            continue
        from shinchoku.dataset.tables.files import read_meta

        told = read_meta(path)
        if told.get("report_id") != source.report_id:
            continue
        place, area = told.get("source_path") or source.place, told.get("area_code", "")
        if place != source.place or (area and source.area_code and area != source.area_code):
            was, new = f"{place} {area}".strip(), f"{source.place} {source.area_code}".strip()
            raise OutputError.say(
                "the report {report_id!r} in {out} was read from another PDF ({was}, and now {new}); "
                "rename one of them, put them in folders of their own, or give --replace",
                report_id=source.report_id,
                out=out,
                was=was,
                new=new,
            )


def _files_of(tables: Iterable[str]) -> list[str]:
    return [f"{name}{ending}" for name in tables for ending in (".parquet", ".csv")]


def _wait_for(lock: "FileLock", out: Path, on_wait: Callable[[Said], None] | None, timeout: float) -> None:
    from filelock import Timeout

    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if on_wait is not None:
                on_wait(say("another run is writing to {out}; waiting for it to end", out=out))
            lock.acquire(timeout=timeout)
    except Timeout:
        raise OutputError.say(
            "another run has been writing to {out} for {timeout:.0f} seconds; wait for it or end it",
            out=out,
            timeout=timeout,
        ) from None
