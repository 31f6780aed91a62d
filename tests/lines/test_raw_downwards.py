"""Letters painted one below the other are columns, read from the right."""

import re

import pytest

from make.pages import Said, lattice, page_of
from shinchoku.page import Page
from shinchoku.raw import raw_page

CELLS = lattice((50, 120, 250), (100, 190, 280))


def stack(text: str, x: float, y: float) -> list[Said]:
    """Each letter of a text painted by itself, below the last."""
    return [Said(letter, x, y + 11 * k) for k, letter in enumerate(text)]


def lines(page: Page, row: int = 0, col: int = 0) -> list[tuple[str, bool]]:
    (table,) = raw_page(page).tables
    (cell,) = (c for c in table.cells if (c.row, c.col) == (row, col))
    return [(line.text, line.upright) for line in cell.lines]


def test_two_columns_painted_downwards_are_read_from_the_right() -> None:
    page = page_of(*stack("子ども・子", 90, 110), *stack("育て支援", 70, 110), marks=CELLS)
    assert lines(page) == [("子ども・子", False), ("育て支援", False)]


def test_columns_of_one_height_are_no_lines_of_letters_side_by_side() -> None:
    page = page_of(*stack("健康福祉", 90, 110), *stack("保健所長", 70, 110), marks=CELLS)
    assert lines(page) == [("健康福祉", False), ("保健所長", False)]


def test_one_column_with_letters_twice_and_a_dot_is_one_line() -> None:
    page = page_of(*stack("子ども・子育", 90, 105), marks=CELLS)
    assert "".join(text for text, _ in lines(page)) == "子ども・子育"


def test_lines_painted_to_the_right_stay_lines() -> None:
    rows = [Said(text, 70, 110 + 11 * k) for k, text in enumerate(("健保", "康健", "福所", "祉長"))]
    page = page_of(*rows, marks=CELLS)
    assert lines(page) == [("健保", True), ("康健", True), ("福所", True), ("祉長", True)]


def test_columns_of_one_cell_change_no_other() -> None:
    page = page_of(
        *stack("子ども子育", 90, 110), *stack("て支援策", 70, 110), Said("認可保育所", 130, 110), marks=CELLS
    )
    assert lines(page, col=1) == [("認可保育所", True)]


def test_columns_outside_cells_are_read_downwards_too() -> None:
    page = page_of(
        Said("12所", 130, 110), *stack("子ども・子", 320, 110), *stack("育て支援", 306, 110), marks=CELLS
    )
    blocks = raw_page(page).blocks
    assert [line.text for block in blocks for line in block.lines] == ["子ども・子", "育て支援"]


def test_lines_to_the_right_outside_cells_stay_lines() -> None:
    rows = [Said(text, 300, 110 + 11 * k) for k, text in enumerate(("健保", "康健", "福所", "祉長"))]
    blocks = raw_page(page_of(*rows, marks=CELLS)).blocks
    assert [line.text for block in blocks for line in block.lines] == ["健保", "康健", "福所", "祉長"]


def test_marks_painted_column_by_column_are_no_text() -> None:
    page = page_of(*stack("○×△○", 320, 110), *stack("△○×○", 306, 110), marks=CELLS)
    blocks = raw_page(page).blocks
    assert [line.text for block in blocks for line in block.lines] == ["△○", "○×", "×△", "○○"]


def test_figures_that_touch_over_a_wall_are_of_two_cells() -> None:
    marks = lattice((50, 100, 110, 120), (100, 190))
    page = page_of(Said("施策", 55, 110), Said("1", 105, 110), Said("2", 110.5, 110), marks=marks)
    assert [lines(page, col=col) for col in range(3)] == [[("施策", True)], [("1", True)], [("2", True)]]


def column(text: str, x: float, y: float, *, lying: bool) -> list[Said]:
    """Letters below each other, the figures among them on their side, or side by side."""
    said: list[Said] = []
    for part in re.findall(r"\d+|\D", text):
        wide = 5.0 * len(part)
        if part.isdecimal() and lying:
            said.append(Said(part, x, y, turn=1))
            y += wide
        else:
            said.append(Said(part, x + (10 - wide) / 2 if part.isdecimal() else x, y))
            y += 11
    return said


@pytest.mark.parametrize("lying", [True, False])
@pytest.mark.parametrize(
    "columns", [["令和5年度"], ["令和10年度"], ["令和10年度の", "目標である"], ["目標である", "令和10年度の"]]
)
def test_figures_in_a_column_stand_where_they_are_read(columns: list[str], lying: bool) -> None:
    said = [part for k, text in enumerate(columns) for part in column(text, 95 - 15 * k, 105, lying=lying)]
    cell = lines(page_of(*said, marks=CELLS))
    assert "".join(text for text, _ in cell) == "".join(columns)


def test_turned_text_beside_upright_lines_turns_none_of_them() -> None:
    page = page_of(Said("指標", 55, 110), Said("R5", 80, 135, turn=1), Said("実績", 95, 160), marks=CELLS)
    assert [text for text, upright in lines(page) if upright] == ["指標", "実績"]
