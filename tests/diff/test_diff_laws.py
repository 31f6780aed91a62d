"""What holds for any two reports."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from make.rows.diff import Record, gold, measure, numbered, paired
from shinchoku.diff import Diff, Pair, compare_reports
from shinchoku.diff.rows import Report, Side, side

pytestmark = pytest.mark.slow

NAMES = st.sampled_from(
    [
        "保育所の整備",
        "保育所の増設",
        "保育所整備の推進",
        "学童クラブの拡充",
        "学童クラブ",
        "設計",
        "調査",
        "公園の整備",
        "公園",
        "補助135号線",
    ]
)
VALUES = st.sampled_from(["", "検討", "実施", "計7か所", "8か所", "年間300人", "80%"])
RECORDS = st.builds(
    measure,
    NAMES,
    plan=st.integers(1, 3),
    initiative_no=st.integers(1, 2),
    fy2021_target=VALUES,
    fy2018_baseline=VALUES,
    progress=st.sampled_from(["A+", "A", "B", "*", "-", ""]),
    note=st.sampled_from(["", "遅れたため。"]),
    is_repost=st.booleans(),
)
TABLES = st.lists(RECORDS, max_size=8)


def _report(report_id: str, records: list[Record]) -> Report:
    rows = side(report_id, "measure", numbered(records, "measure"))
    return Report(report_id, "", {"measure": rows, "indicator": side(report_id, "indicator", [])})


def _diff(old: list[Record], new: list[Record]) -> Diff:
    return compare_reports(_report("a", old), _report("b", new))


def _ends(pair: Pair) -> tuple[str | None, str | None]:
    return (pair.old.row_id if pair.old else None, pair.new.row_id if pair.new else None)


@given(TABLES)
def test_a_report_does_not_differ_from_itself(records: list[Record]) -> None:
    diff = _diff(records, records)
    assert diff.identical
    assert [_ends(pair) for pair in diff.pairs] == [
        (row.row_id,) * 2 for row in diff.old.sides["measure"].rows
    ]


@given(TABLES, TABLES)
def test_every_row_is_in_exactly_one_pair(old: list[Record], new: list[Record]) -> None:
    diff = _diff(old, new)
    ends = [_ends(pair) for pair in diff.pairs]
    assert sorted(a for a, _ in ends if a) == sorted(r.row_id for r in diff.old.sides["measure"].rows)
    assert sorted(b for _, b in ends if b) == sorted(r.row_id for r in diff.new.sides["measure"].rows)
    assert (None, None) not in ends


MIRRORED = {"added": "removed", "removed": "added"}


@given(TABLES, TABLES)
@settings(max_examples=200)
def test_the_other_way_round_is_the_mirror_image(old: list[Record], new: list[Record]) -> None:
    there, back = _diff(old, new), _diff(new, old)
    assert Counter((*_ends(p), p.status, p.similarity, p.near) for p in there.pairs) == Counter(
        (*_ends(p)[::-1], MIRRORED.get(p.status, p.status), p.similarity, p.near) for p in back.pairs
    )
    assert Counter(
        (
            *_ends(c.pair),
            c.change,
            c.column,
            c.old_text,
            c.new_text,
            c.old_value,
            c.new_value,
            c.delta,
            c.unit,
        )
        for c in there.changes
    ) == Counter(
        (
            *_ends(c.pair)[::-1],
            *(c.change, c.column, c.new_text, c.old_text, c.new_value, c.old_value),
            *(None if c.delta is None else -c.delta, c.unit),
        )
        for c in back.changes
    )


def _identity(record: Record) -> tuple[Any, ...]:
    return (record["plan_no"], record["initiative_no"], record["measure"], record["is_repost"])


DISTINCT = st.lists(RECORDS, max_size=8, unique_by=_identity)


@given(DISTINCT, DISTINCT, st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_the_order_of_rows_does_not_matter(old: list[Record], new: list[Record], random: Any) -> None:
    one, other = numbered(old, "measure"), numbered(new, "measure")
    plain = paired(side("a", "measure", one), side("b", "measure", other))
    mixed = paired(side("a", "measure", _mixed(one, random)), side("b", "measure", _mixed(other, random)))
    assert Counter((*_ends(p), p.status) for p in plain) == Counter((*_ends(p), p.status) for p in mixed)


def _mixed(records: list[Record], random: Any) -> list[Record]:
    """The same rows under the same ids, printed in another order."""
    orders = list(range(len(records)))
    random.shuffle(orders)
    return [record | {"row_order": order} for record, order in zip(records, orders, strict=True)]


@given(DISTINCT, DISTINCT)
def test_rows_of_one_identity_are_always_a_pair(old: list[Record], new: list[Record]) -> None:
    """The naive way: look every old row up among the new ones."""
    there = {_identity(record): record for record in numbered(new, "measure")}
    wanted = {
        (record["row_id"], there[_identity(record)]["row_id"])
        for record in numbered(old, "measure")
        if _identity(record) in there
    }
    assert wanted <= {_ends(pair) for pair in _diff(old, new).pairs}


@given(TABLES, TABLES)
def test_reposted_rows_keep_to_themselves(old: list[Record], new: list[Record]) -> None:
    for pair in _diff(old, new).pairs:
        if pair.old and pair.new:
            assert pair.old.reposted == pair.new.reposted


def _turned(rows: Side) -> Side:
    return Side(rows.report_id, rows.kind, rows.fiscal, rows.rows[::-1])


@pytest.mark.parametrize("kind", ["measure", "indicator"])
def test_rows_handed_over_in_another_order_give_the_same_pairs(kind: str) -> None:
    old = side("a", kind, gold(f"fy2019.{kind}s.jsonl"))
    new = side("b", kind, gold(f"fy2020.{kind}s.jsonl"))
    assert paired(old, new) == paired(_turned(old), _turned(new))
