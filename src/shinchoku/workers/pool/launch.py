"""What the server of workers is to load in; workers that it started or ended, or that it died, out."""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from typing import Any, Protocol

from shinchoku.workers.wire import LET_GO

SERVER = "shinchoku.workers.pool.server"
FORKS = hasattr(os, "fork") and hasattr(socket, "send_fds") and sys.platform != "darwin"
"""Whether workers are forked, which Windows cannot; on macOS the system's libraries do not outlive it."""
LOADED = {
    "pdfplumber": ("shinchoku.workers.pool.child", "shinchoku.page.content.reader", "shinchoku.raw"),
    "pdfium": ("shinchoku.workers.pool.child", "shinchoku.page.pdfium.reader", "shinchoku.raw"),
}
"""What a worker needs for each reader: loaded once, before workers are forked."""
LIBRARIES = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(64 << 20),
}
"""One thread in each library; and glibc keeps the memory of a page's pictures for those of the next: having
the system give it anew takes a tenth of a worker's time."""
NOT_THEIRS = ("CMAP_PATH", "LANGUAGE")
"""Variables of the environment that workers do not have: by the first a PDF may name files outside it
(pdfminer reads it); the other is how this program speaks, and they say everything in each language."""


class ServerDiedError(Exception):
    """What starts the workers is gone, and its workers with it."""


class Starter(Protocol):
    """Starts workers and ends them."""

    def start(self, request: Mapping[str, Any]) -> tuple[int, socket.socket]:
        """A new worker's process id and our end of its socket. `request` holds the `settings`, the `work` to
        do on a page, the `modules` it needs and the `room` for the largest file in bytes. Raises
        ServerDiedError."""

    def bury(self, pid: int, *, gone: bool) -> int:
        """End a worker, or bury one that is `gone`; how it ended, as os.waitstatus_to_exitcode says it, KILL
        where we ended it. Raises ServerDiedError."""

    def let_go(self) -> None:
        """Have every worker end while the caller does other things."""

    def close(self, patience: float) -> None:
        """End every worker, within so many seconds or else by force."""


class Server:
    """A process that forks workers, started at once; it loads `modules` while the caller does other things.
    It serves one run after another; its workers have its environment, `env`."""

    def __init__(self, modules: Sequence[str], env: Mapping[str, str]) -> None:
        self.environment = env
        self._is_let_go = False
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", SERVER, str(theirs.fileno()), *modules],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                env=env,
            )

    def start(self, request: Mapping[str, Any]) -> tuple[int, socket.socket]:
        with ExitStack() as stack:
            ours, theirs = map(stack.enter_context, socket.socketpair())
            pid = self._ask(request, [theirs.fileno()])
            stack.pop_all()
            theirs.close()
        return pid, ours

    def bury(self, pid: int, *, gone: bool) -> int:
        return self._ask({"bury": pid, "gone": gone}, [])

    def let_go(self) -> None:
        if not self._is_let_go:
            self._is_let_go = True
            with suppress(OSError):  # it is gone
                self._send({"let_go": True}, [])

    def close(self, patience: float) -> None:
        if self._has_let_go(patience) and not WAITING:
            self._is_let_go = False
            WAITING.append(self)
        else:
            self.end(patience)

    def is_there(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def end(self, patience: float = 0.0) -> None:
        """End the process, after so many seconds by force; its workers end with it."""
        self._control.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        self._process.kill()
        self._process.wait()

    def disown(self) -> None:
        """Have nothing more to do with it: it is that of the process which this one was forked from."""
        self._control.close()
        self._process.returncode = 0

    def _has_let_go(self, patience: float) -> bool:
        """Whether it ends its workers, and removes what they left, within so many seconds."""
        if not self._is_let_go:
            return False
        try:
            self._control.settimeout(patience)
            said = self._control.recv(64)
            self._control.settimeout(None)
        except OSError:
            return False
        return said == LET_GO

    def _ask(self, request: Mapping[str, object], fds: Sequence[int]) -> int:
        """Its answer to a request, which may hand over open files."""
        try:
            self._send(request, fds)
            answer = self._control.recv(64)
        except OSError as error:
            raise ServerDiedError(str(error)) from error
        if not answer:
            raise ServerDiedError("it ended")
        return int(answer)

    def _send(self, request: Mapping[str, object], fds: Sequence[int]) -> None:
        socket.send_fds(self._control, [json.dumps(request).encode("ascii")], fds)


WAITING: list[Server] = []
"""The server whose run has ended, or is to begin, where there is one: it is there for the next run of this
process."""


def start_ahead(reader: str) -> None:
    """Start a server for a run that is sure to read: it loads what it needs while the run is prepared."""
    if FORKS and not WAITING:
        WAITING.append(Server(LOADED[reader], environment()))


def find_server(modules: Sequence[str]) -> Server:
    """One that waits and has the environment that it would have now, or else a new one that loads these
    modules."""
    env = environment()
    for waiting in _taken():
        if waiting.environment == env and waiting.is_there():
            return waiting
        waiting.end()
    return Server(modules, env)


def end_waiting() -> None:
    """End the servers that wait for another run."""
    for waiting in _taken():
        waiting.end()


def _disown_waiting() -> None:
    for waiting in _taken():
        waiting.disown()


def _taken() -> Iterator[Server]:
    """Each server that waits, which then waits no more. (Other threads take theirs: one that was there at a
    look may be gone at the next.)"""
    with suppress(IndexError):
        while True:
            yield WAITING.pop()


def _end_at_exit() -> None:
    """End them with this process, which Ctrl-C stops no sooner any more."""
    with suppress(ValueError):  # a thread ends an interpreter of its own
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_waiting()


atexit.register(_end_at_exit)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_disown_waiting)


def environment() -> dict[str, str]:
    """That of this process, but for what is not its workers' business (NOT_THEIRS, and what this program
    itself is told, passwords among it), with what LIBRARIES need and the same places to import from."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in NOT_THEIRS and not name.startswith("SHINCHOKU_")
    }
    places = os.pathsep.join(place for place in sys.path if os.path.isabs(place))
    return {**kept, **LIBRARIES, "PYTHONPATH": places}
