"""What is packed unpacks to the same; what is no packed value of its type is refused, whatever it is."""

import json
import zlib
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shinchoku.language import Said
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
texts = st.text(st.characters(exclude_categories=["Cs"]))
whole = st.integers(-(2**63), 2**63 - 1)
inners = st.builds(Inner, texts, whole, floats, st.booleans())
problems = st.builds(
    Problem,
    st.sampled_from(Severity),
    texts,
    st.builds(Said, texts, texts),
    page=st.none() | whole,
    box=st.none() | st.tuples(floats, floats, floats, floats),
)
outers = st.builds(
    Outer,
    st.lists(inners).map(tuple),
    st.tuples(floats, floats),
    st.none() | problems,
    st.lists(st.tuples(whole, inners)).map(tuple),
)


@given(outers)
def test_it_comes_back_the_same(value: Outer) -> None:
    assert decode(encode(value, LIMIT), Outer, LIMIT) == value


def test_what_cannot_be_packed_is_refused() -> None:
    for value in (Inner("\ud800", 1, 2.0, True), Inner("a", 1, 2.0, object())):  # type: ignore[arg-type]
        with pytest.raises((TypeError, ValueError)):
            encode(value, LIMIT)


@pytest.mark.parametrize("share", [float("nan"), float("inf")])
def test_a_number_that_is_not_finite_does_not_come_back(share: float) -> None:
    with pytest.raises(CodecError):
        decode(encode(Inner("a", 1, share, True), LIMIT), Inner, LIMIT)


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
    "fields",
    [
        '"word": "a", "count": 1, "share": 2.0, "yes": 1',
        '"word": "a", "count": true, "share": 2.0, "yes": true',
        '"word": "a", "count": 1.5, "share": 2.0, "yes": true',
        '"word": "a", "count": 1, "share": NaN, "yes": true',
        '"word": "a", "count": 1, "share": Infinity, "yes": true',
        '"word": "a", "count": 1, "share": "2", "yes": true',
        '"word": 1, "count": 1, "share": 2.0, "yes": true',
        '"word": "a", "count": 1, "share": 2.0',
        '"word": "a", "count": 1, "share": 2.0, "yes": true,',
        '"word": ' + "[" * 100_000,
    ],
)
def test_a_value_of_another_type_is_refused(fields: str) -> None:
    with pytest.raises(CodecError):
        decode(zlib.compress(f"{{{fields}}}".encode()), Inner, LIMIT)


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


@pytest.mark.slow
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
