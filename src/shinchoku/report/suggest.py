"""A comparison in; lines that a person may want in renames.csv out."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from shinchoku.diff import Diff


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A pair to confirm (`paired`), or two unpaired rows that might be one; `line` is what to put in
    renames.csv to settle that they are."""

    paired: bool
    kind: str
    old_row_id: str
    new_row_id: str
    old_name: str
    new_name: str
    score: float
    line: str


def suggestions(diff: Diff) -> list[Suggestion]:
    """Doubtful pairs first, then near misses, each the least sure first."""
    found: list[Suggestion] = []
    names = {(pair.row.kind, pair.new.row_id): pair.new.name for pair in diff.pairs if pair.new}
    for pair in diff.pairs:
        if pair.why is None or not pair.old:
            continue
        kind, old = pair.row.kind, pair.old
        if pair.new and pair.doubtful:
            new_id, new_name = pair.new.row_id, pair.new.name
        elif not pair.new and pair.near:
            new_id, new_name = pair.near, names[kind, pair.near]
        else:
            continue
        line = csv_line([old.row_id, new_id, "confirmed"])
        found.append(
            Suggestion(
                pair.new is not None, kind, old.row_id, new_id, old.name, new_name, pair.why.score, line
            )
        )
    return sorted(found, key=lambda each: (not each.paired, each.score, each.kind, each.old_row_id))


def csv_line(fields: Iterable[str]) -> str:
    """One line of CSV, quoted where needed, without its end."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(fields)
    return text.getvalue()
