"""A plan in; every PDF of it made into a report on a Ray cluster, or quarantined, and how it went, out.

Ray Core alone: a task is a batch of PDFs and gives back statuses, never data. The driver keeps twice as many
tasks in flight as there are processors, holds the deadline of each from when a processor is free for it, ends
what passes it by force, and tries again what died with its machine.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import ray
from ray.exceptions import (
    NodeDiedError,
    OutOfMemoryError,
    RayError,
    RayTaskError,
    TaskCancelledError,
    WorkerCrashedError,
)

from shinchoku.fleet.manifest import Quarantined, write_record
from shinchoku.fleet.plan import Job, Plan
from shinchoku.fleet.store import open_store
from shinchoku.fleet.work import MAKE, OtherCodeError, Status, work
from shinchoku.problems import ShinchokuError
from shinchoku.version import code_version

MIB = 2**20
MEMORY = 1024 * MIB
"""What a task may take of a machine; twice that on the second try of a PDF for which it was too little."""
TRIES = 3
"""A PDF whose worker dies or whose machine is lost is tried so often."""
CLEAN_UP = "RAY_process_group_cleanup_enabled"
"""The environment variable by which Ray ends the processes that a worker leaves behind."""
TICK = 0.25
"""Seconds between two looks at what is running."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """`deadline` in seconds a PDF, `memory` in bytes a task, `tries` for what dies with its worker."""

    deadline: float = 600.0
    memory: int = MEMORY
    tries: int = TRIES


@dataclass(slots=True)
class Progress:
    """How far it is: PDFs of each outcome, pages, and since when."""

    total: int
    done: int = 0
    failed: int = 0
    quarantined: int = 0
    running: int = 0
    pages: int = 0
    since: float = field(default_factory=time.monotonic)


@dataclass(slots=True)
class _Task:
    """A batch on its way: how often its PDFs were tried, and when a processor was free for it."""

    jobs: tuple[Job, ...]
    tries: int
    memory: int
    started: float | None = None

    @property
    def count(self) -> int:
        """How many PDFs it holds."""
        return sum(len(job.paths) for job in self.jobs)


@dataclass(slots=True)
class _Drive:
    """The state of one drive: what waits, what is in flight, in the order in which it was handed out."""

    plan: Plan
    source: str
    out: str
    bounds: Bounds
    tell: Callable[[Progress], None]
    make: str
    progress: Progress
    waiting: list[_Task]
    flying: dict[Any, _Task] = field(default_factory=dict)
    remote: dict[int, Any] = field(default_factory=dict)


@contextmanager
def cluster(address: str | None, cpus: int | None) -> Iterator[None]:
    """Be connected to the Ray cluster at `address`, or to one of this machine alone, with `cpus` processors
    (all without it). Raises ShinchokuError where there is none at the address.

    A Ray of this machine ends what its workers started together with them.
    """
    if not address:
        os.environ.setdefault(CLEAN_UP, "1")
    alone = {"num_cpus": cpus, "include_dashboard": False, "object_store_memory": 100 * MIB}
    more = {} if address else alone
    try:
        ray.init(address=address or "local", log_to_driver=False, configure_logging=False, **more)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise ShinchokuError.say(
            "no Ray cluster at {address}: {error}", address=address or "this machine", error=error
        ) from error
    try:
        yield
    finally:
        ray.shutdown()


def drive(
    plan: Plan,
    source: str,
    out: str,
    bounds: Bounds | None = None,
    tell: Callable[[Progress], None] = lambda progress: None,
    make: str = MAKE,
) -> Progress:
    """Work through `plan` inside `cluster`. What is committed stays so, whatever ends this early; an
    interrupt ends what runs."""
    bounds = bounds or Bounds()
    waiting = [_Task(batch, 1, bounds.memory) for batch in reversed(plan.batches)]
    progress = Progress(sum(task.count for task in waiting))
    state = _Drive(plan, source, out, bounds, tell, make, progress, waiting)
    try:
        while state.waiting or state.flying:
            _hand_out(state)
            _hold_deadlines(state)
            done, _ = ray.wait(list(state.flying), num_returns=1, timeout=TICK)
            for answer in done:
                _take(state, answer)
            state.progress.running = min(len(state.flying), _cpus())
            tell(state.progress)
    finally:
        for answer in state.flying:
            ray.cancel(answer, force=True)
    return state.progress


def _cpus() -> int:
    return max(1, int(ray.cluster_resources().get("CPU", 1)))


def _hand_out(state: _Drive) -> None:
    while state.waiting and len(state.flying) < 2 * _cpus():
        task = state.waiting.pop()
        if task.memory not in state.remote:
            state.remote[task.memory] = ray.remote(num_cpus=1, max_retries=0, memory=task.memory)(work)
        answer = state.remote[task.memory].remote(
            task.jobs,
            state.source,
            state.out,
            state.plan.beside,
            state.plan.version,
            code_version(),
            task.memory,
            state.make,
        )
        state.flying[answer] = task


def _hold_deadlines(state: _Drive) -> None:
    """Start the clock of those tasks that have a processor, the first handed out, and end those whose time is
    up."""
    for answer, task in list(state.flying.items())[: _cpus()]:
        task.started = task.started or time.monotonic()
        if _is_over(state, task):
            ray.cancel(answer, force=True)


def _take(state: _Drive, answer: Any) -> None:
    task = state.flying.pop(answer)
    try:
        statuses: list[Status] = ray.get(answer)
    except RayTaskError as error:
        if isinstance(error.cause, OtherCodeError):
            raise ShinchokuError.say("{cause}", cause=error.cause) from error
        _again(state, task, "error", str(error), max_tries=1)
    except OutOfMemoryError as error:
        _more_memory(state, task, str(error))
    except TaskCancelledError:
        _over_time(state, task)
    except (WorkerCrashedError, NodeDiedError) as error:
        if _is_over(state, task):
            _over_time(state, task)
        else:
            _again(state, task, "crash", str(error), max_tries=state.bounds.tries)
    except RayError as error:
        _again(state, task, "crash", str(error), max_tries=state.bounds.tries)
    else:
        for job, status in zip(task.jobs, statuses, strict=True):
            _count(state, replace(task, jobs=(job,)), status)


def _is_over(state: _Drive, task: _Task) -> bool:
    spent = 0.0 if task.started is None else time.monotonic() - task.started
    return spent > state.bounds.deadline * task.count


def _count(state: _Drive, task: _Task, status: Status) -> None:
    if status.code == "done":
        state.progress.done += len(status.paths)
        state.progress.failed += bool(status.errors)
        state.progress.pages += status.pages
    elif status.code == "memory":
        _more_memory(state, task, status.said, status.node)
    else:
        _quarantine(state, task, status.code, status.said, status.node)


def _again(state: _Drive, task: _Task, why: str, said: str, max_tries: int) -> None:
    """Try again what died, each PDF of a batch by itself; quarantine what has been tried often enough."""
    if len(task.jobs) > 1:
        state.waiting += [replace(task, jobs=(job,), started=None) for job in task.jobs]
    elif task.tries >= max_tries:
        _quarantine(state, task, why, said)
    else:
        state.waiting.append(replace(task, tries=task.tries + 1, started=None))


def _more_memory(state: _Drive, task: _Task, said: str, node: str = "") -> None:
    """Try once with twice the memory."""
    if len(task.jobs) > 1:
        _again(state, task, "memory", said, max_tries=1)
    elif task.memory > state.bounds.memory:
        _quarantine(state, task, "memory", said, node)
    else:
        state.waiting.append(replace(task, tries=task.tries + 1, memory=2 * task.memory, started=None))


def _over_time(state: _Drive, task: _Task) -> None:
    said = f"not done after {state.bounds.deadline:g} seconds"
    _again(state, task, "timeout", said, max_tries=1)


def _quarantine(state: _Drive, task: _Task, why: str, said: str, node: str = "") -> None:
    """Note that these PDFs are not worked on again, and why; the rest goes on."""
    (job,) = task.jobs
    data = open_store(state.source).read(job.paths[0])
    sha256 = hashlib.sha256(data).hexdigest()
    words = said.strip()[-2000:]
    note = Quarantined(sha256, state.plan.version, job.paths, why, task.tries, node, words)
    write_record(open_store(state.out), note)
    state.progress.quarantined += len(job.paths)
