"""Scanned pages are read by OCR where it is installed, and say so; where it is not, that is said."""

import io
import shutil
import stat
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from make.pdfs.odd import TABLE, paged, report, stream
from make.runs.standins import cells, codes
from shinchoku.making import ocr
from shinchoku.page import READERS, Reader
from shinchoku.settings import Settings
from shinchoku.sources import find_sources
from shinchoku.workers import run as workers
from shinchoku.workers.cache import Cache, open_cache
from shinchoku.workers.run import FileResult

pytestmark = pytest.mark.slow

INSTALLED = shutil.which("tesseract") and (
    shutil.which("ocrmypdf") or (Path(sys.executable).parent / "ocrmypdf").exists()
)
ENGLISH = Settings(ocr_language="eng")


def scan(path: Path, *, hidden: str = "") -> None:
    """A file that `scanned` makes."""
    path.write_bytes(scanned(hidden))


@cache
def scanned(hidden: str) -> bytes:
    """A page of text, then a page that is a picture: a ruled table with the numbers 1234 and 5678, and
    perhaps a text layer."""
    picture = Image.new("L", (1240, 1754), 235)
    draw = ImageDraw.Draw(picture)
    for y in (300, 500, 700):
        draw.line((200, y, 1000, y), fill=30, width=3)
    for x in (200, 600, 1000):
        draw.line((x, 300, x, 700), fill=30, width=3)
    draw.text((300, 360), "1234", fill=20, font_size=80)
    draw.text((700, 560), "5678", fill=20, font_size=80)
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, 842), invariant=1)
    canvas.drawString(100, 700, "a page of text")
    canvas.showPage()
    canvas.drawInlineImage(picture, 0, 0, 595, 842)
    if hidden:
        text = canvas.beginText(150, 640)
        text.setTextRenderMode(3)
        text.textOut(hidden)
        canvas.drawText(text)
    canvas.save()
    return held.getvalue()


def read(path: Path, reader: Reader = "pdfplumber") -> FileResult:
    """The result without OCR."""
    sources = find_sources(path.parent, [path])
    return next(workers.read_pages(sources, Settings(), jobs=1, reader=reader, cache=open_cache()))


def program(path: Path, script: str) -> None:
    """A stand-in for the OCR program."""
    path.write_text(f"#!{sys.executable}\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.mark.parametrize("reader", READERS)
def test_a_text_layer_over_a_scan_is_read_into_the_cells_of_the_picture(
    tmp_path: Path, reader: Reader
) -> None:
    scan(tmp_path / "scan.pdf", hidden="1234")
    result = read(tmp_path / "scan.pdf", reader)
    assert (result.scanned, result.ocr, codes(result)) == ((), (2,), [("ocr", None)])
    assert cells(result.raw_pages[1]) == [["1234", "", "", ""]]


@pytest.fixture(scope="module")
def recognised(tmp_path_factory: pytest.TempPathFactory) -> tuple[FileResult, FileResult, Cache]:
    """A scan as it is read without OCR and with it, and the cache that keeps what was recognised."""
    if not INSTALLED:
        pytest.skip("OCRmyPDF or Tesseract is not installed")
    folder = tmp_path_factory.mktemp("recognised")
    scan(folder / "scan.pdf")
    before, kept = read(folder / "scan.pdf"), open_cache(folder / "cache")
    return before, ocr.read_scanned(before, ENGLISH, jobs=1, cache=kept), kept


def test_scanned_pages_are_read_by_ocr(recognised: tuple[FileResult, FileResult, Cache]) -> None:
    before, after, _ = recognised
    assert (before.scanned, before.ocr) == ((2,), ())
    assert (after.scanned, after.ocr, codes(after)) == ((), (2,), [("ocr", None)])
    assert cells(after.raw_pages[1]) == [["1234", "", "", "5678"]]
    assert after.raw_pages[0] == before.raw_pages[0]
    assert after.source == before.source


def test_a_second_run_does_not_recognise_anew(
    recognised: tuple[FileResult, FileResult, Cache], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, first, kept = recognised
    monkeypatch.setattr(ocr, "PROGRAM", "no-such-program")
    assert ocr.read_scanned(before, ENGLISH, jobs=1, cache=kept) == first


def test_a_file_without_scans_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "PROGRAM", "no-such-program")
    (tmp_path / "text.pdf").write_bytes(report())
    result = read(tmp_path / "text.pdf")
    assert ocr.read_scanned(result, Settings(), jobs=1) is result


def failing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, settings: Settings) -> FileResult:
    """What becomes of a scan where the OCR program runs `script`."""
    scan(tmp_path / "scan.pdf")
    program(tmp_path / "recognise", script)
    monkeypatch.setattr(ocr, "PROGRAM", str(tmp_path / "recognise"))
    result = read(tmp_path / "scan.pdf")
    after = ocr.read_scanned(result, settings, jobs=1)
    assert after.raw_pages == result.raw_pages
    assert after.scanned == (2,)
    return after


def test_without_the_program_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan(tmp_path / "scan.pdf")
    monkeypatch.setattr(ocr, "PROGRAM", "no-such-program")
    result = ocr.read_scanned(read(tmp_path / "scan.pdf"), Settings(), jobs=1)
    assert codes(result) == [("scanned", None), ("no_ocr", None)]
    assert "pip install ocrmypdf" in result.problems[-1].message


def test_what_the_program_says_when_it_fails_is_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = failing(tmp_path, monkeypatch, "raise SystemExit('no such language')", Settings())
    assert codes(result) == [("scanned", None), ("ocr_failed", None)]
    assert "no such language" in result.problems[-1].message


def test_a_program_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = tmp_path / "pid"
    script = (
        "import subprocess, time\n"
        "child = subprocess.Popen(['sleep', '60'])\n"
        f"open({str(started)!r}, 'w').write(str(child.pid))\n"
        "time.sleep(60)"
    )
    result = failing(tmp_path, monkeypatch, script, Settings(ocr_seconds=1.5))
    assert codes(result) == [("scanned", None), ("ocr_failed", None)]
    pid = started.read_text(encoding="ascii")
    state = subprocess.run(["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True, check=False)
    assert state.stdout.strip()[:1] in ("", "Z")


def test_a_program_that_swells_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = "held = bytearray(1 << 40)"
    result = failing(tmp_path, monkeypatch, script, Settings())
    assert codes(result) == [("scanned", None), ("ocr_failed", None)]
    assert "MemoryError" in result.problems[-1].message


def test_text_of_a_file_is_not_taken_for_that_of_a_scan(tmp_path: Path) -> None:
    scan(tmp_path / "scan.pdf", hidden="1234")
    (tmp_path / "text.pdf").write_bytes(paged([stream(TABLE)]))
    assert "page 2: a program read the text" in read(tmp_path / "scan.pdf").problems[-1].message
    assert read(tmp_path / "text.pdf").ocr == ()
