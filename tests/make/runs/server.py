"""The review command, run as its users run it, on copies of PDFs."""

import http.client
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from make.runs.command import SHINCHOKU


@dataclass(frozen=True)
class Server:
    """A server that runs: its page's address with the token, the folders it works on, its process."""

    address: str
    raw: Path
    data: Path
    pid: int

    @property
    def origin(self) -> str:
        """Scheme, host and port, as browsers send them."""
        return self.address.rsplit("/", 2)[0]


@contextmanager
def serving(raw: Path, data: Path) -> Iterator[Server]:
    """The command on `raw` and `data`; it is killed at the end."""
    command = [*SHINCHOKU, "review", "--no-browser"]
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
        yield Server(address, raw, data, process.pid)
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def ask(
    server: Server,
    path: str,
    method: str = "GET",
    body: bytes | Iterable[bytes] | None = None,
    prefix: str | None = None,
    **headers: str,
) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers of the answer; underscores in header names stand for hyphens."""
    parts = urlsplit(server.address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    sent = {"Host": parts.netloc, **{name.replace("_", "-"): value for name, value in headers.items()}}
    try:
        connection.request(method, (parts.path if prefix is None else prefix) + path, body, sent)
        answer = connection.getresponse()
        return answer.status, answer.read(), {k.lower(): v for k, v in answer.getheaders()}
    except BrokenPipeError:
        answer = connection.getresponse()
        return answer.status, answer.read(), {}
    finally:
        connection.close()


def good(server: Server) -> dict[str, str]:
    """The headers with which the page itself writes."""
    return {"Origin": server.origin, "Content_Type": "application/json"}
