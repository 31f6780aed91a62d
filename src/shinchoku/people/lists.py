"""The files corrections.csv and reviews.csv in, what they say out; and lines of them, as bytes of such a
file."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from shinchoku.people import KINDS, Correction, People, Place, Review
from shinchoku.problems import ShinchokuError

CORRECTIONS, REVIEWS = "corrections.csv", "reviews.csv"
CORRECTION_COLUMNS = (
    *("report_id", "page", "table", "row", "col", "kind"),
    *("printed", "corrected", "reason", "by", "date"),
)
REVIEW_COLUMNS = ("report_id", "page", "digest", "by", "date", "remark")
V = TypeVar("V")


class PeopleError(ShinchokuError):
    """A list that cannot be used: the message names the file, the line and what is wanted there."""


def read_people(raw: Path) -> People:
    """What `raw/corrections.csv` and `raw/reviews.csv` say; nothing where they are not there. Raises
    PeopleError for a file or a line that cannot be understood."""
    return People(
        tuple(_read(raw / CORRECTIONS, CORRECTION_COLUMNS, correction_of)),
        tuple(_read(raw / REVIEWS, REVIEW_COLUMNS, _review)),
    )


def lines_of(content: bytes) -> list[list[str]]:
    """The lines of such a file, its heading first; text as it stands there but for line feeds."""
    text = content.decode("utf-8-sig").replace("\r\n", "\n")
    return [line for line in csv.reader(io.StringIO(text, newline=""), strict=True) if line]


def bytes_of(lines: Sequence[Sequence[str]]) -> bytes:
    """The lines as the bytes of such a file: UTF-8 with BOM, CRLF between lines, for spreadsheets."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode("utf-8-sig")


def correction_line(correction: Correction) -> dict[str, str]:
    """The fields of a correction's line."""
    place = ["" if value is None else str(value) for value in correction.place]
    told = (correction.printed, correction.corrected, correction.reason, correction.by, correction.date)
    fields = (correction.report_id, *place, correction.kind, *told)
    return dict(zip(CORRECTION_COLUMNS, fields, strict=True))


def review_line(review: Review) -> dict[str, str]:
    """The fields of a review's line."""
    fields = (review.report_id, str(review.page), review.digest, review.by, review.date, review.remark)
    return dict(zip(REVIEW_COLUMNS, fields, strict=True))


def lines_in(
    path: Path, needed: Sequence[str], optional: Sequence[str] = ()
) -> list[tuple[int, dict[str, str]]]:
    """The lines of such a file that say anything, by their numbers (the heading is 1): their fields by the
    names of the columns. Raises PeopleError where it cannot be read or lacks a column that is `needed`."""
    try:
        lines = lines_of(path.read_bytes())
    except OSError as error:
        raise PeopleError.say("cannot read {path}: {strerror}", path=path, strerror=error.strerror) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise PeopleError.say(
            "{path} is not a CSV file in UTF-8: {error}; save it as 'CSV UTF-8'", path=path, error=error
        ) from error
    heads = lines[0] if lines else list(needed)
    missing = [column for column in needed if column not in heads]
    if missing:
        raise PeopleError.say(
            "{path}: the first line must name the columns {listed}; there is no {missing}",
            path=path,
            listed=", ".join(needed),
            missing=", ".join(missing),
        )
    return [
        (number, dict.fromkeys(optional, "") | dict(zip(heads, [*line, *[""] * len(heads)], strict=False)))
        for number, line in enumerate(lines[1:], start=2)
        if any(line)
    ]


def _read(path: Path, columns: Sequence[str], make: Callable[[dict[str, str], int], V]) -> list[V]:
    found = []
    for number, line in lines_in(path, columns) if path.exists() else ():
        try:
            found.append(make(line, number))
        except PeopleError as error:
            raise PeopleError.say(
                "{path}, line {number}: {error}", path=path, number=number, error=error.said
            ) from error
    return found


def correction_of(line: dict[str, str], number: int = 0) -> Correction:
    """The correction of a line's fields; raises PeopleError, saying what is wanted, for one that is none."""
    kind = next((kind for kind in KINDS if kind == line["kind"].strip()), None)
    if kind is None:
        raise PeopleError.say("kind {kind!r} is none of {listed}", kind=line["kind"], listed=", ".join(KINDS))
    check_filled(line, "report_id", "reason", "by")
    cell = kind == "text"
    if not cell and (line["row"].strip() or line["col"].strip()):
        raise PeopleError.say("{kind} is said of a table: leave row and col empty", kind=kind)
    place = Place(
        _count(line, "page", 1),
        _count(line, "table", 1),
        _count(line, "row", 0) if cell else None,
        _count(line, "col", 0) if cell else None,
    )
    if not cell and not line["printed"]:
        raise PeopleError.say("printed is empty; it must hold the first texts of the table")
    told = (line["report_id"].strip(), place, kind, line["printed"], line["corrected"])
    return Correction(*told, line["reason"], line["by"].strip(), _date(line), number)


def _review(line: dict[str, str], number: int) -> Review:
    check_filled(line, "report_id", "digest", "by")
    signed = (line["report_id"].strip(), _count(line, "page", 1), line["digest"].strip(), line["by"].strip())
    return Review(*signed, _date(line), line["remark"])


def check_filled(line: Mapping[str, str], *names: str) -> None:
    """Raise PeopleError where one of these fields of a line is empty."""
    for name in names:
        if not line[name].strip():
            raise PeopleError.say("{name} is empty; it is needed", name=name)


def _count(line: dict[str, str], name: str, least: int) -> int:
    text = line[name].strip()
    if not (text.isascii() and text.isdecimal() and int(text) >= least):
        raise PeopleError.say(
            "{name} {value!r} is no number from {least} on", name=name, value=line[name], least=least
        )
    return int(text)


def _date(line: dict[str, str]) -> str:
    """The day, "" where none is given; spreadsheets turn 2026-04-01 into 2026/4/1."""
    text = line["date"].strip()
    try:
        year, month, day = text.replace("/", "-").split("-") if text else ("2000", "1", "1")
        found = date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise PeopleError.say("date {text!r} is no date such as 2026-04-01", text=text) from None
    return found if text else ""
