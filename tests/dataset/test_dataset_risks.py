"""Text that a spreadsheet would run is named; marks that only look like it are not."""

from dataclasses import replace

import pytest

from make.rows.dataset import report_of
from shinchoku.dataset.risks import spreadsheet_risks
from shinchoku.fiscal import FiscalColumn
from shinchoku.problems import Severity


@pytest.mark.parametrize("text", ["=1+1", "+3%", "-5人", "@SUM(A1)", "=cmd|'/c calc'!A1", "-\n3件", "- 中止"])
def test_a_formula_is_named_with_its_place(text: str) -> None:
    first, second = report_of("r").cells
    (found,) = spreadsheet_risks("cells", [first, replace(second, row=4, text=text)])
    assert (found.severity, found.code) == (Severity.INFO, "spreadsheet_formula")
    assert (found.page, found.table, found.row, found.col, found.printed) == (1, 1, 4, 0, text)
    assert "export" in found.message


@pytest.mark.parametrize("text", ["", "-", "--", "- ", "+", "－5", "−5", "A+", "計=3", " =1", "▲3%"])
def test_a_mark_is_none(text: str) -> None:
    assert spreadsheet_risks("cells", [replace(report_of("r").cells[0], text=text)]) == []


def test_fiscal_columns_are_looked_at_and_identifiers_of_rows_too() -> None:
    rows = report_of("r").indicators
    assert spreadsheet_risks("indicators", rows) == []
    target = FiscalColumn(2021, "target")
    cut = replace(rows[1], fiscal={**rows[1].fiscal, target: "-10%"})
    kept = replace(rows[2], unmapped={"=no text column": "=1+1"})
    (found,) = spreadsheet_risks("indicators", [rows[0], cut, kept])
    assert (found.printed, found.page, found.table, found.row) == ("-10%", 1, 1, None)
    assert "fy2021_target" in found.message
