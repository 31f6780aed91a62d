"""A process that has the libraries loaded and forks workers: requests to start and to bury one in, answers
out.

The command itself is not forked: it may have threads by then. `python -m shinchoku.workers.pool.server FD
MODULE...`
"""

import gc
import json
import os
import signal
import socket
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from importlib import import_module
from typing import Any, NoReturn

from shinchoku.settings import LAST_BREATH, Settings
from shinchoku.workers.pool.limits import follow_parent, restrain

_REQUEST = 1 << 16


def main() -> None:
    """Serve until the command closes its end; then end every worker that is left, and remove what they
    left."""
    control = socket.socket(fileno=int(sys.argv[1]))
    gc.disable()  # libraries make next to no garbage, and looking for it takes a tenth of their time
    for module in sys.argv[2:]:
        import_module(module)
    gc.freeze()
    gc.enable()
    workers: set[int] = set()
    with ExitStack() as stack:
        with suppress(OSError):  # without a place for temporary files, PDFs that need no mending are read
            folder = tempfile.TemporaryDirectory(prefix="shinchoku-", ignore_cleanup_errors=True)
            tempfile.tempdir = stack.enter_context(folder)
        try:
            with suppress(BrokenPipeError, ConnectionResetError):  # the command is gone
                _answer_all(control, workers)
        finally:
            for pid in list(workers):
                _bury(workers, pid)


def _answer_all(control: socket.socket, workers: set[int]) -> None:
    while True:
        data, fds, _, _ = socket.recv_fds(control, _REQUEST, 1)
        if not data:
            return
        request = json.loads(data)
        if "bury" in request:
            answer = _bury(workers, request["bury"], request["gone"])
        else:
            answer = _start(workers, control, fds[0], request)
        control.sendall(b"%d" % answer)


def _start(workers: set[int], control: socket.socket, fd: int, request: dict[str, Any]) -> int:
    """Fork a worker that talks over `fd`; its process id."""
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        _be_worker(parent, control, fd, request)
    os.close(fd)
    workers.add(pid)
    return pid


def _be_worker(parent: int, control: socket.socket, fd: int, request: dict[str, Any]) -> NoReturn:
    """What libraries say of a PDF goes nowhere: it would stand in the middle of the command's own words."""
    try:
        follow_parent(parent)
        control.close()
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        settings = Settings(**request["settings"])
        bounded = restrain(settings.memory_bytes + request["room"])
        from shinchoku.workers.pool.child import serve  # one of the modules that are loaded by now

        serve(socket.socket(fileno=fd), settings, request["work"], bounded=bounded)
    finally:
        os._exit(1)


def _bury(workers: set[int], pid: int, gone: bool = False) -> int:
    """End a worker; how it ended, as os.waitstatus_to_exitcode says it. One that is `gone` has let go of its
    socket and is waited for before it is ended, so that its own way to end is told."""
    if pid not in workers:
        return 0
    until = time.monotonic() + (LAST_BREATH if gone else 0.0)
    ended, status = os.waitpid(pid, os.WNOHANG)
    while not ended and time.monotonic() < until:
        time.sleep(0.005)
        ended, status = os.waitpid(pid, os.WNOHANG)
    if not ended:
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
    workers.remove(pid)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    main()
