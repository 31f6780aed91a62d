"""Scored candidate pairs in; the one-to-one choice with the greatest sum out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

Edge = tuple[int, int, float]

_CHUNK = 4_000_000
"""Cells of the similarity matrix held at once."""

_PER_ROW = 24
"""How many likest texts are kept for one text where the matrix is larger than a chunk."""


def likeness(a: str, b: str) -> float:
    """How alike two texts are, 0 to 1: shared characters in order, out of all characters of both."""
    return 1.0 if a == b else Indel.normalized_similarity(a, b)


def alike(first: Sequence[str], second: Sequence[str], least: float) -> Iterator[Edge]:
    """Every pair (index in `first`, index in `second`, likeness) of texts at least so alike.

    Beyond `_CHUNK` pairs only the `_PER_ROW` likest of each text of `first` are given, so that memory stays
    bounded.
    """
    columns, rows = list(dict.fromkeys(second)), list(dict.fromkeys(first))
    if not columns or not rows:
        return
    places: dict[str, list[int]] = {}
    for j, text in enumerate(second):
        places.setdefault(text, []).append(j)
    owners: dict[str, list[int]] = {}
    for i, text in enumerate(first):
        owners.setdefault(text, []).append(i)
    bounded = len(first) * len(second) > _CHUNK
    step = max(1, _CHUNK // len(columns))
    for start in range(0, len(rows), step):
        some = rows[start : start + step]
        matrix = cdist(
            some, columns, scorer=Indel.normalized_similarity, score_cutoff=least, dtype=np.float32
        )
        for at, text in enumerate(some):
            near = np.flatnonzero(matrix[at] >= least)
            if bounded and len(near) > _PER_ROW:
                near = near[np.argsort(-matrix[at, near], kind="stable")[:_PER_ROW]]
            for i in owners[text]:
                for k in near.tolist():
                    found = places[columns[k]]
                    for j in found[:_PER_ROW] if bounded else found:
                        yield i, j, likeness(text, columns[k])


def choose(edges: Iterable[Edge], least: float) -> list[tuple[int, int]]:
    """The pairs (i, j), each i and each j at most once, whose scores above `least` sum to the greatest total.

    Edges below `least` are never chosen. Where totals are equal the order of the indices decides.
    """
    kept = sorted(edge for edge in edges if edge[2] >= least)
    left, right = Counter(i for i, _, _ in kept), Counter(j for _, j, _ in kept)
    alone = [(i, j) for i, j, _ in kept if left[i] == 1 and right[j] == 1]
    contested = [edge for edge in kept if left[edge[0]] > 1 or right[edge[1]] > 1]
    return sorted(alone + _optimum(contested, least))


def _optimum(edges: Sequence[Edge], least: float) -> list[tuple[int, int]]:
    """Solve the assignment as a full matching in which every i may also take a partner of its own that is
    nobody."""
    if not edges:
        return []
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    rows = {i: at for at, i in enumerate(sorted({i for i, _, _ in edges}))}
    columns = {j: at for at, j in enumerate(sorted({j for _, j, _ in edges}))}
    count, width = len(rows), len(columns)
    # A pair just at the limit still beats nobody; every weight stays above zero, as the solver needs.
    nobody = 2.0 + max(score for _, _, score in edges) - least
    weights = [nobody - 1e-6 - (score - least) for _, _, score in edges] + [nobody] * count
    at = [rows[i] for i, _, _ in edges] + list(range(count))
    to = [columns[j] for _, j, _ in edges] + list(range(width, width + count))
    graph = csr_array((np.array(weights), (np.array(at), np.array(to))), shape=(count, width + count))
    chosen_rows, chosen = min_weight_full_bipartite_matching(graph)
    names, others = list(rows), list(columns)
    pairs = zip(chosen_rows.tolist(), chosen.tolist(), strict=True)
    return [(names[i], others[j]) for i, j in pairs if j < width]
