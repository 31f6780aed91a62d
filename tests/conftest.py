"""Fixtures: a Japanese font on this machine; a browser for the tests of a module; for the dataset's tests an
output folder, and a small report written into it."""

import io
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from make.runs.standins import LOG
from shinchoku.dataset.publish import out_lock
from shinchoku.dataset.reports import publish_report
from shinchoku.page.pdfium.reader import PdfiumPdf

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Publish = Callable[..., None]

os.environ["SHINCHOKU_LANG"] = "en"
# A shell has its background ignore this.
signal.signal(signal.SIGINT, signal.default_int_handler)
settings.register_profile("noisy", deadline=None)
settings.load_profile("noisy")


@pytest.fixture(scope="session")
def japanese_font(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A Japanese font on this machine: without one PDFium passes over a letter that stands alone in a font
    that is not in the PDF. Where there is none the test is skipped, but fails where the variable CI is
    set."""
    registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    held = io.BytesIO()
    canvas = Canvas(held, invariant=1)
    canvas.setFont("HeiseiMin-W3", 12)
    canvas.drawString(100, 500, "充")
    canvas.save()
    path: Path = tmp_path_factory.mktemp("font") / "letter.pdf"
    path.write_bytes(held.getvalue())
    with closing(PdfiumPdf(path)) as pdf:
        if "充" in pdf.text(1):
            return
    if os.environ.get("CI"):
        pytest.fail("no Japanese font is installed")
    pytest.skip("no Japanese font is installed")


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the stand-ins for reading a page note which pages they started on."""
    path = tmp_path / "log"
    monkeypatch.setenv(LOG, str(path))
    return path


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Chromium, for the tests of a module."""
    from make.runs.chromium import chromium

    with chromium() as running:
        yield running


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder that does not exist yet."""
    return tmp_path / "normalized"


@pytest.fixture
def publish(out: Path) -> Publish:
    """Write a small report, some of its tables replaced by those given."""
    from make.rows.dataset import report_of, source

    def write(report_id: str = "fy2019_made", **tables: list[dict[str, Any]]) -> None:
        with out_lock(out):
            publish_report(out, report_of(report_id, tables=tables), source(report_id))

    return write
