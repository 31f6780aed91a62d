"""A PDF's path in; the open file, mended first where it is damaged, out; or why it cannot be read."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pypdfium2 import PdfiumError

from shinchoku.language import say
from shinchoku.page import PageSource, Reader, open_pdf
from shinchoku.page.content.document import count_pages
from shinchoku.page.pdfium.reader import PdfiumPdf
from shinchoku.problems import Problem, Severity
from shinchoku.settings import Settings
from shinchoku.workers.opening.checkup import RefusedError, find_damage, mapped
from shinchoku.workers.opening.mend import mending

CUT = say(
    "the file ends too early: pages, or parts of them, are missing or as they were before "
    "the file's last update; fetch it again"
)
DAMAGE = {
    "truncated": say(
        "the end of the file is missing: what is left was read; fetch it again, or count its pages"
    ),
    "damaged_xref": say(
        "the table of the file's objects is damaged: it was made anew; compare with the paper"
    ),
}
NO_PAGE = say("the file is damaged and no page of it can be found; fetch it again or print it to a new PDF")
NO_MEMORY = re.compile("[Uu]nable to allocate|out of memory|[Cc]annot allocate")
SAID = 160


@dataclass(frozen=True, slots=True)
class Opened:
    """An open PDF. `path` is the file itself or its mended copy, which is gone when `held` is closed;
    `second` is the same file as PDFium has it, to check what another reader reads, None where PDFium does
    not open it or is the reader."""

    pages: PageSource
    second: PdfiumPdf | None
    path: Path
    password: str
    held: ExitStack
    problems: tuple[Problem, ...]

    def close(self) -> None:
        self.pages.close()
        if self.second is not None:
            self.second.close()
        self.held.close()


def open_file(path: Path, reader: Reader, password: str, settings: Settings) -> Opened:
    """Open the PDF at `path`. Raises RefusedError with the problem's code and what to do, whatever is
    wrong with it; MemoryError passes."""
    try:
        damage = find_damage(path, settings)
        if not damage:
            first = _try(path, reader, password, settings)
            if isinstance(first, Opened):
                return first
            if first.code != "damaged_file":
                raise first
        return _mended(path, reader, password, damage or "damaged_xref", settings)
    except OSError as error:
        raise RefusedError(
            "unreadable_file", say("the file cannot be read: {strerror}", strerror=error.strerror or error)
        ) from error


def _try(path: Path, reader: Reader, password: str, settings: Settings) -> Opened | RefusedError:
    try:
        pages = open_pdf(path, reader, password, settings)
    except Exception as error:
        return why(error, password)
    if pages.page_count > 0:
        second = None
        if reader != "pdfium":
            with suppress(PdfiumError):
                second = PdfiumPdf(path, password)
        return Opened(pages, second, path, password, ExitStack(), ())
    pages.close()
    return RefusedError("damaged_file", NO_PAGE)


def count_problems(opened: Opened, reader: Reader) -> list[Problem]:
    """Where the two readers do not find the same number of pages: the page tree then names pages twice, ones
    that are not there, or another number than it has. Nothing where the other one cannot say."""
    ours, others = opened.pages.page_count, 0
    if opened.second is not None:
        others = opened.second.page_count
    elif reader == "pdfium":
        with suppress(Exception):  # pdfminer raises almost anything at a damaged file
            others = count_pages(opened.path, opened.password)
    if others in (0, ours):
        return []
    first, second = (others, ours) if reader == "pdfium" else (ours, others)
    message = say(
        "pdfplumber finds {first} pages in the file and PDFium {second}: its list of pages names "
        "some twice or leaves some out; compare their number with a viewer, and print the file "
        "to a new PDF",
        first=first,
        second=second,
    )
    return [Problem(Severity.ERROR, "page_count", message)]


def _mended(path: Path, reader: Reader, password: str, damage: str, settings: Settings) -> Opened:
    with ExitStack() as stack:
        data = stack.enter_context(mapped(path))
        mended = mending(data)
        if mended is None:
            opened = _try(path, reader, password, settings)
            if isinstance(opened, RefusedError):
                raise RefusedError("truncated" if damage == "truncated" else "damaged_file", NO_PAGE)
            return replace(opened, problems=(Problem(Severity.WARNING, damage, DAMAGE[damage]),))
        folder = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        copy = Path(folder, "mended.pdf")
        shutil.copyfile(path, copy)
        with copy.open("ab") as file:
            file.write(mended.tail)
        opened = _try(copy, reader, password, settings)
        if isinstance(opened, RefusedError):
            lost = damage == "truncated" and opened.code == "damaged_file"
            raise RefusedError(damage, NO_PAGE) if lost else opened
        problem = Problem(Severity.WARNING, damage, DAMAGE[damage])
        if damage == "truncated" and not mended.whole:
            problem = Problem(Severity.ERROR, damage, CUT)
        return replace(opened, held=stack.pop_all(), problems=(problem,))


def why(error: BaseException, password: str) -> RefusedError:
    """What an exception of a reader means for the person who wants the file read. A MemoryError, also one
    that a library dressed up, is raised."""
    words = _words(error)
    if re.search("PasswordIncorrect|password error", words):
        if password:
            return RefusedError("password", say("this is not the file's password; give that with --password"))
        return RefusedError("password", say("the file is locked; give its password with --password"))
    if re.search("EncryptionError|security scheme", words):
        return RefusedError(
            "encryption", say("the file is locked in a way unknown here; ask for an unlocked one")
        )
    message = say(
        "the file is damaged beyond reading ({words}); fetch it again or print it to a new PDF",
        words=words[:SAID],
    )
    return RefusedError("damaged_file", message)


def said(error: BaseException) -> str:
    """The name and text of an exception and of those behind it, cut short. Where one of them is a
    MemoryError, also one that a library dressed up, that is raised instead."""
    return _words(error)[:SAID]


def _words(error: BaseException) -> str:
    chain = list(_chain(error))
    words = " < ".join(f"{type(one).__name__}: {one}".rstrip(": ") for one in chain)
    if any(isinstance(one, MemoryError) for one in chain) or re.search(NO_MEMORY, words):
        raise MemoryError(words[:SAID]) from error
    return words


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An exception, those it wraps, and those they came from; each once."""
    ahead: list[object] = [error]
    seen: set[int] = set()
    while ahead:
        one = ahead.pop()
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            ahead += [one.__cause__, one.__context__, *one.args]
