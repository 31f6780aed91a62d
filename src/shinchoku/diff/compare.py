"""The pairs of two reports in; every field in which a pair's rows differ out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shinchoku.diff.keys import folded
from shinchoku.diff.numbers import Agreement, Comparison, agree, compare_texts
from shinchoku.diff.pairing.pairs import Pair
from shinchoku.diff.rows import PLACES, Row, Side
from shinchoku.fiscal import FiscalColumn

STATES = ("baseline", "actual")
"""Roles that say what was: the one of a newer year is compared with the other of an older year."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs between the rows of `pair`. `change` is restated (both reports print this
    fiscal year and role and do not agree), progressed (a newer year's value, against the latest that the
    other report has), progress (the mark), note (the remark) or wording (a name or heading, or a cell that
    only qualifies its number otherwise). `column` is the later of two compared columns; `deltas` are those of
    all numbers of the two cells that compare."""

    pair: Pair
    change: str
    column: str
    old_text: str
    new_text: str
    old_value: float | None = None
    new_value: float | None = None
    delta: float | None = None
    unit: str = ""
    deltas: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Comparable:
    """Two columns to hold against each other: the same one of both reports, or the latest of each of its
    kind."""

    change: str
    column: str
    old: str
    new: str


def comparable_columns(old: Sequence[str], new: Sequence[str]) -> list[Comparable]:
    """Which fiscal-year columns of two reports are compared: those that both have, and, for each of what was
    (現況, 実績), what was planned and what is aimed at, every column later than the latest of the other
    report with that latest one. A column whose year nothing says is of each report's own time: what differs
    there is progress."""
    shared = [column for column in old if column in new]
    found = [Comparable("restated" if _dated(c) else "progressed", c, c, c) for c in shared]
    for roles in (STATES, ("planned",), ("target",)):
        ours, theirs = _of_roles(old, roles), _of_roles(new, roles)
        if not ours or not theirs or ours[-1] == theirs[-1]:
            continue
        if theirs[-1] > ours[-1]:
            later = [column for column in theirs if column > ours[-1]]
            found += [Comparable("progressed", c.name, ours[-1].name, c.name) for c in later]
        else:
            later = [column for column in ours if column > theirs[-1]]
            found += [Comparable("progressed", c.name, c.name, theirs[-1].name) for c in later]
    return found


def _dated(name: str) -> bool:
    column = FiscalColumn.parse(name)
    return column is not None and column.year is not None


def _of_roles(columns: Sequence[str], roles: Sequence[str]) -> list[FiscalColumn]:
    parsed = (FiscalColumn.parse(column) for column in columns)
    return sorted(column for column in parsed if column is not None and column.role in roles)


def compare(pairs: Sequence[Pair], old: Side, new: Side) -> list[Change]:
    """All changes of the pairs of one kind that have two rows, in the order of the pairs."""
    columns = comparable_columns(old.fiscal, new.fiscal)
    return [
        change
        for pair in pairs
        if pair.old and pair.new
        for change in (
            *_wording(pair, pair.old, pair.new),
            *_cells(pair, pair.old, pair.new, columns),
            *_marks(pair, pair.old, pair.new),
        )
    ]


def _wording(pair: Pair, old: Row, new: Row) -> Iterator[Change]:
    """The name and the headings above it, where more than typesetting differs."""
    if folded(old.name) != folded(new.name) and not _split_otherwise(old, new):
        yield Change(pair, "wording", old.kind, old.name, new.name)
    for _, column in PLACES[old.kind]:
        before, after = old.columns.get(column, ""), new.columns.get(column, "")
        if folded(before) != folded(after):
            yield Change(pair, "wording", column, before, after)


def restated(old: Row, new: Row, column: str) -> bool:
    """Whether two rows that both print this fiscal-year column say different things in it."""
    before, after = old.texts.get(column, ""), new.texts.get(column, "")
    both = bool(before and after) and _dated(column)
    different = both and agree(before, after) is Agreement.DIFFERENT
    return different and not _same_cell(old, new, Comparable("restated", column, column, column))


def _cells(pair: Pair, old: Row, new: Row, columns: Sequence[Comparable]) -> Iterator[Change]:
    for compared in columns:
        before, after = old.texts[compared.old], new.texts[compared.new]
        found = compare_texts(before, after)
        if found.agreement is Agreement.SAME or _same_cell(old, new, compared):
            continue
        restated = compared.change == "restated"
        change = "wording" if restated and found.agreement is Agreement.QUALIFIED else compared.change
        yield Change(pair, change, compared.column, before, after, *_numbers(found))


def _split_otherwise(old: Row, new: Row) -> bool:
    """Whether both reports print the same cell, and only its split in name and target differs."""
    return old.key != new.key and old.whole == new.whole


def _same_cell(old: Row, new: Row, compared: Comparable) -> bool:
    """Whether two targets differ only because one of them was left in the name when the cell was split."""
    column = FiscalColumn.parse(compared.old)
    if compared.old != compared.new or column is None or column.role != "target":
        return False
    target, other = old.cells[compared.old], new.cells[compared.new]
    left_in = not other and new.key.endswith(target) if target else old.key.endswith(other)
    return left_in or _split_otherwise(old, new)


Numbers = tuple[float | None, float | None, float | None, str, tuple[tuple[str, float], ...]]


def _numbers(found: Comparison) -> Numbers:
    return found.old_value, found.new_value, found.delta, found.unit, found.deltas


def _marks(pair: Pair, old: Row, new: Row) -> Iterator[Change]:
    for column in ("progress", "note"):
        if column in old.columns and column in new.columns:
            before, after = old.columns[column], new.columns[column]
            if folded(before) != folded(after):
                yield Change(pair, column, column, before, after)
