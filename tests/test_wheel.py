"""A wheel made of the project, installed away from it, has all that the commands need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from make.runs.command import SHINCHOKU
from shinchoku.cli import COMMANDS

ROOT = Path(__file__).parent.parent
QUIET = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-index")
NEED = ("pyproject.toml", "README.md", "LICENSE", "src")
"""What is copied before the wheel is made, so that the making leaves nothing in the project."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel installs."""
    place = tmp_path_factory.mktemp("wheel")
    subprocess.run(["cp", "-r", *(str(ROOT / name) for name in NEED), str(place)], check=True)
    pip = [sys.executable, "-m", "pip"]
    made = [*pip, "wheel", *QUIET, "--no-build-isolation", "-w", str(place / "made"), str(place)]
    subprocess.run(made, check=True)
    (wheel,) = (place / "made").glob("*.whl")
    subprocess.run([*pip, "install", *QUIET, "--target", str(place / "site"), str(wheel)], check=True)
    return place / "site"


def _python(site: Path, folder: Path, *arguments: str) -> str:
    env = {**os.environ, "PYTHONPATH": str(site), "SHINCHOKU_LANG": "ja", "SHINCHOKU_CACHE": str(folder)}
    run = [sys.executable, *arguments]
    done = subprocess.run(run, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def _run(site: Path, folder: Path, *arguments: str) -> str:
    return _python(site, folder, *SHINCHOKU[1:], *arguments)


HELPS = """
import shinchoku
from shinchoku.cli import COMMANDS, main
print(shinchoku.__file__)
for command in COMMANDS:
    try:
        main([command, "--help"])
    except SystemExit as end:
        assert end.code == 0
"""


@pytest.mark.slow
def test_a_wheel_reads_shows_and_compares_outside_the_project(site: Path, tmp_path: Path) -> None:
    said = _python(site, tmp_path, "-c", HELPS)
    assert said.startswith(str(site))
    assert said.count("使い方：") == len(COMMANDS)
    pdf = ROOT / "raw_pdfs" / "fy2022_kpi_revision.pdf"
    summary = _run(site, tmp_path, "extract", str(pdf))
    assert summary.split()[0] == "報告書"
    assert "119" in summary
    assert "確認済み" in _run(site, tmp_path, "show", "fy2022_kpi_revision")
    _run(site, tmp_path, "export", "fy2022_kpi_revision", "book.xlsx")
    assert (tmp_path / "book.xlsx").stat().st_size > 10_000
