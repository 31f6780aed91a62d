"""Struck text in cells: what is left in them, what is said of it."""

from make.pages import Said, lattice, page_of
from shinchoku.cells import document
from shinchoku.layouts.files import shipped
from shinchoku.page import Page
from shinchoku.printed import cell_rows
from shinchoku.raw import raw_page

GRID = lattice((50, 150, 250), (100, 130, 160, 190))
OLD = Said("190所", 60, 110, struck=True)
NEW = Said("200所", 85, 110)
ALL = Said("1,500人", 160, 140, struck=True)


def rows(page: Page) -> dict[tuple[int, int], tuple[str, str, bool]]:
    """Text, lines and struck of each cell that has lines."""
    doc = document([raw_page(page)], shipped())
    return {(r.row, r.col): (r.text, r.lines, r.struck) for r in cell_rows(doc, shipped()) if r.lines}


def test_what_is_struck_is_in_the_lines_and_not_in_the_text() -> None:
    page = page_of(OLD, NEW, Said("左", 60, 140), marks=GRID)
    assert rows(page) == {(0, 0): ("200所", "190所200所", True), (1, 0): ("左", "左", False)}


def test_a_cell_of_which_all_is_struck_has_no_text() -> None:
    assert rows(page_of(ALL, marks=GRID)) == {(1, 1): ("", "1,500人", True)}


def test_struck_text_is_told_with_its_cell() -> None:
    problems = raw_page(page_of(OLD, NEW, ALL, marks=GRID)).problems
    assert [(p.severity, p.code, p.table, p.row, p.col, p.printed) for p in problems] == [
        ("warning", "struck", 1, 0, 0, "190所"),
        ("warning", "struck", 1, 1, 1, "1,500人"),
    ]
    assert ["in the cell's lines" in p.message for p in problems] == [True, True]


def test_struck_text_outside_cells_is_told_and_kept() -> None:
    raw = raw_page(page_of(Said("旧い題名", 60, 100, struck=True)))
    assert [line.text for block in raw.blocks for line in block.lines] == ["旧い題名"]
    assert [(p.code, p.table, p.printed) for p in raw.problems] == [("struck", None, "旧い題名")]
