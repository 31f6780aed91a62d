"""Worker processes: how many, with which bounds, in; what they answer, and which of them died of what,
out."""

import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field
from typing import NamedTuple, Self

from shinchoku.problems import ShinchokuError
from shinchoku.settings import MIB, Settings
from shinchoku.workers.wire import Inbox, Message, WireError, pack

LIBRARIES = {"pdfplumber": "pdfplumber", "pdfium": "pypdfium2", "both": "pdfplumber"}
"""What each reader is made of: loaded once, before workers are forked."""
FAREWELL = 5.0
"""Seconds that the server has to end its workers before it is killed; they die with it."""
_RECEIVED = 1 << 18
_CLOSED = b""


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
    one is given nothing more until it is through."""

    pid: int
    channel: socket.socket
    inbox: Inbox
    ahead: deque[Task] = field(default_factory=deque)
    since: float = 0.0
    file: int = -1
    given: int = 0
    alone: bool = False

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
    """The workers of one run, and the server that forks them. Use it in a `with`: nothing is left running
    after."""

    def __init__(self, settings: Settings, work: str, reader: str, room: int) -> None:
        """Start the server, which then loads its libraries while the caller does other things. `room` is the
        size in bytes of the largest file that will be opened."""
        self._settings = settings
        self._room = room
        self._work = work
        self.workers: list[Worker] = []
        self._selector = selectors.DefaultSelector()
        self._control, theirs = socket.socketpair()
        modules = [LIBRARIES[reader], work.partition(":")[0]]
        command = [sys.executable, "-P", "-m", "shinchoku.workers.server", str(theirs.fileno()), *modules]
        with theirs:
            self._server = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                env=_environment(),
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def let_go(self) -> None:
        """Have the server end every worker and itself while the caller does other things; nothing is to
        be read any more."""
        self._control.close()

    def close(self) -> None:
        """End every worker and the server, now."""
        self._control.close()
        for worker in self.workers:
            worker.channel.close()
        self._selector.close()
        try:
            self._server.wait(FAREWELL)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()

    def hire(self) -> Worker:
        """Start a worker. Raises WorkersError."""
        request = {"settings": asdict(self._settings), "work": self._work, "room": self._room}
        with ExitStack() as stack:
            ours, theirs = map(stack.enter_context, socket.socketpair())
            pid = self._ask(request, [theirs.fileno()])
            stack.pop_all()
            theirs.close()
        worker = Worker(pid, ours, Inbox(self._settings.answer_bytes + MIB))
        self.workers.append(worker)
        self._selector.register(ours, selectors.EVENT_READ, worker)
        return worker

    def dismiss(self, worker: Worker) -> str:
        """End a worker, if it lives; how it ended, in words, "" for our own signal."""
        self.workers.remove(worker)
        self._selector.unregister(worker.channel)
        worker.channel.close()
        status = self._ask({"bury": worker.pid}, [])
        if status == -signal.SIGKILL:
            return ""
        return f"signal {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"

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

    def _ask(self, request: Mapping[str, object], fds: list[int]) -> int:
        try:
            socket.send_fds(self._control, [json.dumps(request).encode("ascii")], fds)
            answer = self._control.recv(64)
        except OSError as error:
            raise WorkersError(f"the reading processes ended unexpectedly ({error}); run again") from error
        if answer == _CLOSED:
            raise WorkersError("the reading processes cannot be started or ended unexpectedly; run again")
        return int(answer)


def _environment() -> dict[str, str]:
    """That of this process, but for what lets a PDF name files outside it (pdfminer reads CMAP_PATH),
    with one thread in each library and the same places to import from."""
    kept = {name: value for name, value in os.environ.items() if name != "CMAP_PATH"}
    places = os.pathsep.join(place for place in sys.path if os.path.isabs(place))
    return {**kept, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": places}
