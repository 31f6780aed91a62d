"""What Japanese characters are, and what may be done to them without loss."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shinchoku.text import (
    NO_LINE_END,
    NO_LINE_START,
    RADICALS,
    display_width,
    escaped,
    halve_digits,
    is_cjk,
    mend_radicals,
    pieces,
    squeeze,
)

JAPANESE = st.text(alphabet=list("子⼦か所計12,0.５％%（)(「」、。ー～−A+ \u3000\n年度ッ①"), max_size=40)


def test_every_radical_with_an_equivalent_is_mended() -> None:
    assert mend_radicals("⺠⻑⻄⻝⺬⺟⻁⻘⻩⻭⻯⼦") == "民長西食示母虎青黄歯竜子"
    supplement = {chr(code) for code in range(0x2E80, 0x2EF4)} - {"⺀", "\u2e9a"}
    kangxi = {chr(code) for code in range(0x2F00, 0x2FD6)}
    assert set(RADICALS) == supplement | kangxi
    assert mend_radicals("江⼾川") == "江戸川"
    for radical in kangxi - {"⼾"}:
        assert RADICALS[radical] == unicodedata.normalize("NFKC", radical)
    for unified in RADICALS.values():
        assert unicodedata.name(unified).startswith("CJK UNIFIED IDEOGRAPH")


def test_mending_leaves_all_else_as_printed() -> None:
    printed = "①5人㎡㈱Ⅰ℃ ｶﾀｶﾅ ５％－〜髙"
    assert mend_radicals(printed) == printed


@pytest.mark.parametrize("ch", "子かカ、「（％５ｶ①※…→　")
def test_full_width_characters_are_cjk(ch: str) -> None:
    assert is_cjk(ch)


@pytest.mark.parametrize("ch", "aZ5%(+- é")
def test_half_width_characters_are_not_cjk(ch: str) -> None:
    assert not is_cjk(ch)


def test_display_width_counts_terminal_cells() -> None:
    assert display_width("計27か所") == 8
    assert display_width("ｶﾞ") == 2
    assert display_width("か\u3099") == 2
    assert display_width("") == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("延長保育\u3000 13か所\n", "延長保育\u3000 13か所\n"),
        ("\x1b[2J\x07\x9b\x7f\r", "\\x1b[2J\\x07\\x9b\\x7f\\r"),
        ("\u202e3\u200b\u00ad\u2028\ufeff", "\\u202e3\\u200b\\xad\\u2028\\ufeff"),
        ("\ud800\U000e0001", "\\ud800\\U000e0001"),
    ],
)
def test_what_a_terminal_would_obey_is_written_out(text: str, shown: str) -> None:
    assert escaped(text) == shown


@given(st.text())
def test_what_is_written_out_stays_so(s: str) -> None:
    assert escaped(escaped(s)) == escaped(s)
    kinds = {unicodedata.category(ch) for ch in escaped(s) if ch != "\n"}
    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_halve_digits_narrows_what_values_are_made_of() -> None:
    assert halve_digits("（１，１７０．５％）～－−〜―ＫＰＩ") == "(1,170.5%)~--~-KPI"
    assert halve_digits("①㎡セーター〔か所〕") == "①㎡セーター〔か所〕"


@given(st.text())
def test_halve_digits_keeps_offsets_and_is_idempotent(s: str) -> None:
    narrow = halve_digits(s)
    assert len(narrow) == len(s)
    assert halve_digits(narrow) == narrow


@given(st.text())
def test_squeeze_drops_white_space_alone(s: str) -> None:
    assert squeeze(s) == "".join(ch for ch in s if not ch.isspace())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全1,170,000人", ["全", "1,170,000", "人"]),
        ("181所(定員15人)", ["181", "所", "(定", "員", "15", "人)"]),
        ("98件/101件", ["98", "件/101", "件"]),
        ("「を」、する。", ["「を」、", "す", "る。"]),
        ("50％以上", ["50％", "以", "上"]),
        ("COVID-19 対策", ["COVID-19 ", "対", "策"]),
        ("(A+)と", ["(A+)", "と"]),
        ("①5人", ["①", "5", "人"]),
    ],
)
def test_pieces_break_where_a_line_may(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_small_kana_are_glued_at_the_strict_level_only() -> None:
    assert pieces("チェック") == ["チ", "ェ", "ッ", "ク"]
    assert pieces("チェック", strict=True) == ["チェッ", "ク"]


@given(JAPANESE, st.booleans())
def test_pieces_lose_nothing_and_obey_kinsoku(s: str, strict: bool) -> None:
    parts = pieces(s, strict=strict)
    assert "".join(parts) == s
    for before, after in pairwise(parts):
        assert not after[0].isspace()
        if not before[-1].isspace():
            assert after[0] not in NO_LINE_START
            assert before[-1] not in NO_LINE_END
