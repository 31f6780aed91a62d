"""A stand-in for the process that reads: file 2 raises, file 4 ends the process, file 5 hangs: `-m
fuzz.faulty`."""

import os
import signal
import sys
from pathlib import Path

from shinchoku.page import Reader

from .child import run


def target(path: Path, reader: Reader) -> list[str]:
    """What becomes of the files, one after another."""
    number = (
        int(path.with_name("count").read_text(encoding="ascii"))
        if path.with_name("count").exists()
        else START
    )
    path.with_name("count").write_text(str(number + 1), encoding="ascii")
    if number == 2:
        raise ValueError("a fault")
    if number == 4:
        os.kill(os.getpid(), signal.SIGSEGV)
    while number == 5:
        pass
    return ["not_a_pdf: so it is"] if number == 1 else []


if __name__ == "__main__":
    START = int(sys.argv[2])
    run(int(sys.argv[1]), START, float(sys.argv[3]), target)
