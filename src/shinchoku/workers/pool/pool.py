"""Files to read in; each file, its pages read by worker processes within their bounds, out."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from shinchoku.language import Said, say
from shinchoku.settings import LOOK_SECONDS, Settings
from shinchoku.workers.answers import LAYERS, NO_MEMORY, Cover
from shinchoku.workers.codec import CodecError, decode
from shinchoku.workers.pool.jobs import Job, Leaf, next_tasks
from shinchoku.workers.pool.team import KILLED, ORPHANED, Task, Team, Worker
from shinchoku.workers.wire import Message

ABORTED = "signal SIGABRT"
"""How a process ends in which PDFium asks for memory and gets none."""
NO_MEMORY_LEFT = say(
    "the system ended the process twice while it read this, as it does where memory runs "
    "out; the rest was read; look at it on paper, or run again with fewer --jobs"
)


@dataclass(frozen=True, slots=True)
class Pool:
    """A run: who reads, what, with which bounds and reader, and whom to tell (job, page, packed body) of each
    page done; the body is empty for one that is lost. `kind` is what is made of a page."""

    team: Team
    jobs: Sequence[Job]
    settings: Settings
    size: int
    reader: str
    password: str
    kind: type
    tell: Callable[[Job, int, bytes], None]

    def run(self) -> Iterator[Job]:
        """Each job, in order, as it is done."""
        for number, job in enumerate(self.jobs):
            job.number = number
        for job in self.jobs:
            while not job.is_done:
                self._feed_all()
                self._listen()
                self._look_at_clocks()
            if all(other.is_done for other in self.jobs[job.number :]):
                self.team.let_go()
            yield job

    def _feed_all(self) -> None:
        for worker in list(self.team.workers):
            if worker.given >= self.settings.worker_pages and not worker.ahead:
                self.team.dismiss(worker)
            else:
                self._feed(worker)
        while len(self.team.workers) < self.size and all(worker.ahead for worker in self.team.workers):
            self._feed(self.team.hire())

    def _feed(self, worker: Worker) -> None:
        waiting = [job for job in self.jobs if not job.is_done]
        while tasks := next_tasks(worker, self.team.workers, waiting, self.settings):
            for task in tasks:
                self._give(worker, task)

    def _give(self, worker: Worker, task: Task) -> None:
        job = self.jobs[task.file]
        job.started = job.started or time.monotonic()
        if task.page:
            worker.give(task, {"page": task.page, "check": task.page not in job.tried})
        else:
            about = [os.path.abspath(job.source.path), self.reader, self.password]
            worker.give(task, {"open": about, "check": job.page_count is None and task.page not in job.tried})

    def _listen(self) -> None:
        for worker, messages in self.team.listen(LOOK_SECONDS):
            heard = (self._take(worker, message) for message in messages or ())
            fate = "gone" if messages is None else next(filter(None, heard), "")
            if fate:
                self._bury(worker, fate)

    def _take(self, worker: Worker, message: Message) -> str:
        """Take in an answer; "" or, where the worker cannot go on, what is wrong with it."""
        head = message.head
        if not worker.ahead or [head.get("file"), head.get("page")] != list(worker.ahead[0]):
            return "crash"
        if head.get("code") == "memory":
            return "memory"
        task = worker.ahead.popleft()
        worker.alone = worker.alone and bool(worker.ahead)
        job = self.jobs[task.file]
        try:
            if not job.is_done:
                self._note(job, task.page, message)
        except CodecError:
            worker.ahead.appendleft(task)
            return "crash"
        return ""

    def _note(self, job: Job, page: int, message: Message) -> None:
        if "code" in message.head:
            job.lose(page, str(message.head["code"]), _said(message.head.get("message")))
            self.tell(job, page, b"")
            return
        seconds = message.head.get("seconds")
        if not isinstance(seconds, float):
            raise CodecError(f"an answer without its seconds: {message.head}")
        job.seconds += seconds
        if page:
            layer, peak = message.head.get("layer"), message.head.get("peak")
            if layer not in LAYERS or not isinstance(peak, int):
                raise CodecError(f"an answer without a layer or a peak: {message.head}")
            value: object = decode(message.body, self.kind, self.settings.answer_bytes)
            job.leaves[page] = Leaf(value, layer)
            job.peak = max(job.peak, peak)
            self.tell(job, page, message.body)
        elif job.page_count is None:
            if message.head.get("bounded") is False:
                self.team.say_unbounded()
            job.cover(decode(message.body, Cover, self.settings.answer_bytes), self.settings)
            self.tell(job, page, message.body)

    def _bury(self, worker: Worker, fate: str) -> None:
        """End a worker that cannot go on. What it was doing is tried once more, alone in a new one and
        without the check against PDFium; the rest of what it had before it is given back."""
        how = self.team.dismiss(worker, gone=fate == "gone")
        blamed = 0 if how == ORPHANED else 1
        for task in list(worker.ahead)[blamed:]:
            if task.page:
                self.jobs[task.file].give_back(task.page)
        if not worker.ahead or not blamed:
            return
        task = worker.ahead[0]
        job = self.jobs[task.file]
        if job.is_done:
            return
        if task.page not in job.tried and not self._is_late(job, time.monotonic()):
            job.tried.add(task.page)
            fresh = self.team.hire()
            fresh.alone = True
            self._give(fresh, Task(task.file, 0))
            if task.page:
                self._give(fresh, task)
            return
        fate = "memory" if how in (ABORTED, KILLED) else "crash" if fate == "gone" else fate
        limit = self.settings.page_seconds if task.page else self.settings.open_seconds
        memory = NO_MEMORY_LEFT if how == KILLED else NO_MEMORY
        late = say(
            "reading took longer than {limit:g} seconds and was given up; the rest was read; look at it on"
            " paper",
            limit=limit,
        )
        crash = say(
            "reading ended the process twice ({how}); the rest was read; look at it on paper", how=how
        )
        message = {"memory": memory, "timeout": late}.get(fate, crash)
        job.lose(task.page, fate, message)
        self.tell(job, task.page, b"")

    def _look_at_clocks(self) -> None:
        now = time.monotonic()
        for worker in list(self.team.workers):
            if worker.ahead:
                limit = self.settings.page_seconds if worker.ahead[0].page else self.settings.open_seconds
                job = self.jobs[worker.ahead[0].file]
                if now - worker.since > limit or self._is_late(job, now):
                    self._bury(worker, "timeout")
        for job in self.jobs:
            if self._is_late(job, now) and not job.is_done and job.todo:
                late = say(
                    "reading the file took longer than {limit:g} seconds and was given up; split the file",
                    limit=self.settings.file_seconds,
                )
                job.lose(0, "timeout", late)

    def _is_late(self, job: Job, now: float) -> bool:
        return bool(job.started) and now - job.started > self.settings.file_seconds


def _said(packed: object) -> Said:
    """What a worker says, as its message's head has it."""
    if not isinstance(packed, list) or len(packed) != 2 or not all(isinstance(text, str) for text in packed):
        raise CodecError(f"what a worker says is no text in two languages: {packed!r}")
    return Said(*packed)
