"""Pages that hold too much, unfold to too much, lead back to themselves or paint at no place: each costs
itself at most, and what it costs is named."""

import zlib
from functools import cache
from pathlib import Path

import pytest

from make.pdfs.odd import GRID, TABLE, deflated, paged, stream, written
from make.runs.standins import cells, codes, read_here
from shinchoku.page import READERS, Reader
from shinchoku.settings import MIB, Settings
from shinchoku.sources import find_sources
from shinchoku.workers import run as workers
from shinchoku.workers.run import FileResult

pytestmark = pytest.mark.slow

WORDS = [["alpha", "beta", "gamma", "delta"]]
TIGHT = Settings(memory_bytes=256 * MIB, page_seconds=20, open_seconds=20)
MUCH = 288 * MIB
"""More than there is."""

readers = pytest.mark.parametrize("reader", READERS)


@cache
def packed(times: int) -> bytes:
    """So MUCH of blanks, compressed so many times over."""
    if times > 1:
        return zlib.compress(packed(times - 1), 9)
    packing = zlib.compressobj(9)
    blanks = b" " * MIB
    return b"".join(packing.compress(blanks) for _ in range(MUCH // MIB)) + packing.flush()


def bomb(times: int) -> bytes:
    """A content stream of that."""
    return stream(packed(times), b"/Filter[%b]" % (b"/FlateDecode" * times))


def read_bounded(data: bytes, folder: Path, reader: Reader, settings: Settings = TIGHT) -> FileResult:
    """What a worker with little memory makes of a file."""
    (folder / "odd.pdf").write_bytes(data)
    [result] = workers.read_pages(find_sources(folder), settings, jobs=1, reader=reader)
    return result


@readers
@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_stream_that_unfolds_to_more_than_there_is_costs_its_page(
    tmp_path: Path, reader: Reader, times: int
) -> None:
    data = paged([stream(TABLE), bomb(times), stream(TABLE)])
    assert times == 1 or len(data) < 7000
    result = read_bounded(data, tmp_path, reader)
    assert [page.number for page in result.raw_pages] == [1, 3]
    assert codes(result) == [("memory", 2)]


@readers
def test_a_bomb_where_the_pages_are_listed_costs_the_file(tmp_path: Path, reader: Reader) -> None:
    listed = bomb(2).replace(b"<<", b"<</Type/ObjStm/N 1/First 10", 1)
    data = written([b"<</Type/Catalog/Pages 9 0 R>>", listed, stream(TABLE)])
    result = read_bounded(data, tmp_path, reader)
    assert result.failed
    assert codes(result) == [("damaged_file" if reader == "pdfplumber" else "memory", None)]


@readers
def test_filters_within_filters_are_read(tmp_path: Path, reader: Reader) -> None:
    pages, problems = read_here(paged([deflated(TABLE, 30)]), tmp_path, reader)
    assert cells(pages[1]) == WORDS
    assert problems == []


def forms(calls: int, depth: int, *, loop: bool) -> bytes:
    """A page that draws a table and a form; each form draws the next one so many times, the last one the
    first where they `loop`."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>>>"
    nested = [stream(b"/X Do " * calls, form % (7 + i)) for i in range(depth)]
    last = stream(b"/X Do " * calls if loop else b"q Q", form % 6)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<"
    return written(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            page + b"/Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>>>",
            stream(TABLE + b"/X Do"),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *nested,
            last,
        ]
    )


@readers
@pytest.mark.parametrize(("calls", "depth"), [(1, 0), (1, 3)])
def test_forms_that_draw_themselves_are_drawn_once(
    tmp_path: Path, reader: Reader, calls: int, depth: int
) -> None:
    pages, _ = read_here(forms(calls, depth, loop=True), tmp_path, reader)
    assert cells(pages[1]) == WORDS


@readers
@pytest.mark.parametrize("loop", [False, True])
def test_forms_that_multiply_are_bounded(tmp_path: Path, reader: Reader, loop: bool) -> None:
    result = read_bounded(forms(10, 30, loop=loop), tmp_path, reader)
    if result.failed:
        assert codes(result) == [("memory", 1)]
    else:
        assert cells(result.raw_pages[0]) == WORDS
        assert [problem.code for problem in result.raw_pages[0].problems] == ["damaged_content", "unchecked"]


@readers
def test_a_page_tree_as_deep_as_it_is_long_is_named(tmp_path: Path, reader: Reader) -> None:
    nodes = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (i + 3) for i in range(3000)]
    tree = [b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page/MediaBox[0 0 9 9]>>"]
    pages, problems = read_here(written(tree), tmp_path, reader)
    assert problems in ([("damaged_file", None)], [("damaged_content", 1)])
    assert all(page.tables == () for page in pages.values())


@readers
@pytest.mark.parametrize("nest", [b"[", b"<</A", b"("])
def test_brackets_without_end_are_bounded(tmp_path: Path, reader: Reader, nest: bytes) -> None:
    pages, _ = read_here(paged([stream(TABLE), stream(TABLE + nest * 50_000)]), tmp_path, reader)
    assert [cells(page) for page in pages.values()] == [WORDS, WORDS]


@readers
def test_brackets_without_end_in_the_catalogue_are_bounded(tmp_path: Path, reader: Reader) -> None:
    data = paged([stream(TABLE)]).replace(
        b"<</Type/Catalog", b"<</X" + b"[" * 50_000 + b"]" * 50_000 + b"/Type/Catalog"
    )
    pages, problems = read_here(data, tmp_path, reader)
    assert [cells(page) for page in pages.values()] == [WORDS]
    assert problems == [("damaged_xref", None)]


@readers
def test_a_hundred_thousand_rules_on_a_page_are_read(tmp_path: Path, reader: Reader) -> None:
    dots = b"".join(b"%d %d .5 .5 re f " % (20 + i % 500, 5 + i // 500) for i in range(100_000))
    result = read_bounded(paged([stream(TABLE + dots)]), tmp_path, reader, Settings())
    assert codes(result) == []
    assert WORDS[0] in cells(result.raw_pages[0])


@readers
def test_what_a_library_says_of_a_damaged_font_stays_off_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], reader: Reader
) -> None:
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/Bad/FontDescriptor<</FontBBox(x)>>/Widths[1 2 3]>>"
    data = paged([stream(b"BT /F2 10 Tf 9 9 Td (x) Tj ET")], resources=b"/Font<</F2%b>>" % font)
    result = read_bounded(data, tmp_path, reader, Settings())
    assert len(result.raw_pages) == 1
    assert capfd.readouterr() == ("", "")


@readers
def test_more_rules_than_allowed_are_named(tmp_path: Path, reader: Reader) -> None:
    rules = b"".join(b"%d 0 m %d 90 l S " % (x, x) for x in range(200))
    _, problems = read_here(paged([stream(TABLE + rules)]), tmp_path, reader, settings=Settings(marks=100))
    assert problems == [("too_large", 1)]


@readers
def test_more_glyphs_than_allowed_are_named(tmp_path: Path, reader: Reader) -> None:
    text = b"BT /F1 8 Tf " + b"20 TL 20 500 Td " + b"(many words) Tj T* " * 20 + b"ET "
    _, problems = read_here(paged([stream(TABLE + text)]), tmp_path, reader, settings=Settings(glyphs=100))
    assert problems == [("too_large", 1)]


@readers
@pytest.mark.parametrize(
    "far",
    [
        b"1e38 1e38 m -1e38 1e38 l S ",
        b"nan nan m 5 5 l S ",
        b"q 1e30 0 0 1e30 0 0 cm 1e30 1e30 m 5 5 l S Q ",
        b"99999999999999999999999999999999999999999999 0 m 5 5 l S ",
        b"BT /F1 10 Tf 1e38 1e38 Td (far) Tj ET ",
        b"BT /F1 1e38 Tf 1 0 0 1 5 5 Tm (huge) Tj ET ",
        b"BT /F1 10 Tf inf nan nan inf nan nan Tm (nan) Tj ET ",
    ],
)
def test_what_is_painted_at_no_place_does_no_harm(tmp_path: Path, reader: Reader, far: bytes) -> None:
    pages, problems = read_here(paged([stream(b"q " + far + b"Q " + TABLE)]), tmp_path, reader)
    assert WORDS[0] in cells(pages[1])
    assert {code for code, _ in problems} <= {
        "no_place",
        "hidden_text",
        "damaged_content",
        "passed_over",
        "glyphs_disagree",
    }


@readers
@pytest.mark.parametrize("side", [0.0, 1e38, 1e-30])
def test_a_page_of_no_size_is_read_all_the_same(tmp_path: Path, reader: Reader, side: float) -> None:
    pages, problems = read_here(paged([stream(TABLE)], size=(side, side)), tmp_path, reader)
    assert cells(pages[1]) == WORDS
    assert problems in ([], [("page_size", 1)])


@readers
def test_a_page_of_five_metres_is_read(tmp_path: Path, reader: Reader) -> None:
    pages, problems = read_here(paged([stream(TABLE)], size=(14_173, 14_173)), tmp_path, reader)
    assert cells(pages[1]) == WORDS
    assert (pages[1].width, problems) == (14_173, [])


@readers
def test_a_page_without_content_is_read(tmp_path: Path, reader: Reader) -> None:
    pages, problems = read_here(paged([b"null", stream(GRID), stream(b"")]), tmp_path, reader)
    assert [cells(page) for page in pages.values()] == [[], [[""] * 4], []]
    assert problems == []
