"""Two readings of one page are held against each other cell by cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shinchoku.making.agreement import disagreements
from shinchoku.rows import CellRow

pytestmark = pytest.mark.slow


def cell(row: int, col: int, text: str, col_span: int = 1) -> CellRow:
    box = (10.0 * col, 10.0 * row, 10.0 * (col + col_span), 10.0 * (row + 1))
    return CellRow(3, 1, row, col, 1, col_span, box, text)


def test_another_text_names_both() -> None:
    (problem,) = disagreements(
        [cell(0, 0, "計181所"), cell(0, 1, "A")], [cell(0, 0, "計187所"), cell(0, 1, "A")]
    )
    assert (problem.code, problem.page, problem.table, problem.row, problem.col) == (
        "readers_disagree",
        3,
        1,
        0,
        0,
    )
    assert problem.printed == "計181所"
    assert "計187所" in problem.message
    assert problem.box == (0.0, 0.0, 10.0, 10.0)


def test_other_spans_and_missing_cells_are_named() -> None:
    ours = [cell(0, 0, "令和元年度", 2), cell(1, 0, "計画")]
    theirs = [cell(0, 0, "令和元年度"), cell(0, 1, "実績")]
    spans, theirs_only, ours_only = disagreements(ours, theirs)
    assert "over 1 rows and 1 columns" in spans.message
    assert "only the other reader" in theirs_only.message
    assert theirs_only.printed == "実績"
    assert "only this reader" in ours_only.message
    assert ours_only.printed == "計画"


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.text(max_size=5)), unique_by=lambda c: c[:2])
)
def test_a_reading_agrees_with_itself(cells: list[tuple[int, int, str]]) -> None:
    rows = [cell(*c) for c in cells]
    assert disagreements(rows, list(reversed(rows))) == []
