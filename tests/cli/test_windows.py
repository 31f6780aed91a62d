"""Without what Windows lacks (fork, fcntl, resource, sockets of files …) the commands give the same files."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from make.runs.command import differing, run
from make.styles.pages import Table, Text, typeset
from make.styles.sheets import Cell, Sheet
from make.styles.style import Style
from shinchoku.workers.cache import VARIABLE as CACHE

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
END = "== the command has ended =="


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


def _run_all(home: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[int], list[str]]:
    """How each command ends in the folder, and what it said on stderr."""
    monkeypatch.chdir(home)
    monkeypatch.setenv("SHINCHOKU_LANG", "ja")
    monkeypatch.setenv(CACHE, str(home / ".cache"))
    done = [run(*command) for command in RUNS]
    return [each.exit_code for each in done], [each.stderr for each in done]


ALL = f"""
import sys
from pathlib import Path
from shinchoku.cli import main
for number, command in enumerate({RUNS!r}):
    try:
        main(command)
    except SystemExit as end:
        Path(sys.argv[1]).open("a").write(f"{{end.code}}\\n")
    print({END!r}, file=sys.stderr, flush=True)
"""


def _run_all_there(home: Path, start: Path) -> tuple[list[int], list[str]]:
    """The same in one process that lacks what Windows lacks from its start, as do those it starts."""
    start.mkdir()
    (start / "sitecustomize.py").write_text(
        "from make.runs.lacking import as_windows\nas_windows()\n", encoding="utf-8"
    )
    env = {
        "SHINCHOKU_LANG": "ja",
        CACHE: str(home / ".cache"),
        "PYTHONWARNINGS": "ignore",
        "PYTHONPATH": os.pathsep.join(map(str, (start, TESTS))),
        "PYTHONIOENCODING": "cp932",
    }
    told = subprocess.run(
        [sys.executable, "-c", ALL, str(start / "statuses")],
        cwd=home,
        env={**os.environ, **env},
        capture_output=True,
        check=True,
    ).stderr.decode("cp932")
    statuses = (start / "statuses").read_text(encoding="utf-8").split()
    return list(map(int, statuses)), told.split(END)


def test_the_commands_give_the_same_files_where_windows_lacks_things(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = tmp_path / "usual"
    home.rename(usual)
    shutil.copytree(usual / "raw_pdfs", home / "raw_pdfs")
    statuses, said = _run_all(usual, monkeypatch)
    assert (statuses[:3], statuses[3]) == ([0, 0, 0], 1), said
    lacking, told = _run_all_there(home, tmp_path / "start")
    assert lacking == statuses, told
    assert not any("Traceback" in text for text in told)
    assert told[0].count("メモリーの量を制限できません") == 1
    assert differing(usual, home) == []
