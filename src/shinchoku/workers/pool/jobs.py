"""What is known of each file while it is read: its pages done, lost and still to do, and what to do next."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from shinchoku.language import Said, say
from shinchoku.problems import Problem, Severity
from shinchoku.settings import Settings
from shinchoku.sources import Source
from shinchoku.workers.answers import Cover, Layer
from shinchoku.workers.pool.team import Task, Worker

JOIN = 3
"""A worker joins another in reading a file where so many pages are left: opening it costs about one
page's time."""
DEPTH = 16
"""Pages a worker has before it at most, so that it has work while the command is busy with another file."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page that was read: what was made of it, and where its text comes from."""

    value: Any
    layer: Layer


@dataclass(eq=False)
class Job:
    """One file being read: `key` names its entries in the cache, `number` is its place (from 0) among the
    files of its pool, which sets it. `page_count` is how many of its pages are to be read, None while that is
    not known; `tried` are the pages (0: opening it) that a worker died on once; `started` is the monotonic
    time of its first task, `seconds` the processor time that workers spent on it. Where `only` is given, no
    other pages are read."""

    source: Source
    key: str
    number: int = 0
    page_count: int | None = None
    refused: bool = False
    problems: list[Problem] = field(default_factory=list)
    leaves: dict[int, Leaf] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)
    todo: deque[int] = field(default_factory=deque)
    tried: set[int] = field(default_factory=set)
    started: float = 0.0
    peak: int = 0
    seconds: float = 0.0
    only: frozenset[int] | None = None

    def cover(self, cover: Cover, settings: Settings) -> None:
        """Take in how many pages there are, and put those not yet read before the workers."""
        self.page_count = min(cover.page_count, settings.pages)
        self.problems.extend(cover.problems)
        if cover.page_count > settings.pages:
            message = say(
                "of {page_count:,} pages the first {pages:,} were read; split the file",
                page_count=cover.page_count,
                pages=settings.pages,
            )
            self.problems.append(Problem(Severity.ERROR, "too_large", message, page=settings.pages + 1))
        self.todo.extend(page for page in self._wanted() if page not in self.leaves)

    def give_back(self, page: int) -> None:
        """Put a page that was given to a worker back to be done, in its place."""
        self.todo = deque(sorted([*self.todo, page]))

    def lose(self, page: int, code: str, message: Said) -> None:
        """Take in that a page cannot be read; page 0 is the whole file, or what is still to do of it."""
        if page:
            self.lost.add(page)
        elif self.page_count is None:
            self.refused = True
        elif not self.todo:
            return
        else:
            page = self.todo[0]
            message = say("pages {page} to {last}: {message}", page=page, last=self.todo[-1], message=message)
            self.lost.update(self.todo)
            self.todo.clear()
        self.problems.append(Problem(Severity.ERROR, code, message, page=page or None))

    @property
    def pages_done(self) -> int:
        """How many pages are read or lost."""
        return len(self.leaves) + len(self.lost)

    @property
    def is_done(self) -> bool:
        """Whether nothing more is to be learnt of the file."""
        return self.refused or (self.page_count is not None and self.pages_done == len(self._wanted()))

    def _wanted(self) -> Sequence[int]:
        """The pages that are to be read, once it is known how many there are."""
        pages = range(1, (self.page_count or 0) + 1)
        return pages if self.only is None else [page for page in pages if page in self.only]


def next_tasks(
    worker: Worker, workers: Sequence[Worker], jobs: Sequence[Job], settings: Settings
) -> list[Task]:
    """What to give a worker now: nothing, a page of the file it has open, or another file to open and a
    page of it. `jobs` are those not done, in the order they are wanted."""
    if worker.given >= settings.worker_pages or (worker.alone and worker.ahead):
        return []
    own = next((job for job in jobs if job.number == worker.file and job.todo), None)
    if own is not None:
        deep = len(worker.ahead) >= max(1, min(DEPTH, len(own.todo) // len(workers)))
        return [] if deep else [Task(own.number, own.todo.popleft())]
    if worker.ahead:
        return []
    manned = {other.file for other in workers if other is not worker}
    shared = next((j for j in jobs if len(j.todo) >= (JOIN if j.number in manned else 1)), None)
    if shared is not None:
        return [Task(shared.number, 0), Task(shared.number, shared.todo.popleft())]
    closed = [job for job in jobs if job.page_count is None and job.number != worker.file]
    unopened = next((job for job in closed if job.number not in manned), None) or next(iter(closed), None)
    return [Task(unopened.number, 0)] if unopened else []
