"""`shinchoku show`: what was extracted of a report, as a table on the terminal."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from shinchoku.cli.told.answer import Answer, ReportAnswer
from shinchoku.cli.told.folders import data_option, report_argument
from shinchoku.cli.told.manner import Manner, unattended
from shinchoku.cli.told.said import put
from shinchoku.cli.told.summary import how_wrong
from shinchoku.language import joined, say, tell
from shinchoku.problems import Severity

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]


@click.command(name="show")
@report_argument("report", required=False)
@click.option("--plan", type=int, help="Only the rows of this plan (戦略計画 or 計画 number).")
@click.option("--problems", is_flag=True, help="The problems instead of the rows.")
@click.option(
    "--severity",
    type=click.Choice([str(severity) for severity in Severity]),
    help="The problems of this severity alone.",
)
@click.option("--row", default="", help="All of one row (its row_id): columns, cells, quantities, problems.")
@click.option("--series", default="", metavar="NAME", help="The rows of this name over the years.")
@data_option()
@unattended
def command(
    report: str | None,
    plan: int | None,
    problems: bool,
    severity: str | None,
    row: str,
    series: str,
    data: Path,
    manner: Manner,
) -> Answer:
    """Print the measures, indicators and goals of REPORT, or its problems, worst first, as tables; or, with
    --series, what all reports say of a measure or an indicator over the years (after `shinchoku history`).

    \b
    Examples:
      shinchoku show fy2019_progress --plan 5
      shinchoku show fy2022_kpi_revision --problems
      shinchoku show fy2019_progress --plan 5 --severity warning
      shinchoku show fy2019_progress --row 1/1/子育てのひろば計27か所
      shinchoku show fy2019_progress | less -S
      shinchoku show --series 認可保育所
      shinchoku show fy2019_progress --problems --format json
    """
    if bool(report) == bool(series) or (series and (problems or row or severity)):
        raise click.UsageError(tell(say("name a report, or rows over the years with --series")))
    if report is None:
        return _series(series, plan, data, manner)
    if row:
        return _row(report, row, data, manner)
    every = [str(each) for each in Severity] if problems else []
    return _report(report, plan, data, [severity] if severity else every, manner)


def _report(report: str, plan: int | None, data: Path, severities: Sequence[str], manner: Manner) -> Answer:
    """The rows of a report, those of a plan alone where it is given; its problems where severities are."""
    from shinchoku.dataset.output.whole import check_whole
    from shinchoku.dataset.publish import report_folder

    folder = report_folder(data, report)
    check_whole(data, [report])
    problems = _rows(folder, "problems")
    tables = _problems(folder, problems, plan, severities) if severities else _records(folder, plan)
    answer = Answer("show", 0, reports=[_counted(folder, report, problems)], tables=tables)
    if manner.form == "text":
        if not manner.quiet:
            click.echo(_summary(answer.reports[0], _outdated(problems)))
        _print(report, plan, tables)
    return answer


def _print(report: str, plan: int | None, tables: Tables) -> None:
    from shinchoku.cli.told.tables import console, shown

    screen = console()
    for name, rows in tables.items():
        if rows:
            screen.print(shown(name, rows))
    if not any(tables.values()):
        nothing = say("{name}: nothing to show", name=report)
        if plan is not None:
            nothing = say("{name}: nothing to show of plan {plan}", name=report, plan=plan)
        put(nothing)


def _counted(folder: Path, report: str, problems: Rows) -> ReportAnswer:
    """How much there is of a report, and how much is wrong with it."""
    from shinchoku.dataset.tables.files import read_arrow, read_meta, row_count

    meta = read_meta(folder / "problems.parquet")
    counts = Counter(row["severity"] for row in problems)
    cells = read_arrow(folder / "cells.parquet").select(["page", "table"])
    rows = {name: row_count(folder / f"{name}.parquet") for name in ("measures", "indicators", "goals")}
    return ReportAnswer(
        report_id=report,
        folder=str(folder),
        pages=int(meta["pages"]),
        tables=len(cells.group_by(["page", "table"]).aggregate([])),
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        infos=counts[Severity.INFO],
        reviewed=len(json.loads(meta["reviewed"])),
        **rows,
    )


def _outdated(problems: Rows) -> int:
    """How many pages are read otherwise since somebody signed them."""
    return sum(row["code"] == "review_outdated" for row in problems)


def _summary(report: ReportAnswer, outdated: int) -> str:
    """How many problems of each severity a report has, and how many of its pages somebody signed."""
    said = [
        how_wrong(report),
        say("{done} of {pages} pages reviewed", done=report.reviewed, pages=report.pages),
    ]
    if outdated:
        said.append(say("{count} read otherwise since", count=outdated))
    return tell(joined("; ", said))


def _series(name: str, plan: int | None, data: Path, manner: Manner) -> Answer:
    """The series of that name, those of a plan alone where it is given."""
    from shinchoku.cli.told.series import print_series
    from shinchoku.history.wide import named, rows_of

    found = [one for one in named(data, name) if plan is None or one.plan_no == plan]
    if manner.form == "text":
        print_series(found)
        if not found:
            put(say("{name}: nothing to show of plan {plan}", name=name, plan=plan))
    return Answer("show", 0, tables=rows_of(data, [one.series_id for one in found]))


def _row(report: str, row_id: str, data: Path, manner: Manner) -> Answer:
    """Each row of that id, with its cells, quantities and problems."""
    from shinchoku.cli.told.row import print_row, row_tables
    from shinchoku.review.lookup import find_rows

    found = find_rows(data, report, row_id)
    for each in found if manner.form == "text" else ():
        print_row(each)
    folder = data / report
    reports = [_counted(folder, report, _rows(folder, "problems"))]
    return Answer("show", 0, reports=reports, tables=row_tables(report, found))


def _rows(folder: Path, name: str) -> Rows:
    from shinchoku.dataset.tables.files import read_rows

    return read_rows(folder / f"{name}.parquet")


def _records(folder: Path, plan: int | None) -> Tables:
    """Measures, indicators and goals; those of a plan, which has no goals, where it is given."""
    tables = {name: _rows(folder, name) for name in ("measures", "indicators")}
    if plan is None:
        return {**tables, "goals": _rows(folder, "goals")}
    return {name: [row for row in rows if row["plan_no"] == plan] for name, rows in tables.items()}


def _problems(folder: Path, problems: Rows, plan: int | None, severities: Sequence[str]) -> Tables:
    """Those of the `problems` that have these severities, worst first; of a plan those about its rows and
    their tables."""
    rows = [row for row in problems if row["severity"] in severities]
    if plan is not None:
        own = [row for records in _records(folder, plan).values() for row in records]
        ids, tables = {r["row_id"] for r in own}, {(r["page"], r["table"]) for r in own}
        rows = [r for r in rows if (r["row_id"] in ids if r["row_id"] else (r["page"], r["table"]) in tables)]
    rows.sort(key=lambda row: list(Severity).index(Severity(row["severity"])))
    return {"problems": rows}
