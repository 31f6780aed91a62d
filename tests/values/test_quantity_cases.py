"""Cells and what they state: every line of cases.csv, and the annotated cells of the reports.

A line of cases.csv gives, after a remark, a cell's text (with its line breaks), the quantities it states
and the day they hold for. A quantity is written `label:value unit [marks]`, a range `2~12 歳`, a
denominator `98/101 件`; several stand with `; ` between them. Marks are 計 年間 約 延べ 増 以下 以上 and
月あたり."""

import csv
import json
from dataclasses import asdict
from pathlib import Path

import pytest

from shinchoku.values.grammar import parse
from shinchoku.values.quantity import Quantity

FLAGS = {"cumulative": "計", "annual": "年間", "approx": "約", "total": "延べ", "increase": "増"}
BOUNDS = {"": "", "le": "以下", "ge": "以上"}
GOLD = Path(__file__).parent.parent / "gold" / "quantities.jsonl"


def read_cases() -> list[dict[str, str]]:
    with (Path(__file__).parent / "cases.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def written(quantity: Quantity) -> str:
    label = f"{quantity.label}:" if quantity.label else ""
    high = "" if quantity.high is None else f"~{quantity.high:.15g}"
    of = "" if quantity.of is None else f"/{quantity.of:.15g}"
    marks = [mark for flag, mark in FLAGS.items() if getattr(quantity, flag)]
    marks += [mark for mark in (BOUNDS[quantity.bound], quantity.per and f"{quantity.per}あたり") if mark]
    return f"{label}{quantity.value:.15g}{high}{of} {quantity.unit}" + (
        f" [{' '.join(marks)}]" if marks else ""
    )


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case["text"].replace("\n", "/"))
def test_case(case: dict[str, str]) -> None:
    value = parse(case["text"])
    assert "; ".join(map(written, value.quantities)) == case["quantities"]
    assert (value.as_of.isoformat() if value.as_of else "") == case["as_of"]


def test_annotated_cells_of_the_reports() -> None:
    lines = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 559
    for gold in lines:
        value = parse(gold["text"])
        expected = [{**q, "per": q["per"] or "", "bound": q["bound"] or ""} for q in gold["quantities"]]
        assert [asdict(quantity) for quantity in value.quantities] == expected, gold["text"]
        assert (value.as_of.isoformat() if value.as_of else "") == gold["as_of"], gold["text"]
