"""What a worker process may take of the machine, set by itself before it touches a PDF."""

import contextlib
import ctypes
import os
import resource
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
"""Linux, prctl(2): the signal a process gets when the one that started it dies."""


def follow_parent(parent: int) -> None:
    """Have the kernel end this process when `parent`, which started it, dies; where it is not Linux, the
    end of its socket does that once the page in hand is done."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def restrain(memory: int) -> bool:
    """Bound this process's address space to `memory` bytes, keep it from leaving core files, and let it
    be the first to go where the machine runs out of memory. Whether the system bounds memory: macOS refuses
    to."""
    bounded = True
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (OSError, ValueError):
        bounded = False
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    return bounded


def peak_bytes() -> int:
    """The most memory this process has held so far."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * 1024
