"""`shinchoku show`: what was extracted of a report, as a table on the terminal."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shinchoku.problems import ShinchokuError
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
@click.option("--row", default="", help="All of one row (its row_id): columns, cells, quantities, problems.")
@click.option("--series", default="", metavar="NAME", help="The rows of this name over the years.")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("normalized"),
    show_default=True,
    help="Folder that `shinchoku extract` wrote.",
)
def command(report: str | None, plan: int | None, problems: bool, row: str, series: str, data: Path) -> None:
    """Print the measures, indicators and goals of REPORT, or its problems, as tables; or, with --series, what
    all reports say of a measure or an indicator over the years (after `shinchoku history`).

    \b
    Examples:
      shinchoku show fy2019_progress --plan 5
      shinchoku show fy2022_kpi_revision --problems
      shinchoku show fy2019_progress --row 1/1/子育てのひろば計27か所
      shinchoku show fy2019_progress | less -S
      shinchoku show --series 認可保育所
    """
    from shinchoku.cli.series import show_series

    if bool(report) == bool(series) or (series and (problems or row)):
        raise click.UsageError("name a report, or rows over the years with --series")
    try:
        if report is None:
            show_series(series, plan, data, WIDTH)
        elif row:
            _show_row(report, row, data)
        else:
            _show(report, plan, problems, data)
    except ShinchokuError as error:
        click.echo(f"Error: {error}", err=True)
        raise click.exceptions.Exit(2) from error


def _show(report: str, plan: int | None, problems: bool, data: Path) -> None:
    from rich.console import Console

    from shinchoku.dataset.output.whole import check_whole
    from shinchoku.review.lookup import report_folder

    folder = report_folder(data, report)
    check_whole(data, [report])
    console = Console(highlight=False, markup=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = WIDTH
    tables = [_problems(folder)] if problems else _records(folder, plan)
    console.print(_progress(folder))
    shown = [table for table in tables if table.row_count]
    for table in shown:
        console.print(table)
    if not shown:
        click.echo(f"{report}: nothing to show" + (f" of plan {plan}" if plan is not None else ""))


def _progress(folder: Path) -> str:
    """How many pages of a report somebody signed as they are read."""
    from shinchoku.dataset.files import read_meta

    meta = read_meta(folder / "problems.parquet")
    changed = sum(row["code"] == "review_outdated" for row in _rows(folder, "problems"))
    done, pages = len(json.loads(meta["reviewed"])), int(meta["pages"])
    said = f"{done} of {pages} pages reviewed"
    return said + (f", {changed} read otherwise since" if changed else "")


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
            place = f"page {cell.page}, table {cell.table}, row {cell.row}, column {cell.col}"
            places.setdefault(column, []).append(place + (" (corrected)" if cell.corrected else ""))
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
            console.print(_table("problems", list(found.problems), ("severity", "code", "column", "message")))


def _rows(folder: Path, name: str) -> list[dict[str, Any]]:
    from shinchoku.dataset.files import read_rows

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


def _problems(folder: Path) -> "Table":
    rows = _rows(folder, "problems")
    table = _table(
        "problems", rows, ("severity", "code", "page", "table", "row", "col", "printed", "message")
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
