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
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from importlib import import_module
from typing import Any, NoReturn

from shinchoku.settings import LAST_BREATH, Settings
from shinchoku.workers.pool.limits import follow_parent, restrain
from shinchoku.workers.wire import LET_GO

_REQUEST = 1 << 16


def main() -> None:
    """Serve one run of the command after another, until it closes its end."""
    control = socket.socket(fileno=int(sys.argv[1]))
    _load(sys.argv[2:])
    with suppress(BrokenPipeError, ConnectionResetError):  # the command is gone
        while _serve_run(control):
            control.sendall(LET_GO)
    os._exit(0)  # nothing is left to tidy up


def _load(modules: Iterable[str]) -> None:
    """Import what is not there yet; workers share it, and none looks it through for garbage. Libraries make
    next to none, and looking for it takes a tenth of their time."""
    gc.disable()
    for module in modules:
        import_module(module)
    gc.freeze()
    gc.enable()


def _serve_run(control: socket.socket) -> bool:
    """Answer until the command lets go of the workers; False where it closed its end. At the end of the run
    end every worker that is left, and remove what they left."""
    workers: set[int] = set()
    with ExitStack() as stack:
        try:
            while data := (received := socket.recv_fds(control, _REQUEST, 1))[0]:
                request = json.loads(data)
                if "let_go" in request:
                    return True
                if "bury" in request:
                    answer = _bury(workers, request["bury"], request["gone"])
                else:
                    _load(request["modules"])
                    _have_place(stack)
                    answer = _start(workers, control, received[1][0], request)
                control.sendall(b"%d" % answer)
            return False
        finally:
            for pid in list(workers):
                _bury(workers, pid)


def _have_place(stack: ExitStack) -> None:
    """Have a folder for temporary files, removed with `stack`; without one, PDFs that need no mending are
    read."""
    if tempfile.tempdir is None:
        with suppress(OSError):
            folder = tempfile.TemporaryDirectory(prefix="shinchoku-", ignore_cleanup_errors=True)
            tempfile.tempdir = stack.enter_context(folder)
            stack.callback(setattr, tempfile, "tempdir", None)


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
