"""Worker processes: how many, with which bounds, in; what they answer, and which of them died of what,
out."""

import logging
import selectors
import signal
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import NamedTuple, Self, TypeVar

from shinchoku.language import say, tell
from shinchoku.problems import ShinchokuError
from shinchoku.settings import MIB, Settings
from shinchoku.workers.pool.apart import Processes
from shinchoku.workers.pool.launch import FORKS, LOADED, ServerDiedError, Starter, find_server
from shinchoku.workers.pool.limits import KILL
from shinchoku.workers.streams import hold_streams
from shinchoku.workers.wire import Inbox, Message, WireError, pack

LOG = logging.getLogger(__name__)
UNBOUNDED = say(
    "this system does not bound the memory of a process: a PDF made to do harm can use up the machine's"
)
ORPHANED = "orphaned"
KILLED = "signal SIGKILL"
"""How a process ends that the system kills for the memory it takes."""
_RECEIVED = 1 << 18
_CLOSED = b""
T = TypeVar("T")


class WorkersError(ShinchokuError):
    """No worker process can be started on this machine."""


class Task(NamedTuple):
    """File number `file` (from 0) is to be opened (`page` 0) or its page `page` (from 1) to be read."""

    file: int
    page: int


@dataclass(eq=False)
class Worker:
    """A worker process. `ahead` are the tasks given to it, the first one being done or answered `since` a
    monotonic time; `file` is the one it opened last, `given` the pages it was given so far. An `alone`
    one is given nothing more until it is through. `server` counts the servers so far, of which the last
    forked it."""

    pid: int
    channel: socket.socket
    inbox: Inbox
    ahead: deque[Task] = field(default_factory=deque)
    since: float = 0.0
    file: int = -1
    given: int = 0
    alone: bool = False
    server: int = 1

    def give(self, task: Task, request: dict[str, object]) -> None:
        """Send a task. A worker that is gone is noticed when it is listened to."""
        if not self.ahead:
            self.since = time.monotonic()
        self.ahead.append(task)
        if task.page:
            self.given += 1
        else:
            self.file = task.file
        with suppress(BrokenPipeError, ConnectionResetError):
            self.channel.sendall(pack({"file": task.file, **request}))


class Team:
    """The workers of one run, and the server that forks them. Use it in a `with`: no worker is left
    after; the server waits for the next run, and ends with this process."""

    def __init__(self, settings: Settings, work: str, reader: str, room: int) -> None:
        """Start the server, which then loads its libraries while the caller does other things. `room` is the
        size in bytes of the largest file that will be opened."""
        hold_streams()
        self._settings = settings
        self._modules = [*LOADED[reader], work.partition(":")[0]]
        about = {"settings": asdict(settings), "work": work, "room": room}
        self._request = {**about, "modules": self._modules}
        self.workers: list[Worker] = []
        self._selector = selectors.DefaultSelector()
        self._starter = self._new_starter()
        self._starts = 1
        self._said_unbounded = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def let_go(self) -> None:
        """Have the server end every worker while the caller does other things; nothing is to be read any
        more."""
        self._starter.let_go()

    def close(self) -> None:
        """End every worker, now."""
        self._starter.let_go()
        for worker in self.workers:
            worker.channel.close()
        self._selector.close()
        self._starter.close(self._settings.farewell_seconds)

    def hire(self) -> Worker:
        """Start a worker, and the server anew where it died. Raises WorkersError."""
        pid, ours = self._with_starter(lambda starter: starter.start(self._request))
        worker = Worker(pid, ours, Inbox(self._settings.answer_bytes + MIB), server=self._starts)
        self.workers.append(worker)
        self._selector.register(ours, selectors.EVENT_READ, worker)
        return worker

    def dismiss(self, worker: Worker, *, gone: bool = False) -> str:
        """End a worker, or bury one that is `gone`; how it ended, in words: "" for our own signal, ORPHANED
        where its server died and it with that."""
        self.workers.remove(worker)
        self._selector.unregister(worker.channel)
        worker.channel.close()
        status = 0
        if worker.server == self._starts:
            status = self._with_starter(lambda starter: starter.bury(worker.pid, gone=gone))
        if worker.server != self._starts:
            return ORPHANED
        if status == KILL:
            return KILLED if gone else ""
        return f"signal {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"

    def say_unbounded(self) -> None:
        """Say, once in a run, that the system does not bound what a worker may take."""
        if not self._said_unbounded:
            LOG.warning(tell(UNBOUNDED))
        self._said_unbounded = True

    def listen(self, seconds: float) -> Iterator[tuple[Worker, list[Message] | None]]:
        """Wait so long for answers; each worker that said something with its whole messages, None where
        it died or talks nonsense."""
        for key, _ in self._selector.select(max(0.0, seconds)):
            worker: Worker = key.data
            try:
                data = worker.channel.recv(_RECEIVED)
                worker.since = time.monotonic()
                yield worker, None if data == _CLOSED else worker.inbox.feed(data)
            except (ConnectionResetError, WireError):
                yield worker, None

    def _new_starter(self) -> Starter:
        return find_server(self._modules) if FORKS else Processes()

    def _with_starter(self, ask: Callable[[Starter], T]) -> T:
        """What the starter of workers answers; a new one, where it died, so often as the settings allow."""
        while True:
            try:
                return ask(self._starter)
            except ServerDiedError as error:
                self._starter.close(0)
                if self._starts >= self._settings.server_starts:
                    raise WorkersError.say(
                        "the reading processes cannot be started or end unexpectedly ({error}); run again",
                        error=error,
                    ) from error
                self._starts += 1
                self._starter = self._new_starter()
