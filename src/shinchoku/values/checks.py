"""Wide rows of a report in; what their numbers contradict or surpass out, as problems."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shinchoku.fiscal import FiscalColumn
from shinchoku.language import Said, say
from shinchoku.problems import Problem, Severity
from shinchoku.records.checks import finding
from shinchoku.rows import RecordRow
from shinchoku.values.grammar import parse
from shinchoku.values.quantity import Quantity


@dataclass(frozen=True, slots=True)
class _Notes:
    """The notes of each plan's rows, and those under the tables of each page."""

    plans: Mapping[object, Sequence[str]]
    pages: Mapping[int, Sequence[str]]


def check(rows: Iterable[RecordRow], foot: Iterable[tuple[int, str]] = ()) -> list[Problem]:
    """Findings that only numbers allow, in the order of the rows: all measures and indicators of one
    report; `foot` are the notes outside its tables, each with its page.

    total_mismatch: 計 of a result is not 計 of the year before plus the year's own number; info where a
    note explains it, the row's own or one under its table by speaking of the same unit, another of the same
    plan by giving that very total; else a warning. beyond_target (info): a result passes its target.
    unit_differs (info): target and result count the same in different units. doubtful_number: figures that
    may be one number or several, or that nothing else stands by and that are read as none."""
    listed = list(rows)
    plans, pages = defaultdict[object, list[str]](list), defaultdict[int, list[str]](list)
    for row in listed:
        if row.note:
            plans[row.plan_no].append(row.note)
    for page, note in foot:
        pages[page].append(note)
    return [problem for row in listed for problem in _check_row(row, _Notes(plans, pages))]


def _check_row(row: RecordRow, notes: _Notes) -> Iterator[Problem]:
    cells = {
        column: (text, [q for q in parse(text).quantities if _plain(q)])
        for column, text in row.fiscal.items()
        if text
    }
    for column, (text, stated) in cells.items():
        for figures in parse(text).doubtful:
            message = say(
                "{figures} may be one number or several, or none, and is no value; compare the printed page",
                figures=figures,
            )
            yield _problem(row, column, Severity.WARNING, "doubtful_number", text, message)
        if column.role != "actual" or column.year is None:
            continue
        before = cells.get(FiscalColumn(column.year - 1, "baseline")) or cells.get(
            FiscalColumn(column.year - 1, "actual")
        )
        if before:
            yield from _totals(row, column, text, stated, before[1], notes)
        for other, (_, wanted) in cells.items():
            if other.role == "target" and other >= FiscalColumn(column.year, "target"):
                yield from _against_target(row, column, text, stated, other, wanted)


def _plain(q: Quantity) -> bool:
    """Whether the number is one amount that can be added and compared."""
    return q.high is None and q.of is None and not q.per and not q.approx and not q.bound


def _only(quantities: Iterable[Quantity]) -> Quantity | None:
    """The one quantity there is; None where there are none or several, which say nothing about each
    other."""
    found = list(quantities)
    return found[0] if len(found) == 1 else None


def _totals(
    row: RecordRow,
    column: FiscalColumn,
    text: str,
    stated: list[Quantity],
    before: list[Quantity],
    notes: _Notes,
) -> Iterator[Problem]:
    for total in (q for q in stated if q.cumulative):
        same = [q for q in stated if (q.label, q.unit, q.annual) == (total.label, total.unit, total.annual)]
        added = _only(q for q in same if not q.cumulative)
        alike = [q for q in before if (q.label, q.unit, q.annual) == (total.label, total.unit, total.annual)]
        last = _only(q for q in alike if q.cumulative) or _only(alike)
        if (
            not added
            or not last
            or last.increase
            or len(same) != 2
            or last.value + added.value == total.value
        ):
            continue
        note = _explanation(row, total, notes)
        message = say(
            "計{total} is not {last} of the year before + {added}; {advice}",
            total=_amount(total),
            last=_amount(last),
            added=_amount(added),
            advice=say("a note speaks of it: {note}", note=note)
            if note
            else say("no note explains it; compare the printed page"),
        )
        severity = Severity.INFO if note else Severity.WARNING
        yield _problem(row, column, severity, "total_mismatch", text, message)


def _explanation(row: RecordRow, total: Quantity, notes: _Notes) -> str:
    """The note that speaks of what a total counts, "" if there is none."""
    own = row.note
    if _speaks_of(own, total):
        return own
    for note in notes.plans.get(row.plan_no, ()):
        if any((q.value, q.unit) == (total.value, total.unit) for q in parse(note).quantities):
            return note
    under = (note for page in range(row.page, row.page_last + 1) for note in notes.pages.get(page, ()))
    return next((note for note in under if _speaks_of(note, total)), "")


def _speaks_of(note: str, total: Quantity) -> bool:
    return any(q.unit == total.unit for q in parse(note).quantities)


def _against_target(
    row: RecordRow,
    column: FiscalColumn,
    text: str,
    stated: list[Quantity],
    other: FiscalColumn,
    wanted: list[Quantity],
) -> Iterator[Problem]:
    for target in wanted:
        if _only(q for q in wanted if q.label == target.label) is None:
            continue
        same_label = [q for q in stated if q.label == target.label]
        same = [q for q in same_label if q.unit == target.unit]
        result = _only(q for q in same if q.cumulative) or _only(same)
        if same_label and not same:
            printed = "、".join(map(_amount, same_label))
            message = say(
                "{printed} and {name}: {target} are in different units; they are not compared",
                printed=printed,
                name=other.name,
                target=_amount(target),
            )
            yield _problem(row, column, Severity.INFO, "unit_differs", text, message)
        elif result and _comparable(result, target) and result.value > target.value:
            message = say(
                "{result} is beyond {name}: {target}",
                result=_amount(result),
                name=other.name,
                target=_amount(target),
            )
            yield _problem(row, column, Severity.INFO, "beyond_target", text, message)


def _comparable(result: Quantity, target: Quantity) -> bool:
    return (result.annual, result.total, result.increase) == (target.annual, target.total, target.increase)


def _amount(q: Quantity) -> str:
    return f"{q.value:,.15g}{q.unit}"


def _problem(
    row: RecordRow, column: FiscalColumn, severity: Severity, code: str, printed: str, message: Said
) -> Problem:
    said = say("{name}: {column}: {message}", name=row.name, column=column.name, message=message)
    return finding(row, severity, code, said, printed, column.name)
