"""Seconds and a seed in; how many mutated files were read, and what went wrong with which, out."""

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import IO, Any

STALL = 30.0
"""Seconds of processor time over one file that are a hang; sound ones of this size take a tenth of one."""
SILENT = 600.0
"""So are as many seconds in which nothing is said, on a machine however busy."""
GROWTH = 1.3
SLACK = 64 * 2**20
"""A process that holds this many times and bytes more at its end than early in its life grows."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong with file `number`: kind is escape, hang, death or growth."""

    number: int
    kind: str
    detail: str


@dataclass
class Outcome:
    """How many files were read, with what refused how often (code and message), and the faults."""

    count: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, -1)


def fuzz(
    seconds: float,
    seed: int,
    told: Callable[[Outcome], None] = lambda outcome: None,
    module: str = "tests.fuzz.child",
    stall: float = STALL,
) -> Outcome:
    """Have files read for so long by processes that run `module`, one after another."""
    outcome = Outcome()
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        number = _one_life(outcome, seed, number, end, module, stall)
        told(outcome)
    return outcome


def _one_life(outcome: Outcome, seed: int, first: int, end: float, module: str, stall: float) -> int:
    """Follow one process; the number of the file the next one begins with."""
    number, since = first, time.monotonic()
    command = [sys.executable, "-m", module, str(seed), str(first), str(stall)]
    with ExitStack() as stack:
        kept = {**os.environ, "TMPDIR": stack.enter_context(tempfile.TemporaryDirectory())}
        process = stack.enter_context(subprocess.Popen(command, bufsize=0, stdout=subprocess.PIPE, env=kept))
        stack.callback(process.kill)
        assert process.stdout is not None
        for said in _lines(process.stdout):
            now = time.monotonic()
            outcome.slowest = max(outcome.slowest, (now - since, number))
            if said is None:
                outcome.faults.append(Fault(number, "hang", f"{SILENT:g} seconds of silence"))
            elif "number" in said:
                number, since = int(said["number"]), now
            else:
                _note(outcome, number, said)
            if said is None or now > end:
                return number + 1
        status = process.wait()
    if status == -signal.SIGPROF:
        outcome.faults.append(Fault(number, "hang", f"more than {stall:g} seconds"))
    elif status:
        how = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        outcome.faults.append(Fault(number, "death", how))
    return number + 1


def _note(outcome: Outcome, number: int, said: dict[str, Any]) -> None:
    if "late" in said:
        if said["late"] > GROWTH * said["early"] + SLACK:
            outcome.faults.append(
                Fault(number, "growth", f"from {said['early']:,} to {said['late']:,} bytes")
            )
        return
    outcome.count += 1
    outcome.refused.update(said.get("refused", ()))
    if "fault" in said:
        outcome.faults.append(Fault(number, "escape", said["fault"]))


def _lines(pipe: IO[bytes]) -> Iterator[dict[str, Any] | None]:
    """What the process says; None, and nothing after, where it falls silent."""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while selector.select(SILENT):
            line = pipe.readline()
            if not line.endswith(b"\n"):
                return
            yield json.loads(line)
    yield None
