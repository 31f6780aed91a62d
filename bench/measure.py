"""A way to read a PDF in; how long it took, each time in a new process, out."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path

BARE = """
import sys, time
import pdfplumber
start = time.perf_counter()
with pdfplumber.open(sys.argv[1]) as pdf:
    for page in pdf.pages:
        page.extract_tables()
    print(time.perf_counter() - start)
"""

ALONE = """
import sys, time
from pathlib import Path
from shinchoku.making.extraction import extract
from shinchoku.raw import raw_page
from shinchoku.parts import RawPage
from shinchoku.settings import Settings
from shinchoku.workers.codec import decode
from shinchoku.workers.opening import open_file
from shinchoku.workers.opening.reading import read_sheet
import pdfplumber
start = time.perf_counter()
opened = open_file(Path(sys.argv[1]), "pdfplumber", "", Settings())
sheets = [read_sheet(opened, n + 1, Settings(), raw_page) for n in range(opened.pages.page_count)]
extract("bench", [decode(sheet.body, RawPage, 1 << 30) for sheet in sheets])
print(time.perf_counter() - start)
"""

PEAK = """
import sys
from pathlib import Path
from shinchoku.workers import run as workers
from shinchoku.settings import Settings
from shinchoku.sources import find_sources
sources = find_sources(Path(), [Path(sys.argv[1])])
print(max(r.peak_bytes for r in workers.read_pages(sources, Settings(), jobs=int(sys.argv[2]))))
"""


@dataclass(frozen=True, slots=True)
class Scratch:
    """A folder that measuring may fill."""

    folder: Path

    def environment(self) -> dict[str, str]:
        """That of this process, with a cache of its own."""
        return {**os.environ, "SHINCHOKU_CACHE": str(self.folder / "cache")}


def bare(path: Path) -> float:
    """Seconds that pdfplumber takes to find the tables of all pages, from opening the file, in one
    process; its start and imports are not counted."""
    return float(_said(BARE, str(path)))


def alone(path: Path) -> float:
    """Seconds from opening the file to its records in one process, start and imports not counted."""
    return float(_said(ALONE, str(path)))


def peak(path: Path, jobs: int) -> float:
    """Bytes that the largest worker held."""
    return float(_said(PEAK, str(path), str(jobs)))


def whole(path: Path, scratch: Scratch, *options: str) -> float:
    """Seconds of the whole command, from its start to its end, with an output folder of its own."""
    return _extracted(path, scratch, tempfile.mkdtemp(dir=scratch.folder), *options)


def again(path: Path, scratch: Scratch) -> float:
    """Seconds of the whole command, into one folder each time: from the second run on nothing changed."""
    return _extracted(path, scratch, str(scratch.folder / "again"))


def _extracted(path: Path, scratch: Scratch, out: str, *options: str) -> float:
    command = [sys.executable, "-m", "shinchoku", "extract", str(path), "--out", out, *options]
    start = time.perf_counter()
    done = subprocess.run(command, env=scratch.environment(), capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    return seconds


def history(data: Path) -> tuple[float, float]:
    """Seconds and bytes, at the most, of `shinchoku history` on a folder of reports."""
    return spent("history", "--data", str(data), "--quiet")


def spent(
    *arguments: str, environment: Mapping[str, str] | None = None, well: Container[int] = (0,)
) -> tuple[float, float]:
    """Seconds of a command from its start to its end, and bytes that the largest of its processes held; an
    exit status that is not `well` ends the measuring."""
    command = [sys.executable, "-m", "shinchoku", *arguments]
    start = time.perf_counter()
    done = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(done.pid, 0)
    if os.waitstatus_to_exitcode(status) not in well:
        raise SystemExit(f"{' '.join(command)} failed")
    return time.perf_counter() - start, used.ru_maxrss * 1024.0


def start_up(scratch: Scratch) -> float:
    """Seconds of `shinchoku --help`."""
    command = [sys.executable, "-m", "shinchoku", "--help"]
    start = time.perf_counter()
    subprocess.run(command, env=scratch.environment(), capture_output=True, check=True)
    return time.perf_counter() - start


def _said(script: str, *arguments: str) -> str:
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"measuring failed:\n{done.stderr}")
    return done.stdout
