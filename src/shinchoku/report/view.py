"""A comparison in; what the page shows, line by line and in Japanese, out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from shinchoku.diff import Change, Diff, Pair
from shinchoku.diff.compare import Comparable, comparable_columns
from shinchoku.diff.pairing.pairs import LEVELS
from shinchoku.diff.rows import KINDS, Row
from shinchoku.report.labels import evidence, heading, number_text
from shinchoku.report.words import Piece, compare_words

FILTERS = (
    *("restated", "behind", "ahead", "renamed", "moved", "added", "removed"),
    *("progressed", "note", "wording", "doubtful"),
)
"""What lines can be filtered by, in the order the page offers it."""

TITLES = tuple(LEVELS)
"""Columns of the headings a row stands under: the page shows them above the name."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One field that differs: what it is, both texts in pieces, and the difference of their numbers in words.

    `old_when` and `new_when` name the columns of the two texts where these are not the same one."""

    change: str
    label: str
    old_when: str
    new_when: str
    old: Sequence[Piece]
    new: Sequence[Piece]
    number: str
    better: int


@dataclass(frozen=True, slots=True)
class Line:
    """One pair of rows. `place` are the headings below the plan; `facts` (label, text) say what an unpaired
    row holds; pages are None where a side has no row or no page. `changed` names the columns that differ, of
    the old row and of the new one."""

    anchor: str
    status: str
    tags: Sequence[str]
    place: Sequence[tuple[Sequence[Piece], Sequence[Piece]]]
    old_name: Sequence[Piece]
    new_name: Sequence[Piece]
    shown: Sequence[Shown]
    facts: Sequence[tuple[str, str]]
    old_page: int | None
    new_page: int | None
    why: str
    reposted: bool
    pair: Pair
    changed: tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan's lines of one kind. `old_title` is in pieces where the title changed, else empty."""

    anchor: str
    number: str
    old_title: Sequence[Piece]
    title: Sequence[Piece]
    lines: Sequence[Line]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Section:
    """The plans of one kind of row. `only` is old or new where the other report has no row of this kind at
    all, so that nothing is compared."""

    kind: str
    only: str
    plans: Sequence[Plan]
    counts: Mapping[str, int]
    size: int


def sections(diff: Diff) -> list[Section]:
    """All that the page shows of a comparison, one section for each kind of row that there is any of."""
    changes: dict[int, list[Change]] = {}
    for change in diff.changes:
        changes.setdefault(id(change.pair), []).append(change)
    anchors = count(1)
    found: list[Section] = []
    for kind in KINDS:
        pairs = [pair for pair in diff.pairs if pair.row.kind == kind]
        if pairs:
            only = ("old" if diff.old.sides[kind].rows else "new") if _alone(diff, kind) else ""
            columns = comparable_columns(diff.old.sides[kind].fiscal, diff.new.sides[kind].fiscal)
            compared = {(each.change, each.column): each for each in columns}
            plans = [
                _plan(diff, f"{kind}-{at}", members, changes, compared, anchors)
                for at, members in enumerate(_by_plan(pairs), 1)
            ]
            total: Counter[str] = Counter()
            for plan in plans:
                total.update(plan.counts)
            found.append(Section(kind, only, plans, total, len(pairs)))
    return sorted(found, key=lambda section: bool(section.only))


def _by_plan(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """The pairs of each plan, in the order of the first pair of each."""
    plans: dict[int, list[Pair]] = {}
    for pair in pairs:
        plans.setdefault(pair.plan, []).append(pair)
    return list(plans.values())


def _plan(
    diff: Diff,
    anchor: str,
    pairs: Sequence[Pair],
    changes: Mapping[int, Sequence[Change]],
    compared: Mapping[tuple[str, str], Comparable],
    anchors: "count[int]",
) -> Plan:
    lines = [_line(diff, f"r{next(anchors)}", pair, changes.get(id(pair), ()), compared) for pair in pairs]
    row = next((pair.new for pair in pairs if pair.new), pairs[0].row)
    before = next((pair.old for pair in pairs if pair.old and pair.status != "moved"), row)
    old, new = compare_words(before.columns.get("plan_title", ""), row.columns.get("plan_title", ""))
    reworded = any(piece.changed for piece in (*old, *new))
    counts = Counter(tag for line in lines for tag in line.tags)
    return Plan(anchor, row.place[0][0], old if reworded else [], new, lines, counts)


def _line(
    diff: Diff,
    anchor: str,
    pair: Pair,
    changes: Sequence[Change],
    compared: Mapping[tuple[str, str], Comparable],
) -> Line:
    old, new = pair.old, pair.new
    names = compare_words(old.name if old else pair.row.name, new.name if new else pair.row.name)
    own = [change for change in changes if change.column not in (pair.row.kind, *TITLES)]
    return Line(
        anchor=anchor,
        status=pair.status,
        tags=["only"] if _alone(diff, pair.row.kind) else _tags(diff, pair, changes),
        place=_place(pair),
        old_name=names[0] if pair.status == "renamed" else [],
        new_name=names[1] if pair.status == "renamed" else [Piece(pair.row.name, False)],
        shown=[_shown(diff, change, compared) for change in own],
        facts=[] if old and new else _facts(pair.row),
        old_page=old.page if old else None,
        new_page=new.page if new else None,
        why=evidence(pair),
        reposted=pair.row.reposted,
        pair=pair,
        changed=_changed(changes, compared),
    )


def _tags(diff: Diff, pair: Pair, changes: Sequence[Change]) -> list[str]:
    tags = {change.change for change in changes if change.change != "progress"}
    turns = {diff.better(change) for change in changes if change.change == "progress"}
    tags |= {"mark"} if turns else set()
    tags |= {"behind"} if -1 in turns else set()
    tags |= {"ahead"} if 1 in turns else set()
    tags |= {pair.status} if pair.status != "matched" else set()
    tags |= {"doubtful"} if pair.doubtful else set()
    return sorted(tags) or ["same"]


def _changed(
    changes: Sequence[Change], compared: Mapping[tuple[str, str], Comparable]
) -> tuple[frozenset[str], frozenset[str]]:
    columns = [compared.get((each.change, each.column)) or each for each in changes]
    return (
        frozenset(c.old if isinstance(c, Comparable) else c.column for c in columns),
        frozenset(c.new if isinstance(c, Comparable) else c.column for c in columns),
    )


def _alone(diff: Diff, kind: str) -> bool:
    return not (diff.old.sides[kind].rows and diff.new.sides[kind].rows)


def _place(pair: Pair) -> list[tuple[Sequence[Piece], Sequence[Piece]]]:
    """The headings below the plan, each as (old pieces, new pieces); no old pieces where it did not
    change."""
    shown: list[tuple[Sequence[Piece], Sequence[Piece]]] = []
    columns = TITLES if pair.status == "moved" else TITLES[1:]
    for column in columns:
        after = pair.row.columns.get(column, "")
        before = pair.old.columns.get(column, "") if pair.old and pair.new else after
        old, new = compare_words(before, after)
        changed = any(piece.changed for piece in (*old, *new))
        if before or after:
            shown.append((old if changed else [], new))
    return shown


def _shown(diff: Diff, change: Change, compared: Mapping[tuple[str, str], Comparable]) -> Shown:
    old, new = compare_words(change.old_text, change.new_text)
    kind = change.pair.row.kind
    columns = compared.get((change.change, change.column))
    when = ("", "")
    if columns is not None and columns.old != columns.new:
        when = heading(kind, columns.old), heading(kind, columns.new)
    better = diff.better(change)
    return Shown(change.change, heading(kind, change.column), *when, old, new, number_text(change), better)


def _facts(row: Row) -> list[tuple[str, str]]:
    cells = [(heading(row.kind, column), text) for column, text in row.texts.items()]
    rest = [(heading(row.kind, column), row.columns.get(column, "")) for column in ("progress", "note")]
    return [(label, text) for label, text in (*cells, *rest) if text]
