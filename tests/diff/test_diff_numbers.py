"""Cells are compared as what they state, not as strings."""

import csv
from pathlib import Path

import pytest

from shinchoku.diff.numbers import Agreement, agree, common_unit, compare_texts

LINES = Path(__file__).with_name("cells.csv").read_text(encoding="utf-8").splitlines()
CASES = list(csv.DictReader(LINES))


def _case(case: dict[str, str]) -> str:
    return f"{case['old']} → {case['new']}"


def _number(text: str) -> float | None:
    return float(text) if text else None


@pytest.mark.parametrize("case", CASES, ids=_case)
def test_cells_of_the_list(case: dict[str, str]) -> None:
    old, new = case["old"].replace("/", "\n"), case["new"].replace("/", "\n")
    found = compare_texts(old, new)
    assert found.agreement == case["agreement"]
    assert (found.old_value, found.new_value) == (_number(case["old_value"]), _number(case["new_value"]))
    assert found.delta == _number(case["delta"])
    assert found.unit == case["unit"]


@pytest.mark.parametrize("case", CASES, ids=_case)
def test_the_other_way_round_is_the_mirror_image(case: dict[str, str]) -> None:
    old, new = case["old"].replace("/", "\n"), case["new"].replace("/", "\n")
    there, back = compare_texts(old, new), compare_texts(new, old)
    assert (back.agreement, back.unit) == (there.agreement, there.unit)
    assert (back.old_value, back.new_value) == (there.new_value, there.old_value)
    assert back.delta == (None if there.delta is None else -there.delta)


def test_units_have_one_spelling() -> None:
    assert {common_unit(unit) for unit in ("か所", "カ所", "ヶ所", "箇所")} == {"か所"}
    assert common_unit("校") == "校"


def test_a_dash_and_an_empty_cell_both_state_nothing() -> None:
    assert agree("—", "") is Agreement.SAME
    assert agree("—", "検討") is Agreement.DIFFERENT


def test_every_number_of_a_cell_has_its_difference() -> None:
    found = compare_texts("165所(定員14,760人)", "計197所〔定員16,599人〕")
    assert dict(found.deltas) == {"所": 32, "定員 人": 1839}
    assert dict(compare_texts("計5校", "計7校").deltas) == {"計 校": 2}
    assert not compare_texts("5校", "7人").deltas
