"""`shinchoku show`: what was extracted of a report, as a table on the terminal."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shinchoku.language import joined, language, say, tell
from shinchoku.problems import Severity, ShinchokuError
from shinchoku.text import escaped

if TYPE_CHECKING:
    from rich.table import Table

WIDTH = 160
"""Columns of the output where it is piped."""
SEVERITY_STYLE = {"error": "bold red", "warning": "yellow", "info": "dim"}


@click.command(name="show")
@click.argument("report", required=False)
@click.option("--plan", type=int, help="Only the rows of this plan (戦略計画 or 計画 number).")
@click.option("--problems", is_flag=True, help="The problems instead of the rows.")
@click.option(
    "--severity",
    type=click.Choice([str(severity) for severity in Severity]),
    help="The problems of this severity alone.",
)
@click.option("--row", default="", help="All of one row (its row_id): columns, cells, quantities, problems.")
@click.option("--series", default="", metavar="NAME", help="The rows of this name over the years.")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("normalized"),
    show_default=True,
    help="Folder that `shinchoku extract` wrote.",
)
def command(
    report: str | None,
    plan: int | None,
    problems: bool,
    severity: str | None,
    row: str,
    series: str,
    data: Path,
) -> None:
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
    """
    from shinchoku.cli.told.series import show_series

    if bool(report) == bool(series) or (series and (problems or row or severity)):
        raise click.UsageError(tell(say("name a report, or rows over the years with --series")))
    try:
        if report is None:
            show_series(series, plan, data, WIDTH)
        elif row:
            _show_row(report, row, data)
        else:
            _show(
                report, plan, data, Severity if problems and not severity else (severity,) if severity else ()
            )
    except ShinchokuError as error:
        click.echo(tell(say("Error: {error}", error=error)), err=True)
        raise click.exceptions.Exit(2) from error


def _show(report: str, plan: int | None, data: Path, severities: Iterable[str]) -> None:
    """The rows of a report, those of a plan alone where it is given; its problems where severities are."""
    from rich.console import Console

    from shinchoku.dataset.output.whole import check_whole
    from shinchoku.review.lookup import report_folder

    folder = report_folder(data, report)
    check_whole(data, [report])
    console = Console(highlight=False, markup=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = WIDTH
    listed = [str(severity) for severity in severities]
    tables = [_problems(folder, plan, listed)] if listed else _records(folder, plan)
    console.print(_progress(folder))
    shown = [table for table in tables if table.row_count]
    for table in shown:
        console.print(table)
    if not shown:
        nothing = say("{name}: nothing to show", name=report)
        if plan is not None:
            nothing = say("{name}: nothing to show of plan {plan}", name=report, plan=plan)
        click.echo(tell(nothing))


def _progress(folder: Path) -> str:
    """How many problems of each severity a report has, and how many of its pages somebody signed."""
    from shinchoku.dataset.tables.files import read_meta

    meta = read_meta(folder / "problems.parquet")
    problems = _rows(folder, "problems")
    counts = Counter(row["severity"] for row in problems)
    changed = sum(row["code"] == "review_outdated" for row in problems)
    said = [
        say(
            "{errors} errors, {warnings} warnings, {infos} infos",
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            infos=counts[Severity.INFO],
        ),
        say(
            "{done} of {pages} pages reviewed",
            done=len(json.loads(meta["reviewed"])),
            pages=int(meta["pages"]),
        ),
    ]
    if changed:
        said.append(say("{count} read otherwise since", count=changed))
    return tell(joined("; ", said))


def _show_row(report: str, row_id: str, data: Path) -> None:
    """Each column of a row with the cells it was read from, then what is made of it."""
    from rich.console import Console

    from shinchoku.review.lookup import find_rows

    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = WIDTH
    for found in find_rows(data, report, row_id):
        places: dict[str, list[str]] = {}
        for column, cell in found.cells:
            place = say(
                "page {page}, table {table}, row {row}, column {col}",
                page=cell.page,
                table=cell.table,
                row=cell.row,
                col=cell.col,
            )
            place = say("{place} (corrected)", place=place) if cell.corrected else place
            places.setdefault(column, []).append(tell(place))
        lines = [
            {"column": column, "text": value, "printed at": "\n".join(places.get(column, []))}
            for column, value in found.row.items()
            if value not in ("", None, "{}")
        ]
        console.print(_table(found.kind, lines, ("column", "text", "printed at")))
        stated = [row for row in found.observations if row["value"] is not None]
        if stated:
            shown = ("column", "item", "label", "value", "high", "of", "unit", "as_of")
            console.print(_table("observations", stated, shown))
        if found.problems:
            console.print(
                _table("problems", list(found.problems), ("severity", "code", "column", _message()))
            )


def _rows(folder: Path, name: str) -> list[dict[str, Any]]:
    from shinchoku.dataset.tables.files import read_rows

    return read_rows(folder / f"{name}.parquet")


def _records(folder: Path, plan: int | None) -> "list[Table]":
    tables = []
    for name in ("measures", "indicators"):
        rows = [r for r in _rows(folder, name) if plan is None or r["plan_no"] == plan]
        fiscal = [c for c in rows[0] if c.startswith("fy")] if rows else []
        after = ("progress", "note") if name == "measures" else ()
        rows = [{**r, "under": _under(r)} for r in rows]
        tables.append(_table(name, rows, ("page", "under", name.removesuffix("s"), *fiscal, *after)))
    goals = _rows(folder, "goals") if plan is None else []
    tables.append(_table("goals", goals, ("page", "goal_no", "goal_title", "kind", "text")))
    return tables


def _under(row: dict[str, Any]) -> str:
    """What a row stands under: numbers of plan, initiative and sub-item, then its group."""
    numbers = [str(row[key]) for key in ("plan_no", "initiative_no") if row.get(key) is not None]
    place = "-".join(numbers) + row.get("sub_no", "")
    return "\n".join(text for text in (row.get("section", ""), place, row["group"]) if text)


def _message() -> str:
    """The column that says in the language of the person at hand what a problem means."""
    return "message_ja" if language() == "ja" else "message"


def _problems(folder: Path, plan: int | None, severities: Sequence[str]) -> "Table":
    """The problems of these severities, worst first; of a plan those about its rows and their tables."""
    rows = [row for row in _rows(folder, "problems") if row["severity"] in severities]
    if plan is not None:
        records = [r for name in ("measures", "indicators") for r in _rows(folder, name)]
        own = [r for r in records if r["plan_no"] == plan]
        ids, tables = {r["row_id"] for r in own}, {(r["page"], r["table"]) for r in own}
        rows = [r for r in rows if (r["row_id"] in ids if r["row_id"] else (r["page"], r["table"]) in tables)]
    rows.sort(key=lambda row: list(Severity).index(Severity(row["severity"])))
    table = _table(
        "problems", rows, ("severity", "code", "page", "table", "row", "col", "printed", _message())
    )
    for row, shown in zip(rows, table.rows, strict=True):
        shown.style = SEVERITY_STYLE[row["severity"]]
    return table


def _table(title: str, rows: list[dict[str, Any]], columns: tuple[str, ...]) -> "Table":
    """Lines between rows; long text is folded, never cut; Japanese characters count two cells."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=f"{title} ({len(rows)})", title_justify="left", show_lines=True, expand=False)
    for name in columns:
        number = name in ("page", "table", "row", "col", "plan_no")
        table.add_column(
            name,
            overflow="fold",
            justify="right" if number else "left",
        )
    for row in rows:
        table.add_row(*(Text("" if row[c] is None else escaped(str(row[c]))) for c in columns))
    return table
