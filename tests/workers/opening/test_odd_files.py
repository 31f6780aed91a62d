"""Files that are no PDF, no longer whole, locked, or without text: each has one outcome with a code of
its own."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from make.pdfs.odd import (
    TABLE,
    locked,
    packed_in_a_stream,
    paged,
    picture_page,
    report,
    stream,
    written,
    wrong_start,
)
from make.runs.standins import cells, codes, read_here
from shinchoku.page import READERS, Reader
from shinchoku.problems import span
from shinchoku.settings import Settings
from shinchoku.sources import find_sources
from shinchoku.workers import run as workers
from shinchoku.workers.opening import open_file
from shinchoku.workers.opening.checkup import RefusedError

pytestmark = pytest.mark.slow

WORDS = [["alpha", "beta", "gamma", "delta"]]
SOUND = report(3)

readers = pytest.mark.parametrize("reader", READERS)


@readers
def test_a_sound_file_has_no_problem(tmp_path: Path, reader: Reader) -> None:
    pages, problems = read_here(SOUND, tmp_path, reader)
    assert [cells(page) for page in pages.values()] == [WORDS] * 3
    assert problems == []


@readers
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"<!DOCTYPE html><html><body>moved</body></html>", "not_a_pdf"),
        (b"PK\x03\x04" + bytes(2000), "not_a_pdf"),
        (b"\0" * 5000, "not_a_pdf"),
        (b"%PDF-1.7\n", "truncated"),
        (b"%PDF-1.7\nnothing in it\nstartxref\n0\n%%EOF\n", "damaged_file"),
        (SOUND[: len(SOUND) // 8], "truncated"),
        (written([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"]), "damaged_file"),
        (written([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]>>"]), "damaged_file"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, reader: Reader, data: bytes, code: str) -> None:
    assert read_here(data, tmp_path, reader) == ({}, [(code, None)])


def test_the_message_says_what_a_file_is_instead(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_text("<html></html>", encoding="utf-8")
    [result] = workers.read_pages(find_sources(tmp_path), Settings(), jobs=1)
    assert result.failed
    assert "a web page, not a PDF" in result.problems[-1].message


def test_a_file_too_large_is_not_opened(tmp_path: Path) -> None:
    assert read_here(SOUND, tmp_path, settings=Settings(file_bytes=1000)) == ({}, [("too_large", None)])


def cut(data: bytes) -> bytes:
    """Without its end, where the table of objects stands."""
    return data[: data.rindex(b"xref\n0 ")]


def wrong_places(data: bytes) -> bytes:
    """Every object is said to stand a little further on."""
    return re.sub(rb"(?m)^(\d{10}) 00000 n", lambda m: b"%010d 00000 n" % (int(m[1]) + 7), data)


def one_wrong_place(data: bytes) -> bytes:
    """The last object, the content of the last page, is said to stand where the first does."""
    places = list(re.finditer(rb"(?m)^(\d{10}) 00000 n", data))
    return data[: places[-1].start(1)] + places[0][1] + data[places[-1].end(1) :]


def no_table(data: bytes) -> bytes:
    """The table of objects is called something else."""
    return data.replace(b"xref\n0 ", b"xrxx\n0 ", 1)


def new_line_ends(data: bytes) -> bytes:
    """Sent as text from one system to another."""
    return data.replace(b"\n", b"\r\n")


@readers
@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (cut, "truncated"),
        (wrong_start, "damaged_xref"),
        (wrong_places, "damaged_xref"),
        (one_wrong_place, "damaged_xref"),
        (no_table, "damaged_xref"),
        (new_line_ends, "damaged_xref"),
    ],
)
def test_a_damaged_file_is_mended_and_read(
    tmp_path: Path, reader: Reader, damage: Callable[[bytes], bytes], code: str
) -> None:
    pages, problems = read_here(damage(SOUND), tmp_path, reader)
    assert [cells(page) for page in pages.values()] == [WORDS] * 3
    assert problems == [(code, None)]


@readers
def test_the_pages_before_a_cut_are_read(tmp_path: Path, reader: Reader) -> None:
    data = SOUND[: SOUND.index(b"8 0 obj")]
    pages, problems = read_here(data, tmp_path, reader)
    assert [cells(page) for page in pages.values()] == [WORDS] * 2
    assert problems == [("truncated", None)]


@readers
@pytest.mark.parametrize("deflate", [False, True])
def test_objects_packed_in_streams_are_found_again(tmp_path: Path, reader: Reader, deflate: bool) -> None:
    pages, problems = read_here(packed_in_a_stream(deflate=deflate), tmp_path, reader)
    assert [cells(page) for page in pages.values()] == [WORDS]
    assert problems == [("damaged_xref", None)]


@readers
@pytest.mark.parametrize("extra", [(b"mail says:\n" * 20, b""), (b"", b"\r\n--boundary--" * 200)])
def test_what_is_added_around_a_file_does_no_harm(
    tmp_path: Path, reader: Reader, extra: tuple[bytes, bytes]
) -> None:
    pages, problems = read_here(extra[0] + SOUND + extra[1], tmp_path, reader)
    assert [cells(page) for page in pages.values()] == [WORDS] * 3
    assert problems == []


@readers
@pytest.mark.parametrize("strength", [40, 128])
def test_a_locked_file_needs_its_password(tmp_path: Path, reader: Reader, strength: int) -> None:
    data = locked("open", "master", strength)
    assert read_here(data, tmp_path, reader) == ({}, [("password", None)])
    assert read_here(data, tmp_path, reader, "wrong") == ({}, [("password", None)])
    for password in ("open", "master"):
        pages, problems = read_here(data, tmp_path, reader, password)
        assert [line.text for line in pages[1].blocks[0].lines] == ["secret"]
        assert problems == []


@readers
def test_a_file_locked_only_against_changes_is_read(tmp_path: Path, reader: Reader) -> None:
    pages, problems = read_here(locked("", "master"), tmp_path, reader)
    assert [line.text for line in pages[1].blocks[0].lines] == ["secret"]
    assert problems == []


@readers
def test_a_lock_of_an_unknown_kind_is_named(tmp_path: Path, reader: Reader) -> None:
    data = locked("", "master").replace(b"/Filter /Standard", b"/Filter /Strangers")
    assert b"Strangers" in data
    assert read_here(data, tmp_path, reader)[1] == [("encryption", None)]


@readers
def test_what_pdfium_said_of_another_file_is_not_said_of_this_one(tmp_path: Path, reader: Reader) -> None:
    """PDFium keeps its last error, and a file without pages makes none."""
    strange, bare = tmp_path / "strange.pdf", tmp_path / "bare.pdf"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"]
    bare.write_bytes(written(objects))
    strange.write_bytes(written(objects).replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt<</Filter/Other/V 9>>"))
    for path, code in ((strange, "encryption"), (bare, "damaged_file")):
        with pytest.raises(RefusedError) as refused:
            open_file(path, reader, "", Settings())
        assert refused.value.code == code


@readers
def test_scanned_pages_are_named_and_keep_their_rules(tmp_path: Path, reader: Reader) -> None:
    text, scan = stream(TABLE), picture_page()
    (tmp_path / "scan.pdf").write_bytes(paged([text, scan, text, scan, scan, picture_page(b"- 6 -"), text]))
    [result] = workers.read_pages(find_sources(tmp_path), Settings(), jobs=1, reader=reader)
    assert result.scanned == (2, 4, 5, 6)
    assert codes(result) == [("scanned", None)]
    message = result.problems[-1].message
    assert message.startswith("pages 2, 4-6: ")
    assert "--ocr" in message
    assert cells(result.raw_pages[3]) == [["", ""]]


@readers
def test_pages_without_text_or_with_pictures_need_not_be_scans(tmp_path: Path, reader: Reader) -> None:
    small = stream(b"q 50 0 0 50 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xc0 EI Q ")
    (tmp_path / "no_scan.pdf").write_bytes(
        paged([stream(b""), small, picture_page(b"a photograph of the town hall")])
    )
    [result] = workers.read_pages(find_sources(tmp_path), Settings(), jobs=1, reader=reader)
    assert (result.scanned, codes(result)) == ((), [])


def test_page_numbers_in_words() -> None:
    assert [span(p).en for p in ((3,), (1, 2), (1, 3, 4, 5, 9))] == ["page 3", "pages 1-2", "pages 1, 3-5, 9"]
