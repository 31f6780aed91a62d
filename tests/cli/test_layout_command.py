"""`shinchoku layout`: what headings were taken for, and the lines that teach it the others."""

from pathlib import Path

import pandas as pd
import pytest

from make.forms import PLAIN, form, pdf
from make.runs.command import run

pytestmark = pytest.mark.slow


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder of PDFs with one report whose naming column no layout of the package knows."""
    folder = tmp_path / "raw"
    (folder / "layouts").mkdir(parents=True)
    (folder / "town.pdf").write_bytes(pdf(form("unknown_note"), PLAIN))
    return folder


def test_each_heading_is_shown_with_what_decided(raw: Path) -> None:
    result = run("layout", raw / "town.pdf", "--raw", raw)
    lines = [line.strip() for line in result.output.splitlines()]
    assert result.exit_code == 1
    assert "page 1, table 1: indicators" in lines
    assert any(line.startswith("R4実績 = actual, year 2022  [headings.toml: ") for line in lines)
    assert any(line.startswith("指標 = indicator") for line in lines)
    assert "町の声 = NOT UNDERSTOOD" in lines
    assert "pattern = '^町の声$'  # 町の声" in lines


def test_it_speaks_the_language_of_the_person_and_tells_the_worst(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHINCHOKU_LANG", "ja")
    said = run("layout", raw / "town.pdf", "--raw", raw).output
    assert "町の声 = 分からない" in said
    assert "R4実績 = actual, 2022年度  [" in said
    (tmp_path / "empty.pdf").touch()
    refused = run("layout", tmp_path / "empty.pdf")
    assert (refused.exit_code, "ファイルが空です" in refused.output) == (2, True)


def test_the_lines_shown_teach_the_heading(raw: Path, tmp_path: Path) -> None:
    shown = run("layout", raw / "town.pdf", "--raw", raw).output
    added = shown[shown.index("# name is one of") :].replace('name = ""', 'name = "note"')
    (raw / "layouts" / "own.toml").write_text(added, encoding="utf-8")
    assert run("layout", raw / "town.pdf", "--raw", raw).exit_code == 0
    assert run("extract", "--raw", raw, "--out", tmp_path / "out").exit_code == 0
    rows = pd.read_parquet(tmp_path / "out" / "town" / "indicators.parquet")
    assert list(rows["note"]) == ["よい", "もっと", ""]
    assert set(rows["unmapped"]) == {"{}"}


def test_a_mistake_in_a_layout_is_named(raw: Path, tmp_path: Path) -> None:
    (raw / "layouts" / "own.toml").write_text("[[field]]\nname = 'notes'\npattern = 'x'\n", encoding="utf-8")
    for command in (("layout", raw / "town.pdf"), ("extract", "--out", tmp_path / "out")):
        result = run(*command, "--raw", raw)
        assert result.exit_code == 2
        assert "own.toml: [[field]] number 1: name = 'notes' is unknown; it may be " in result.output
