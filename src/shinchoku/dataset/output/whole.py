"""An output folder and reports to be read there in; an error where its files are not of one state out."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from shinchoku.dataset import FOLDER_TABLES, HISTORY_TABLES
from shinchoku.dataset.output.staging import LAST, is_cut_short
from shinchoku.dataset.publish import DIFFS, report_names
from shinchoku.language import say
from shinchoku.problems import ShinchokuError


class MixedError(ShinchokuError):
    """Files of an output folder come from different runs, or are damaged."""


@dataclass(frozen=True, slots=True)
class Described:
    """What datapackage.json says there is: of each report the digest of its files and the hash of its PDF, of
    each other file its size in bytes and its hash."""

    reports: Mapping[str, str] = field(default_factory=dict)
    pdfs: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[Path, tuple[int, str]] = field(default_factory=dict)


def described(data: Path) -> Described:
    """What the package of an output folder describes; nothing where there is none, or none that can be
    read."""
    try:
        return _described(data)
    except (OSError, ValueError, KeyError, TypeError):
        return Described()


def report_files(report_id: str) -> list[str]:
    """The names of a report's files in the output, in order."""
    return [f"{report_id}/{name}.{kind}" for name in FOLDER_TABLES for kind in ("parquet", "csv")]


def report_digest(report_id: str, place: Callable[[str], Path]) -> str:
    """One hash of a report's files, each at the `place` of its name; "" where one cannot be read."""
    held = hashlib.sha256()
    for path in map(place, report_files(report_id)):
        size, said = fingerprint(path)
        if size < 0:
            return ""
        held.update(f"{path.name} {said}\n".encode())
    return f"sha256:{held.hexdigest()}"


def fingerprint(path: Path) -> tuple[int, str]:
    """The size of a file in bytes, and its hash; -1 and "" where it cannot be read."""
    try:
        with path.open("rb") as file:
            said = hashlib.file_digest(file, "sha256").hexdigest()
            return file.tell(), f"sha256:{said}"
    except OSError:
        return -1, ""


def is_described(data: Path, known: Mapping[str, str]) -> bool:
    """Whether all that stands in an output folder is what its package describes, all of that is there, and
    nothing is to be said of it; `known` are the digests of reports that were just made."""
    said = described(data)
    diffs = {path.relative_to(data) for path in (data / DIFFS).rglob("rows.parquet")}
    joined = {path for name in HISTORY_TABLES if (data / (path := Path(f"{name}.parquet"))).exists()}
    return (
        set(report_names(data)) == said.reports.keys()
        and diffs | joined <= said.files.keys()
        and len(set(said.pdfs.values())) == len(said.pdfs)
        and all((known.get(name) or digest_in(data, name)) == digest for name, digest in said.reports.items())
        and all(fingerprint(data / path) == held for path, held in said.files.items())
    )


def check_whole(data: Path, report_ids: Iterable[str]) -> None:
    """Raise MixedError where the files of these reports, or the Parquet files over all reports, are not the
    ones that datapackage.json describes. A folder that was never collected has no such file, and is not
    mixed."""
    mend = say("run `shinchoku extract` again, which mends it")
    if is_cut_short(data):
        raise MixedError.say(
            "{data}: a run ended while it wrote its files here; {mend}", data=data, mend=mend
        )
    try:
        said = _described(data)
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MixedError.say(
            "{path} cannot be read ({error}); {mend}", path=data / LAST, error=error, mend=mend
        ) from error
    named = set(report_ids)
    unknown = named - said.reports.keys()
    if unknown:
        raise MixedError.say(
            "{path} is not in {last}: its files are of another run; {mend}",
            path=data / min(unknown),
            last=LAST,
            mend=mend,
        )
    mixed = [data / name for name in sorted(named) if digest_in(data, name) != said.reports[name]]
    mixed += [
        data / place
        for place, known in said.files.items()
        if place.suffix == ".parquet" and place.parent == Path() and fingerprint(data / place) != known
    ]
    if mixed:
        raise MixedError.say(
            "{path} is not what {last} describes; {mend}", path=mixed[0], last=LAST, mend=mend
        )


def _described(data: Path) -> Described:
    package = json.loads((data / LAST).read_text(encoding="utf-8"))
    return Described(
        {each["report_id"]: each["files"] for each in package["sources"]},
        {each["report_id"]: each["hash"] for each in package["sources"]},
        {Path(r["path"]): (r["bytes"], r["hash"]) for r in package["resources"] if "hash" in r},
    )


def digest_in(data: Path, report_id: str) -> str:
    """`report_digest` of a report as it stands in an output folder."""
    return report_digest(report_id, data.joinpath)
