"""What a worker process may take of the machine, set by itself before it touches a PDF."""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

KILL = -9
"""How a process ended that was ended by force, as os.waitstatus_to_exitcode says it."""
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
    be the first to go where the machine runs out of memory. Whether the system bounds memory: macOS and
    Windows do not."""
    try:
        import resource
    except ImportError:
        return False
    bounded = sys.platform != "darwin"
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (OSError, ValueError):
        bounded = False
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    return bounded


def bound_memory(pid: int, memory: int) -> None:
    """Bound the address space of another process, where the system can do that: only Linux does."""
    if sys.platform == "linux":
        with suppress(ImportError, ProcessLookupError):
            import resource

            resource.prlimit(pid, resource.RLIMIT_AS, (memory, memory))


def peak_bytes() -> int:
    """The most memory this process has held so far, 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * 1024
