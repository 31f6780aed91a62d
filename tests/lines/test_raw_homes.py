"""Each glyph finds its cell: where it stands, or where the text is set that it is part of."""

from make.pages import Said, lattice, page_of, rule, together
from shinchoku.page import Marks, Page
from shinchoku.raw import raw_page

TWO_BY_THREE = lattice((50, 150, 250), (100, 130, 160, 190))


def cell_texts(page: Page) -> dict[tuple[int, int, int], list[str]]:
    """Table, row and column to printed lines, empty cells left out."""
    return {
        (t.number, c.row, c.col): [line.text for line in c.lines]
        for t in raw_page(page).tables
        for c in t.cells
        if c.lines
    }


def block_texts(page: Page) -> list[list[str]]:
    return [[line.text for line in b.lines] for b in raw_page(page).blocks]


def test_a_glyph_lives_where_its_middle_is() -> None:
    page = page_of(Said("左", 60, 110), Said("右", 160, 140), Said("外", 260, 110), marks=TWO_BY_THREE)
    assert cell_texts(page) == {(1, 0, 0): ["左"], (1, 1, 1): ["右"]}
    assert block_texts(page) == [["外"]]


def test_a_line_too_long_for_its_cell_stays_in_it() -> None:
    page = page_of(Said("一二三四五六七八九十一", 52, 110), Said("次", 200, 110), marks=TWO_BY_THREE)
    assert cell_texts(page) == {(1, 0, 0): ["一二三四五六七八九十一"], (1, 0, 1): ["次"]}


def test_a_line_that_begins_before_its_cell_stays_in_it() -> None:
    page = page_of(Said("一二三四五六七八九十一", 139, 110), marks=TWO_BY_THREE)
    assert cell_texts(page) == {(1, 0, 1): ["一二三四五六七八九十一"]}


def test_two_cells_filled_to_the_brim_stay_two() -> None:
    page = page_of(Said("一二三四五六七八九十一二三四五六七八九十", 50, 110), marks=TWO_BY_THREE)
    assert cell_texts(page) == {(1, 0, 0): ["一二三四五六七八九十"], (1, 0, 1): ["一二三四五六七八九十"]}


def test_a_text_that_runs_over_a_wall_between_two_letters_stays_in_its_cell() -> None:
    page = page_of(Said("一二三四五六七八九十一二三四", 50, 110), marks=TWO_BY_THREE)
    assert cell_texts(page) == {(1, 0, 0): ["一二三四五六七八九十一二三四"]}


def test_lines_too_high_for_their_cell_stay_in_it() -> None:
    """Four lines in the middle row: the first is cut by the wall above, the last by the wall below, their
    middles in the next rows."""
    lines = [Said(text, 60, 124.5 + 10.5 * k) for k, text in enumerate(("一行", "二行", "三行", "四行"))]
    page = page_of(Said("上", 160, 110), *lines, Said("下", 160, 170), marks=TWO_BY_THREE)
    assert cell_texts(page) == {
        (1, 0, 1): ["上"],
        (1, 1, 0): ["一行", "二行", "三行", "四行"],
        (1, 2, 1): ["下"],
    }


def test_texts_of_cells_below_each_other_stay_apart() -> None:
    """Painted one after the other, close to the walls, but the walls part them."""
    marks = lattice((50, 150, 250), (100, 112, 124, 136))
    rows = [Said(text, 60, 101 + 12 * k) for k, text in enumerate(("一", "二", "三"))]
    assert cell_texts(page_of(*rows, marks=marks)) == {
        (1, 0, 0): ["一"],
        (1, 1, 0): ["二"],
        (1, 2, 0): ["三"],
    }


def test_text_of_a_table_within_a_cell_is_the_inner_tables() -> None:
    inner = lattice((70, 100, 130), (110, 125, 140))
    marks = together(lattice((50, 150, 250), (100, 150, 190)), inner)
    page = page_of(Said("内", 75, 112), Said("外", 55, 139), marks=marks)
    assert cell_texts(page) == {(1, 0, 0): ["外"], (2, 0, 0): ["内"]}


def box(x0: float, top: float, x1: float, bottom: float) -> Marks:
    return together(
        rule(x0, top, x1, bottom, shade=1.0, filled=True),
        rule(x0, top, x1, top),
        rule(x0, bottom, x1, bottom),
        rule(x0, top, x0, bottom),
        rule(x1, top, x1, bottom),
    )


def test_a_remark_laid_over_rows_merges_their_cells() -> None:
    """A text box hides the rules under it; its own sides are no walls; its letters, one a line, are one line
    set downwards."""
    marks = together(TWO_BY_THREE, box(190, 110, 215, 180))
    note = [Said(letter, 197, 125 + 11 * k) for k, letter in enumerate("調査中")]
    page = page_of(*(Said(t, 60, 110 + 30 * k) for k, t in enumerate("一二三")), *note, marks=marks)
    (table,) = raw_page(page).tables
    assert [(c.row, c.col, c.row_span, c.col_span) for c in table.cells] == [
        (0, 0, 1, 1),
        (0, 1, 3, 1),
        (1, 0, 1, 1),
        (2, 0, 1, 1),
    ]
    (line,) = table.cells[1].lines
    assert (line.text, line.upright) == ("調査中", False)


def test_a_label_box_within_a_cell_is_no_cell() -> None:
    marks = together(TWO_BY_THREE, box(55, 103, 90, 117))
    page = page_of(Said("季節", 60, 105), marks=marks)
    (table,) = raw_page(page).tables
    assert len(table.cells) == 6
    assert cell_texts(page) == {(1, 0, 0): ["季節"]}


def test_underlines_part_no_cell() -> None:
    """One under part of a line, one under a line that fills its cell, one that strikes a line through."""
    full = rule(50, 119.6, 150, 119.6)
    part = rule(152, 119.6, 182, 119.6)
    struck = rule(60, 145.2, 80, 145.2)
    page = page_of(
        Said("一二三四五六七八九十", 50, 110),
        Said("下線部", 152, 110),
        Said("取消", 60, 140),
        marks=together(TWO_BY_THREE, full, part, struck),
    )
    (table,) = raw_page(page).tables
    assert len(table.cells) == 6
    assert cell_texts(page) == {
        (1, 0, 0): ["一二三四五六七八九十"],
        (1, 0, 1): ["下線部"],
        (1, 1, 0): ["取消"],
    }


def test_a_rule_just_below_text_is_no_underline() -> None:
    """Narrow cells, each filled by its letter: the rules under them are walls."""
    page = page_of(
        Said("甲", 50.2, 100.5), Said("乙", 50.2, 111.5), marks=lattice((50, 60.4, 71), (100, 111, 122))
    )
    assert cell_texts(page) == {(1, 0, 0): ["甲"], (1, 1, 0): ["乙"]}


def test_what_an_annotation_says_lives_in_one_cell_or_in_none() -> None:
    typed, stamp = Said("二百", 60, 110, note=1), Said("複写禁止", 130, 135, note=2)
    page = page_of(typed, stamp, marks=TWO_BY_THREE)
    assert cell_texts(page) == {(1, 0, 0): ["二百"]}
    assert block_texts(page) == [["複写禁止"]]


def test_text_set_anew_behind_one_that_runs_over_the_wall_is_the_next_cells() -> None:
    """At the same size, a hair behind the last letter, which stands on the wall."""
    page = page_of(Said("一二三四五六七八九十一", 45, 110), Said("次の字", 155.5, 110), marks=TWO_BY_THREE)
    assert cell_texts(page) == {(1, 0, 0): ["一二三四五六七八九十一"], (1, 0, 1): ["次の字"]}


def test_text_in_another_clip_is_another_cells() -> None:
    page = page_of(
        Said("一二三四五六七八九十一", 45, 110, clip=1), Said("次の字", 155, 110, clip=2), marks=TWO_BY_THREE
    )
    assert cell_texts(page) == {(1, 0, 0): ["一二三四五六七八九十一"], (1, 0, 1): ["次の字"]}


def test_text_set_letter_by_letter_goes_on_over_the_wall() -> None:
    letters = [Said(letter, 52 + 10.5 * k, 110) for k, letter in enumerate("一二三四五六七八九十一")]
    page = page_of(*letters, marks=TWO_BY_THREE)
    assert cell_texts(page) == {(1, 0, 0): ["一二三四五六七八九十一"]}


def test_a_closing_sign_whose_empty_half_is_in_the_wall_ends_its_cell() -> None:
    """As browsers trim it, where the text of the next column begins as it does in the rows below."""
    named, unit = Said("件数（累計）", 95, 110), Said("人", 155, 110)
    page = page_of(named, unit, Said("件", 155, 140), marks=TWO_BY_THREE)
    assert cell_texts(page) == {(1, 0, 0): ["件数（累計）"], (1, 0, 1): ["人"], (1, 1, 1): ["件"]}


def test_a_line_too_long_goes_on_behind_a_closing_sign_in_the_wall() -> None:
    page = page_of(Said("件数（累計）の増加", 95, 110), Said("件", 158, 140), marks=TWO_BY_THREE)
    assert cell_texts(page) == {(1, 0, 0): ["件数（累計）の増加"], (1, 1, 1): ["件"]}


def test_what_is_clipped_of_a_text_is_in_its_cell_and_told() -> None:
    page = page_of(
        Said("医", 140, 110, visible=False, clipped=True, clip=1),
        Said("療法人社団曽我ク", 150, 110, clip=1),
        Said("リニ", 230, 110, clip=1),
        Said("ック", 250, 110, visible=False, clipped=True, clip=1),
        Said("次", 60, 140),
        marks=TWO_BY_THREE,
    )
    assert cell_texts(page) == {(1, 0, 1): ["医療法人社団曽我クリニック"], (1, 1, 0): ["次"]}
    (problem,) = raw_page(page).problems
    assert (problem.code, problem.severity, problem.printed) == ("clipped", "warning", "医ック")
    assert (problem.table, problem.row, problem.col) == (1, 0, 1)
