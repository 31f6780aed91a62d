"""A process that lacks what Windows lacks, and keeps the laws that files have there: `as_windows()`, called
before anything else is imported.

It leaves the names of the system (`sys.platform`, `os.name`) as they are, by which libraries choose their own
parts.
"""

import builtins
import errno
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any

MODULES = ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "crypt", "nis", "spwd")
OS = (
    *("fork", "forkpty", "killpg", "getpgid", "setsid", "setpgid", "getuid", "geteuid", "nice"),
    *("mkfifo", "chown", "fchmod", "fchown", "lchown", "sysconf", "statvfs", "wait", "wait3", "wait4"),
    *("sched_getaffinity", "O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC", "WNOHANG", "getloadavg", "posix_spawn"),
)
SIGNALS = ("SIGKILL", "SIGHUP", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGCHLD", "SIGPIPE", "SIGSTOP", "alarm")
SOCKET = ("AF_UNIX", "send_fds", "recv_fds", "SCM_RIGHTS")
DEFAULT = "cp932"
"""What Windows takes text for, in Japan, where the program does not say."""


class _Hidden(MetaPathFinder):
    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        if fullname in MODULES:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


def as_windows() -> None:
    """Take away what Windows lacks, here and in Python processes started from here."""
    _keep_subprocess()
    _keep_files()
    _keep_text()
    shutil._use_fd_functions = False  # type: ignore[attr-defined]
    sys.meta_path.insert(0, _Hidden())
    for module in MODULES:
        sys.modules.pop(module, None)
    for holder, names in ((os, OS), (signal, SIGNALS), (socket, SOCKET)):
        for name in names:
            if hasattr(holder, name):
                delattr(holder, name)


def _keep_subprocess() -> None:
    """Processes are started without descriptors of ours and code before them, and ended by force alone."""
    start = subprocess.Popen.__init__

    def started(self: Any, *args: Any, **options: Any) -> None:
        if options.get("pass_fds") or options.get("preexec_fn"):
            raise ValueError("pass_fds and preexec_fn are not supported on Windows")
        start(self, *args, **options)

    subprocess.Popen.__init__ = started  # type: ignore[method-assign]
    subprocess.Popen.kill = lambda self: self.send_signal(9)  # type: ignore[method-assign]


def _keep_files() -> None:
    """What is open is not moved, replaced or removed; a folder is not opened; what is only read is not
    flushed."""
    read_only: set[int] = set()
    opened, flushed = os.open, os.fsync

    def open_file(path: Any, flags: int, *args: Any, **options: Any) -> int:
        if options.get("dir_fd") is None and os.path.isdir(path):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        handle = opened(path, flags, *args, **options)
        (read_only.discard if flags & (os.O_WRONLY | os.O_RDWR) else read_only.add)(handle)
        return handle

    def flush(handle: int) -> None:
        if handle in read_only:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        flushed(handle)

    os.open, os.fsync = open_file, flush  # type: ignore[assignment]
    for name in ("rename", "replace", "unlink", "remove", "rmdir"):
        setattr(os, name, _refusing(name, getattr(os, name)))


def _refusing(name: str, do: Callable[..., None]) -> Callable[..., None]:
    def moved(*paths: Any, **options: Any) -> None:
        for path in paths:
            if _is_open(os.path.abspath(path)):
                raise PermissionError(errno.EACCES, f"{name} of an open file", str(path))
        if name == "rename" and os.path.exists(paths[1]):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(paths[1]))
        do(*paths, **options)

    return moved


def _is_open(path: str) -> bool:
    """Whether this process has the file open, or mapped, or one below the folder."""
    held = {os.path.realpath(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd")}
    maps = Path("/proc/self/maps").read_bytes().splitlines()
    held |= {os.fsdecode(line.split(None, 5)[5]) for line in maps if line.count(b" ") > 4 and b"/" in line}
    real = os.path.realpath(path)
    return any(one == real or one.startswith(f"{real}/") for one in held)


def _keep_text() -> None:
    """Text is written with CRLF, and read and written in the code page, where nothing else is said."""
    opened = io.open

    def open_text(
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        *more: Any,
        **options: Any,
    ) -> Any:
        if "b" not in mode:
            encoding = DEFAULT if encoding in (None, "locale") else encoding
            newline = "\r\n" if newline is None and set(mode) & set("wax+") else newline
        return opened(file, mode, buffering, encoding, errors, newline, *more, **options)

    builtins.open = io.open = open_text
