"""Standard streams that are closed or full in; ones that a program can go on with out."""

import os
from typing import TextIO


def hold_streams() -> None:
    """Open what takes and gives nothing where standard input, output or error is closed. Else the next file
    or socket that is opened has its number, and gets what libraries, and processes started from here, write
    there."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def give_up(stream: TextIO | None) -> None:
    """Let what is still to be written to a stream that takes no more go nowhere: Python would try once more
    at its end, and fail."""
    if stream is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
