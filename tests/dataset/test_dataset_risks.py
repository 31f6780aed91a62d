"""Text that a spreadsheet would run is named; marks that only look like it are not."""

from typing import Any

import pytest
from dataset_rows import cell, gold_rows

from shinchoku.dataset.risks import spreadsheet_risks
from shinchoku.problems import Severity


@pytest.mark.parametrize("text", ["=1+1", "+3%", "-5人", "@SUM(A1)", "=cmd|'/c calc'!A1", "-\n3件", "- 中止"])
def test_a_formula_is_named_with_its_place(text: str) -> None:
    rows = [cell("r", 0, "目標"), cell("r", 4, text)]
    (found,) = spreadsheet_risks("cells", rows)
    assert (found.severity, found.code) == (Severity.INFO, "spreadsheet_formula")
    assert (found.page, found.table, found.row, found.col, found.printed) == (1, 1, 4, 0, text)
    assert "export" in found.message


@pytest.mark.parametrize("text", ["", "-", "--", "- ", "+", "－5", "−5", "A+", "計=3", " =1", "▲3%"])
def test_a_mark_is_none(text: str) -> None:
    assert spreadsheet_risks("cells", [cell("r", 0, text)]) == []


def test_fiscal_columns_are_looked_at_and_identifiers_of_rows_too() -> None:
    rows: list[dict[str, Any]] = gold_rows("indicators", "r")
    assert spreadsheet_risks("indicators", rows) == []
    rows[1]["fy2021_target"] = "-10%"
    rows[2]["unmapped"] = "=no text column"
    (found,) = spreadsheet_risks("indicators", rows)
    assert (found.printed, found.page, found.table, found.row) == ("-10%", 1, 1, None)
    assert "fy2021_target" in found.message
