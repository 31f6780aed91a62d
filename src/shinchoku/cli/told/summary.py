"""What was made of each report in; what is said of it, its errors and the closing table out."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from shinchoku.cli.told.answer import Answer, ReportAnswer
from shinchoku.cli.told.left import LeftOut, problems_of
from shinchoku.cli.told.manner import note
from shinchoku.cli.told.said import INTERRUPTED, where_said
from shinchoku.cli.unchanged import Done
from shinchoku.dataset import DATASET_TABLES
from shinchoku.dataset.publish import PACKAGE
from shinchoku.language import Said, counted, joined, say, tell
from shinchoku.problems import Problem, Severity
from shinchoku.rows import columns, how_many, place_of
from shinchoku.text import aligned

MOST_NAMED = 20
"""So many errors of a report are named on stderr; the rest are counted, and are in the log."""


def extracted(out: Path, done: Sequence[Done], left_out: LeftOut, stopped: bool) -> Answer:
    """What a run answers after which the reports `done` stand in the folder `out`; the PDFs `left_out` have
    none, and their problems no report id."""
    found = [(each.line.report_id, problem) for each in done for problem in each.problems]
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
        reports=[replace(each.line, folder=str(out / each.line.report_id)) for each in done],
        tables={"problems": errors},
        files=[str(out / name) for name in names],
        error=said.en if stopped else "",
        error_ja=said.ja if stopped else "",
    )


def note_done(line: ReportAnswer) -> None:
    """The line of a report that is written, for who follows a run that nobody watches."""
    note(
        say(
            "{report_id}: {made}; {wrong}; {seconds:.1f} s",
            report_id=line.report_id,
            made=how_many(line.pages, line.measures, line.indicators, line.goals),
            wrong=how_wrong(line),
            seconds=line.seconds or 0.0,
        )
    )


def how_wrong(line: ReportAnswer) -> Said:
    """How many problems of each severity a report has."""
    parts = (
        counted("{n} error", "{n} errors", line.errors),
        counted("{n} warning", "{n} warnings", line.warnings),
        counted("{n} info", "{n} infos", line.infos),
    )
    return joined(", ", parts)


def name_problems(done: Done) -> None:
    """Each error of a report on a line: report, page and cell, what is printed there, what to do; warnings
    in the same way for who wants to know more."""
    errors = [p for p in done.problems if p.severity is Severity.ERROR]
    more = [*errors[MOST_NAMED:], *(p for p in done.problems if p.severity is Severity.WARNING)]
    for problem in errors[:MOST_NAMED]:
        note(_describe(done.line.report_id, problem), logging.ERROR)
    if len(errors) > MOST_NAMED:
        rest = counted("{n} more error", "{n} more errors", len(errors) - MOST_NAMED)
        said = say("{report_id}: {rest}; see its problems.csv", report_id=done.line.report_id, rest=rest)
        note(said, logging.ERROR)
    for problem in more:
        note(_describe(done.line.report_id, problem), logging.DEBUG)


def _describe(report_id: str, problem: Problem) -> Said:
    """A problem on one line: report, where, code, what is printed there, what it means."""
    where = where_said(*place_of(problem))
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
    for line in (each.line for each in done):
        numbers = (line.pages, line.tables, line.measures, line.indicators, line.goals)
        wrong = (line.errors, line.warnings, line.infos)
        rows.append((line.report_id, *map(str, (*numbers, *wrong)), f"{line.seconds or 0:.1f}"))
    click.echo(aligned([[tell(head) for head in heads], *rows]))
