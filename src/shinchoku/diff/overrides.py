"""The file renames.csv in; what people have decided about pairs of rows out.

Its columns are `old_row_id, new_row_id, reason`; an empty id says that the other row has no partner. Where
a file serves several comparisons, the columns `old_report, new_report` tell for which pair of reports a
line is meant; a line for the same two reports the other way round is turned.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from shinchoku.diff.pairing.pairs import Decision
from shinchoku.diff.rows import DiffError, Report
from shinchoku.language import Said, joined, say
from shinchoku.people.lists import lines_in

NEEDED = ("old_row_id", "new_row_id", "reason")
OPTIONAL = ("old_report", "new_report", "row_kind")


def read_decisions(path: Path, old: Report, new: Report) -> dict[str, list[Decision]]:
    """The lines of `path` that are meant for these two reports, for each kind of row.

    Raises DiffError, naming the line, where a row id is in neither kind of rows of its report or a row is
    decided twice, PeopleError where the file cannot be read.
    """
    decided: dict[str, list[Decision]] = {kind: [] for kind in old.sides}
    ids = {
        kind: ({r.row_id for r in old.sides[kind].rows}, {r.row_id for r in new.sides[kind].rows})
        for kind in old.sides
    }
    for number, line in read_lines(path):
        turned = (line["old_report"], line["new_report"]) == (new.report_id, old.report_id)
        if not turned and not _meant(line["old_report"], old) & _meant(line["new_report"], new):
            continue
        names = (
            (line["new_row_id"], line["old_row_id"]) if turned else (line["old_row_id"], line["new_row_id"])
        )
        kinds = [kind for kind in ids if line["row_kind"] in ("", kind) and _found(names, ids[kind])]
        if not kinds:
            raise DiffError(_unmatched(path, number, names, old, new, ids))
        for kind in kinds:
            decided[kind].append(Decision(*names, line["reason"]))
    for kind, decisions in decided.items():
        check_once(path, kind, decisions)
    return decided


def _meant(name: str, report: Report) -> bool:
    return name in ("", report.report_id)


def _found(names: Sequence[str], ids: tuple[set[str], set[str]]) -> bool:
    return any(names) and all(not name or name in known for name, known in zip(names, ids, strict=True))


def read_lines(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The lines of the file with their numbers, every column of NEEDED and OPTIONAL in each, "" where it is
    empty. Raises PeopleError where the file cannot be read."""
    lines = lines_in(path, NEEDED, OPTIONAL)
    return [(number, {name: text.strip() for name, text in line.items()}) for number, line in lines]


def _unmatched(
    path: Path,
    number: int,
    names: Sequence[str],
    old: Report,
    new: Report,
    ids: Mapping[str, tuple[set[str], set[str]]],
) -> Said:
    said = []
    for name, report, at in zip(names, (old, new), (0, 1), strict=True):
        if name and not any(name in known[at] for known in ids.values()):
            said.append(say("{report_id} has no row {name!r}", report_id=report.report_id, name=name))
    return say(
        "{path}, line {number}: {problem}. Correct the line or take it out.",
        path=path,
        number=number,
        problem=joined("; ", said) if said else say("its two ids are empty or of rows of different kinds"),
    )


def check_once(path: Path, kind: str, decisions: Sequence[Decision]) -> None:
    """Raise DiffError where a row of either report is decided twice."""
    for which, names in (("old", [d.old for d in decisions]), ("new", [d.new for d in decisions])):
        twice = [name for name, times in Counter(filter(None, names)).items() if times > 1]
        if twice:
            raise DiffError.say(
                "{path}: the {which} {kind} {twice!r} stands in more than one line; keep one of them.",
                path=path,
                which=which,
                kind=kind,
                twice=twice[0],
            )
