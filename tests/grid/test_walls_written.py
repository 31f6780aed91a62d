"""Rules drawn with characters are rules, where they make boxes."""

from dataclasses import replace

import pytest

from make.pages import Said, page_of
from shinchoku.page import Page
from shinchoku.raw import raw_page


def cells(page: Page) -> list[list[str]]:
    (table,) = raw_page(page).tables
    return [
        ["".join(line.text for line in c.lines) for c in table.cells if c.row == row]
        for row in range(len(table.ys) - 1)
    ]


def drawn(leading: float) -> list[Said]:
    """A table of two rows and columns, its third row one cell, `leading` ems from line to line."""
    lines = [
        "┌──┬───┐",
        "│保育│十二所│",
        "├──┼───┤",
        "│健診│　　　│",
        "┝━━┷━━━┥",
        "│合計　　　　│",
        "╰──────╯",
    ]
    return [Said(line, 50, 100 + 10 * leading * k, step=1.0) for k, line in enumerate(lines)]


@pytest.mark.parametrize("leading", [1.0, 1.5, 2.0])
def test_characters_make_cells(leading: float) -> None:
    raw = raw_page(page_of(*drawn(leading)))
    assert cells(page_of(*drawn(leading))) == [["保育", "十二所"], ["健診", ""], ["合計"]]
    (block,) = raw.blocks
    assert block.kind == "rules"
    assert [line.text.replace(" ", "") for line in block.lines][:3] == ["┌──┬───┐", "│││", "├──┼───┤"]


def test_several_characters_of_one_glyph_are_text() -> None:
    """A font may say that a glyph stands for more than one character."""
    page = page_of(Said("┌┐└┘計", 50, 100))
    raw = raw_page(replace(page, glyphs=replace(page.glyphs, text=("┌─", "─┐", "└─", "─┘", "計"))))
    assert [line.text for block in raw.blocks for line in block.lines] == ["┌──┐└──┘計"]


def test_dashes_and_single_boxes_of_text_stay_text() -> None:
    raw = raw_page(page_of(Said("計画──実績│予定", 50, 100), Said("┌─", 50, 120)))
    assert not raw.tables
    assert [line.text for block in raw.blocks for line in block.lines] == ["計画──実績│予定", "┌─"]


@pytest.mark.parametrize("leading", [1.0, 1.6])
def test_typed_characters_make_cells(leading: float) -> None:
    lines = ["+----+----+", "|保育|12所|", "+====+====+", "|健診|34人|", "+----+----+"]
    page = page_of(*(Said(line, 50, 100 + 10 * leading * k) for k, line in enumerate(lines)))
    assert cells(page) == [["保育", "12所"], ["健診", "34人"]]
    assert [block.kind for block in raw_page(page).blocks] == ["rules"]


def test_typed_signs_of_text_and_marks_below_each_other_stay_text() -> None:
    marks = [Said(text, 50, 100 + 11 * k) for k, text in enumerate(("A+", "A+", "B-", "A+", "A+", "C+"))]
    page = page_of(*marks, Said("10|20 = 1+1", 50, 300))
    raw = raw_page(page)
    assert not raw.tables
    said = [line.text for block in raw.blocks for line in block.lines]
    assert said == ["A+", "A+", "B-", "A+", "A+", "C+", "10|20 = 1+1"]
