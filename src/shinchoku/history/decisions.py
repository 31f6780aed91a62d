"""The file renames.csv and the reports of an area in; what people have decided about any two of them out.

A line that names its two reports is meant for these. One that names none is meant for every two reports of
which the older has its old and the newer its new row; where one id is empty it says that the other row begins
in the first report that has it, or ends in the last one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from shinchoku.diff.overrides import check_once
from shinchoku.diff.pairing.pairs import Decision
from shinchoku.diff.rows import KINDS, DiffError, Report
from shinchoku.history import Decided


@dataclass(slots=True)
class Decisions:
    """The lines of a file, each with its number, and the numbers of those that some report was found for."""

    path: Path
    lines: list[tuple[int, dict[str, str]]]
    used: set[int] = field(default_factory=set)

    def of(self, reports: Sequence[Report]) -> Decided:
        """What the lines say of these reports, which come oldest first."""
        found: dict[tuple[str, str], dict[str, list[Decision]]] = {}
        for kind in KINDS:
            ids = {each.report_id: {row.row_id for row in each.sides[kind].rows} for each in reports}
            for number, line in self.lines:
                if line["row_kind"] in ("", kind):
                    for pair, decision in _places(line, ids):
                        found.setdefault(pair, {}).setdefault(kind, []).append(decision)
                        self.used.add(number)
        for kinds in found.values():
            for kind, decisions in kinds.items():
                check_once(self.path, kind, decisions)
        return lambda old, new: found.get((old.report_id, new.report_id), {})

    def check_used(self, report_ids: Iterable[str]) -> None:
        """Raise DiffError for a line that no report was found for, but one that names another report than
        `report_ids`."""
        known = {"", *report_ids}
        for number, line in self.lines:
            if number not in self.used and {line["old_report"], line["new_report"]} <= known:
                said = f"{line['old_row_id']!r}, {line['new_row_id']!r}"
                raise DiffError.say(
                    "{path}, line {number}: no reports of one area have the rows {said}. Correct the "
                    "line or take it out.",
                    path=self.path,
                    number=number,
                    said=said,
                )


def _places(line: Mapping[str, str], ids: Mapping[str, set[str]]) -> list[tuple[tuple[str, str], Decision]]:
    """The two reports, the older first, that a line is meant for, and what it says of them; several where it
    names none. `ids` are the row ids of each report, oldest first."""
    order = list(ids)
    old, new, reason = line["old_row_id"], line["new_row_id"], line["reason"]
    if not (old or new):
        return []
    named = [line["old_report"], line["new_report"]]
    if all(name in ids for name in named) and order.index(named[0]) > order.index(named[1]):
        named, old, new = named[::-1], new, old
    olds, news = (
        [r for r in order if name in ("", r) and (not row or row in ids[r])]
        for name, row in zip(named, (old, new), strict=True)
    )
    if not new:
        olds = olds[-1:]
    if not old:
        news = news[:1]
    pairs = [(a, b) for a in olds for b in news if order.index(a) < order.index(b)]
    if not new:
        pairs = pairs[:1]
    if not old:
        pairs = pairs[-1:]
    return [(pair, Decision(old, new, reason)) for pair in pairs]
