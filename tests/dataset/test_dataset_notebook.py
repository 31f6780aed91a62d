"""The notebook runs from a folder of data, says what the data says, and draws it, of the year in its titles
alone, with real glyphs."""

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from make.rows.dataset import cell, gold_rows
from make.rows.history import indicators, publish
from make.runs.notebooks import NOTEBOOKS, complaints, drawn, needed, pictures, run, run_with, told
from shinchoku.dataset.tables.files import read_rows

pytestmark = pytest.mark.slow

SHIPPED = NOTEBOOKS.parent / "normalized"
NAME = "analysis.ipynb"
REPORT = "fy2019_progress"
BOXES = 'plt.rcParams["font.family"] = "DejaVu Sans"\nplt.plot([1, 2])\nplt.title("進捗")\nplt.show()'
MARKS = [
    {"mark": "A", "order": 0, "meaning": "計画どおり"},
    {"mark": "B", "order": 1, "meaning": "遅れたもの"},
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of two years' results of one indicator, and measures with marks and a legend."""
    data = tmp_path_factory.mktemp("small") / "data"
    rows = [row | {"fy2019_actual": "計5か所"} for row in indicators("made", "甲の率", year=2020, value=20)]
    publish(data, "made", rows, measures=gold_rows("measures", "made"), marks=MARKS)
    return data


@pytest.fixture(scope="module")
def shown_with_boxes(small: Path) -> tuple[list[Any], list[Any]]:
    """What the notebook shows of it, and then a picture whose letters the font does not have."""
    with pytest.MonkeyPatch.context() as patch:
        return run_with(BOXES, NAME, small, small.parent, patch)


@pytest.fixture(scope="module")
def shown(shown_with_boxes: tuple[list[Any], list[Any]]) -> list[Any]:
    """What the notebook shows of it."""
    return shown_with_boxes[0]


def test_a_small_report_is_shown(shown: list[Any]) -> None:
    assert complaints(shown) == []
    measures = gold_rows("measures", "made")
    own = [row for row in measures if not row["is_repost"]]
    behind = [row for row in own if row["progress"] == "B"]
    text = told(shown)
    assert f"再掲 {len(measures) - len(own)} 行を除く {len(own)} 行" in text
    assert f"遅れ（B）：{len(behind)} 事業" in text
    assert behind
    for row in behind:
        assert row["note"].split("\n")[0] in text
    sizes = pictures(shown)
    assert len(sizes) == 3
    assert all(width > 700 and height > 150 for width, height in sizes)


def test_what_people_corrected_stands_beside_what_is_printed(
    small: Path, shown: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "人が訂正したセル（corrections.csv）：0" in told(shown)
    rows = [cell("made", 0, "計6か所") | {"lines": "計５か所", "corrected": True}, cell("made", 1, "計7か所")]
    data = tmp_path / "data"
    shutil.copytree(small, data)
    publish(data, "made", indicators("made", "甲の率", year=2020, value=20), cells=rows)
    text = told(run(NAME, data, tmp_path, monkeypatch))
    assert "人が訂正したセル（corrections.csv）：1" in text
    assert text.index("計５か所") < text.index("計6か所")
    assert "計7か所" not in text


def test_only_the_year_of_the_title_is_drawn(shown: list[Any]) -> None:
    found = [axes for axes in drawn(shown) if "成果指標" in axes["title"]]
    assert [axes["title"] for axes in found] == [
        "成果指標：2025年度の目標に対する2020年度の実績（濃い色は達成）"
    ]
    assert [text for _, _, text in found[0]["texts"]] == ["10 / 20か所"]
    assert [width for _, width in next(iter(found[0]["bars"].values()))] == [50.0]


def test_labels_that_would_be_boxes_are_found(shown_with_boxes: tuple[list[Any], list[Any]]) -> None:
    assert any("glyph" in complaint.lower() for complaint in complaints(shown_with_boxes[1]))


def test_what_is_drawn_of_the_shipped_report_is_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = run(NAME, SHIPPED, tmp_path, monkeypatch, report=REPORT)
    assert complaints(outputs) == []
    own = [row for row in read_rows(SHIPPED / REPORT / "measures.parquet") if not row["is_repost"]]
    assert f"{len(own)} 行を数えます" in told(outputs)
    marks, kpi, behind = drawn(outputs)
    assert _bars(marks) == Counter((str(row["plan_no"]), row["progress"] or "記号なし") for row in own)
    counted = Counter(plan for plan, _ in _bars(behind).elements())
    assert counted == Counter(str(row["plan_no"]) for row in own if row["progress"] == "B")
    assert all("2019年度" in axes["title"] for axes in (marks, kpi, behind))
    assert "2021年度の目標に対する2019年度の実績" in kpi["title"]
    said = {
        (str(row["plan_no"]), row["fiscal_year"], row["role"], f"{row['value']:,.10g}")
        for row in read_rows(SHIPPED / "observations.parquet")
        if row["report_id"] == REPORT and row["row_kind"] == "indicator" and row["value"] is not None
    }
    assert len(kpi["texts"]) > 30
    for label, (_, _, text) in zip(kpi["labels"], kpi["texts"], strict=True):
        result, target = text.removesuffix(" →").split(" / ")
        plan = label.split(" ")[0]
        assert (plan, 2019, "actual", result) in said
        assert any(
            target.startswith(value)
            for where, *cell, value in said
            if (where, *cell) == (plan, 2021, "target")
        )


def _bars(axes: dict[str, Any]) -> Counter[tuple[str, str]]:
    """How often each (plan, label) stands there."""
    plans = [label.split(" ")[0] for label in axes["labels"]]
    return +Counter(
        {
            (plans[round(place)], name): int(width)
            for name, bars in axes["bars"].items()
            for place, width in bars
        }
    )


def test_the_newest_report_is_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outputs = run(NAME, SHIPPED, tmp_path, monkeypatch)
    assert complaints(outputs) == []
    assert "以下は fy2022_kpi_revision について" in told(outputs)
    (kpi,) = drawn(outputs)
    assert "2023年度の目標に対する2021年度の現況" in kpi["title"]


@pytest.mark.parametrize("name", [NAME, "history.ipynb"])
def test_the_notebook_is_kept_without_outputs(name: str) -> None:
    _, nbformat = needed()
    notebook = nbformat.read(NOTEBOOKS / name, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) >= 5
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
