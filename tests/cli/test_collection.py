"""Many reports in folders, through every command that takes the id of one."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

import shinchoku
from make.pdfs.odd import report
from make.runs.command import contents, run
from shinchoku.cli import main

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
KPI = ROOT / "raw_pdfs" / "fy2022_kpi_revision.pdf"
NERIMA, CHIYODA = "131202/kpi", "131016/plans/kpi"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `raw` and what was made of it in `out`: two reports of one name in two folders."""
    home = tmp_path_factory.mktemp("home")
    for report_id in (NERIMA, CHIYODA):
        path = home / "raw" / f"{report_id}.pdf"
        path.parent.mkdir(parents=True)
        shutil.copy(KPI, path)
    result = run("extract", "--raw", home / "raw", "--out", home / "out")
    assert result.exit_code == 0, result.output
    return home


def test_each_report_has_its_own_folder_and_municipality(home: Path) -> None:
    listed = pd.read_parquet(home / "out" / "reports.parquet")
    assert listed[["report_id", "area_code", "area_name"]].to_numpy().tolist() == [
        [CHIYODA, "131016", "東京都千代田区"],
        [NERIMA, "131202", "東京都練馬区"],
    ]
    observed = pd.read_parquet(home / "out" / "observations.parquet")["report_id"]
    assert set(observed) == {NERIMA, CHIYODA}


def test_show_prints_a_report_of_a_folder(home: Path) -> None:
    result = run("show", NERIMA, "--data", home / "out")
    assert (result.exit_code, "indicators (119)" in result.stdout) == (0, True)
    missing = run("show", "kpi", "--data", home / "out")
    assert (missing.exit_code, f"there: {CHIYODA}, {NERIMA}" in missing.stderr) == (2, True)


def test_an_id_may_be_written_as_the_shell_completes_a_folder(home: Path, tmp_path: Path) -> None:
    row = pd.read_parquet(home / "out" / NERIMA / "indicators.parquet")["row_id"][0]
    plain, slashed = (
        run("show", called, "--row", row, "--data", home / "out") for called in (NERIMA, f"./{NERIMA}/")
    )
    assert plain.stdout == slashed.stdout
    assert "observations (" in plain.stdout
    assert run("export", f"{NERIMA}/", tmp_path / "x.xlsx", "--data", home / "out").exit_code == 0


def test_the_shell_completes_ids(home: Path) -> None:
    words = f"shinchoku diff --data {home / 'out'} {NERIMA} 131"
    asked = {"_SHINCHOKU_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": "5"}
    found = CliRunner().invoke(main, env=asked, prog_name="shinchoku", complete_var="_SHINCHOKU_COMPLETE")
    assert found.stdout.split() == [f"plain,{CHIYODA}", f"plain,{NERIMA}"]


def test_diff_compares_reports_of_folders(home: Path) -> None:
    result = run("diff", NERIMA, CHIYODA, "--data", home / "out", "--pdfs", "")
    assert result.exit_code == 0, result.output
    rows = pd.read_parquet(home / "out" / "diffs" / f"{NERIMA}__{CHIYODA}" / "rows.parquet")
    assert set(rows["status"]) == {"matched"}
    assert run("extract", "--raw", home / "raw", "--out", home / "out").exit_code == 0
    assert f"diffs/{NERIMA}__{CHIYODA}/rows.csv" in (home / "out" / "datapackage.json").read_text()
    assert run("diff", NERIMA, "diffs", "--data", home / "out").exit_code == 2


def test_export_writes_the_workbook_of_a_report_of_a_folder(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "kpi.xlsx"
    assert run("export", CHIYODA, file, "--data", home / "out").exit_code == 0
    assert len(pd.read_excel(file, sheet_name=None)) > 4


def test_draw_keeps_pictures_of_reports_of_one_name_apart(home: Path, tmp_path: Path) -> None:
    row = pd.read_parquet(home / "out" / NERIMA / "indicators.parquet")["row_id"][0]
    options = ("--row", row, "--data", home / "out", "--raw", home / "raw", "--out", tmp_path)
    for report_id in (NERIMA, CHIYODA):
        assert run("draw", report_id, *options).exit_code == 0
    assert len(list(tmp_path.rglob("*.png"))) == 2


def test_python_loads_and_reads_reports_of_folders(home: Path) -> None:
    loaded = shinchoku.load(home / "out")
    assert loaded.report_ids == (CHIYODA, NERIMA)
    assert loaded.indicators["report_id"].value_counts().to_dict() == {NERIMA: 119, CHIYODA: 119}
    read = shinchoku.read(home / "raw" / f"{NERIMA}.pdf", raw=home / "raw", paper=False)
    assert (read.report_id, set(read.indicators["report_id"])) == (NERIMA, {NERIMA})


def test_an_id_that_stands_for_another_pdf_is_not_overwritten(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.pdf").write_bytes(report(2 if folder == "a" else 1))
    out = tmp_path / "out"
    first = ("extract", tmp_path / "a" / "x.pdf", "--out", out, "--raw", tmp_path / "none")
    run(*first)
    before = contents(out)
    second = ("extract", tmp_path / "b" / "x.pdf", "--out", out, "--raw", tmp_path / "none")
    refused = run(*second)
    assert (refused.exit_code, "was read from another PDF (a/x.pdf" in refused.stderr) == (2, True)
    assert contents(out) == before
    assert run("extract", "--raw", tmp_path / "b", "--out", out).exit_code == 2
    assert run(*first).exit_code != 2
    assert run(*second, "--replace").exit_code != 2
    assert pd.read_parquet(out / "reports.parquet")["pages"].tolist() == [1]


def test_a_report_whose_pdf_is_gone_is_named_and_can_be_forgotten(tmp_path: Path) -> None:
    raw, out, fresh = tmp_path / "raw", tmp_path / "out", tmp_path / "fresh"
    (raw / "131202").mkdir(parents=True)
    for number, name in enumerate(("a", "131202/b"), start=1):
        (raw / f"{name}.pdf").write_bytes(report(number))
    run("extract", "--raw", raw, "--out", out)
    run("diff", "a", "131202/b", "--data", out)
    (raw / "131202" / "b.pdf").unlink()
    told = run("extract", "--raw", raw, "--out", out)
    assert "131202/b: its PDF is not in" in told.stderr
    assert "`shinchoku forget 131202/b`" in told.stderr
    assert pd.read_parquet(out / "reports.parquet")["report_id"].tolist() == ["131202/b", "a"]
    assert run("forget", "131202/b", "--data", out).exit_code == 0
    run("extract", "--raw", raw, "--out", fresh)
    assert contents(out) == contents(fresh)
    assert not (out / "131202").exists()
    again = run("forget", "131202/b", "--data", out)
    assert (again.exit_code, "(there: a)" in again.stderr) == (2, True)


def test_what_others_put_beside_a_forgotten_report_stays(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(report())
    run("extract", "--raw", tmp_path, "--out", tmp_path / "out")
    (tmp_path / "out" / "a" / "mine.xlsx").write_bytes(b"mine")
    assert run("forget", "a", "--data", tmp_path / "out").exit_code == 0
    assert [path.name for path in (tmp_path / "out" / "a").iterdir()] == ["mine.xlsx"]
    assert pd.read_parquet(tmp_path / "out" / "reports.parquet").empty


def test_a_pdf_listed_as_no_report_makes_no_error(tmp_path: Path) -> None:
    (tmp_path / "menu.pdf").write_bytes(report())
    alone = run("extract", "--raw", tmp_path, "--out", tmp_path / "out")
    assert (alone.exit_code, 'say kind = "other" in sources.toml' in alone.stderr) == (1, True)
    (tmp_path / "sources.toml").write_text('[menu]\nkind = "other"\n', encoding="utf-8")
    listed = run("extract", "--raw", tmp_path, "--out", tmp_path / "out")
    assert (listed.exit_code, listed.stderr.count("menu: 1 page,")) == (0, 1)
    assert listed.stdout.splitlines()[-1].startswith("menu")
    problems = pd.read_parquet(tmp_path / "out" / "menu" / "problems.parquet")
    assert "no_report" in set(problems["code"])
    (tmp_path / "sources.toml").write_text('[menu]\nkind = "lunch"\n', encoding="utf-8")
    assert run("extract", "--raw", tmp_path, "--out", tmp_path / "out").exit_code == 2


def test_a_scan_is_not_told_to_add_headings(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "scan.pdf"), pagesize=(595, 842), invariant=1)
    canvas.drawInlineImage(Image.new("L", (595, 842), 120), 0, 0, 595, 842)
    canvas.save()
    told = run("extract", "--raw", tmp_path, "--out", tmp_path / "out").stderr
    assert "--ocr" in told
    assert "shinchoku layout" not in told
    assert "headings" not in told
