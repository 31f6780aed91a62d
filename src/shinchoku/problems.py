"""What could not be read or looks wrong: where it stands, how bad it is, and what to do about it."""

import logging
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePath
from typing import Self

from shinchoku.language import Said, say, tell
from shinchoku.text import escaped

LOG = logging.getLogger(__name__)
TRACED = 4
"""So many of the innermost calls are named where an exception came up."""
SAID = 200


class Severity(StrEnum):
    """How bad a problem is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `page` and `table` count from 1, `row` and `col` from 0, `box` is (x0, top, x1, bottom)
    in points from the page's top left; each is None where the finding has no such place. `printed` is the
    text it is about, `said` says what it means and what to do next, with control characters that it
    quotes from the file written out. `row_kind`, `row_id` and `column` name the column of a record that it is
    about, each "" where it is about none."""

    severity: Severity
    code: str
    said: Said
    page: int | None = None
    table: int | None = None
    row: int | None = None
    col: int | None = None
    printed: str = ""
    box: tuple[float, float, float, float] | None = None
    row_kind: str = ""
    row_id: str = ""
    column: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "said", Said(_on_a_line(self.said.en), _on_a_line(self.said.ja)))

    @property
    def message(self) -> str:
        """What is said, in English."""
        return self.said.en


def _on_a_line(text: str) -> str:
    return escaped(text.replace("\n", " "))


def internal_error(error: Exception, doing: Said) -> Problem:
    """An exception that no code foresaw as a problem of the report it came up at; its short trace is in the
    message, and the whole in the log."""
    LOG.error("%s while %s", type(error).__name__, doing.en, exc_info=error)
    frames = traceback.extract_tb(error.__traceback__)[-TRACED:]
    trace = " > ".join(f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    message = say(
        "a mistake in this program ended {doing} ({kind}: {error}; {trace}); report it with "
        "the PDF as README.md says; all other reports are done",
        doing=doing,
        kind=type(error).__name__,
        error=str(error)[:SAID],
        trace=trace,
    )
    return Problem(Severity.ERROR, "internal_error", message)


def count_by_severity(problems: Iterable[Problem]) -> dict[Severity, int]:
    """How many problems there are of each severity, every severity named."""
    counts = dict.fromkeys(Severity, 0)
    for problem in problems:
        counts[problem.severity] += 1
    return counts


def gathered(problems: Iterable[Problem]) -> list[Problem]:
    """The problems in order, an info that says the same of several whole pages once, naming them."""
    out: list[Problem] = []
    pages: dict[Said, list[int]] = {}
    first: dict[Said, int] = {}
    for problem in problems:
        whole = problem == Problem(Severity.INFO, problem.code, problem.said, page=problem.page)
        if not whole or problem.page is None:
            out.append(problem)
            continue
        pages.setdefault(problem.said, []).append(problem.page)
        if problem.said not in first:
            first[problem.said] = len(out)
            out.append(problem)
    for said, place in first.items():
        if len(pages[said]) > 1:
            out[place] = replace(
                out[place], page=None, said=say("{pages}: {said}", pages=span(pages[said]), said=said)
            )
    return out


def span(pages: Sequence[int]) -> Said:
    """Page numbers in words: "page 3", "pages 1, 3-9"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    words = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    listed = ", ".join(words)
    if len(pages) > 1:
        return say("pages {listed}", listed=listed)
    return say("page {listed}", listed=listed)


class ShinchokuError(Exception):
    """A broken promise that ends a command: what is said is meant for the person at the terminal, in whose
    language it is as text, with control characters that it quotes written out."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said

    @classmethod
    def say(cls, template: str, /, **values: object) -> Self:
        """The error that says this, as `language.say` does."""
        return cls(say(template, **values))

    def __str__(self) -> str:
        return escaped(tell(self.said))
