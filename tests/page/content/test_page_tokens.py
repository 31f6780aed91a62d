"""Content streams cut into tokens, and what tokens say."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shinchoku.page.content import tokens


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"1 0 0 rg\n/F1 12 Tf", [b"1", b"0", b"0", b"rg", b"/F1", b"12", b"Tf"]),
        (b"(a(b)c)Tj[(x]y)-3<41>]TJ", [b"(a(b)c)", b"Tj", b"[(x]y)-3<41>]", b"TJ"]),
        (b"(a(b(c(d(e(f)g)h)i)j)k)Tj", [b"(a(b(c(d(e(f)g)h)i)j)k)", b"Tj"]),
        (b"(a\\)b)' (\\\\)Tj", [b"(a\\)b)", b"'", b"(\\\\)", b"Tj"]),
        (b"/P<</M 0/T(x>y)/A<FEFF>>>BDC", [b"/P", b"<</M 0/T(x>y)/A<FEFF>>>", b"BDC"]),
        (b"q BI /W 1 ID \x00(Q EI Q", [b"q", b"EI", b"Q"]),
    ],
)
def test_tokens(data: bytes, expected: list[bytes]) -> None:
    assert list(tokens.tokens(data)) == expected


def test_a_comment_is_an_empty_token() -> None:
    assert list(tokens.tokens(b"1 % (no string\n2")) == [b"1", b"", b"2"]


def test_streams_too_long_to_cut_at_once_are_cut_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"q (a(b)) Tj % x\n[(x)2<41>]TJ <</A 1>> BDC /N Do 1.5 -2 l Q " * 3
    whole = list(tokens.tokens(data))
    monkeypatch.setattr(tokens, "WHOLE", 10)
    assert list(tokens.tokens(data)) == whole


@pytest.mark.parametrize(
    ("token", "expected"),
    [(b"12", 12), (b"-.5", -0.5), (b"+3.", 3), (b"--5", -5), (b"1.2.3", 1.2), (b"12-34", 12), (b"0.0-1", 0)],
)
def test_numbers(token: bytes, expected: float) -> None:
    assert tokens.number(token) == expected


@pytest.mark.parametrize("token", [b"x", b"-", b"/F1", b"(1)"])
def test_what_is_no_number(token: bytes) -> None:
    assert math.isnan(tokens.number(token))


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        (b"(plain)", b"plain"),
        (b"(\\101\\5\\n\\)\\x\\\nend)", b"A\x05\n)xend"),
        (b"(two\r\nlines)", b"two\nlines"),
        (b"<41 4>", b"A@"),
        (b"<4x1>", b"A"),
        (b"/F1", b""),
    ],
)
def test_strings(token: bytes, expected: bytes) -> None:
    assert tokens.string(token) == expected


def test_arrays_hold_strings_and_numbers() -> None:
    assert tokens.array(b"[<52>4<9D>(\\)x)-3.5]") == [b"R", 4.0, b"\x9d", b")x", -3.5]


def test_names_and_texts() -> None:
    assert tokens.name(b"/A#20B") == "A B"
    assert tokens.name(b"12") == ""
    assert tokens.actual_text(b"<</MCID 1/ActualText <FEFF4E00>>>") == "一"
    assert tokens.actual_text(b"<</ActualText(caf\xe9)>>") == "café"
    assert tokens.actual_text(b"<</MCID 1>>") == ""


@given(st.binary(max_size=300))
def test_any_bytes_are_cut_and_said_without_an_exception(data: bytes) -> None:
    assert all(
        isinstance(tokens.number(token), float)
        and isinstance(tokens.string(token), bytes)
        and all(isinstance(item, bytes | float) for item in tokens.array(token))
        and isinstance(tokens.name(token), str)
        and isinstance(tokens.actual_text(token), str)
        for token in tokens.tokens(data)
    )


@given(st.binary(max_size=300))
def test_tokens_are_pieces_of_the_stream_in_order(data: bytes) -> None:
    at = 0
    for token in tokens.tokens(data.replace(b"BI", b"")):
        at = data.replace(b"BI", b"").index(token, at) + len(token)
    assert at <= len(data)


@given(st.binary(max_size=60))
def test_strings_come_back_as_written(data: bytes) -> None:
    escaped = data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\r", b"\\r")
    (token,) = tokens.tokens(b"(" + escaped + b")")
    assert tokens.string(token) == data
    (token,) = tokens.tokens(b"<" + data.hex().encode() + b">")
    assert tokens.string(token) == data
