"""One more line of corrections.csv or reviews.csv in, or one less; the file, whole, by one writer at a time,
out."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

from shinchoku.dataset.publish import replace_file
from shinchoku.people import Correction, Review
from shinchoku.people.lists import (
    CORRECTION_COLUMNS,
    CORRECTIONS,
    REVIEW_COLUMNS,
    REVIEWS,
    bytes_of,
    correction_line,
    lines_of,
    read_people,
    review_line,
)
from shinchoku.problems import ShinchokuError
from shinchoku.settings import WRITER_SECONDS

LOCK = ".people.lock"

Lines = list[list[str]]


class OutdatedError(ShinchokuError):
    """The lists are not as the writer saw them: somebody else wrote meanwhile. Nothing is written."""


def state(raw: Path) -> str:
    """What tells the lists as they are now from any other state of them."""
    digest = hashlib.sha256()
    for name in (CORRECTIONS, REVIEWS):
        path = raw / name
        digest.update(path.read_bytes() if path.is_file() else b"")
        digest.update(b"\0")
    return digest.hexdigest()[:16]


def check(raw: Path, seen: str) -> None:
    """Raise OutdatedError where the lists are not in the state `seen`."""
    if state(raw) != seen:
        raise OutdatedError.say("somebody else changed the lists meanwhile; look again, then repeat it")


def keep(raw: Path, correction: Correction, seen: str) -> None:
    """Add a correction to `raw/corrections.csv`. Raises OutdatedError where the lists are not in the state
    `seen`, OutputError where the disk refuses."""
    line = correction_line(correction)
    _change(raw, CORRECTIONS, CORRECTION_COLUMNS, seen, lambda lines: [*lines, _ordered(line, lines[0])])


def take_back(raw: Path, key: str, seen: str) -> Correction:
    """Take the correction of that key out of `raw/corrections.csv`, and give it; as `keep`."""
    found = [c for c in read_people(raw).corrections if c.key == key]
    if not found:
        raise OutdatedError.say("this correction is not in the list any more")
    numbers = {correction.line for correction in found}

    def without(lines: Lines) -> Lines:
        return [line for number, line in enumerate(lines, start=1) if number not in numbers]

    _change(raw, CORRECTIONS, CORRECTION_COLUMNS, seen, without)
    return found[-1]


def sign(raw: Path, review: Review, seen: str) -> None:
    """Add a signature to `raw/reviews.csv`; as `keep`."""
    line = review_line(review)
    _change(raw, REVIEWS, REVIEW_COLUMNS, seen, lambda lines: [*lines, _ordered(line, lines[0])])


def _ordered(line: dict[str, str], heads: list[str]) -> list[str]:
    """The fields in the order of the file's columns, which may be more and in another order."""
    return [line.get(head, "") for head in heads]


def _change(
    raw: Path, name: str, columns: tuple[str, ...], seen: str, change: Callable[[Lines], Lines]
) -> None:
    try:
        with FileLock(raw / LOCK, timeout=WRITER_SECONDS):
            check(raw, seen)
            path = raw / name
            lines = lines_of(path.read_bytes()) if path.is_file() else []
            replace_file(path, bytes_of(change(lines or [list(columns)])))
    except Timeout as error:
        raise OutdatedError.say("somebody else is writing; try again") from error
