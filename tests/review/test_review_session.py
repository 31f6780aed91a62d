"""A session reads a report as the command that extracts does, in folders and by one's own layouts; what it
cannot read as before it refuses."""

import json
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest

from make.rows.corrections import tables
from make.rows.dataset import report_of, source
from make.runs.command import run
from make.runs.server import ask, good, serving
from shinchoku.dataset.collect import collect
from shinchoku.dataset.publish import out_lock
from shinchoku.dataset.reports import publish_report
from shinchoku.dataset.tables.files import read_rows
from shinchoku.problems import ShinchokuError
from shinchoku.review.session import open_session

pytestmark = pytest.mark.slow


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    tables(folder / "made.pdf", [((60, 300, 500), [["事業名", "令和元年度 実績"], ["ひろば", "2か所"]])])
    return folder


def test_a_report_that_is_not_there_is_named(raw: Path, tmp_path: Path) -> None:
    with pytest.raises(ShinchokuError, match="there: made"):
        open_session(raw, tmp_path / "none", ["other"])


def test_a_name_that_does_not_fit_keeps_no_other_from_review(
    raw: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copy(raw / "made.pdf", raw / "a\x1bb.pdf")
    assert list(open_session(raw, tmp_path / "none").sources) == ["made"]
    assert [record.getMessage() for record in caplog.records] == [
        f"{str(raw / 'a') + chr(27) + 'b.pdf'!r}: a report cannot be named so; rename the PDF without '\\x1b'"
    ]


def test_a_file_of_which_nothing_can_be_read_is_no_report(raw: Path, tmp_path: Path) -> None:
    (raw / "broken.pdf").write_bytes(b"%PDF-1.4 cut off")
    session = open_session(raw, tmp_path / "none")
    assert [r.measure for r in session.report("made").measures] == ["ひろば"]
    with pytest.raises(ShinchokuError, match=r"nothing can be read of broken: (?!.*sources\.toml)"):
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


OWN = """
[[field]]
name = "note"
pattern = "^町の声$"
"""


def test_layouts_of_ones_own_count_as_in_extraction(raw: Path, tmp_path: Path) -> None:
    rows = [["事業名", "令和元年度 実績", "町の声"], ["ひろば", "2か所", "よい"]]
    tables(raw / "other.pdf", [((60, 240, 400, 500), rows)])
    (row,) = open_session(raw, tmp_path / "none").report("other").measures
    assert (row.note, row.unmapped) == ("", {"町の声": "よい"})
    (raw / "layouts").mkdir()
    (raw / "layouts" / "own.toml").write_text(OWN, encoding="utf-8")
    (row,) = open_session(raw, tmp_path / "none").report("other").measures
    assert (row.note, row.unmapped) == ("よい", {})


def test_a_report_of_another_pdf_is_not_overwritten(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "normalized"
    (tmp_path / "elsewhere").mkdir()
    shutil.copy(raw / "made.pdf", tmp_path / "elsewhere")
    assert run("extract", "--raw", tmp_path / "elsewhere", "--out", out).exit_code == 0
    session = open_session(raw, out)
    with pytest.raises(ShinchokuError, match="was read from another PDF"):
        session.report("made")


def test_reports_in_folders_are_corrected_sent_shown_and_drawn(raw: Path, tmp_path: Path) -> None:
    """The id of a report with a path, through all that looks at a row or keeps what people know."""
    (raw / "131202").mkdir()
    (raw / "made.pdf").rename(raw / "131202" / "fy2019.pdf")
    name, out = "131202/fy2019", tmp_path / "normalized"
    assert run("extract", "--raw", raw, "--out", out).exit_code == 0
    with serving(raw, out) as server:
        assert json.loads(ask(server, "api/reports")[1]) == [name]
        payload = json.loads(ask(server, f"api/report?report={quote(name, safe='')}")[1])
        assert ask(server, f"picture?report={quote(name, safe='')}&page=1")[2]["content-type"] == "image/png"
        place = {"page": "1", "table": "1", "row": "1", "col": "1", "kind": "text", "printed": "2か所"}
        told = place | {"report_id": name, "corrected": "3か所", "reason": "誤植", "by": "練馬"}
        body = json.dumps(told | {"seen": payload["state"]}).encode()
        assert ask(server, "api/keep", "POST", body, **good(server))[0] == 200
        signed = json.loads(ask(server, f"api/report?report={quote(name, safe='')}")[1])
        page = {"page": "1", "digest": signed["pages"][0]["digest"], "by": "練馬"}
        body = json.dumps(page | {"report": name, "seen": signed["state"]}).encode()
        assert ask(server, "api/sign", "POST", body, **good(server))[0] == 200
    assert f"applied: {name}" in run("corrections", "--raw", raw, "--data", out).stdout
    assert "1 of 1 pages reviewed" in run("show", name, "--data", out).stdout
    (row,) = read_rows(out / name / "measures.parquet")
    assert "3か所" in run("show", name, "--row", row["row_id"], "--data", out).stdout
    drawn = run(
        "draw", name, "--row", row["row_id"], "--data", out, "--raw", raw, "--out", tmp_path / "drawn"
    )
    assert (drawn.exit_code, "2 cells marked" in drawn.stdout) == (0, True)
    sent = tmp_path / "sent.html"
    assert run("review", name, "--raw", raw, "--data", out, "--static", sent).exit_code == 0
    assert "3か所" in sent.read_text(encoding="utf-8")
    assert run("extract", "--raw", raw, "--out", out).exit_code == 0
    assert read_rows(out / name / "measures.parquet") == [row]


def test_what_the_report_before_says_stands_beside_its_own(raw: Path, tmp_path: Path) -> None:
    (raw / "131202").mkdir()
    listed = ""
    for year, value in ((2018, "1か所"), (2019, "2か所"), (2020, "3か所")):
        rows = [["事業名", "令和元年度 実績"], ["ひろば", value]]
        tables(raw / "131202" / f"{year}.pdf", [((60, 300, 500), rows)])
        listed += f'["131202/{year}"]\nfiscal_year = "{year}"\n'
    (raw / "sources.toml").write_text(listed, encoding="utf-8")
    out = tmp_path / "normalized"
    assert run("extract", "--raw", raw, "--out", out).exit_code == 0
    for old in (2019, 2018):
        assert run("diff", f"131202/{old}", "131202/2020", "--data", out).exit_code == 1
    with serving(raw, out) as server:
        payload = json.loads(ask(server, "api/report?report=131202%2F2020")[1])
    assert payload["before"] == "131202/2019"
    fields = {field["column"]: field for field in payload["records"][0]["fields"]}
    assert (fields["fy2019_actual"]["text"], fields["fy2019_actual"]["before"]) == ("3か所", "2か所")
