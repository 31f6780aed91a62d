"""A session never makes a report poorer than it is: what it cannot read as before it refuses."""

from pathlib import Path

import pytest
from corrections import tables
from dataset_rows import report_of, source

from shinchoku.dataset.collect import collect
from shinchoku.dataset.publish import out_lock
from shinchoku.dataset.reports import publish_report
from shinchoku.problems import ShinchokuError
from shinchoku.review.session import open_session

pytestmark = pytest.mark.slow


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHINCHOKU_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "raw"
    folder.mkdir()
    tables(folder / "made.pdf", [((60, 300, 500), [["事業名", "令和元年度 実績"], ["ひろば", "2か所"]])])
    return folder


def test_a_report_that_is_not_there_is_named(raw: Path, tmp_path: Path) -> None:
    with pytest.raises(ShinchokuError, match="there: made"):
        open_session(raw, tmp_path / "none", ["other"])


def test_a_file_of_which_nothing_can_be_read_is_no_report(raw: Path, tmp_path: Path) -> None:
    (raw / "broken.pdf").write_bytes(b"%PDF-1.4 cut off")
    session = open_session(raw, tmp_path / "none")
    assert [r.measure for r in session.report("made").measures] == ["ひろば"]
    with pytest.raises(ShinchokuError, match="nothing can be read of broken"):
        session.report("broken")


def test_scanned_pages_that_were_read_are_not_made_empty(raw: Path, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (800, 1000), "white").save(raw / "scan.pdf", resolution=100)
    out = tmp_path / "normalized"
    session = open_session(raw, out)
    assert session.report("scan").measures == ()
    report = report_of("scan")
    cells = tuple(type(cell)(*(1, 1, 0, 0, 1, 1), cell.box, "計", ocr=True) for cell in report.cells[:1])
    with out_lock(out):
        publish_report(out, type(report)("scan", 1, cells=cells), source("scan"))
        collect(out)
    with pytest.raises(ShinchokuError, match="give --ocr"):
        open_session(raw, out).report("scan")
