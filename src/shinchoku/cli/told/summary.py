"""What was made of each report in; its errors on stderr and the closing table on stdout out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from shinchoku.language import say, tell
from shinchoku.problems import Problem, Severity, count_by_severity
from shinchoku.text import display_width

if TYPE_CHECKING:
    from shinchoku.rows import Report

MOST_NAMED = 20
"""So many errors of a report are named on stderr; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Done:
    """One line of the closing summary; `seconds` from the start of the run until the report was written."""

    report_id: str
    pages: int
    tables: int
    measures: int
    indicators: int
    goals: int
    problems: tuple[Problem, ...]
    seconds: float


def line_of(report: "Report", pages: int, seconds: float) -> Done:
    """The line of a report whose PDF has so many pages."""
    return Done(
        report.report_id,
        pages,
        len({(cell.page, cell.table) for cell in report.cells}),
        len(report.measures),
        len(report.indicators),
        len(report.goals),
        report.problems,
        seconds,
    )


def name_errors(done: Done) -> None:
    """Each error of a report on a line of stderr: report, page and cell, what is printed there, what to
    do."""
    errors = [p for p in done.problems if p.severity is Severity.ERROR]
    for problem in errors[:MOST_NAMED]:
        click.echo(f"{done.report_id}: {_describe(problem)}", err=True)
    if len(errors) > MOST_NAMED:
        click.echo(
            tell(
                say(
                    "{report_id}: {count} more errors; see its problems.csv",
                    report_id=done.report_id,
                    count=len(errors) - MOST_NAMED,
                )
            ),
            err=True,
        )


def _describe(problem: Problem) -> str:
    """A problem on one line: where, code, what is printed there, what it means."""
    places = (
        (say("page {n}", n=problem.page), problem.page),
        (say("table {n}", n=problem.table), problem.table),
        (say("row {n}", n=problem.row), problem.row),
        (say("column {n}", n=problem.col), problem.col),
    )
    where = ", ".join(tell(said) for said, value in places if value is not None)
    printed = f" {' '.join(problem.printed.split())[:60]!r}" if problem.printed else ""
    message = " ".join(tell(problem.said).split())
    return f"{where + ': ' if where else ''}{problem.code}:{printed} {message}"


def summary(done: list[Done]) -> None:
    """A table of what was made, a line a report."""
    heads = [
        tell(said)
        for said in (
            say("report"),
            say("pages"),
            say("tables"),
            say("measures"),
            say("indicators"),
            say("goals"),
            say("errors"),
            say("warnings"),
            say("infos"),
            say("seconds"),
        )
    ]
    rows = []
    for d in done:
        counts = count_by_severity(d.problems)
        numbers = (d.pages, d.tables, d.measures, d.indicators, d.goals, *counts.values())
        rows.append((d.report_id, *map(str, numbers), f"{d.seconds:.1f}"))
    aligned([heads, *rows])


def aligned(rows: Sequence[Sequence[str]]) -> None:
    """Print rows of equally many texts in columns, the first to the left, all others to the right."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        gaps = [" " * (width - display_width(text)) for text, width in zip(row, widths, strict=True)]
        cells = (gap + text for gap, text in zip(gaps[1:], row[1:], strict=True))
        click.echo("  ".join((row[0] + gaps[0], *cells)).rstrip())
