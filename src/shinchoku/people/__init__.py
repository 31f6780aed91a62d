"""What people know better than the reading of a page: corrections of cells and tables, and signed pages."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Kind = Literal["text", "no_records", "goes_on"]

KINDS: tuple[Kind, ...] = ("text", "no_records", "goes_on")
"""What a correction says: another text of a cell; a table gives no records; a table continues the one before
it."""


class Place(NamedTuple):
    """A cell of a report, or with neither row nor column a table. `page` and `table` count from 1, `row` and
    `col` from 0."""

    page: int
    table: int
    row: int | None
    col: int | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of corrections.csv. `printed` is what is read at `place`: the whole text of a cell, the first
    texts of a table. `line` is where the file has it, from 1."""

    report_id: str
    place: Place
    kind: Kind
    printed: str
    corrected: str
    reason: str
    by: str
    date: str
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> str:
        """What tells this correction from any other that says something else."""
        said = [self.report_id, *self.place, self.kind, self.printed, self.corrected]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Review:
    """A line of reviews.csv: who found a page read as it is printed; `digest` is that of what was read."""

    report_id: str
    page: int
    digest: str
    by: str
    date: str
    remark: str


@dataclass(frozen=True, slots=True)
class People:
    """What people know of all reports of a folder."""

    corrections: tuple[Correction, ...] = ()
    reviews: tuple[Review, ...] = ()

    def of(self, report_id: str) -> "People":
        """What they know of one report."""
        return People(
            tuple(c for c in self.corrections if c.report_id == report_id),
            tuple(r for r in self.reviews if r.report_id == report_id),
        )


NOBODY = People()
"""Where nobody has looked."""
