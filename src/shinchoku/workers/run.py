"""PDFs in, what was made of their pages out: read by worker processes within bounds, or taken from the
cache."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from shinchoku.language import say
from shinchoku.parts import RawPage
from shinchoku.problems import Problem, Severity, span
from shinchoku.settings import Settings
from shinchoku.sources import Source
from shinchoku.workers.answers import Work
from shinchoku.workers.cache import Cache
from shinchoku.workers.cache.recall import is_kept, key_of, recall
from shinchoku.workers.pool.jobs import Job
from shinchoku.workers.pool.pool import Pool
from shinchoku.workers.pool.team import Team

WORK = Work("shinchoku.raw:raw_page", RawPage)
"""What a worker does with a page it has read."""


@dataclass(frozen=True, slots=True)
class FileResult:
    """What was read of a PDF. `raw_pages` are those that could be read, in order; `problems` are those of
    the file as a whole and of the pages that were lost (a raw page carries its own). `failed` says that
    nothing could be read. `scanned` are the pages that hold only a picture, `ocr` those whose text a
    program read from one; both from 1. `peak_bytes` is the most memory a worker held while it read them and
    `seconds` the processor time that all of them spent on it (OCR: all time), 0 where none did."""

    source: Source
    raw_pages: tuple[RawPage, ...]
    problems: tuple[Problem, ...]
    page_count: int
    failed: bool
    scanned: tuple[int, ...] = ()
    ocr: tuple[int, ...] = ()
    peak_bytes: int = field(default=0, compare=False)
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class ProgressEvent:
    """One more page of a file is done; `page_count` is 0 while it is not known."""

    source: Source
    pages_done: int
    page_count: int


def default_jobs() -> int:
    """One worker for each core this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_pages(
    sources: Sequence[Source],
    settings: Settings,
    *,
    jobs: int,
    reader: str = "pdfplumber",
    password: str = "",
    cache: Cache | None = None,
    progress: Callable[[ProgressEvent], None] = lambda event: None,
    work: Work = WORK,
    only: Iterable[int] | None = None,
) -> Iterator[FileResult]:
    """The pages of each source, in the order given, each file as soon as it is done; `jobs` workers read.

    `only` are the pages to read (all where None). Whatever is wrong with a PDF is in the result's problems.
    Processes are started at once where the cache does not hold everything. Those that read end with the
    iterator: use it up or close it; the one that starts them waits for this process's next run. Raises
    WorkersError where none can be started. Of files that the cache holds no more than one is held at a time.
    """
    wanted = None if only is None else frozenset(only)
    keys = [key_of(source, settings, reader, password, work.name) for source in sources]
    files = [
        Job(source, key, refused=not source.sha256, only=wanted)
        for source, key in zip(sources, keys, strict=True)
    ]
    results = _Reading(files, settings, jobs, reader, password, cache, progress, work).results()
    next(results)
    return results


@dataclass(frozen=True, slots=True)
class _Reading:
    """Files that are read, and how; see `read_pages`."""

    files: Sequence[Job]
    settings: Settings
    jobs: int
    reader: str
    password: str
    cache: Cache | None
    progress: Callable[[ProgressEvent], None]
    work: Work

    def results(self) -> Iterator[Any]:
        """First nothing, when all has begun, so that closing the iterator ends it even where it was never
        used; then each result."""
        kept = {job for job in self.files if is_kept(self.cache, job.key, self.settings)}
        unread = [job for job in self.files if not job.refused and job not in kept]
        with ExitStack() as stack:
            team = stack.enter_context(self._team()) if unread else None
            for job in unread:
                recall(job, self.cache, self.work.kind, self.settings)
            read = self._read(team, unread) if team else iter(unread)
            yield None
            for job in self.files:
                if job in kept:
                    recall(job, self.cache, self.work.kind, self.settings)
                    if not job.is_done:  # an entry is damaged
                        with self._team() as more:
                            next(self._read(more, [job]))
                elif job in unread:  # one that is refused by now was read too
                    next(read)
                self._note(job)
                yield _result(job)
                job.leaves.clear()

    def _team(self) -> Team:
        room = max(job.source.stamp[0] for job in self.files)
        return Team(self.settings, self.work.name, self.reader, room)

    def _read(self, team: Team, unread: Sequence[Job]) -> Iterator[Job]:
        size, kind = max(1, self.jobs), self.work.kind
        return Pool(team, unread, self.settings, size, self.reader, self.password, kind, self._tell).run()

    def _tell(self, job: Job, page: int, body: bytes) -> None:
        if self.cache is not None and body and not _has_changed(job.source):
            head = {"layer": job.leaves[page].layer} if page else {}
            self.cache.store(job.key, page, head, body)
        self._note(job)

    def _note(self, job: Job) -> None:
        self.progress(ProgressEvent(job.source, job.pages_done, job.page_count or 0))


def _result(job: Job) -> FileResult:
    pages = sorted(job.leaves.items())
    scanned = tuple(page for page, leaf in pages if leaf.layer == "picture")
    ocr = tuple(page for page, leaf in pages if leaf.layer == "ocr")
    problems = [*job.source.problems, *sorted(job.problems, key=lambda problem: problem.page or 0)]
    if scanned:
        message = say(
            "{span}: pictures without text; run again with --ocr to have them read", span=span(scanned)
        )
        problems.append(Problem(Severity.ERROR, "scanned", message))
    if ocr:
        message = say(
            "{span}: a program read the text from a picture; compare every cell with the picture",
            span=span(ocr),
        )
        problems.append(Problem(Severity.WARNING, "ocr", message))
    if job.source.sha256 and _has_changed(job.source):
        message = say("the file changed while it was read, and old and new may be mixed; run again")
        problems.append(Problem(Severity.ERROR, "changed_file", message))
    raw_pages = tuple(leaf.value for _, leaf in pages)
    return FileResult(
        job.source,
        raw_pages,
        tuple(problems),
        job.page_count or 0,
        not raw_pages,
        scanned,
        ocr,
        job.peak,
        job.seconds,
    )


def _has_changed(source: Source) -> bool:
    try:
        status = source.path.stat()
    except OSError:
        return True
    return (status.st_size, status.st_mtime_ns) != source.stamp
