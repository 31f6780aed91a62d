"""A comparison in; its summary for the terminal, in the language of the person, or as JSON, out."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from shinchoku.diff import Change, Diff
from shinchoku.diff.files import change_rows, pair_rows
from shinchoku.diff.rows import KINDS
from shinchoku.language import Said, language, say, tell
from shinchoku.report.labels import heading, number_text
from shinchoku.report.suggest import Suggestion, suggestions
from shinchoku.rows import columns
from shinchoku.text import aligned, display_width

STATUSES = ("matched", "renamed", "moved", "added", "removed")
CHANGES = ("restated", "progressed", "progress", "note", "wording")
AT_MOST = 12
"""How many findings of one sort are named in the terminal; the rest are counted."""

_NAME_WIDTH = 44


def summary(diff: Diff, files: Iterable[str]) -> str:
    """What a person should know first: counts, restated values, work that fell behind, pairs to confirm."""
    if diff.identical:
        same = say("{old} and {new} say the same.", old=diff.old.report_id, new=diff.new.report_id)
        return f"{tell(same)}\n{_written(files)}"
    parts = [
        f"{diff.old.report_id} → {diff.new.report_id}",
        _table(diff),
        _one_sided(diff),
        _findings(say("Restated (both print the year, and do not agree)"), _restated(diff)),
        _findings(say("Fell behind"), _behind(diff)),
        _findings(
            say("Pairs to confirm (lines for renames.csv)"), [_line(s) for s in suggestions(diff) if s.paired]
        ),
        _findings(
            say("Unpaired, but near (lines for renames.csv, if they are one)"),
            [_line(s) for s in suggestions(diff) if not s.paired],
        ),
        _written(files),
    ]
    return "\n\n".join(part for part in parts if part)


def as_json(diff: Diff, files: Iterable[str]) -> str:
    """All rows and fields as their tables have them, with counts before them; keys are always the same."""
    found = {
        "old": diff.old.report_id,
        "new": diff.new.report_id,
        "identical": diff.identical,
        "counts": {kind: _statuses(diff, kind) | _changes(diff, kind) for kind in KINDS},
        "to_confirm": [
            {
                "paired": each.paired,
                "row_kind": each.kind,
                "old_row_id": each.old_row_id,
                "new_row_id": each.new_row_id,
                "score": round(each.score, 4),
            }
            for each in suggestions(diff)
        ],
        "files": list(files),
        "rows": list(map(columns, pair_rows(diff))),
        "fields": list(map(columns, change_rows(diff))),
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _statuses(diff: Diff, kind: str) -> dict[str, int]:
    counted = Counter(pair.status for pair in diff.pairs if pair.row.kind == kind)
    return {status: counted[status] for status in STATUSES}


def _changes(diff: Diff, kind: str) -> dict[str, int]:
    counted = Counter(change.change for change in diff.changes if change.pair.row.kind == kind)
    return {change: counted[change] for change in CHANGES}


def _table(diff: Diff) -> str:
    lines = []
    for names, count in ((STATUSES, _statuses), (CHANGES, _changes)):
        rows = [[tell(_kind(kind)), *(str(n) for n in count(diff, kind).values())] for kind in KINDS]
        lines += [aligned([["", *map(_name, names)], *rows])]
    return "\n\n".join(lines)


def _kind(kind: str) -> Said:
    return {"measure": say("measures"), "indicator": say("indicators")}[kind]


def _name(name: str) -> str:
    """What a status or a change is called."""
    names = {
        "matched": say("matched"),
        "renamed": say("renamed"),
        "moved": say("moved"),
        "added": say("added"),
        "removed": say("removed"),
        "restated": say("restated"),
        "progressed": say("progressed"),
        "progress": say("progress"),
        "note": say("note"),
        "wording": say("wording"),
    }
    return tell(names[name])


def _one_sided(diff: Diff) -> str:
    """Which kinds of rows only one report has: all of them are unpaired, and that says little."""
    lines = []
    for kind in KINDS:
        before, after = diff.old.sides[kind], diff.new.sides[kind]
        if bool(before.rows) != bool(after.rows):
            there, missing = (before, after) if before.rows else (after, before)
            said = say(
                "{missing} has no {kind}: the {count} of {there} have no partner.",
                missing=missing.report_id,
                kind=_kind(kind),
                count=len(there.rows),
                there=there.report_id,
            )
            lines.append(tell(said))
    return "\n".join(lines)


def _restated(diff: Diff) -> list[str]:
    return [
        f"{_named(change)} {_column(change)}: "
        f"{_flat(change.old_text)} → {_flat(change.new_text)}{_delta(change)}"
        for change in diff.changes
        if change.change == "restated"
    ]


def _column(change: Change) -> str:
    return heading(change.pair.row.kind, change.column) if language() == "ja" else change.column


def _behind(diff: Diff) -> list[str]:
    return [
        f"{_named(change)} {change.old_text} → {change.new_text}"
        for change in diff.changes
        if diff.better(change) < 0
    ]


def _named(change: Change) -> str:
    row = change.pair.row
    number = row.place[0][0]
    return f"{number + ' ' if number else ''}{_cut(_flat(row.name), _NAME_WIDTH)}"


def _delta(change: Change) -> str:
    return f" ({number_text(change)})" if change.delta else ""


def _line(suggestion: Suggestion) -> str:
    old, new = _cut(_flat(suggestion.old_name), _NAME_WIDTH), _cut(_flat(suggestion.new_name), _NAME_WIDTH)
    score = tell(say("(score {score:.2f})", score=suggestion.score))
    return f"{old} → {new} {score}\n    {suggestion.line}"


def _findings(title: Said, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    rest = say("and {count} more: see index.html", count=len(lines) - AT_MOST)
    more = [tell(rest)] if len(lines) > AT_MOST else []
    head = tell(say("{title}: {count}", title=title, count=len(lines)))
    return "\n".join([head, *(f"  {line}" for line in (*lines[:AT_MOST], *more))])


def _flat(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str, width: int) -> str:
    """The text, cut to at most `width` terminal cells with … at its end."""
    if display_width(text) <= width:
        return text
    kept = ""
    for char in text:
        if display_width(kept + char) >= width:
            break
        kept += char
    return kept + "…"


def _written(files: Iterable[str]) -> str:
    return "\n".join(tell(say("wrote {file}", file=file)) for file in files)
