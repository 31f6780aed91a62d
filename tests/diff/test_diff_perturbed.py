"""Years made from a real report in known ways are paired as they were made."""

import pytest

from make.rows.diff import paired, quality
from make.rows.perturbed import (
    Change,
    next_columns,
    next_year,
    renumber,
    restate,
    retitle,
    shuffle,
    typeset,
)

pytestmark = pytest.mark.slow

YEARS: dict[str, tuple[tuple[Change, ...], float]] = {
    "plain": ((next_columns,), 0.0),
    "restated": ((next_columns, restate), 0.0),
    "another house style": ((next_columns, restate, typeset, shuffle), 0.0),
    "plans reworded and renumbered": ((next_columns, retitle, renumber), 0.0),
    "rows moved": ((next_columns,), 0.04),
    "all at once": ((next_columns, restate, typeset, retitle, renumber, shuffle), 0.03),
}


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("kind", ["measure", "indicator"])
def test_a_made_year_is_paired_as_it_was_made(kind: str, year: str) -> None:
    changes, moves = YEARS[year]
    found = [
        quality(paired(made.old, made.new), made.known)
        for made in (next_year(kind, seed, changes, moves) for seed in range(4))
    ]
    pairs = sum(f1 for f1, _ in found) / len(found)
    statuses = sum(status for _, status in found) / len(found)
    assert pairs >= 0.98
    assert statuses >= 0.9


@pytest.mark.parametrize("kind", ["measure", "indicator"])
def test_no_added_row_is_ever_paired_with_a_removed_one(kind: str) -> None:
    for seed in range(8):
        made = next_year(kind, seed, (next_columns, restate))
        gone = {old for (old, new), status in made.known.items() if status == "removed" and new is None}
        come = {new for (old, new), status in made.known.items() if status == "added" and old is None}
        assert gone
        assert come
        wrong = [
            (pair.old.name, pair.new.name)
            for pair in paired(made.old, made.new)
            if pair.old and pair.new and pair.old.order in gone and pair.new.order in come
        ]
        assert wrong == []
