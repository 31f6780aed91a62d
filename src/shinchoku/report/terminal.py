"""A comparison in; its summary for the terminal, or as JSON, out."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from shinchoku.diff import Change, Diff
from shinchoku.diff.files import change_rows, pair_rows
from shinchoku.diff.rows import KINDS
from shinchoku.report.labels import number_text
from shinchoku.report.suggest import Suggestion, suggestions
from shinchoku.rows import columns
from shinchoku.text import display_width

STATUSES = ("matched", "renamed", "moved", "added", "removed")
CHANGES = ("restated", "progressed", "progress", "note", "wording")
AT_MOST = 12
"""How many findings of one sort are named in the terminal; the rest are counted."""

_NAME_WIDTH = 44


def summary(diff: Diff, files: Iterable[str]) -> str:
    """What a person should know first: counts, restated values, work that fell behind, pairs to confirm."""
    if diff.identical:
        return f"{diff.old.report_id} and {diff.new.report_id} say the same.\n" + _written(files)
    parts = [
        f"{diff.old.report_id} → {diff.new.report_id}",
        _table(diff),
        _one_sided(diff),
        _findings("Restated (both print the year, and do not agree)", _restated(diff)),
        _findings("Fell behind", _behind(diff)),
        _findings(
            "Pairs to confirm (lines for renames.csv)", [_line(s) for s in suggestions(diff) if s.paired]
        ),
        _findings(
            "Unpaired, but near (lines for renames.csv, if they are one)",
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
        rows = [[f"{kind}s", *(str(n) for n in count(diff, kind).values())] for kind in KINDS]
        lines += [_aligned([["", *names], *rows])]
    return "\n\n".join(lines)


def _one_sided(diff: Diff) -> str:
    """Which kinds of rows only one report has: all of them are unpaired, and that says little."""
    lines = []
    for kind in KINDS:
        before, after = diff.old.sides[kind], diff.new.sides[kind]
        if bool(before.rows) != bool(after.rows):
            there, missing = (before, after) if before.rows else (after, before)
            named = f"the {len(there.rows)} of {there.report_id} have no partner."
            lines.append(f"{missing.report_id} has no {kind}s: {named}")
    return "\n".join(lines)


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(display_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        f"{row[0].ljust(widths[0])}"
        + "".join(f"  {cell.rjust(widths[at])}" for at, cell in enumerate(row[1:], 1))
        for row in rows
    )


def _restated(diff: Diff) -> list[str]:
    return [
        f"{_named(change)} {change.column}: "
        f"{_flat(change.old_text)} → {_flat(change.new_text)}{_delta(change)}"
        for change in diff.changes
        if change.change == "restated"
    ]


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
    return f"{old} → {new} (score {suggestion.score:.2f})\n    {suggestion.line}"


def _findings(title: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    more = [f"and {len(lines) - AT_MOST} more: see index.html"] if len(lines) > AT_MOST else []
    return "\n".join([f"{title}: {len(lines)}", *(f"  {line}" for line in (*lines[:AT_MOST], *more))])


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
    return "\n".join(f"wrote {file}" for file in files)
