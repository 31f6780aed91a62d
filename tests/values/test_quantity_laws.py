"""What holds for every cell, whatever it says."""

import tomllib
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import shinchoku.values
from shinchoku.text import halve_digits
from shinchoku.values.grammar import parse
from shinchoku.values.quantity import Quantity

WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
WORDS = """12 1,005 0.5 か所 人 人分 件 校 % 年間 程度 以下 まで あたり または から 実施 設計 定員 補助
号線 第 弾 令和 現在 工区 ほか 増員 A+"""
TOKENS = st.sampled_from([*"12年月計約延増/・、()〔〕【】「」~-度末日元の中—①▲:に\n", *WORDS.split()])
CELLS = st.lists(TOKENS, max_size=14).map("".join)
LABELS = st.sampled_from(["定員", "調査", "相談員の配置", "更新", "石神井川"])
COUNTS = st.integers(0, 10**7).map(lambda n: f"{n:,}")
UNITS = st.sampled_from(["か所", "人", "人分", "件", "%", "経営体", "団体", "km"])
LINES = st.builds("{} {}{}".format, LABELS, COUNTS, UNITS)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for quantity in parse(text).quantities:
        assert abs(quantity.value) < 1e15


@given(CELLS)
def test_quantities_are_printed(text: str) -> None:
    narrow = halve_digits(text)
    for quantity in parse(text).quantities:
        assert quantity.label in text
        assert quantity.unit in narrow
        for number in (quantity.value, quantity.high, quantity.of):
            assert number is None or f"{abs(number):.15g}" in narrow.replace(",", "")


@given(CELLS)
def test_full_width_and_half_width_are_the_same(text: str) -> None:
    def narrowed(quantity: Quantity) -> Quantity:
        return replace(quantity, label=halve_digits(quantity.label), per=halve_digits(quantity.per))

    half, wide = parse(text), parse(text.translate(WIDE))
    assert [narrowed(q) for q in wide.quantities] == [narrowed(q) for q in half.quantities]
    assert wide.as_of == half.as_of


@given(st.lists(LINES, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_lines_are_read_apart(lines: list[str], random: object) -> None:
    expected = [parse(line).quantities[0] for line in lines]
    assert [len(parse(line).quantities) for line in lines] == [1] * len(lines)
    assert list(parse("\n".join(lines)).quantities) == expected
    assert list(parse("\n".join(reversed(lines))).quantities) == expected[::-1]


@given(LABELS, COUNTS, UNITS)
def test_a_bracket_takes_the_word_before_it(label: str, count: str, unit: str) -> None:
    assert parse(f"{label}({count}{unit})").quantities == parse(f"{label} {count}{unit}").quantities


@given(COUNTS, UNITS, st.sampled_from(["実施", "配置", "を整備", "の新設", "", "(完了)", "\n充実"]))
def test_words_after_a_number_change_nothing(count: str, unit: str, after: str) -> None:
    assert parse(count + unit + after).quantities == parse(count + unit).quantities


@given(LINES, st.sampled_from(["計", "約", "延べ", "年間"]))
def test_a_qualifier_marks_and_leaves_the_rest(line: str, qualifier: str) -> None:
    flag = {"計": "cumulative", "約": "approx", "延べ": "total", "年間": "annual"}[qualifier]
    (plain,) = parse(line).quantities
    label, number = line.split(" ")
    (marked,) = parse(f"{label} {qualifier}{number}").quantities
    assert asdict(marked) == {**asdict(plain), flag: True}


@given(CELLS)
def test_a_quoted_name_states_nothing(text: str) -> None:
    assume(not set(text) & set("「」\n"))
    assert parse(f"「{text}」").quantities == ()


def test_no_word_of_the_vocabularies_is_a_cell() -> None:
    folder = Path(shinchoku.values.__file__).parent / "vocabulary"
    words = [
        word for file in folder.glob("*.toml") for word in _words(tomllib.loads(file.read_text("utf-8")))
    ]
    assert len(words) > 500
    assert max(map(len, words)) <= 12
    assert [word for word in words if parse(word).quantities] == []


def _words(value: object) -> list[str]:
    """The words in the lists of a vocabulary and the keys of its tables, names of its entries aside."""
    if isinstance(value, list):
        return list(map(str, value))
    if isinstance(value, dict):
        return [
            w for key, inner in value.items() for w in [*_words(inner), *([key] if not key.isascii() else [])]
        ]
    return []


@pytest.mark.parametrize("text", ["", "—", "実施", "検討・調整", "事業認可(一部)"])
def test_a_cell_without_numbers_states_none(text: str) -> None:
    assert parse(text).quantities == ()
    assert parse(text).as_of is None
