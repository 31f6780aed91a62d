"""Notebooks run in a kernel of their own; what they show and draw, read back."""

import base64
import json
import os
import struct
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = Path(__file__).parents[3] / "notebooks"

STRICT = 'import warnings\nwarnings.filterwarnings("error", message=".*[Gg]lyph")\n'
RECORD = """
import json
import matplotlib.pyplot as plt

_show, DRAWN = plt.show, "DRAWN "

def _record():
    for number in plt.get_fignums():
        for axes in plt.figure(number).axes:
            held = {
                "title": axes.get_title(),
                "labels": [label.get_text() for label in axes.get_yticklabels()],
                "bars": {
                    each.get_label(): [(bar.get_y() + bar.get_height() / 2, bar.get_width()) for bar in each]
                    for each in axes.containers
                },
                "lines": [(list(line.get_xdata()), list(line.get_ydata())) for line in axes.lines],
                "texts": [(*text.get_position(), text.get_text()) for text in axes.texts],
            }
            if axes.get_visible():
                print(DRAWN + json.dumps(held, ensure_ascii=False, default=float))
    _show()

plt.show = _record
"""


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


def run(name: str, data: Path, work: Path, monkeypatch: pytest.MonkeyPatch, report: str = "") -> list[Any]:
    """The outputs of the notebook `name` on `data`."""
    return run_with("pass", name, data, work, monkeypatch, report)[0]


def run_with(
    more: str, name: str, data: Path, work: Path, monkeypatch: pytest.MonkeyPatch, report: str = ""
) -> tuple[list[Any], list[Any]]:
    """The same, and those of the code `more` that is run after it."""
    nbclient, nbformat = needed()
    monkeypatch.setenv("SHINCHOKU_DATA", str(data))
    monkeypatch.setenv("SHINCHOKU_REPORT", report)
    monkeypatch.setenv("IPYTHONDIR", str(work / "ipython"))
    # What matplotlib knows of the fonts, it finds once for all tests.
    monkeypatch.setenv("MPLCONFIGDIR", str(work.parent / "matplotlib"))
    notebook = nbformat.read(NOTEBOOKS / name, as_version=4)
    before, after = (nbformat.v4.new_code_cell(source) for source in (STRICT + RECORD, more))
    notebook.cells = [before, *notebook.cells, after]
    nbclient.NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(work)}}).execute()
    own = [output for cell in notebook.cells[:-1] for output in cell.get("outputs", [])]
    return own, notebook.cells[-1].outputs


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


def drawn(outputs: list[Any]) -> Iterator[dict[str, Any]]:
    """What stands on each of the axes that were shown: title, labels, bars, lines and texts, as numbers."""
    for output in outputs:
        if output.output_type == "stream":
            for line in output.text.splitlines():
                if line.startswith("DRAWN "):
                    yield json.loads(line.removeprefix("DRAWN "))
