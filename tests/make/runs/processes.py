"""Processes that tests start: which there are, and whether they end."""

import os
import time
from collections.abc import Callable
from pathlib import Path

SOON = 20.0
"""Seconds after which a process that should end is taken not to."""


def is_running(pid: int) -> bool:
    """Whether there is a process of that id that is not just waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def children(of: int = 0) -> set[int]:
    """The processes that a process, or else this one, started."""
    pid = of or os.getpid()
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return {int(child) for task in tasks for child in task.read_text(encoding="ascii").split()}


def wait_until(true: Callable[[], bool]) -> bool:
    """Whether it comes true soon."""
    end = time.monotonic() + SOON
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()
