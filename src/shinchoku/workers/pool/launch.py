"""What the server of workers is to load in; workers that it started or ended, or that it died, out."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Any, Protocol

SERVER = "shinchoku.workers.pool.server"
LIBRARIES = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(64 << 20),
}
"""One thread in each library; and glibc keeps the memory of a page's pictures for those of the next: having
the system give it anew takes a tenth of a worker's time."""


class ServerDiedError(Exception):
    """What starts the workers is gone, and its workers with it."""


class Starter(Protocol):
    """Starts workers and ends them."""

    def start(self, request: Mapping[str, Any]) -> tuple[int, socket.socket]:
        """A new worker's process id and our end of its socket. `request` holds the `settings`, the `work` to
        do on a page and the `room` for the largest file in bytes. Raises ServerDiedError."""

    def bury(self, pid: int, *, gone: bool) -> int:
        """End a worker, or bury one that is `gone`; how it ended, as os.waitstatus_to_exitcode says it, KILL
        where we ended it. Raises ServerDiedError."""

    def let_go(self) -> None:
        """Have every worker end while the caller does other things."""

    def close(self, patience: float) -> None:
        """End everything, within so many seconds or else by force."""


class Server:
    """A process that forks workers, started at once; it loads its libraries while the caller does other
    things."""

    def __init__(self, modules: Sequence[str]) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", SERVER, str(theirs.fileno()), *modules],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                env=environment(),
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
        self._control.close()

    def close(self, patience: float) -> None:
        self._control.close()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _ask(self, request: Mapping[str, object], fds: Sequence[int]) -> int:
        """Its answer to a request, which may hand over open files."""
        try:
            socket.send_fds(self._control, [json.dumps(request).encode("ascii")], fds)
            answer = self._control.recv(64)
        except OSError as error:
            raise ServerDiedError(str(error)) from error
        if not answer:
            raise ServerDiedError("it ended")
        return int(answer)


def environment() -> dict[str, str]:
    """That of this process, but for what lets a PDF name files outside it (pdfminer reads CMAP_PATH),
    with what LIBRARIES need and the same places to import from."""
    kept = {name: value for name, value in os.environ.items() if name != "CMAP_PATH"}
    places = os.pathsep.join(place for place in sys.path if os.path.isabs(place))
    return {**kept, **LIBRARIES, "PYTHONPATH": places}
