"""What a worker is to do in; a process of its own that does it, started and ended without a fork, out.

Such a worker loads its libraries itself, which takes a second, and comes back to a door on 127.0.0.1 with the
key that it was given. `python -m shinchoku.workers.pool.apart`
"""

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from typing import Any, NoReturn

from shinchoku.settings import LAST_BREATH, START_SECONDS, Settings
from shinchoku.workers.pool.launch import ServerDiedError, environment
from shinchoku.workers.pool.limits import KILL, restrain

MODULE = "shinchoku.workers.pool.apart"
TOLD = "SHINCHOKU_WORKER"
"""The environment variable that holds a worker's request, door and key, as JSON."""


class Processes:
    """Workers that are processes of their own."""

    def __init__(self) -> None:
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self._held = ExitStack()
        self._environment = environment()
        with suppress(OSError):  # without a place for temporary files, PDFs that need no mending are read
            made = tempfile.TemporaryDirectory(prefix="shinchoku-", ignore_cleanup_errors=True)
            self._environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._held.enter_context(made))

    def start(self, request: Mapping[str, Any]) -> tuple[int, socket.socket]:
        key = secrets.token_bytes(16)
        try:
            with socket.create_server(("127.0.0.1", 0)) as door:
                told = json.dumps({**request, "door": door.getsockname()[1], "key": key.hex()})
                process = subprocess.Popen(
                    [sys.executable, "-P", "-m", MODULE],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env={**self._environment, TOLD: told},
                )
                self._processes[process.pid] = process
                return process.pid, _let_in(door, key, process)
        except OSError as error:
            raise ServerDiedError(str(error)) from error

    def bury(self, pid: int, *, gone: bool) -> int:
        process = self._processes.pop(pid, None)
        if process is None:
            return 0
        if gone:
            with suppress(subprocess.TimeoutExpired):
                process.wait(LAST_BREATH)
        ours = process.poll() is None
        process.kill()
        status = process.wait()
        return KILL if ours else status

    def let_go(self) -> None:
        for process in self._processes.values():
            process.kill()

    def close(self, patience: float) -> None:
        self.let_go()
        for process in self._processes.values():
            process.wait()
        self._processes.clear()
        self._held.close()


def _let_in(door: socket.socket, key: bytes, process: subprocess.Popen[bytes]) -> socket.socket:
    """Our end of the socket of the one who comes to the door with the key. Raises OSError where the process
    ended or did not come."""
    until = time.monotonic() + START_SECONDS
    door.settimeout(0.2)
    while process.poll() is None and time.monotonic() < until:
        with suppress(OSError), ExitStack() as stack:
            channel = stack.enter_context(door.accept()[0])
            channel.settimeout(1.0)
            if secrets.compare_digest(channel.recv(len(key)), key):
                channel.settimeout(None)
                stack.pop_all()
                return channel
    raise OSError("a worker did not start")


def main() -> NoReturn:
    """Be a worker, until the command closes its end."""
    request = json.loads(os.environ.pop(TOLD))
    channel = socket.create_connection(("127.0.0.1", request["door"]))
    channel.sendall(bytes.fromhex(request["key"]))
    from shinchoku.workers.pool.child import serve  # the command waits at the door, not for the libraries

    settings = Settings(**request["settings"])
    bounded = restrain(settings.memory_bytes + request["room"])
    serve(channel, settings, request["work"], bounded=bounded)


if __name__ == "__main__":
    main()
