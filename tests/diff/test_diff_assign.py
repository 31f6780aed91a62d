"""The chosen pairs are the best there are, as trying them all shows."""

from collections.abc import Iterator
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shinchoku.diff.pairing import assign
from shinchoku.diff.pairing.assign import Edge, alike, choose, likeness

SCORES = st.integers(0, 20).map(lambda n: n / 20)


def _choices(edges: dict[tuple[int, int], float], size: int) -> Iterator[float]:
    """The worth of every one-to-one choice from a square of pairs: what its scores sum to above 0.5."""
    for order in permutations(range(size)):
        pairs = ((i, j) for i, j in enumerate(order) if edges.get((i, j), 0.0) >= 0.5)
        yield sum(edges[pair] - 0.5 for pair in pairs)


@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), SCORES))
def test_no_other_choice_is_worth_more(edges: dict[tuple[int, int], float]) -> None:
    chosen = choose(((i, j, score) for (i, j), score in edges.items()), 0.5)
    assert len({i for i, _ in chosen}) == len({j for _, j in chosen}) == len(chosen)
    assert all(edges[pair] >= 0.5 for pair in chosen)
    worth = sum(edges[pair] - 0.5 for pair in chosen)
    assert worth == pytest.approx(max(_choices(edges, 5)), abs=1e-4)


def test_the_best_sum_goes_before_the_best_pair() -> None:
    edges: list[Edge] = [(0, 0, 0.9), (0, 1, 0.85), (1, 0, 0.85)]
    assert choose(edges, 0.5) == [(0, 1), (1, 0)]


def test_a_pair_at_the_limit_is_made_and_one_below_is_not() -> None:
    assert choose([(0, 0, 0.5), (1, 1, 0.4999)], 0.5) == [(0, 0)]


def test_contested_rows_may_stay_alone() -> None:
    assert choose([(0, 0, 0.9), (1, 0, 0.6), (2, 0, 0.7)], 0.5) == [(0, 0)]


@given(
    st.lists(st.text("支援整備の", max_size=6), max_size=8),
    st.lists(st.text("支援整備の", max_size=6), max_size=8),
)
def test_alike_is_what_comparing_each_with_each_gives(first: list[str], second: list[str]) -> None:
    naive = {
        (i, j, likeness(a, b))
        for i, a in enumerate(first)
        for j, b in enumerate(second)
        if likeness(a, b) >= 0.45
    }
    found = list(alike(first, second, 0.45))
    assert set(found) == naive
    assert len(found) == len(naive)


def test_a_large_matrix_is_read_in_chunks_and_keeps_the_likest(monkeypatch: pytest.MonkeyPatch) -> None:
    first = [f"保育所の整備その{n}" for n in range(40)]
    second = [f"保育所の整備その{n}" for n in range(40)]
    monkeypatch.setattr(assign, "_CHUNK", 100)
    monkeypatch.setattr(assign, "_PER_ROW", 3)
    found = list(alike(first, second, 0.45))
    assert all(sum(edge[0] == i for edge in found) == 3 for i in range(40))
    assert choose(found, 0.45) == [(n, n) for n in range(40)]
