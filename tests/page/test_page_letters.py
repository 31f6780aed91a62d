"""What a font's text for a glyph means, and which glyphs are one struck again."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shinchoku.page.letters import compose, is_unknown, mend
from shinchoku.page.strikes import restruck


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("\u2f26", "子"),
        ("\ufe35", "（"),
        ("\ufe12", "。"),
        ("\ufe30", "‥"),
        ("\ufb03", "ffi"),
        ("か\u3099", "が"),
        ("ウ\u3099エ", "ヴエ"),
        ("あ\u3099", "あ\u3099"),
        ("ｶﾞ", "ｶﾞ"),
        ("①", "①"),
        ("\t", " "),
        ("\x07", "\ufffd"),
        ("\ud842", "\ufffd"),
        ("\uffff", "\ufffd"),
        ("", "\ufffd"),
        ("𠮷", "𠮷"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_mend(said: str, meant: str) -> None:
    assert mend(said) == meant


@given(st.text())
def test_what_is_mended_can_be_written_and_stays(text: str) -> None:
    mended = mend(text)
    assert mended.encode()
    assert mend(mended) == mended


@given(st.characters(min_codepoint=0x3000, max_codepoint=0x9FFF))
def test_japanese_letters_stay_as_printed(letter: str) -> None:
    assert mend(letter) == (" " if letter in "\u2028\u2029" else letter)


@given(st.text(alphabet="かはゝウワ\u3099\u309a漢"))
def test_composing_is_what_unicode_says_of_kana(text: str) -> None:
    assert compose(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [("(cid:12)", True), ("\ue000", True), ("a\ufffd", True), ("(", False), ("子", False)],
)
def test_is_unknown(text: str, unknown: bool) -> None:
    assert is_unknown(text) is unknown


def strikes(*glyphs: tuple[str, float, float, float], wide: float = 1.0) -> dict[int, int]:
    """`restruck` of glyphs given as text, left, top, size; `wide` ems wide."""
    boxes = np.array([(x, y, x + wide * size, y + size) for _, x, y, size in glyphs])
    return restruck([text for text, *_ in glyphs], boxes, np.array([size for *_, size in glyphs]))


def test_strikes_of_one_glyph_all_lead_to_the_first() -> None:
    assert strikes(*(("施", 100 + 0.4 * i, 50, 10) for i in range(4))) == {1: 0, 2: 0, 3: 0}
    assert strikes(("策", 10, 50, 10), ("施", 0, 50, 10), ("策", 10.3, 50.2, 10.3)) == {2: 0}


def test_strikes_are_found_across_the_meshes_of_the_search() -> None:
    for x in np.arange(0, 8, 0.05):
        assert strikes(("あ", x, x / 3, 10), ("あ", x + 0.9, x / 3 - 0.9, 10)) == {1: 0}


@pytest.mark.parametrize(
    "other",
    [
        ("ー", 110, 50, 10),  # the next letter
        ("ー", 106, 50, 10),  # the next letter, set tightly
        ("ー", 100, 60, 10),  # in the next line
        ("ー", 100.4, 50, 12),  # larger
        ("一", 100.4, 50, 10),  # another letter
        ("ー", 102, 50, 10),  # a shadow too far off to be one
    ],
)
def test_what_is_no_second_strike(other: tuple[str, float, float, float]) -> None:
    assert strikes(("ー", 100, 50, 10), other) == {}


def test_narrow_letters_set_tightly_are_two() -> None:
    assert strikes(("i", 100, 50, 10), ("i", 101.3, 50, 10), wide=0.22) == {}
    assert strikes(("i", 100, 50, 10), ("i", 100.5, 50, 10), wide=0.22) == {1: 0}


def test_no_glyphs_and_one_have_no_strikes() -> None:
    assert restruck([], np.empty((0, 4)), np.empty(0)) == {}
    assert strikes(("あ", 1, 1, 10)) == {}
