"""Lines of a cell are joined where its width forced a wrap, and nowhere else."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from make.pages import Said, lattice, page_of
from shinchoku.raw import raw_page
from shinchoku.wraps import learn

PAD = 2.0


def ems(text: str) -> float:
    """How wide the text is set, in ems."""
    return sum(0.5 if letter.isascii() else 1.0 for letter in text)


def cell_text(lines: Sequence[str], width: float, align: str = "left", more: Sequence[str] = ()) -> str:
    """The text of a cell `width` points wide whose `lines` stand below each other in 10 points; a tab (\\t)
    pushes what follows it to the right. A second cell, as wide, holds the lines `more`."""
    runs: list[Said] = []
    for x, texts in ((50.0, lines), (50.0 + width, more)):
        for k, text in enumerate(texts):
            left, *right = text.split("\t")
            free = width - 10 * ems(left) - 2 * PAD
            at = {"left": 0.0, "right": free, "centre": free / 2}[align]
            runs.append(Said(left, x + PAD + at, 60.0 + 14 * k))
            runs += [Said(t, x + width - PAD - 10 * ems(t), 60.0 + 14 * k) for t in right]
    height = 60 + 14 * max(len(lines), len(more))
    page = page_of(*runs, marks=lattice([50, 50 + width, 50 + 2 * width], [55, height + 5]))
    raw = raw_page(page)
    return learn([raw]).cell_text(raw.tables[0].cells[:1])


@pytest.mark.parametrize("align", ["left", "right", "centre"])
@pytest.mark.parametrize(
    ("lines", "width"),
    [
        (["886", "386", "500"], 50.0),
        (["8,236", "2,086", "6,150"], 50.0),
        (["184,165", "48,310", "135,855"], 60.0),
        (["7.0", "11.5", "10.9", "23.2"], 40.0),
        (["21", "21"], 30.0),
        (["△5", "△3"], 24.0),
        (["5%", "3%"], 14.0),
        (["１２", "３４"], 24.0),
    ],
)
def test_amounts_below_each_other_stay_apart(lines: list[str], width: float, align: str) -> None:
    assert cell_text(lines, width, align) == "\n".join(lines)


def test_a_number_wider_than_its_cell_is_whole_again() -> None:
    assert cell_text(["1234", "5678", "90"], 24.0) == "1234567890"


def test_a_number_cut_between_its_commas_is_whole_again() -> None:
    """The figure after the seam would just have fitted."""
    assert cell_text(["987,654,3", "21"], 54.0) == "987,654,321"
    assert cell_text(["1,2", "34"], 80.0) == "1,2\n34"


def test_a_number_that_fits_a_line_alone_was_not_cut_by_the_width() -> None:
    assert cell_text(["令和元年度 405", "001 給与費"], 80.0) == "令和元年度 405\n001 給与費"
    assert cell_text(["費用は全体で405", "001番の事業"], 80.0) == "費用は全体で405\n001番の事業"


def test_a_number_keeps_the_counter_that_did_not_fit() -> None:
    assert cell_text(["年間で延べ12", "回を目標とする"], 64.0) == "年間で延べ12回を目標とする"


def test_lines_that_end_in_tabbed_amounts_are_lines_of_their_own() -> None:
    menu = ["塩\t0.4", "こしょう\t0.01", "冷凍豚肉糸切り\t20", "さけ\t1切(40)", "ごはん"]
    spaced = [line.replace("\t", " ") for line in menu]
    assert cell_text(menu, 100.0) == "\n".join(spaced)


def test_tabbed_amounts_are_no_prose_set_to_both_sides() -> None:
    menu = [f"{name}\t{amount}" for name in ("にんじん", "たまねぎ", "だいこん") for amount in range(10, 19)]
    assert cell_text(["人口減少を踏ま", "えた取組"], 84.0, more=menu) == "人口減少を踏まえた取組"
    assert cell_text(["健康診査", "がん検診"], 84.0, more=menu) == "健康診査\nがん検診"


def test_margins_are_not_learnt_from_few_short_lines() -> None:
    assert cell_text(["計画", "推進", "検証"], 120.0) == "計画\n推進\n検証"
    assert cell_text(["保育所の整備を進", "める"], 86.0) == "保育所の整備を進める"


def test_equal_lines_that_begin_at_their_cells_side_are_full() -> None:
    lines = ["保育所の整備を進", "め待機児童をなく", "すための取組です"]
    assert cell_text(lines, 84.0) == "".join(lines)


def test_lines_of_no_height_are_joined_too() -> None:
    """So the text under a scan may be set."""
    runs = (Said("保育所等の整備", 52, 60), Said("を進める", 52, 74))
    page = page_of(*runs, marks=lattice([50, 126, 200], [55, 90]))
    flat = replace(page.glyphs, size=np.zeros(len(page.glyphs)), bottom=page.glyphs.top)
    raw = raw_page(replace(page, glyphs=flat))
    assert learn([raw]).cell_text(raw.tables[0].cells[:1]) == "保育所等の整備を進める"
