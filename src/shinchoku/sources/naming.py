"""A folder of PDFs and PDFs in; the id of the report that each of them is out."""

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from shinchoku.language import say
from shinchoku.problems import ShinchokuError
from shinchoku.text import is_unseen

DEEP = 2
"""So many folders below the folder of PDFs one may lie."""
UNFIT = frozenset('/\\:*?"<>|')
"""Characters no part of a report id may hold: Windows and the shares of offices refuse them in file names."""
DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)
"""Names no part of a report id may have, whatever follows a dot: in Windows they are devices."""


class SourceError(ShinchokuError):
    """A PDF named at the terminal, or the list of sources, that nothing can be done with."""


def pdfs_below(raw: Path) -> list[Path]:
    """The PDFs below a folder, by their path; hidden files and folders are none of it. Raises SourceError
    where there is none, or a folder that cannot be looked into."""
    if not raw.is_dir():
        raise SourceError.say("{raw}: no such folder; name PDFs, or a folder of them with --raw", raw=raw)
    try:
        paths = sorted(_walk(raw, {raw.resolve()}), key=lambda path: path.relative_to(raw).parts)
    except OSError as error:
        raise SourceError.say("{path}: {strerror}", path=error.filename, strerror=error.strerror) from error
    if not paths:
        raise SourceError.say(
            "{raw}: no PDF in this folder; put some there, or name another with --raw", raw=raw
        )
    return paths


def layouts_in(raw: Path) -> list[Path]:
    """The files of layouts of one's own beside the PDFs, by name."""
    return sorted((raw / "layouts").glob("*.toml"))


def _walk(folder: Path, seen: set[Path]) -> Iterator[Path]:
    """Every PDF below a folder; one that links lead to twice is walked once."""
    for path in folder.iterdir():
        if path.name.startswith("."):
            continue
        if path.is_dir() and path.resolve() not in seen:
            seen.add(path.resolve())
            yield from _walk(path, seen)
        elif path.is_file() and path.suffix.lower() == ".pdf":
            yield path


def report_id_of(raw: Path, path: Path) -> str:
    """What the report of a PDF is called: its path below `raw` without .pdf, and the stem alone where it does
    not lie there."""
    below = _below(raw, path)
    return below.with_name(path.stem).as_posix() if below else path.stem


def place_of(raw: Path, path: Path) -> str:
    """The PDF's path from the folder that `raw` lies in; of one that lies elsewhere, its folder's name and
    its own. It tells the PDFs of an id apart, and names no more of the machine."""
    below = _below(raw, path)
    home = raw if below else path.parent
    return f"{home.resolve().name}/{(below or Path(path.name)).as_posix()}"


def _below(raw: Path, path: Path) -> Path | None:
    """The path of a PDF from `raw` on, None where it does not lie below it."""
    pairs = (
        (os.path.abspath(raw), os.path.abspath(path)),
        (raw.resolve(), path.parent.resolve() / path.name),
    )
    return next((Path(p).relative_to(r) for r, p in pairs if Path(p).is_relative_to(r)), None)


def unfit_names(names: Mapping[Path, str]) -> dict[Path, SourceError]:
    """What is wrong with each PDF whose name, or the name of whose folder, cannot be part of an id, that lies
    too deep, or that would have the id of another one. Names are compared as folders of a Mac or of Windows
    do: case and composed kana make no difference."""
    unfit = {path: why for path, report_id in names.items() if (why := _unfit(path, report_id))}
    same: dict[str, list[Path]] = {}
    for path, report_id in names.items():
        if path not in unfit:
            same.setdefault(folded(report_id), []).append(path)
    for first, *others in same.values():
        for path in others:
            unfit[path] = SourceError.say(
                "{other} and {path} would both be the report {stem!r}; rename one of them",
                other=first,
                path=path,
                stem=names[path],
            )
            unfit.setdefault(first, unfit[path])
    return {path: unfit[path] for path in names if path in unfit}


def _unfit(path: Path, report_id: str) -> SourceError | None:
    parts = report_id.split("/")
    odd = [c for part in parts for c in part if c in UNFIT or is_unseen(c)]
    odd += [part for part in parts if part.split(".")[0].lower() in DEVICES]
    if odd or any(not part or part != part.strip().strip(".") for part in parts):
        what = ", ".join(sorted({ascii(c) for c in odd})) or say("a space or a dot at an end of its name")
        return SourceError.say(
            "{path!r}: a report cannot be named so; rename the PDF without {what}", path=str(path), what=what
        )
    if len(parts) > DEEP + 1:
        return SourceError.say(
            "{path}: lies more than {deep} folders below the folder of PDFs; move it up", path=path, deep=DEEP
        )
    return None


def folded(report_id: str) -> str:
    """An id as it is compared with another one."""
    return unicodedata.normalize("NFC", report_id).casefold()


def folders_between(raw: Path, path: Path) -> Iterable[Path]:
    """The folders whose lists may speak of a PDF: its own first, then those above it up to `raw`."""
    below = _below(raw, path)
    up = len(below.parts) if below else 1
    folder = Path(os.path.abspath(path)).parent
    for _ in range(up):
        yield folder
        folder = folder.parent
