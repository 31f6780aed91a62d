"""Folders and file names in; the PDFs to read out, each with its id, its hash and what is known of its
origin."""

import hashlib
import os
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from shinchoku.language import say
from shinchoku.problems import Problem, Severity
from shinchoku.sources.areas import area_name, check_digit, is_code
from shinchoku.sources.listed import LIST, Entry, read_list
from shinchoku.sources.naming import (
    SourceError,
    folders_between,
    pdfs_below,
    place_of,
    report_id_of,
    unfit_names,
)


@dataclass(frozen=True, slots=True)
class Source:
    """One PDF and where it comes from. `sha256` is that of its bytes, "" where they could not be read;
    `stamp` is its size in bytes and time of change in nanoseconds when they were. `place` is its path as far
    as it tells PDFs of one id apart. `published` is an ISO date, `fiscal_year` the western year it is about,
    `kind` "other" for a PDF that is no report. What is not known of its origin is ""."""

    path: Path
    report_id: str
    sha256: str
    stamp: tuple[int, int]
    title: str = ""
    publisher: str = ""
    url: str = ""
    licence: str = ""
    area_code: str = ""
    area_name: str = ""
    note: str = ""
    published: str = ""
    fiscal_year: str = ""
    kind: str = ""
    place: str = ""
    problems: tuple[Problem, ...] = ()


def find_sources(
    raw: Path, named: Sequence[Path] = (), on_unfit: Callable[[Path, SourceError], None] | None = None
) -> list[Source]:
    """The PDFs `named`, in that order, or all below the folder `raw` by name where none is; listed ones with
    what `sources.toml` in their folder, or one above it up to `raw`, says. Raises SourceError where there is
    no such file or folder, no PDF in it, or a list that cannot be understood; and for a name that cannot be a
    report id, one that lies too deep and two that would be the same one, if that leaves none or no one is to
    be told of such by `on_unfit`."""
    paths = _unique(named) if named else pdfs_below(raw)
    names = {path: report_id_of(raw, path) for path in paths}
    for path, why in unfit_names(names).items():
        del names[path]
        if on_unfit is None or not names:
            raise why
        on_unfit(path, why)
    folders = {folder for path in paths for folder in folders_between(raw, path)}
    lists = {folder: read_list(folder / LIST) for folder in sorted(folders)}
    return [_source(raw, path, report_id, lists) for path, report_id in names.items()]


def _unique(named: Iterable[Path]) -> list[Path]:
    paths: dict[Path, Path] = {}
    for path in named:
        if not path.is_file():
            what = say("a folder, not a PDF") if path.is_dir() else say("no such file")
            raise SourceError.say("{path}: {what}", path=path, what=what)
        paths.setdefault(path.resolve(), path)
    return list(paths.values())


def _source(raw: Path, path: Path, report_id: str, lists: Mapping[Path, Mapping[str, Entry]]) -> Source:
    entry = _entry(raw, path, lists)
    problems = []
    if entry is None:
        key = f'["{report_id}"]' if "/" in report_id else f"[{report_id}]"
        message = say(
            "nothing is known of where this PDF comes from; add {key} to {list} in the folder of PDFs",
            key=key,
            list=LIST,
        )
        problems.append(Problem(Severity.INFO, "unlisted_source", message, printed=path.name))
    try:
        sha256, stamp = digest(path)
    except OSError as error:
        sha256, stamp = "", (0, 0)
        message = say(
            "the file cannot be opened ({strerror}); see to its permissions and run again",
            strerror=error.strerror,
        )
        problems.append(Problem(Severity.ERROR, "unreadable_file", message, printed=path.name))
    code, doubts = _area(path, report_id, entry or {})
    known = {**(entry or {}), "area_code": code}
    known["area_name"] = known.get("area_name") or area_name(code)
    problems += doubts
    place = place_of(raw, path)
    return Source(path, report_id, sha256, stamp, **known, place=place, problems=tuple(problems))


def _entry(raw: Path, path: Path, lists: Mapping[Path, Mapping[str, Entry]]) -> Entry | None:
    """What the lists say of a PDF: the nearest that names it."""
    for folder in folders_between(raw, path):
        name = Path(os.path.abspath(path)).relative_to(folder).with_name(path.stem).as_posix()
        entry = lists[folder].get(unicodedata.normalize("NFC", name))
        if entry is not None:
            return entry
    return None


def _area(path: Path, report_id: str, entry: Entry) -> tuple[str, list[Problem]]:
    """The code of the municipality: the name of the nearest folder that is one, or what the list says. Raises
    SourceError where these are two."""
    coded = [part for part in report_id.split("/")[-2::-1] if is_code(part)]
    wrong = [code for code in coded if check_digit(code) != code[-1]]
    doubts = [
        Problem(
            Severity.WARNING,
            "area_code",
            say(
                "the folder {code} is named like a municipality's code, but its last digit would have to be "
                "{digit}; rename it, or say the area_code in {list}",
                code=code,
                digit=check_digit(code),
                list=LIST,
            ),
            printed=code,
        )
        for code in wrong
    ]
    found = next((code for code in coded if code not in wrong), "")
    said = entry.get("area_code", "")
    if found and said and found != said:
        raise SourceError.say(
            "{path}: its folder says {found} and {list} says {told}; one of them is wrong",
            path=path,
            found=found,
            list=LIST,
            told=said,
        )
    return said or found, doubts


def digest(path: Path) -> tuple[str, tuple[int, int]]:
    """The sha256 of a file's bytes, and its stamp: size in bytes, time of change in nanoseconds."""
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest(), (status.st_size, status.st_mtime_ns)


__all__ = ["Source", "SourceError", "digest", "find_sources"]
