"""A file with scanned pages in; the same file with those pages read by OCR, out, or a problem that says why
not.

OCRmyPDF, a program of its own (https://ocrmypdf.readthedocs.io), lays the text that Tesseract recognises
invisibly over the pictures; such pages are then read like any other.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from shinchoku.language import say
from shinchoku.problems import Problem, Severity
from shinchoku.settings import Settings
from shinchoku.sources import Source, digest
from shinchoku.workers.cache import Cache
from shinchoku.workers.opening.checkup import RefusedError
from shinchoku.workers.pool.limits import bound_memory
from shinchoku.workers.run import FileResult, read_pages

PROGRAM = "ocrmypdf"
SAID = 200


def read_with_ocr(sources: Sequence[Source], settings: Settings, **how: Any) -> Iterator[FileResult]:
    """As `read_pages`, which has the same options, with scanned pages read by OCR."""
    return (read_scanned(result, settings, **how) for result in read_pages(sources, settings, **how))


def read_scanned(
    result: FileResult, settings: Settings, *, jobs: int, cache: Cache | None = None, **how: Any
) -> FileResult:
    """The result with its scanned pages read from a copy that has a text layer; those pages are in `ocr`
    then. Where that cannot be had the result is the same, with a problem `no_ocr` or `ocr_failed` more. The
    options are those of `read_pages`."""
    if not result.scanned:
        return result
    with ExitStack() as stack:
        passing = "" if cache else stack.enter_context(tempfile.TemporaryDirectory())
        folder = cache.folder.parent / "ocr" if cache else Path(passing)
        start = time.monotonic()
        try:
            layered = _layered(result, settings, jobs, folder)
        except RefusedError as failure:
            problem = Problem(Severity.ERROR, failure.code, failure.message)
            return replace(result, problems=(*result.problems, problem))
        spent = time.monotonic() - start
        (again,) = read_pages([layered], settings, jobs=jobs, cache=cache, **how)
    return replace(_merged(result, again), seconds=result.seconds + spent + again.seconds)


def _merged(result: FileResult, again: FileResult) -> FileResult:
    """`result` with what `again` found on the pages that were scanned."""
    scanned = set(result.scanned)
    pages = {page.number: page for page in result.raw_pages if page.number not in scanned}
    pages |= {page.number: page for page in again.raw_pages if page.number in scanned}
    problems = [problem for problem in result.problems if problem.code != "scanned"]
    problems += [p for p in again.problems if p.page in scanned or p.code in ("scanned", "ocr")]
    raw_pages = tuple(pages[number] for number in sorted(pages))
    ocr = tuple(sorted({*result.ocr, *scanned.intersection(again.ocr)}))
    return replace(result, raw_pages=raw_pages, problems=tuple(problems), scanned=again.scanned, ocr=ocr)


def _layered(result: FileResult, settings: Settings, jobs: int, folder: Path) -> Source:
    """The source of a copy of the PDF in `folder`, a text layer over its scanned pages; the one made
    before where it is still there. Raises RefusedError."""
    pages = ",".join(map(str, result.scanned))
    name = hashlib.sha256(f"{result.source.sha256} {pages} {settings.ocr_language}".encode()).hexdigest()
    path = folder / f"{name}.pdf"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as work:
            made = Path(work, "layered.pdf")
            _run_program(_command(result.source.path, made, pages, settings, jobs), settings)
            made.replace(path)
    sha256, stamp = digest(path)
    return replace(result.source, path=path, sha256=sha256, stamp=stamp, problems=())


def _command(path: Path, made: Path, pages: str, settings: Settings, jobs: int) -> list[str]:
    program = shutil.which(PROGRAM) or shutil.which(PROGRAM, path=str(Path(sys.executable).parent))
    if program is None:
        raise RefusedError(
            "no_ocr", say("OCRmyPDF is not installed; install it (pip install ocrmypdf) and Tesseract")
        )
    return [
        program,
        *("--quiet", "--language", settings.ocr_language, "--jobs", str(jobs), "--pages", pages),
        *("--force-ocr", "--rotate-pages", "--deskew"),
        *("--pdf-renderer", "sandwich", "--output-type", "pdf", "--optimize", "0"),
        *("--", str(path), str(made)),
    ]


def _run_program(command: list[str], settings: Settings) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "CMAP_PATH"}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**kept, "OMP_THREAD_LIMIT": "1"},
    )
    bound_memory(process.pid, settings.ocr_memory_bytes)
    try:
        _, said = process.communicate(timeout=settings.ocr_seconds)
    except subprocess.TimeoutExpired as error:
        message = say(
            "OCR took longer than {ocr_seconds:g} seconds and was given up; split the file",
            ocr_seconds=settings.ocr_seconds,
        )
        raise RefusedError("ocr_failed", message) from error
    finally:
        _end(process)
        process.communicate()
    if process.returncode:
        words = " ".join(said.decode("utf-8", "replace").split())[-SAID:]
        raise RefusedError(
            "ocr_failed", say("OCRmyPDF gave up ({words}); read the scanned pages by hand", words=words)
        )


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and, where the system knows what it started, that too."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
