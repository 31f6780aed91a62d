"""Two reports' rows of one kind in; every row of both in exactly one pair, with the reason for each, out.

Identity comes first, then what people have decided is put before it, then the same name and values
elsewhere, then likeness within a plan, then across plans. What is too weak stays unpaired. The work is done
with both sides in an order of their own content and in one fixed direction, so that the answer depends
neither on the order of the rows nor on which report is called the old one.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from shinchoku.diff.numbers import stated
from shinchoku.diff.pairing.assign import Edge, alike, choose, likeness
from shinchoku.diff.pairing.pairs import Decision, Pair
from shinchoku.diff.pairing.places import Path, align_places
from shinchoku.diff.pairing.score import (
    LEAST,
    NEAR,
    SAME_PLACE,
    VALUES_AT_MOST,
    Background,
    Why,
    background,
    compare_cells,
    other_levels,
    values_worth,
    weigh,
)
from shinchoku.diff.rows import Row, Side

_MANY = 10_000
"""Pairs beyond which only names that are alike by themselves are weighed, and namesakes are taken in
order."""

_OUT_OF_ORDER = 1e-6
"""What decides among namesakes whose values do not: less than any value is worth."""


@dataclass(slots=True)
class _Work:
    """The state of one alignment: both sides in canonical order, who is still free, the pairs so far."""

    rows: tuple[list[Row], list[Row]]
    paths: tuple[list[Path], list[Path]]
    about: Background
    stated: tuple[list[frozenset[str]], list[frozenset[str]]]
    free: tuple[dict[int, None], dict[int, None]]
    pairs: dict[tuple[int, int], Why] = field(default_factory=dict)
    weak: dict[tuple[int, int], Why] = field(default_factory=dict)
    apart: list[tuple[int | None, int | None, Why]] = field(default_factory=list)

    def pair(self, i: int, j: int, why: Why) -> None:
        levels = other_levels(self.rows[0][i].kind, self.paths[0][i], self.paths[1][j])
        self.pairs[i, j] = replace(why, other_levels=levels)
        del self.free[0][i], self.free[1][j]

    def weigh(self, i: int, j: int, likeness: float) -> Why:
        a, b = self.rows[0][i], self.rows[1][j]
        places = self.paths[0][i], self.paths[1][j]
        stated = self.stated[0][i], self.stated[1][j]
        return weigh(a, b, likeness, places, stated, self.about)


def align(old: Side, new: Side, decisions: Sequence[Decision] = ()) -> list[Pair]:
    """Pair the rows of two sides of one kind.

    The pairs come in the order of the new report, removed rows behind the row they followed in the old one.
    """
    orders = [sorted(side.rows, key=lambda row: (row.content, row.order, row.row_id)) for side in (old, new)]
    turned = [row.content for row in orders[1]] < [row.content for row in orders[0]]
    first, second = reversed(orders) if turned else orders
    shared = sorted(set(old.fiscal) & set(new.fiscal))
    stated = (_stated(first, shared), _stated(second, shared))
    work = _Work(
        rows=(first, second),
        paths=align_places(first, second),
        about=background(first, second, shared, (*stated[0], *stated[1])),
        stated=stated,
        free=(dict.fromkeys(range(len(first))), dict.fromkeys(range(len(second)))),
    )
    _decide(work, decisions, turned)
    _identical(work)
    _same_elsewhere(work)
    for ours, theirs in _by_plan(work):
        _alike(work, ours, theirs)
    _alike(work, list(work.free[0]), list(work.free[1]))
    return _in_order(_pairs(work, turned))


def _stated(rows: Sequence[Row], shared: Sequence[str]) -> list[frozenset[str]]:
    """What each row states: nothing where the reports share columns, for then whole cells are compared."""
    return [frozenset() if shared else stated(row) for row in rows]


def _decide(work: _Work, decisions: Sequence[Decision], turned: bool) -> None:
    """Make the pairs that people have decided, and take out of the play the rows they want unpaired."""
    at = tuple({row.row_id: i for i, row in enumerate(rows)} for rows in work.rows)
    for decision in decisions:
        ids = (decision.new, decision.old) if turned else (decision.old, decision.new)
        i, j = at[0].get(ids[0]), at[1].get(ids[1])
        why = Why("override", 1.0, 1.0, reason=decision.reason)
        if i is not None and j is not None:
            likeness = work.weigh(i, j, name_likeness(work.rows[0][i], work.rows[1][j])).alike
            work.pair(i, j, replace(why, alike=likeness))
        elif i is not None:
            del work.free[0][i]
            work.apart.append((i, None, why))
        elif j is not None:
            del work.free[1][j]
            work.apart.append((None, j, why))


def name_likeness(a: Row, b: Row) -> float:
    """How alike two rows' names are, 0 to 1; 1 too where only the split of the cell in name and target
    differs."""
    return 1.0 if a.whole == b.whole else likeness(a.key, b.key)


def _grouped(work: _Work, key: Callable[[int, int], Hashable]) -> list[tuple[list[int], list[int]]]:
    """The free rows of both sides that have the same key(side, index), where there are some on either
    side."""
    groups: dict[Hashable, tuple[list[int], list[int]]] = {}
    for side in (0, 1):
        for at in work.free[side]:
            groups.setdefault(key(side, at), ([], []))[side].append(at)
    return [(ours, theirs) for ours, theirs in groups.values() if ours and theirs]


def _by_plan(work: _Work) -> list[tuple[list[int], list[int]]]:
    return _grouped(work, lambda side, at: work.paths[side][at][0])


def _cells(work: _Work, side: int, at: int) -> tuple[str, ...]:
    row = work.rows[side][at]
    return tuple(row.cells[column] for column in work.about.shared)


def _identical(work: _Work) -> None:
    """Pair rows of the same place and name: those with equal values first, the others by what values they
    share, and where values do not tell, in the order in which they are printed."""

    def identity(side: int, at: int) -> Hashable:
        row = work.rows[side][at]
        return work.paths[side][at], row.reposted, row.key

    for ours, theirs in _grouped(work, lambda s, i: (identity(s, i), _cells(work, s, i))):
        _pair_namesakes(work, zip(*_printed_order(work, ours, theirs), strict=False))
    for ours, theirs in _grouped(work, identity):
        ours, theirs = _printed_order(work, ours, theirs)
        alone = len(ours) == len(theirs) == 1
        if alone or len(ours) * len(theirs) > _MANY:
            _pair_namesakes(work, zip(ours, theirs, strict=False))
        else:
            _pair_namesakes(work, _by_values(work, ours, theirs))


def _printed_order(work: _Work, ours: Sequence[int], theirs: Sequence[int]) -> tuple[list[int], list[int]]:
    first, second = work.rows
    return sorted(ours, key=lambda i: first[i].order), sorted(theirs, key=lambda j: second[j].order)


def _pair_namesakes(work: _Work, pairs: Iterable[tuple[int, int]]) -> None:
    for i, j in pairs:
        equal, different = compare_cells(work.rows[0][i], work.rows[1][j], work.about.shared)
        work.pair(i, j, Why("identity", 1.0, 1.0, equal=equal, different=different))


def _by_values(work: _Work, ours: Sequence[int], theirs: Sequence[int]) -> list[tuple[int, int]]:
    edges: list[Edge] = []
    for rank, i in enumerate(ours):
        for other, j in enumerate(theirs):
            a, b = work.rows[0][i], work.rows[1][j]
            worth = values_worth(a, *compare_cells(a, b, work.about.shared), work.about)
            edges.append((rank, other, 10 + worth - _OUT_OF_ORDER * (rank - other) ** 2))
    return [(ours[rank], theirs[other]) for rank, other in choose(edges, 0.0)]


def _same_elsewhere(work: _Work) -> None:
    """Pair rows of the same name and the same values in different places, where no other row has them."""
    if not work.about.shared:
        return
    for ours, theirs in _grouped(
        work, lambda s, i: (work.rows[s][i].reposted, work.rows[s][i].key, _cells(work, s, i))
    ):
        if len(ours) == len(theirs) == 1:
            why = work.weigh(ours[0], theirs[0], 1.0)
            if why.score >= LEAST and why.equal:
                work.pair(ours[0], theirs[0], replace(why, how="values"))


def _alike(work: _Work, ours: Sequence[int], theirs: Sequence[int]) -> None:
    """Pair the likest of these rows, one to one, to the greatest sum of scores; keep the near misses."""
    least = LEAST - SAME_PLACE - VALUES_AT_MOST
    if len(ours) * len(theirs) > _MANY:
        least = NEAR
    whys: dict[tuple[int, int], Why] = {}
    for a, b, like in alike(
        [work.rows[0][i].key for i in ours], [work.rows[1][j].key for j in theirs], least
    ):
        i, j = ours[a], theirs[b]
        first, second = work.rows[0][i], work.rows[1][j]
        if first.reposted == second.reposted:
            whys[i, j] = work.weigh(i, j, 1.0 if first.whole == second.whole else like)
    for i, j in choose(((i, j, why.score) for (i, j), why in whys.items()), LEAST):
        work.pair(i, j, whys[i, j])
    work.weak |= {pair: why for pair, why in whys.items() if NEAR <= why.score < LEAST}


def _pairs(work: _Work, turned: bool) -> list[Pair]:
    """All pairs, the unpaired rows with the near miss that belongs to them."""
    weak = {(i, j): why for (i, j), why in work.weak.items() if i in work.free[0] and j in work.free[1]}
    near = choose(((i, j, why.score) for (i, j), why in weak.items()), NEAR)
    misses = ({i: (j, weak[i, j]) for i, j in near}, {j: (i, weak[i, j]) for i, j in near})
    found: list[tuple[int | None, int | None, Why | None, str]] = [
        (i, j, why, "") for (i, j), why in work.pairs.items()
    ]
    for i in work.free[0]:
        j, why = misses[0].get(i, (-1, None))
        found.append((i, None, why, work.rows[1][j].row_id if why else ""))
    for j in work.free[1]:
        i, why = misses[1].get(j, (-1, None))
        found.append((None, j, why, work.rows[0][i].row_id if why else ""))
    found += [(i, j, why, "") for i, j, why in work.apart]
    return [_pair(work, *each, turned) for each in found]


def _pair(work: _Work, i: int | None, j: int | None, why: Why | None, near: str, turned: bool) -> Pair:
    rows = [None if at is None else work.rows[side][at] for side, at in enumerate((i, j))]
    plans = [None if at is None else work.paths[side][at][0] for side, at in enumerate((i, j))]
    if turned:
        rows, plans = rows[::-1], plans[::-1]
    plan = plans[1] if plans[1] is not None else plans[0]
    return Pair(rows[0], rows[1], why, near, plan or 0)


def _in_order(pairs: Sequence[Pair]) -> list[Pair]:
    """Pairs in the order of the new report; a removed row comes behind the row before it in the old
    report."""
    behind: dict[int, tuple[int, int, int]] = {}
    last = -1
    for pair in sorted(
        (pair for pair in pairs if pair.old), key=lambda pair: pair.old.order if pair.old else 0
    ):
        if pair.old and pair.new:
            last = pair.new.order
        elif pair.old:
            behind[id(pair)] = (last, 1, pair.old.order)
    return sorted(pairs, key=lambda pair: (pair.new.order, 0, 0) if pair.new else behind[id(pair)])
