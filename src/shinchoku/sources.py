"""Folders and file names in; the PDFs to read out, each with its hash and what is known of its origin."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shinchoku.language import say
from shinchoku.problems import Problem, Severity, ShinchokuError

LIST = "sources.toml"
KEYS = (
    *("title", "publisher", "url", "licence", "area_code", "area_name", "note"),
    *("published", "fiscal_year"),
)
UNFIT = frozenset('/\\:*?"<>|')
"""Characters a report id may not hold: Windows and the shares of offices refuse them in file names."""


class SourceError(ShinchokuError):
    """A PDF named at the terminal, or the list of sources, that nothing can be done with."""


@dataclass(frozen=True, slots=True)
class Source:
    """One PDF and where it comes from. `sha256` is that of its bytes, "" where they could not be read;
    `stamp` is its size in bytes and time of change in nanoseconds when they were. `published` is an ISO date,
    `fiscal_year` the western year it reports on. What is not known of its origin is ""."""

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
    problems: tuple[Problem, ...] = ()


def find_sources(raw: Path, named: Sequence[Path] = ()) -> list[Source]:
    """The PDFs `named`, in that order, or all of the folder `raw` by name where none is; listed ones with
    what `sources.toml` beside them says. Raises SourceError where there is no such file or folder, no PDF in
    it, a name that cannot be a report id, two that would be the same one, or a list that cannot be
    understood."""
    paths = _unique(named) if named else _pdfs_of(raw)
    _check_names(paths)
    lists = {folder: _read_list(folder / LIST) for folder in {path.parent for path in paths}}
    return [_source(path, lists[path.parent]) for path in paths]


def _unique(named: Iterable[Path]) -> list[Path]:
    paths: dict[Path, Path] = {}
    for path in named:
        if not path.is_file():
            what = say("a folder, not a PDF") if path.is_dir() else say("no such file")
            raise SourceError(say("{path}: {what}", path=path, what=what))
        paths.setdefault(path.resolve(), path)
    return list(paths.values())


def _pdfs_of(raw: Path) -> list[Path]:
    if not raw.is_dir():
        raise SourceError(say("{raw}: no such folder; name PDFs, or a folder of them with --raw", raw=raw))
    found = (p for p in raw.iterdir() if p.suffix.lower() == ".pdf" and not p.name.startswith("."))
    paths = sorted((p for p in found if p.is_file()), key=lambda p: p.name)
    if not paths:
        raise SourceError(
            say("{raw}: no PDF in this folder; put some there, or name another with --raw", raw=raw)
        )
    return paths


def _check_names(paths: Iterable[Path]) -> None:
    """Names are compared as folders of a Mac or of Windows do: case and composed kana make no difference."""
    seen: dict[str, Path] = {}
    for path in paths:
        stem = path.stem
        odd = [c for c in stem if c in UNFIT or unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
        if odd or not stem or stem != stem.strip().strip("."):
            what = ", ".join(sorted({ascii(c) for c in odd})) or say("a space or a dot at an end of its name")
            raise SourceError(
                say(
                    "{path!r}: a report cannot be named so; rename the PDF without {what}",
                    path=str(path),
                    what=what,
                )
            )
        other = seen.setdefault(unicodedata.normalize("NFC", stem).casefold(), path)
        if other is not path:
            raise SourceError(
                say(
                    "{other} and {path} would both be the report {stem!r}; rename one of them",
                    other=other,
                    path=path,
                    stem=stem,
                )
            )


def _read_list(path: Path) -> Mapping[str, Mapping[str, str]]:
    import tomllib

    try:
        listed: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SourceError(say("{path}: cannot be read: {error}", path=path, error=error)) from error
    for report_id, entry in listed.items():
        if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
            raise SourceError(
                say("{path}: [{report_id}] must be a table of texts", path=path, report_id=report_id)
            )
        _check_dates(path, report_id, entry)
        unknown = sorted(set(entry) - set(KEYS))
        if unknown:
            keys = ", ".join(KEYS)
            raise SourceError(
                say(
                    "{path}: [{report_id}] has {listed}; the keys are {keys}",
                    path=path,
                    report_id=report_id,
                    listed=", ".join(unknown),
                    keys=keys,
                )
            )
    return {unicodedata.normalize("NFC", report_id): entry for report_id, entry in listed.items()}


def _check_dates(path: Path, report_id: str, entry: Mapping[str, str]) -> None:
    year, published = entry.get("fiscal_year", ""), entry.get("published", "")
    if year and re.fullmatch("(19|20)[0-9]{2}", year) is None:
        raise SourceError(
            say(
                '{path}: [{report_id}] fiscal_year {year!r} is no western year such as "2019"',
                path=path,
                report_id=report_id,
                year=year,
            )
        )
    try:
        date.fromisoformat(published or "2019-04-01")
    except ValueError:
        raise SourceError(
            say(
                '{path}: [{report_id}] published {published!r} is no date such as "2020-09-30"',
                path=path,
                report_id=report_id,
                published=published,
            )
        ) from None


def _source(path: Path, listed: Mapping[str, Mapping[str, str]]) -> Source:
    report_id = path.stem
    entry = listed.get(unicodedata.normalize("NFC", report_id))
    problems = []
    if entry is None:
        message = say(
            "nothing is known of where this PDF comes from; add [{report_id}] to {list} in its folder",
            report_id=report_id,
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
    return Source(path, report_id, sha256, stamp, **(entry or {}), problems=tuple(problems))


def digest(path: Path) -> tuple[str, tuple[int, int]]:
    """The sha256 of a file's bytes, and its stamp: size in bytes, time of change in nanoseconds."""
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest(), (status.st_size, status.st_mtime_ns)
