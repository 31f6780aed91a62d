"""A folder of small reports over the years."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from make.rows.dataset import gold_rows, report_of, source
from shinchoku.dataset.collect import collect
from shinchoku.dataset.publish import out_lock
from shinchoku.dataset.reports import publish_report

Rows = list[dict[str, Any]]


def indicators(report_id: str, *names: str, year: int, value: int) -> Rows:
    """Indicators of these names with a target of 2025 and a result of `year`, told apart by nothing else."""
    like = gold_rows("indicators", report_id)[0]
    kept = {key: text for key, text in like.items() if not key.startswith("fy")}
    return [
        kept
        | {"indicator": name, "row_id": f"1/{name}", "row_order": order}
        | {"fy2025_target": f"計{value}か所", f"fy{year}_actual": f"計{value - 10}か所"}
        for order, name in enumerate(names)
    ]


def publish(data: Path, report_id: str, rows: Rows, known: Mapping[str, str] = {}, **more: Rows) -> None:
    """Publish a report of these indicators, and rows of other tables, and collect; `known` is told of its
    source."""
    tables = {"indicators": rows, **more}
    with out_lock(data):
        told = source(report_id, source_sha256=report_id * 64, **known)
        publish_report(data, report_of(report_id, gold=(), tables=tables), told)
        collect(data)


YEARS = {
    "a": indicators("a", "甲の率", "乙の数", year=2019, value=20),
    "b": indicators("b", "甲の率", "橋の塗り替え", year=2020, value=20),
    "c": indicators("c", "甲の率", "乙の数", year=2021, value=30),
}
