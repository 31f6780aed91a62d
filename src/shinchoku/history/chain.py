"""The rows of one kind of several reports in; for each row the series that it stands in, and why, out.

Each report is held against the one before it, with the diff's own alignment, so that the history of two
reports is their diff. What is left over is then held against rows of the reports before that which nothing
has gone on from since: a row may sit out a year. Across such a gap a pair that a person would have to confirm
is none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from shinchoku.diff.pairing.align import align
from shinchoku.diff.pairing.pairs import Decision, Pair
from shinchoku.diff.rows import Row, Side
from shinchoku.history.parts import merged, split

DecisionsOf = Callable[[int, int], Sequence[Decision]]
"""People's decisions about the rows of two reports, given by their places in the chain, the older first."""


@dataclass(frozen=True, slots=True)
class Link:
    """A row of a report and the series it stands in. `link` is first where the series begins with it, else
    matched, renamed or moved, as the diff has it; `similarity` (0 to 100) and `evidence` are the diff's."""

    series: int
    row_kind: str
    report_id: str
    row: Row
    link: str
    similarity: float | None
    evidence: str


@dataclass(slots=True)
class _Chain:
    """The state of one chain: the series of each row, by report, and the rows that may still go on."""

    decisions: DecisionsOf
    links: list[Link] = field(default_factory=list)
    series: list[dict[str, int]] = field(default_factory=list)
    open: list[dict[int, Row]] = field(default_factory=list)
    count: int = 0


@dataclass(slots=True)
class _Found:
    """What is known of one report's rows: the pairs, by row id, with the place of the report each goes on
    from; the rows a person has said to be new; the rows of the report just before that end there."""

    pairs: dict[str, tuple[int, Pair]] = field(default_factory=dict)
    apart: set[str] = field(default_factory=set)
    ended: list[Row] = field(default_factory=list)


def chain(sides: Sequence[Side], decisions: DecisionsOf) -> list[Link]:
    """The links of all rows of `sides`, which come oldest first, side by side in printed order."""
    state = _Chain(decisions)
    for at, side in enumerate(sides):
        found = _find(state, sides, at)
        news = [pair for back, pair in found.pairs.values() if back == at - 1]
        here: dict[str, int] = {}
        for row in side.rows:
            if row.row_id in found.pairs:
                back, pair = found.pairs[row.row_id]
                number = state.series[back][pair.old.row_id] if pair.old else state.count
                said = (pair.evidence, _gap(at - back - 1), merged(pair, found.ended))
                why = "; ".join(filter(None, said))
                link = Link(number, side.kind, side.report_id, row, pair.status, pair.similarity, why)
                del state.open[back][number]
            else:
                number, state.count = state.count, state.count + 1
                link = Link(number, side.kind, side.report_id, row, "first", None, split(row, news))
            here[row.row_id] = number
            state.links.append(link)
        state.series.append(here)
        state.open.append({here[row.row_id]: row for row in side.rows})
    return state.links


def _find(state: _Chain, sides: Sequence[Side], at: int) -> _Found:
    """The rows of the side at `at` that go on from rows of the sides before it, the nearest side first."""
    found = _Found()
    forced = _forced(state, at)
    for back in range(at - 1, -1, -1):
        taken = {new for new, (place, _) in forced.items() if place != back} | found.apart
        free = [r for r in sides[at].rows if r.row_id not in found.pairs and r.row_id not in taken]
        if not (state.open[back] and free):
            continue
        old = replace(sides[back], rows=tuple(state.open[back].values()))
        words = _words(state, forced, old, free, back, at)
        for pair in align(old, replace(sides[at], rows=tuple(free)), words):
            _take(found, pair, back, near=back == at - 1)
    return found


def _take(found: _Found, pair: Pair, back: int, *, near: bool) -> None:
    if pair.old and pair.new:
        if near or not pair.doubtful:
            found.pairs[pair.new.row_id] = back, pair
    elif pair.new and pair.why and pair.why.how == "override":
        found.apart.add(pair.new.row_id)
    elif pair.old and near:
        found.ended.append(pair.old)


def _forced(state: _Chain, at: int) -> dict[str, tuple[int, Decision]]:
    """For rows of the report at `at` that a person has paired with a row of an earlier one: the place of the
    report in which that row's series stands now, and the decision about its row there."""
    ends = {number: (back, row) for back, rows in enumerate(state.open) for number, row in rows.items()}
    forced: dict[str, tuple[int, Decision]] = {}
    for back in range(at):
        for word in state.decisions(back, at):
            number = state.series[back].get(word.old)
            if word.new and number in ends:
                place, row = ends[number]
                forced[word.new] = place, replace(word, old=row.row_id)
    return forced


def _words(
    state: _Chain,
    forced: dict[str, tuple[int, Decision]],
    old: Side,
    free: Sequence[Row],
    back: int,
    at: int,
) -> list[Decision]:
    """The decisions about the rows of `old` that may go on and the `free` rows of the report at `at`."""
    olds, news = {row.row_id for row in old.rows}, {row.row_id for row in free}
    apart = [word for word in state.decisions(back, at) if not (word.old and word.new)]
    pairs = [word for place, word in forced.values() if place == back]
    return [
        word
        for word in (*pairs, *apart)
        if (not word.old or word.old in olds) and (not word.new or word.new in news)
    ]


def _gap(reports: int) -> str:
    """What is said of a pair between whose reports lie others, without the row."""
    if not reports:
        return ""
    return "sits out a report" if reports == 1 else f"sits out {reports} reports"
