"""What workers do with a page in the tests, in place of making raw tables of it; and short ways to that.

Each function leaves a line in the file that the environment variable STANDIN_LOG names when it starts.
"""

import gc
import os
import signal
import socket
import stat
import time
import warnings
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import numpy as np

from shinchoku.page import Page, Reader
from shinchoku.parts import RawPage
from shinchoku.raw import raw_page
from shinchoku.settings import Settings
from shinchoku.sources import Source, find_sources
from shinchoku.workers import run as workers
from shinchoku.workers.answers import Work
from shinchoku.workers.cache import Cache
from shinchoku.workers.codec import decode
from shinchoku.workers.opening import Opened, open_file
from shinchoku.workers.opening.checkup import RefusedError
from shinchoku.workers.opening.reading import read_sheet
from shinchoku.workers.run import FileResult

LOG = "STANDIN_LOG"
NAP = 60.0


@dataclass(frozen=True, slots=True)
class Made:
    """A page's number and words, and who read it: its process, and the variables of its environment that are
    none of its business."""

    number: int
    words: str
    pid: int
    told: list[str]


def plain(page: Page) -> Made:
    """The page's words."""
    with open(os.environ[LOG], "a", encoding="utf-8") as log:
        log.write(f"{page.number} {os.getpid()}\n")
    told = sorted(name for name in os.environ if name.startswith(("CMAP", "SHINCHOKU")))
    return Made(page.number, "".join(page.glyphs.text), os.getpid(), told)


def segfault(page: Page) -> Made:
    """Die on page 2."""
    made = plain(page)
    if page.number == 2:
        os.kill(os.getpid(), signal.SIGSEGV)
    return made


def segfault_once(page: Page) -> Made:
    """Die on page 2, but only the first time."""
    made = plain(page)
    if page.number == 2 and times_tried(Path(os.environ[LOG]), 2) == 1:
        os.kill(os.getpid(), signal.SIGSEGV)
    return made


def long_winded(page: Page) -> Made:
    """Answer with more than a socket holds."""
    made = plain(page)
    return replace(made, words=os.urandom(1 << 19).hex())


def nap(page: Page) -> Made:
    """Take far too long over page 2."""
    made = plain(page)
    if page.number == 2:
        time.sleep(NAP)
    return made


def doze(page: Page) -> Made:
    """Take a little while over each page."""
    time.sleep(0.2)
    return plain(page)


def nap_once(page: Page) -> Made:
    """Take far too long over page 2, but only the first time."""
    made = plain(page)
    if page.number == 2 and times_tried(Path(os.environ[LOG]), 2) == 1:
        time.sleep(NAP)
    return made


def killed(page: Page) -> Made:
    """Be killed on page 2, as the system does where memory runs out."""
    made = plain(page)
    if page.number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return made


def regicide(page: Page) -> Made:
    """Kill the server on page 2."""
    made = plain(page)
    if page.number == 2:
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(NAP)
    return made


def hog(page: Page) -> Made:
    """Take more memory than there is for page 2."""
    made = plain(page)
    if page.number == 2:
        np.ones(1 << 40)
    return made


def babble(page: Page) -> Made:
    """Say something on page 2 that is no answer."""
    made = plain(page)
    if page.number == 2:
        for fd in range(3, 64):
            if _is_socket(fd):
                socket.socket(fileno=os.dup(fd)).send(b"\xff" * 100)
    return made


def stumble(page: Page) -> Made:
    """Fail on page 2 as code with a mistake in it does."""
    made = plain(page)
    if page.number == 2:
        raise KeyError("no such thing")
    return made


def _is_socket(fd: int) -> bool:
    try:
        return stat.S_ISSOCK(os.fstat(fd).st_mode)
    except OSError:
        return False


def times_tried(log: Path, number: int) -> int:
    """How often a worker started on that page."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return sum(line.split()[0] == str(number) for line in lines)


def pids(log: Path) -> set[int]:
    """The processes that started on a page."""
    return {int(line.split()[1]) for line in log.read_text(encoding="utf-8").splitlines()}


def standin(name: str) -> Work:
    """A function of this module, as workers are told of it."""
    return Work(f"{__name__}:{name}", Made)


def read(
    paths: Sequence[Path],
    work: str = "plain",
    *,
    settings: Settings | None = None,
    jobs: int = 2,
    cache: Cache | None = None,
) -> list[FileResult]:
    """The results of reading `paths`, the function `work` of this module done on each page."""
    sources: list[Source] = find_sources(Path(), paths)
    bounds = settings or Settings()
    return list(workers.read_pages(sources, bounds, jobs=jobs, cache=cache, work=standin(work)))


def made(result: FileResult) -> dict[int, str]:
    """The words of each page that was read."""
    return {page.number: page.words for page in pages(result)}


def pages(result: FileResult) -> Sequence[Made]:
    """What `plain` and the others made."""
    return cast("Sequence[Made]", result.raw_pages)


def codes(result: FileResult) -> list[tuple[str, int | None]]:
    """Code and page of each problem, but that the file is in no list of sources."""
    return [(p.code, p.page) for p in result.problems if p.code != "unlisted_source"]


def read_here(
    data: bytes,
    folder: Path,
    reader: Reader = "pdfplumber",
    password: str = "",
    settings: Settings | None = None,
) -> tuple[dict[int, RawPage], list[tuple[str, int | None]]]:
    """The raw pages of a file of these bytes, by number, read in this process; and the code and page of each
    problem, those of a file or page that cannot be read included."""
    bounds = settings or Settings()
    path = folder / "odd.pdf"
    path.write_bytes(data)
    refused = ""
    gc.disable()
    try:
        opened = open_file(path, reader, password, bounds)
    except RefusedError as error:
        refused = error.code
    finally:
        gc.enable()
    if not refused:
        return _all_pages(opened, bounds)
    with warnings.catch_warnings():  # a library that gives up while opening leaves its file open
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect(0)
    return {}, [(refused, None)]


def _all_pages(opened: Opened, bounds: Settings) -> tuple[dict[int, RawPage], list[tuple[str, int | None]]]:
    pages: dict[int, RawPage] = {}
    problems = list(opened.problems)
    refused: list[tuple[str, int | None]] = []
    with closing(opened):
        for number in range(1, opened.pages.page_count + 1):
            try:
                sheet = read_sheet(opened, number, bounds, raw_page)
            except RefusedError as error:
                refused.append((error.code, number))
                continue
            pages[number] = decode(sheet.body, RawPage, bounds.answer_bytes)
            problems += pages[number].problems
    return pages, [*((p.code, p.page) for p in problems), *refused]


def cells(page: RawPage) -> list[list[str]]:
    """The texts of the cells of each table of a page, row by row."""
    return [["\n".join(line.text for line in cell.lines) for cell in table.cells] for table in page.tables]
