"""The notebook of years draws what the series say."""

from pathlib import Path
from typing import Any

import pytest

from make.rows.dataset import gold_rows
from make.rows.history import YEARS, publish
from make.runs.command import run as command
from make.runs.notebooks import complaints, drawn, run, told
from shinchoku.dataset.tables.files import read_rows

pytestmark = pytest.mark.slow

MARKS = [
    {"mark": "A", "order": 0, "meaning": "計画どおり"},
    {"mark": "B", "order": 1, "meaning": "遅れたもの"},
]
PROGRESS = {"a": ("A", "A", "B"), "b": ("B", "A", "B"), "c": ("A", "A", "")}
NAMES = ("橋の塗り替え", "公園の樹木の手入れ", "窓口の夜間開設")


def measures(report_id: str) -> list[dict[str, Any]]:
    like = gold_rows("measures", report_id)[0] | {"is_repost": False, "repost_of": ""}
    return [
        like | {"measure": name, "measure_text": name, "row_id": name, "row_order": order, "progress": mark}
        for order, (name, mark) in enumerate(zip(NAMES, PROGRESS[report_id], strict=True))
    ]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    out = tmp_path / "data"
    for report_id in "abc":
        year = str(2019 + "abc".index(report_id))
        rows = measures(report_id)
        publish(out, report_id, YEARS[report_id], measures=rows, marks=MARKS, known={"fiscal_year": year})
    assert command("history", "--data", out).exit_code == 0
    return out


def test_the_drawn_years_are_those_of_the_series(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = run("history.ipynb", data, tmp_path, monkeypatch)
    assert complaints(outputs) == []
    first, second, heat = drawn(outputs)
    assert "甲の率（か所）" in first["title"]
    assert "乙の数（か所）" in second["title"]
    said = {
        (row["name"], row["role"], row["fiscal_year"]): row["value"]
        for row in read_rows(data / "series.parquet")
        if row["row_kind"] == "indicator"
    }
    for name, axes in (("甲の率", first), ("乙の数", second)):
        results, targets = axes["lines"]
        stated = {"actual": dict(zip(*results, strict=True)), "target": dict(zip(*targets, strict=True))}
        assert {(name, role, year): value for role in stated for year, value in stated[role].items()} == {
            key: value for key, value in said.items() if key[0] == name
        }
    assert "食い違い 2 欄" in told(outputs)
    assert [label.split(" ")[1] for label in heat["labels"]] == [NAMES[0], NAMES[2]]
    marks = {(int(y), int(x)): mark for x, y, mark in heat["texts"]}
    assert marks == {(0, 0): "A", (0, 1): "B", (0, 2): "A", (1, 0): "B", (1, 1): "B"}
