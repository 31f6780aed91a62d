"""A file's bytes in; nothing out, or the exception that should not have come up."""

from contextlib import closing
from pathlib import Path

from shinchoku.making.extraction import extract
from shinchoku.page import Reader
from shinchoku.parts import RawPage
from shinchoku.problems import Problem
from shinchoku.raw import raw_page
from shinchoku.settings import Settings
from shinchoku.workers.codec import decode
from shinchoku.workers.opening import open_file
from shinchoku.workers.opening.checkup import RefusedError
from shinchoku.workers.opening.reading import read_sheet

BOUNDS = Settings(pages=5, glyphs=20_000, marks=20_000)


def check(path: Path, reader: Reader) -> list[str]:
    """Read the file from its bytes to its records. What was refused is named in the list: code and
    message."""
    try:
        opened = open_file(path, reader, "", BOUNDS)
    except RefusedError as error:
        return [f"{error.code}: {error.message}"]
    pages: list[RawPage] = []
    problems: list[Problem] = list(opened.problems)
    refused: list[str] = []
    with closing(opened):
        for number in range(1, min(opened.pages.page_count, BOUNDS.pages) + 1):
            try:
                sheet = read_sheet(opened, number, BOUNDS, raw_page)
            except RefusedError as error:
                refused.append(f"{error.code}: {error.message}")
            else:
                pages.append(decode(sheet.body, RawPage, BOUNDS.answer_bytes))
    extract("fuzz", pages, problems)
    return refused
