"""Files that were changed after they were made, and page trees that do not hold what they say."""

import struct
from contextlib import closing
from pathlib import Path

import pytest

from make.pdfs.odd import HELVETICA, WORDS, report, stream, written
from make.runs.standins import codes, read_here
from shinchoku.page import READERS, Reader
from shinchoku.problems import Severity
from shinchoku.settings import Settings
from shinchoku.sources import find_sources
from shinchoku.workers import run as workers
from shinchoku.workers.opening import open_file
from shinchoku.workers.run import FileResult

OLD = report()
readers = pytest.mark.parametrize("reader", READERS)


def update(base: bytes, objects: dict[int, bytes], *, packed: bool = False) -> bytes:
    """What changes `base`, a file of one table of objects, so that it has these objects too; the new table
    is a stream where it is `packed`."""
    out = bytearray()
    places = {}
    for number, body in objects.items():
        places[number] = len(base) + len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(base) + len(out)
    previous = int(base.rsplit(b"startxref\n", 1)[1].split()[0])
    size = max(objects) + 1
    if packed:
        entries = b"".join(struct.pack(">BIH", 1, place, 0) for place in places.values())
        index = b" ".join(b"%d 1" % number for number in places)
        about = b"/Type/XRef/Size %d/W[1 4 2]/Index[%b]/Root 1 0 R/Prev %d" % (size + 1, index, previous)
        out += b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (size, stream(entries, about), start)
        return bytes(out)
    out += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % pair for pair in places.items())
    trailer = b"trailer\n<</Size %d/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(out) + trailer % (size, previous, start)


PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
CHANGED = {6: stream(WORDS.replace(b"beta", b"zeta")), 4: PAGE % 6}
changes = pytest.mark.parametrize("change", [update(OLD, CHANGED), update(OLD, CHANGED, packed=True)])


def words(path: Path, reader: Reader) -> tuple[str, list[tuple[Severity, str]]]:
    """What the first page says, and what is said about the file."""
    with closing(open_file(path, reader, "", Settings())) as opened:
        text = "".join(opened.pages.read(1).glyphs.text)
        return text, [(problem.severity, problem.code) for problem in opened.problems]


@readers
@changes
def test_a_whole_update_is_read_without_a_word(tmp_path: Path, reader: Reader, change: bytes) -> None:
    path = tmp_path / "new.pdf"
    path.write_bytes(OLD + change)
    assert words(path, reader) == ("alphazetagammadelta", [])


@readers
@changes
def test_an_update_cut_anywhere_is_told_and_what_came_before_is_never_sound(
    tmp_path: Path, reader: Reader, change: bytes
) -> None:
    path = tmp_path / "cut.pdf"
    marked = change.rindex(b"%%EOF")
    newest = 0
    for end in [*range(1, 30), *range(30, marked, 7), marked]:
        path.write_bytes(OLD + change[:end])
        text, [(severity, code)] = words(path, reader)
        assert code == "truncated"
        newest += text == "alphazetagammadelta"
        assert text == "alphazetagammadelta" or severity is Severity.ERROR
    assert newest > 10


@readers
def test_the_end_of_a_file_before_its_update_is_no_end(tmp_path: Path, reader: Reader) -> None:
    comment = b"\r\n% changed by hand\r\n"
    for rest in (comment + b"6 0 obj", b"\n6 0 o", b"\nxref\n0 1\n"):
        assert read_here(OLD + rest, tmp_path, reader)[1] == [("truncated", None)]


@readers
def test_an_object_said_to_stand_at_the_start_of_the_file_is_free(tmp_path: Path, reader: Reader) -> None:
    data = written([*_objects([4, 6]), b"(never used)"])
    at = data.rindex(b"(never used)") - len(b"8 0 obj\n")
    free = data.replace(b"%010d 00000 n" % at, b"0000000000 00000 n")
    assert free != data
    assert read_here(free, tmp_path, reader)[1] == []


def _objects(kids: list[int], count: int | None = None) -> list[bytes]:
    """The objects of a file whose page tree names `kids` and says how many they are; 4 and 6 are pages."""
    named = b" ".join(b"%d 0 R" % kid for kid in kids)
    tree = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(kids) if count is None else count, named)
    pages = [PAGE % 5, stream(WORDS), PAGE % 7, stream(WORDS)]
    return [b"<</Type/Catalog/Pages 2 0 R>>", tree, HELVETICA, *pages]


TREES = {
    "twice among others": ([4, 6, 4], 3, (2, 3)),
    "twice alone": ([4, 4], 2, (1, 2)),
    "missing": ([4, 99, 6], 3, (2, 3)),
    "more than it says": ([4, 6], 1, (2, 1)),
    "sound": ([6, 4], 2, None),
}
"""Which pages a page tree names, how many it says they are, and how many either library finds of them."""


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], FileResult]:
    """What each reader reads of a file of each tree."""
    folder = tmp_path_factory.mktemp("trees")
    for name, (kids, count, _) in TREES.items():
        (folder / f"{name}.pdf").write_bytes(written(_objects(kids, count)))
    sources = find_sources(folder)
    return {
        (reader, result.source.report_id): result
        for reader in READERS
        for result in workers.read_pages(sources, Settings(), jobs=1, reader=reader)
    }


@readers
@pytest.mark.parametrize("tree", TREES)
def test_a_page_tree_with_pages_twice_or_missing_is_an_error(
    trees: dict[tuple[str, str], FileResult], reader: Reader, tree: str
) -> None:
    found, result = TREES[tree][2], trees[reader, tree]
    if found is None:
        assert codes(result) == []
        return
    [problem] = [p for p in result.problems if p.code == "page_count"]
    assert problem.severity is Severity.ERROR
    assert problem.message.startswith("pdfplumber finds {} pages in the file and PDFium {}:".format(*found))
