"""What was made of each report in; what is said of it, its errors and the closing table out."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shinchoku.cli.told.answer import Answer, ReportAnswer
from shinchoku.cli.told.left import LeftOut, problems_of
from shinchoku.cli.told.manner import note
from shinchoku.cli.told.said import INTERRUPTED, where_said
from shinchoku.dataset.publish import PACKAGE
from shinchoku.dataset.schema import DATASET_TABLES
from shinchoku.language import Said, joined, say, tell
from shinchoku.problems import Problem, Severity, count_by_severity
from shinchoku.rows import columns
from shinchoku.text import aligned

if TYPE_CHECKING:
    from shinchoku.rows import Report

MOST_NAMED = 20
"""So many errors of a report are named on stderr; the rest are counted, and are in the log."""


@dataclass(frozen=True, slots=True)
class Done:
    """One line of the closing summary; `seconds` is the processor time that all processes together spent on
    the report in this run."""

    report_id: str
    pages: int
    tables: int
    measures: int
    indicators: int
    goals: int
    problems: tuple[Problem, ...]
    seconds: float
    reviewed: int = 0


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
        len(report.reviewed),
    )


def extracted(out: Path, done: Sequence[Done], left_out: LeftOut, stopped: bool) -> Answer:
    """What a run answers after which the reports `done` stand in the folder `out`; the PDFs `left_out` have
    none, and their problems no report id."""
    found = [(line.report_id, problem) for line in done for problem in line.problems]
    found += [("", problem) for problem in problems_of(left_out)]
    errors = [
        {"report_id": report_id, **columns(problem)}
        for report_id, problem in found
        if problem.severity is Severity.ERROR
    ]
    names = (*(f"{name}.{kind}" for name in DATASET_TABLES for kind in ("parquet", "csv")), PACKAGE)
    said = say("Stopped. What was in {out} before is whole; reports finished so far are new.", out=out)
    return Answer(
        "extract",
        INTERRUPTED if stopped else 1 if errors else 0,
        reports=[_answer_of(line, out) for line in done],
        tables={"problems": errors},
        files=[str(out / name) for name in names],
        error=said.en if stopped else "",
        error_ja=said.ja if stopped else "",
    )


def _answer_of(done: Done, out: Path) -> ReportAnswer:
    """The line for programs, the report's files in the folder `out`."""
    counts = count_by_severity(done.problems)
    return ReportAnswer(
        report_id=done.report_id,
        folder=str(out / done.report_id),
        pages=done.pages,
        tables=done.tables,
        measures=done.measures,
        indicators=done.indicators,
        goals=done.goals,
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        infos=counts[Severity.INFO],
        reviewed=done.reviewed,
        seconds=round(done.seconds, 3) or None,
    )


def note_done(done: Done) -> None:
    """The line of a report that is written, for who follows a run that nobody watches."""
    counts = count_by_severity(done.problems)
    note(
        say(
            "{report_id}: {pages} pages, {measures} measures, {indicators} indicators, {goals} goals; "
            "{errors} errors, {warnings} warnings; {seconds:.1f} s",
            report_id=done.report_id,
            pages=done.pages,
            measures=done.measures,
            indicators=done.indicators,
            goals=done.goals,
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            seconds=done.seconds,
        )
    )


def name_problems(done: Done) -> None:
    """Each error of a report on a line: report, page and cell, what is printed there, what to do; warnings
    in the same way for who wants to know more."""
    errors = [p for p in done.problems if p.severity is Severity.ERROR]
    more = [*errors[MOST_NAMED:], *(p for p in done.problems if p.severity is Severity.WARNING)]
    for problem in errors[:MOST_NAMED]:
        note(_describe(done.report_id, problem), logging.ERROR)
    if len(errors) > MOST_NAMED:
        count = len(errors) - MOST_NAMED
        said = say(
            "{report_id}: {count} more errors; see its problems.csv", report_id=done.report_id, count=count
        )
        note(said, logging.ERROR)
    for problem in more:
        note(_describe(done.report_id, problem), logging.DEBUG)


def _describe(report_id: str, problem: Problem) -> Said:
    """A problem on one line: report, where, code, what is printed there, what it means."""
    where = where_said(problem.page, problem.table, problem.row, problem.col)
    quoted = f" {' '.join(problem.printed.split())[:60]!r}" if problem.printed else ""
    code = Said(f"{problem.code}:{quoted}", f"{problem.code}:{quoted}")
    told = joined(" ", (code, problem.said))
    named = Said(report_id, report_id)
    return joined(": ", (named, where, told) if where.en else (named, told))


def summary(done: list[Done]) -> None:
    """A table of what was made, a line a report."""
    heads = (
        *(say("report"), say("pages"), say("tables"), say("measures"), say("indicators"), say("goals")),
        *(say("errors"), say("warnings"), say("infos"), say("seconds")),
    )
    rows = []
    for d in done:
        counts = count_by_severity(d.problems)
        numbers = (d.pages, d.tables, d.measures, d.indicators, d.goals, *counts.values())
        rows.append((d.report_id, *map(str, numbers), f"{d.seconds:.1f}"))
    click.echo(aligned([[tell(head) for head in heads], *rows]))
