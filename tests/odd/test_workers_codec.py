"""What is packed unpacks to the same; what is no packed value of its type is refused, whatever it is."""

import json
import zlib
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shinchoku.problems import Problem, Severity
from shinchoku.workers.codec import CodecError, decode, encode
from shinchoku.workers.wire import Inbox, WireError, pack

LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Inner:
    """All the scalars."""

    word: str
    count: int
    share: float
    yes: bool


@dataclass(frozen=True, slots=True)
class Outer:
    """All the ways to put values together."""

    inners: tuple[Inner, ...]
    pair: tuple[float, float]
    problem: Problem | None
    mixed: tuple[tuple[int, Inner], ...]


floats = st.floats(allow_nan=False, allow_infinity=False)
inners = st.builds(Inner, st.text(), st.integers(), floats, st.booleans())
problems = st.builds(
    Problem,
    st.sampled_from(Severity),
    st.text(),
    st.text(),
    page=st.none() | st.integers(),
    box=st.none() | st.tuples(floats, floats, floats, floats),
)
outers = st.builds(
    Outer,
    st.lists(inners).map(tuple),
    st.tuples(floats, floats),
    st.none() | problems,
    st.lists(st.tuples(st.integers(), inners)).map(tuple),
)


@given(outers)
def test_it_comes_back_the_same(value: Outer) -> None:
    assert decode(encode(value, LIMIT), Outer, LIMIT) == value


def test_a_lone_surrogate_comes_back() -> None:
    value = Inner("\ud800", 1, 2.0, True)
    assert decode(encode(value, LIMIT), Inner, LIMIT) == value


@given(st.binary())
def test_bytes_that_are_no_value_are_refused(data: bytes) -> None:
    with pytest.raises(CodecError):
        decode(data, Outer, LIMIT)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | floats | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(json_values)
def test_json_of_another_shape_is_refused(value: object) -> None:
    with pytest.raises(CodecError):
        decode(zlib.compress(json.dumps(value).encode()), Outer, LIMIT)


@pytest.mark.parametrize(
    "said",
    [
        '["a", 1, 2.0, 1]',
        '["a", true, 2.0, true]',
        '["a", 1.0, 2.0, true]',
        '["a", 1, NaN, true]',
        '["a", 1, Infinity, true]',
        '["a", 1, "2", true]',
        "[1, 1, 2.0, true]",
        '["a", 1, 2.0]',
        '["a", 1, 2.0, true, 5]',
        "[" * 100_000,
    ],
)
def test_a_value_of_another_type_is_refused(said: str) -> None:
    with pytest.raises(CodecError):
        decode(zlib.compress(said.encode()), Inner, LIMIT)


def test_what_unfolds_to_too_much_is_refused() -> None:
    value = Inner("x" * 5000, 1, 2.0, True)
    with pytest.raises(CodecError):
        encode(value, 4000)
    with pytest.raises(CodecError):
        decode(encode(value, LIMIT), Inner, 4000)


def test_what_is_cut_short_or_runs_on_is_refused() -> None:
    data = encode(Inner("x", 1, 2.0, True), LIMIT)
    for wrong in (data[:-1], data + b"x"):
        with pytest.raises(CodecError):
            decode(wrong, Inner, LIMIT)


messages = st.lists(st.tuples(st.dictionaries(st.text(), st.integers()), st.binary()))


@given(messages, st.integers(min_value=1, max_value=7))
def test_messages_arrive_whole_however_they_are_cut(
    sent: list[tuple[dict[str, int], bytes]], piece: int
) -> None:
    data = b"".join(pack(head, body) for head, body in sent)
    inbox = Inbox(LIMIT)
    pieces = (data[at : at + piece] for at in range(0, len(data), piece))
    assert [tuple(message) for part in pieces for message in inbox.feed(part)] == sent


@pytest.mark.parametrize("data", [b"\xff" * 8, pack({})[:-2] + b"[]", pack({})[:-2] + b"xx"])
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(WireError):
        Inbox(LIMIT).feed(data)
