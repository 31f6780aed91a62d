"""Glyphs become lines: in reading order, without invented spaces, small raised ones where they belong."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.pages import Said, glyphs_of
from shinchoku.lines import lines_of_groups, text_lines
from shinchoku.parts import TextLine


def lines(*runs: Said, gap: float = float("inf")) -> tuple[TextLine, ...]:
    glyphs = glyphs_of(runs)
    return text_lines(glyphs, np.arange(len(glyphs)), gap)


def texts(*runs: Said, gap: float = float("inf")) -> list[str]:
    return [line.text for line in lines(*runs, gap=gap)]


def test_lines_are_read_from_the_top_and_the_left_whatever_was_painted_first() -> None:
    assert texts(Said("四", 60, 30), Said("三", 50, 30), Said("二", 60, 10), Said("一", 50, 10)) == [
        "一二",
        "三四",
    ]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ((Said("ごはん", 50, 10, step=4.0),), "ごはん"),
        ((Said("豚肉", 50, 10), Said("30", 90, 10)), "豚肉 30"),
        ((Said("全", 50, 10), Said("①", 90, 10)), "全①"),
        ((Said("new", 50, 10), Said("line", 70, 10)), "new line"),
        ((Said("new", 50, 10), Said("line", 66, 10)), "newline"),
        ((Said("5 　 人", 50, 10),), "5 人"),
        ((Said("　字下げ　", 50, 10),), "字下げ"),
        ((Said("..", 40, 10), Said(" ", 50.2, 10), Said("1", 50, 10), Said("4", 55, 10)), "..14"),
        ((Said("1", 50, 10), Said(" ", 54.6, 10), Said("4", 55.4, 10)), "14"),
        ((Said("1", 50, 10), Said(" ", 55, 10), Said("4", 56, 10)), "1 4"),
        ((Said("all slanted", 50, 10, step=0.25),), "all slanted"),
    ],
)
def test_spaces_are_those_printed_and_those_between_latin_words(runs: tuple[Said, ...], text: str) -> None:
    assert texts(*runs) == [text]


def test_a_line_is_cut_where_nothing_is_printed() -> None:
    runs = (Said("左　", 50, 10), Said("右", 90, 10))
    assert texts(*runs, gap=2.5) == ["左", "右"]
    assert texts(*runs, gap=3.5) == ["左　右"]


@pytest.mark.parametrize(
    ("rise", "text"), [(-1.0, "特性¹⁰を考慮"), (0.0, "特性¹⁰を考慮"), (4.0, "特性10を考慮")]
)
def test_a_small_number_raised_or_lowered_stays_in_its_line(rise: float, text: str) -> None:
    runs = (Said("特性", 50, 100), Said("10", 70, 100 + rise, size=5), Said("を考慮", 75, 100))
    assert texts(*runs) == [text]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ((Said("181", 50, 100), Said("1", 65, 100, size=5), Said("所", 67.5, 100)), "181¹所"),
        ((Said("181", 50, 100), Said("1)", 65, 99, size=6), Said("所", 71, 100)), "181¹⁾所"),
        ((Said("181所", 50, 100), Said("※3", 75, 100, size=6)), "181所※³"),
        ((Said("面積5m", 50, 100), Said("2", 80, 99, size=6)), "面積5m²"),
        ((Said("CO", 50, 100), Said("2", 60, 105.5, size=5)), "CO2"),
        ((Said("18", 50, 100), Said("1", 60, 101, size=9)), "181"),
        ((Said("2", 47, 100, size=5), Said("181所", 50, 100)), "²181所"),
        ((Said("181", 50, 100), Said("2", 65, 105.5, size=5), Said("所", 67.5, 100)), "181₂所"),
    ],
)
def test_a_raised_figure_is_none_of_the_number_before_it(runs: tuple[Said, ...], text: str) -> None:
    assert texts(*runs) == [text]


@pytest.mark.parametrize(
    ("text", "step", "read"),
    [
        ("181所", 1.4, "181所"),
        ("6.5%", 1.1, "6.5%"),
        ("1,250人", 1.2, "1,250人"),
        ("181", 1.4, "1 8 1"),
        ("5人", 1.4, "5 人"),
        ("1234", 1.4, "1 2 3 4"),
    ],
)
def test_a_number_spread_with_its_unit_is_one(text: str, step: float, read: str) -> None:
    assert texts(Said(text, 50, 100, step=step)) == [read]


def test_a_number_whose_signs_stand_at_even_steps_is_one() -> None:
    signs = [Said(sign, 50 + 22 * i, 100) for i, sign in enumerate("18か所")]
    assert texts(*signs) == ["18か所"]


def test_a_number_set_apart_unevenly_is_not_put_together() -> None:
    assert texts(Said("1", 50, 100), Said("500", 61, 100), Said("人", 77, 100)) == ["1 500人"]


def test_ruby_is_a_line_of_its_own() -> None:
    assert texts(Said("発芽玄米", 50, 100), Said("はつがげんまい", 50, 95, size=5)) == [
        "はつがげんまい",
        "発芽玄米",
    ]


def test_a_small_line_beside_a_large_one_is_no_part_of_it() -> None:
    runs = (Said("大見出し", 50, 100, size=20), Said("小さな字で書いた長い説明", 131, 101, size=7))
    assert texts(*runs) == ["小さな字で書いた長い説明", "大見出し"]


def test_text_set_downwards_reads_from_the_right() -> None:
    found = lines(Said("二行目", 50, 10, down=True), Said("一行目、", 70, 10, down=True))
    assert [(n.text, n.upright, n.length) for n in found] == [
        ("一行目、", False, 40.0),
        ("二行目", False, 30.0),
    ]


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_turned_text_reads_along_its_direction(turn: int) -> None:
    second = {1: (80.0, 100.0), 2: (100.0, 80.0), 3: (120.0, 100.0)}[turn]
    found = lines(Said("next", *second, turn=turn), Said("first", 100, 100, turn=turn))
    assert [(n.text, n.upright, n.length) for n in found] == [("first", False, 25.0), ("next", False, 20.0)]


def test_a_line_knows_its_first_unbreakable_piece() -> None:
    (line,) = lines(Said("「東京」1,170,000円）、その他", 50, 10))
    assert (line.head, line.head_strict) == (20.0, 20.0)
    (line,) = lines(Said("1,170,000円）、その他", 50, 10))
    assert line.head == 45.0
    (line,) = lines(Said("キャンプ", 50, 10))
    assert (line.head, line.head_strict) == (10.0, 20.0)


def test_a_space_after_the_last_glyph_is_remembered() -> None:
    first, second = lines(Said("Web ", 50, 10), Said("会議", 50, 25))
    assert (first.text, first.space, second.space) == ("Web", " ", "")


@given(
    words=st.lists(st.text("漢字かなabc12、。 　", min_size=1, max_size=8), min_size=1, max_size=8),
    order=st.randoms(use_true_random=False),
    turn=st.sampled_from([0, 1, 2, 3]),
)
def test_no_glyph_is_lost_and_order_of_painting_does_not_matter(
    words: list[str], order: Random, turn: int
) -> None:
    offset = {0: (0.0, 20.0), 1: (-20.0, 0.0), 2: (0.0, -20.0), 3: (20.0, 0.0)}[turn]
    runs = [Said(word, 300 + offset[0] * k, 300 + offset[1] * k, turn=turn) for k, word in enumerate(words)]
    expected = ["".join(word.split()) for word in words]
    shuffled = list(runs)
    order.shuffle(shuffled)
    for painted in (runs, shuffled):
        found = ["".join(text.split()) for text in texts(*painted)]
        assert found == [word for word in expected if word]


@pytest.mark.parametrize("word", ["子ども・子育て支援", "健康（福祉）部", "月火水"])
def test_letters_below_each_other_are_one_line(word: str) -> None:
    runs = [Said(letter, 50, 10 + 11 * k) for k, letter in enumerate(word)]
    glyphs = glyphs_of(runs)
    (found,) = lines_of_groups(glyphs, np.zeros(len(glyphs), dtype=np.intp), 1)
    assert [(line.text, line.upright) for line in found] == [(word, False)]


@pytest.mark.parametrize("marks", ["有無有無有無", "○△×○", "可可可"])
def test_marks_below_each_other_are_lines(marks: str) -> None:
    runs = [Said(letter, 50, 10 + 11 * k) for k, letter in enumerate(marks)]
    glyphs = glyphs_of(runs)
    (found,) = lines_of_groups(glyphs, np.zeros(len(glyphs), dtype=np.intp), 1)
    assert [line.text for line in found] == list(marks)
