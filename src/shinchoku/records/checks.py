"""What a report says twice in, problems where it does not agree with itself out."""

from collections.abc import Iterable, Iterator, Sequence

from shinchoku.language import Said, say
from shinchoku.problems import Problem, Severity
from shinchoku.rows import IndicatorRow, MarkRow, MeasureRow, RecordRow
from shinchoku.text import halve_digits, squeeze

MARKS = ("A+", "A", "B", "C", "*", "-")
"""The marks of an action plan whose legend could not be read."""
_NONE = ("", "-", "ー", "―")
"""What stands where there is no mark."""


def check_records(
    measures: Sequence[MeasureRow], indicators: Sequence[IndicatorRow], marks: Iterable[MarkRow]
) -> list[Problem]:
    """The findings about the rows of `measures` and `indicators`; `marks` are those that the report's legend
    explains."""
    explained = {_folded(row.mark) for row in marks}
    return [
        *_plan_gaps(measures, "measures"),
        *_plan_gaps(indicators, "indicators"),
        *_unknown_marks([*measures, *indicators], explained),
        *_unlike_originals(measures),
        *_nameless(measures),
    ]


def _plan_gaps(rows: Sequence[RecordRow], name: str) -> Iterator[Problem]:
    """Plan numbers begin at 1, go up by one and are each seen."""
    seen: list[int] = []
    planned = any(row.plan_no is not None for row in rows)
    for row in rows if planned else ():
        plan = row.plan_no
        if plan is None:
            message = say(
                "no plan heading stands over this row; look for 計画N above its table and add its wording "
                "to layouts/banners.toml"
            )
            yield finding(row, Severity.WARNING, "no_plan", message, row.name)
        elif plan not in seen:
            if seen and plan != max(seen) + 1:
                message = say(
                    "plan {plan} follows plan {before} in {name}: a plan is missing or out of order; look at "
                    "the pages between them",
                    plan=plan,
                    before=seen[-1],
                    name=name,
                )
                yield finding(row, Severity.WARNING, "plan_gap", message, row.plan_title)
            seen.append(plan)


def _unknown_marks(rows: Sequence[RecordRow], explained: set[str]) -> Iterator[Problem]:
    """Marks that the legend does not explain, or, where none was read and most marks are the usual ones, that
    are not among these."""
    marks = [_folded(row.progress) for row in rows if _folded(row.progress) not in _NONE]
    usual = 2 * sum(mark in MARKS for mark in marks) > len(marks)
    known = explained or (set(MARKS) if usual else set(marks))
    for row in rows:
        if _folded(row.progress) not in (*_NONE, *known):
            listed = " ".join(sorted(known))
            message = say(
                "this mark is not among those the report explains ({listed}); look at the page", listed=listed
            )
            yield finding(row, Severity.WARNING, "unknown_mark", message, row.progress, "progress")


def _folded(mark: str) -> str:
    """A mark as marks are compared: the two round signs are one."""
    return halve_digits(mark).strip().replace("〇", "○").replace("✕", "×")


def _unlike_originals(rows: Sequence[MeasureRow]) -> Iterator[Problem]:
    """A row marked 再掲 repeats what its original says."""
    originals: dict[tuple[str, str], list[MeasureRow]] = {}
    for row in rows:
        if not row.is_repost:
            place = f"{row.plan_no}-{row.initiative_no}"
            originals.setdefault((place, squeeze(row.measure)), []).append(row)
    for row in rows:
        if not row.repost_of:
            continue
        found = originals.get((row.repost_of, squeeze(row.measure)), [])
        if not found:
            message = say(
                "no row of this name was found under {repost_of}, which the repost mark names; compare "
                "the two by eye",
                repost_of=row.repost_of,
            )
            yield finding(row, Severity.INFO, "repost_without_original", message, row.measure)
            continue
        unlike = [
            c for c, text in row.fiscal.items() if all(squeeze(f.fiscal[c]) != squeeze(text) for f in found)
        ]
        if unlike:
            message = say(
                "{listed} differ from the original under {repost_of} (page {page}); both are kept as printed",
                listed=", ".join(c.name for c in unlike),
                repost_of=row.repost_of,
                page=found[0].page,
            )
            printed = row.fiscal[unlike[0]]
            yield finding(row, Severity.INFO, "repost_differs", message, printed, unlike[0].name)


def _nameless(rows: Sequence[MeasureRow]) -> Iterator[Problem]:
    for row in rows:
        if not row.measure_text:
            message = say("the cell that names this measure is empty on the page; see what stands left of it")
            yield finding(row, Severity.INFO, "no_name", message, row.group)


def finding(
    row: RecordRow, severity: Severity, code: str, said: Said, printed: str, column: str = ""
) -> Problem:
    """A problem of a column of a measure or an indicator; of the one that names it where none is given."""
    return Problem(
        severity,
        code,
        said,
        page=row.page,
        table=row.table,
        printed=printed,
        row_kind=row.kind,
        row_id=row.row_id,
        column=column or row.kind,
    )


def no_known_layout(tables: int, blocks: int) -> Problem:
    """The finding that a report of so many tables and blocks gave no record at all, with what to do next."""
    if tables:
        said = say("no layout knows a table of this report")
        then = say(
            "if it reports on a plan, `shinchoku layout` shows which headings are not known, and what to add"
        )
    elif blocks:
        said = say("no table was found in this report")
        then = say("look at a page with `shinchoku draw`: rows without rules or white between are no table")
    else:
        said = say("no text stands on the pages of this report")
        then = say("look at the PDF: its pages are empty or hold pictures alone")
    message = say(
        "{said} ({tables} tables, {blocks} blocks are kept in cells and blocks); {then}; if it is no report, "
        'say kind = "other" in sources.toml',
        said=said,
        tables=tables,
        blocks=blocks,
        then=then,
    )
    return Problem(Severity.ERROR, "no_known_layout", message)
