"""The review command, run as its users run it, on copies of PDFs."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Server:
    """A server that runs: its page's address with the token, and the folders it works on."""

    address: str
    raw: Path
    data: Path

    @property
    def origin(self) -> str:
        """Scheme, host and port, as browsers send them."""
        return self.address.rsplit("/", 2)[0]


@contextmanager
def serving(raw: Path, data: Path) -> Iterator[Server]:
    """The command on `raw` and `data`; it is killed at the end."""
    command = [sys.executable, "-m", "shinchoku", "review", "--no-browser"]
    process = subprocess.Popen(
        [*command, "--raw", str(raw), "--data", str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        yield Server(address, raw, data)
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
