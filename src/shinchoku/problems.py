"""What could not be read or looks wrong: where it stands, how bad it is, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a problem is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `page` and `table` count from 1, `row` and `col` from 0, `box` is (x0, top, x1, bottom)
    in points from the page's top left; each is None where the finding has no such place. `printed` is the
    text it is about, `message` says what it means and what to do next."""

    severity: Severity
    code: str
    message: str
    page: int | None = None
    table: int | None = None
    row: int | None = None
    col: int | None = None
    printed: str = ""
    box: tuple[float, float, float, float] | None = None


def count_by_severity(problems: Iterable[Problem]) -> dict[Severity, int]:
    """How many problems there are of each severity, every severity named."""
    counts = dict.fromkeys(Severity, 0)
    for problem in problems:
        counts[problem.severity] += 1
    return counts


class ShinchokuError(Exception):
    """A broken promise that ends a command: its text is meant for the person at the terminal."""
