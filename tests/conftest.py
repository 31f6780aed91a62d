"""Fixtures: what is read of a page is kept for all tests; a Japanese font on this machine; a browser; for the
dataset's tests an output folder, and a small report written into it."""

import gc
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

from make.runs.once import shared_folder
from make.runs.standins import LOG
from shinchoku.dataset.publish import out_lock
from shinchoku.dataset.reports import publish_report
from shinchoku.page.pdfium.reader import PdfiumPdf
from shinchoku.workers.cache import VARIABLE as CACHE
from shinchoku.workers.run import default_jobs

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Publish = Callable[..., None]

os.environ["SHINCHOKU_LANG"] = "en"
# A shell has its background ignore this.
signal.signal(signal.SIGINT, signal.default_int_handler)
settings.register_profile("noisy", deadline=None)
settings.load_profile("noisy")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: now and then one waits for a browser, or for what it started."""
    return default_jobs() + 1


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: nobody need look through it for garbage."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    gc.unfreeze()


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup() -> None:
    _forget_its_name()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call() -> None:
    _forget_its_name()


def _forget_its_name() -> None:
    """A test has the environment of those before it: the server of workers is kept where that is the same."""
    os.environ.pop("PYTEST_CURRENT_TEST", None)


@pytest.fixture(scope="session", autouse=True)
def _kept(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What one test had read of a PDF's pages the others need not read again."""
    os.environ[CACHE] = str(shared_folder(tmp_path_factory) / "cache")
    os.environ[LOG] = str(tmp_path_factory.mktemp("standins") / "log")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """A test that leaves another language to those after it fails itself."""
    yield
    assert os.environ["SHINCHOKU_LANG"] == "en"


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test alone keeps what is read."""
    monkeypatch.setenv(CACHE, str(tmp_path / "cache"))
    return tmp_path / "cache"


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
        pytest.fail("no Japanese font is installed (Debian: fonts-noto-cjk)")
    pytest.skip("no Japanese font is installed (Debian: fonts-noto-cjk)")


@pytest.fixture
def log() -> Path:
    """Where the stand-ins for reading a page note which pages they started on: none so far."""
    path = Path(os.environ[LOG])
    path.unlink(missing_ok=True)
    return path


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Chromium."""
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
