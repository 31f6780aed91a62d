"""The command as its users run it: what it writes, what it says, how it ends."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from make.pdfs.tables import small_table
from make.runs.command import differing, run
from make.runs.once import made_once
from shinchoku.text import display_width, squeeze

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
RAW = ROOT / "raw_pdfs"
KPI = RAW / "fy2022_kpi_revision.pdf"


def extract_shipped(out: Path) -> None:
    result = run("extract", "--raw", RAW, "--out", out, "--jobs", "1", "--no-cache")
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both shipped reports, extracted by one process without the cache."""
    return made_once(tmp_path_factory, "shipped", extract_shipped)


def test_committed_output_is_what_the_shipped_pdfs_give(shipped: Path, tmp_path: Path) -> None:
    committed, made = ROOT / "normalized", tmp_path / "made"
    shutil.copytree(shipped, made)
    assert run("history", "--data", made, "--quiet").exit_code == 0
    # Not made by this run: diffs; what holds the hash of files, which the other tables are compared for.
    apart = ("diffs/", "datapackage.json", "lineage.parquet", "series.parquet")
    assert [n for n in differing(committed, made) if not n.startswith(apart)] == []


@pytest.mark.usefixtures("own_cache")
def test_workers_and_cache_change_no_byte(shipped: Path, tmp_path: Path) -> None:
    for _ in ("fills the cache", "takes it from there"):
        assert run("extract", KPI, "--out", tmp_path, "--jobs", "2").exit_code == 0
        assert differing(shipped / KPI.stem, tmp_path / KPI.stem) == []


def test_summary_names_each_report(tmp_path: Path) -> None:
    result = run("extract", KPI, "--out", tmp_path / "out")
    line = next(n for n in result.stdout.splitlines() if n.startswith("fy2022_kpi_revision"))
    assert line.split()[1:6] == ["23", "21", "0", "119", "65"]
    assert result.stderr.startswith("fy2022_kpi_revision: 23 pages, 0 measures, 119 indicators, 65 goals; ")
    assert result.stderr.count("\n") == 1


def test_pdf_of_no_known_layout_gives_cells_and_one_clear_error(tmp_path: Path) -> None:
    pdf = small_table(tmp_path / "menu.pdf", ["day", "dish"], [["Mon", "rice"], ["Tue", "=1+1"]])
    result = run("extract", pdf, "--out", tmp_path / "out", "--quiet")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert "menu: no_known_layout" in result.stderr
    cells = pd.read_parquet(tmp_path / "out" / "menu" / "cells.parquet")
    assert cells["text"].tolist() == ["day", "dish", "Mon", "rice", "Tue", "=1+1"]
    problems = pd.read_parquet(tmp_path / "out" / "menu" / "problems.parquet")
    assert problems[problems["severity"] == "error"]["code"].tolist() == ["no_known_layout"]


def test_lines_of_a_cell_are_kept_as_they_are_set(shipped: Path) -> None:
    cells = pd.read_parquet(shipped / "fy2019_progress" / "cells.parquet")
    cells = cells[cells["text"] != ""]
    assert cells["lines"].map(squeeze).equals(cells["text"].map(squeeze))
    printed, made = cells["lines"].str.count("\n"), cells["text"].str.count("\n")
    assert (printed >= made).all()
    assert (printed - made).sum() > 500


def test_one_bad_pdf_does_not_stop_the_others(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    shutil.copy(KPI, raw)
    (raw / "broken.pdf").write_text("<html>not found</html>")
    result = run("extract", "--raw", raw, "--out", tmp_path / "out", "--quiet")
    assert result.exit_code == 1
    assert [n.split(":")[0] for n in result.stderr.splitlines()] == ["broken"]
    assert len(pd.read_parquet(tmp_path / "out" / KPI.stem / "indicators.parquet")) == 119


def test_a_pdf_gone_bad_leaves_what_was_good(tmp_path: Path) -> None:
    pdf = small_table(tmp_path / "menu.pdf", ["day", "dish"], [["Mon", "rice"]])
    run("extract", pdf, "--out", tmp_path / "out")
    pdf.write_bytes(b"%PDF-1.4 cut off")
    assert run("extract", pdf, "--out", tmp_path / "out").exit_code == 1
    assert len(pd.read_parquet(tmp_path / "out" / "menu" / "cells.parquet")) == 4


@pytest.mark.parametrize(
    "arguments", [["nowhere.pdf"], ["--raw", "nowhere"], ["--jobs", "0"], ["--reader", "eyes"]]
)
def test_nothing_is_done_on_bad_arguments(arguments: list[str], tmp_path: Path) -> None:
    result = run("extract", *arguments, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith("Error: ")
    assert not (tmp_path / "out").exists()


def test_show_prints_a_plan_with_even_columns(shipped: Path) -> None:
    result = run("show", "fy2019_progress", "--plan", "5", "--data", shipped)
    assert result.exit_code == 0
    measures, indicators = result.stdout.split("indicators (")
    for table in (measures, indicators):
        widths = {display_width(n) for n in table.splitlines() if n[:1] in "┏┃┡│├└" and n}
        assert len(widths) == 1
    assert "特別養護老人ホーム" in result.stdout
    assert "子育てのひろば" not in result.stdout


def test_show_of_a_report_that_is_not_there_names_those_that_are(shipped: Path) -> None:
    result = run("show", "fy1999", "--data", shipped)
    assert result.exit_code == 2
    assert "fy2019_progress" in result.stderr


@pytest.mark.parametrize(
    "command", ["", "extract", "show", "export", "diff", "draw", "review", "corrections"]
)
def test_help_has_examples_a_line_each(command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    lines = [line.strip() for line in result.stdout.splitlines()]
    first = next(i for i, line in enumerate(lines) if line.startswith("Example"))
    assert lines[first] in ("Example:", "Examples:")
    shown = lines[first + 1 : lines.index("", first) if "" in lines[first:] else None]
    assert shown
    assert all(line.count("shinchoku ") == 1 for line in shown if line.startswith("shinchoku"))
    assert any(line.startswith(f"shinchoku {command}".strip()) for line in shown)


def test_both_readers_agree_on_a_plain_table(tmp_path: Path) -> None:
    pdf = small_table(tmp_path / "menu.pdf", ["day", "dish"], [["Mon", "rice"], ["Tue", "soup"]])
    run("extract", pdf, "--out", tmp_path / "out", "--reader", "both")
    problems = pd.read_parquet(tmp_path / "out" / "menu" / "problems.parquet")
    assert "readers_disagree" not in set(problems["code"])
    run("extract", pdf, "--out", tmp_path / "pdfium", "--reader", "pdfium")
    cells = [pd.read_parquet(tmp_path / out / "menu" / "cells.parquet") for out in ("out", "pdfium")]
    assert cells[0]["text"].tolist() == cells[1]["text"].tolist()


def test_a_number_wider_than_its_column_is_told(tmp_path: Path) -> None:
    pdf = small_table(tmp_path / "menu.pdf", ["day", "sold"], [["Mon", "####"], ["Tue", "No.#1"]])
    run("extract", pdf, "--out", tmp_path / "out")
    problems = pd.read_parquet(tmp_path / "out" / "menu" / "problems.parquet").set_index("code")
    found = problems.loc["too_narrow"]
    assert (found["severity"], found["row"], found["col"], found["printed"]) == ("warning", 1, 1, "####")
