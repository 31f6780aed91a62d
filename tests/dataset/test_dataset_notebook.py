"""The notebook runs from a folder of data, says what the data says, and draws Japanese labels with real
glyphs."""

import base64
import os
import struct
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from dataset_rows import gold_rows

from shinchoku.dataset.collect import collect
from shinchoku.dataset.files import read_rows
from shinchoku.dataset.publish import out_lock

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "notebooks" / "analysis.ipynb"
SHIPPED = ROOT / "normalized"

STRICT = 'import warnings\nwarnings.filterwarnings("error", message=".*[Gg]lyph")'
BOXES = 'plt.rcParams["font.family"] = "DejaVu Sans"\nplt.plot([1, 2])\nplt.title("進捗")\nplt.show()'


def needed() -> Any:
    """nbclient and nbformat; where the notebook extra is absent the test is skipped, but never in CI."""
    try:
        fonts, nbclient, nbformat = map(import_module, ("matplotlib_fontja", "nbclient", "nbformat"))
    except ImportError as missing:
        if os.environ.get("CI"):
            pytest.fail(f"the notebook extra is not installed: {missing}")
        pytest.skip(f"the notebook extra is not installed: {missing}")
    assert Path(fonts.get_font_ttf_path()).is_file()
    return nbclient, nbformat


def run(data: Path, report: str, work: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> list[Any]:
    """The outputs of the notebook on `data`, after the code cells `more`."""
    nbclient, nbformat = needed()
    monkeypatch.setenv("SHINCHOKU_DATA", str(data))
    monkeypatch.setenv("SHINCHOKU_REPORT", report)
    monkeypatch.setenv("IPYTHONDIR", str(work / "ipython"))
    monkeypatch.setenv("MPLCONFIGDIR", str(work / "matplotlib"))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    cells = [nbformat.v4.new_code_cell(source) for source in (STRICT, *more)]
    notebook.cells = [cells[0], *notebook.cells, *cells[1:]]
    nbclient.NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(work)}}).execute()
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def complaints(outputs: list[Any]) -> list[str]:
    """What went wrong without stopping the notebook: errors while showing, and anything on stderr."""
    errors = [output.evalue for output in outputs if output.output_type == "error"]
    return errors + [o.text for o in outputs if o.output_type == "stream" and o.name == "stderr"]


def pictures(outputs: list[Any]) -> list[tuple[int, int]]:
    """Width and height of each picture in pixels, read from the PNG files."""
    packed = [output.data["image/png"] for output in outputs if "image/png" in output.get("data", {})]
    heads = [base64.b64decode(picture)[16:24] for picture in packed]
    return [struct.unpack(">II", head) for head in heads]


def told(outputs: list[Any]) -> str:
    """All text and tables the notebook shows."""
    texts = [o.text if o.output_type == "stream" else o.data.get("text/html", "") for o in outputs]
    return "\n".join(texts)


@pytest.fixture
def small(out: Path, publish: Callable[..., None]) -> Path:
    publish("fy2019_made")
    with out_lock(out):
        collect(out)
    return out


def test_a_small_report_is_shown(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outputs = run(small, "fy2019_made", tmp_path, monkeypatch)
    assert complaints(outputs) == []
    measures = gold_rows("measures", "fy2019_made")
    own = [row for row in measures if not row["is_repost"]]
    behind = [row for row in own if row["progress"] == "B"]
    text = told(outputs)
    assert f"再掲 {len(measures) - len(own)} 行を除く {len(own)} 行" in text
    assert f"進捗 B：{len(behind)} 事業" in text
    assert behind
    for row in behind:
        assert row["note"].split("\n")[0] in text
    assert "7 指標のうち、比べられるもの" in text
    sizes = pictures(outputs)
    assert len(sizes) == 3
    assert all(width > 700 and height > 150 for width, height in sizes)


def test_labels_that_would_be_boxes_are_found(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = run(small, "fy2019_made", tmp_path, monkeypatch, BOXES)
    assert any("glyph" in complaint.lower() for complaint in complaints(outputs))


@pytest.mark.skipif(not (SHIPPED / "observations.parquet").exists(), reason="nothing is extracted yet")
def test_the_shipped_data_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outputs = run(SHIPPED, "fy2019_progress", tmp_path, monkeypatch)
    assert complaints(outputs) == []
    measures = read_rows(SHIPPED / "fy2019_progress" / "measures.parquet")
    own = [row for row in measures if not row["is_repost"]]
    assert f"{len(own)} 行を数えます" in told(outputs)
    assert len(pictures(outputs)) == 3


def test_the_notebook_is_kept_without_outputs() -> None:
    _, nbformat = needed()
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) > 8
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
