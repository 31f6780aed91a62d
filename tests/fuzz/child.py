"""The process that reads mutated files, one after the other, and may be lost: `python -m tests.fuzz.child`.

It says on standard output, a JSON object a line, what it is about to read and what came of it.
"""

import gc
import json
import logging
import os
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from shinchoku.page import READERS, Reader
from shinchoku.settings import MIB

from .corpus import corpus
from .mutate import mutated
from .target import check

MEMORY = 1536 * MIB
LIFE = 2000
"""Files one process reads, so that what it holds at first can be held against what it holds at last."""
EARLY = 300
"""Files after which everything that is loaded once is loaded."""


def made(seed: int, number: int, files: Sequence[bytes]) -> tuple[bytes, Reader]:
    """File `number` of a seed, the same every time, and what reads it."""
    random = Random(f"{seed} {number}")
    size = int(len(files) * random.random() ** 3)  # small ones more often
    return mutated(files[size], random, files), READERS[number % len(READERS)]


def run(seed: int, first: int, stall: float, target: Callable[[Path, Reader], list[str]]) -> None:
    """Read LIFE files from number `first` on; end by SIGPROF over one that takes more than `stall` seconds of
    processor time."""
    files = corpus()
    early = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "fuzz.pdf")
        for number in range(first, first + LIFE):
            data, reader = made(seed, number, files)
            path.write_bytes(data)
            _say(number=number)
            signal.setitimer(signal.ITIMER_PROF, stall)
            try:
                _say(refused=target(path, reader))
            except MemoryError:
                _say(refused=["memory: "])
            except Exception:
                _say(fault=traceback.format_exc())
            if number == first + EARLY:
                early = _held()
    _say(early=early, late=_held())


def _held() -> int:
    """Bytes of memory this process holds."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE")


def _say(**what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    run(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), check)
