"""Without what Windows lacks (fork, fcntl, resource, sockets of files …) the commands give the same files."""

import os
import subprocess
from pathlib import Path

import pytest

from make.runs.command import SHINCHOKU, differing
from make.styles.pages import Table, Text, typeset
from make.styles.sheets import Cell, Sheet
from make.styles.style import Style

pytestmark = pytest.mark.slow

TESTS = Path(__file__).parents[1]
STYLE = Style(page=(842.0, 595.0), shade_heads=False, number="")
NAMES = ("保育所の定員", "公園の面積", "図書館の貸出〜返却−延滞")
RUNS = (
    ("extract", "--no-cache"),
    ("show", "fy2019"),
    ("show", "fy2019", "--problems"),
    ("diff", "fy2019", "fy2020"),
    ("history",),
    ("export", "fy2020", "book.xlsx"),
    ("corrections",),
    ("layout", "raw_pdfs/fy2020.pdf"),
    ("draw", "raw_pdfs/fy2020.pdf", "--pages", "1"),
    ("review", "fy2019", "--static", "review.html"),
)


def _pdf(year: str, end: str, add: int) -> bytes:
    rows = [["指標", f"令和{year}年度実績", f"令和{end}年度目標"]]
    rows += [[name, f"{100 * (i + 1) + add}人", f"{200 * (i + 1)}人"] for i, name in enumerate(NAMES)]
    cells = [Cell(r, c, r + 1, c + 1, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    title = Text(f"令和{year}年度 進捗状況報告書", 1.2)
    return typeset([title, Table(Sheet((0.0, 200.0, 350.0, 500.0), 1, tuple(cells)))], STYLE)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with two reports of which one is damaged: its table of objects leads nowhere."""
    raw = tmp_path / "home" / "raw_pdfs"
    raw.mkdir(parents=True)
    (raw / "fy2019.pdf").write_bytes(_pdf("元", "3", 0))
    (raw / "fy2020.pdf").write_bytes(_pdf("2", "3", 7).replace(b"startxref\n", b"startxref\n9"))
    listed = '[{}]\ntitle = "報告"\narea_code = "131202"\narea_name = "練馬区"\n'
    (raw / "sources.toml").write_text(listed.format("fy2019") + listed.format("fy2020"), encoding="utf-8")
    return raw.parent


def _run_all(home: Path, **env: str) -> tuple[list[int], list[str]]:
    """How each command ends in the folder, and what it said on stderr."""
    statuses, said = [], []
    for run in RUNS:
        done = subprocess.run(
            [*SHINCHOKU, *run],
            cwd=home,
            env={**os.environ, "SHINCHOKU_LANG": "ja", "PYTHONWARNINGS": "ignore", **env},
            capture_output=True,
            check=False,
        )
        statuses.append(done.returncode)
        said.append(done.stderr.decode(env.get("PYTHONIOENCODING", "utf-8")))
    return statuses, said


def test_the_commands_give_the_same_files_where_windows_lacks_things(home: Path, tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    home.rename(usual)
    home.mkdir()
    for path in (usual / "raw_pdfs").iterdir():
        (home / "raw_pdfs").mkdir(exist_ok=True)
        (home / "raw_pdfs" / path.name).write_bytes(path.read_bytes())
    statuses, said = _run_all(usual)
    assert (statuses[:3], statuses[3]) == ([0, 0, 0], 1), said
    (tmp_path / "start").mkdir()
    start = "from make.runs.lacking import as_windows\nas_windows()\n"
    (tmp_path / "start" / "sitecustomize.py").write_text(start, encoding="utf-8")
    places = os.pathsep.join(map(str, (tmp_path / "start", TESTS)))
    lacking, told = _run_all(home, PYTHONPATH=places, PYTHONIOENCODING="cp932")
    assert lacking == statuses, told
    assert not any("Traceback" in text for text in told)
    assert told[0].count("メモリーの量を制限できません") == 1
    assert differing(usual, home) == []
