"""What the server of workers is to load in; its answers to requests, or that it died, out."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence

SERVER = "shinchoku.workers.pool.server"


class ServerDiedError(Exception):
    """The server is gone, and its workers with it."""


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
                env=_environment(),
            )

    def ask(self, request: Mapping[str, object], fds: Sequence[int] = ()) -> int:
        """Its answer to a request, which may hand over open files. Raises ServerDiedError."""
        try:
            socket.send_fds(self._control, [json.dumps(request).encode("ascii")], fds)
            answer = self._control.recv(64)
        except OSError as error:
            raise ServerDiedError(str(error)) from error
        if not answer:
            raise ServerDiedError("it ended")
        return int(answer)

    def let_go(self) -> None:
        """Have it end every worker and itself while the caller does other things."""
        self._control.close()

    def close(self, patience: float) -> None:
        """End it: it has so many seconds to end its workers, which else die with it."""
        self._control.close()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _environment() -> dict[str, str]:
    """That of this process, but for what lets a PDF name files outside it (pdfminer reads CMAP_PATH),
    with one thread in each library and the same places to import from."""
    kept = {name: value for name, value in os.environ.items() if name != "CMAP_PATH"}
    places = os.pathsep.join(place for place in sys.path if os.path.isabs(place))
    return {**kept, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": places}
