"""`shinchoku history`: the reports of each area in; their rows as series over the years out."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shinchoku.language import say, tell
from shinchoku.problems import ShinchokuError
from shinchoku.text import escaped

if TYPE_CHECKING:
    from shinchoku.history.joined import Joined

FILES = ("lineage.parquet", "lineage.csv", "series.parquet", "series.csv")

EPILOG = """\b
Exit status: 0 all well, 2 nothing was written (no report, a line of renames.csv that matches nothing).

\b
renames.csv decides what is joined, as it does for `shinchoku diff`: old_row_id,new_row_id,reason and, where a
line is meant for two reports alone, old_report,new_report. The two need not follow one another.

\b
Examples:
  shinchoku history
  shinchoku history --area 131202 --format json
  shinchoku show --series 認可保育所
"""


@click.command(name="history", epilog=EPILOG)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("normalized"),
    show_default=True,
    help="Where the extracted reports lie.",
)
@click.option("--area", default="", metavar="CODE", help="Only the reports of this area; others stay joined.")
@click.option(
    "--renames",
    type=click.Path(path_type=Path, dir_okay=False),
    help="What people decided about pairs of rows.  [default: DATA/renames.csv, if there is one]",
)
@click.option("--quiet", is_flag=True, help="No line an area on stderr.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What is printed: a table of the areas, or the same as JSON.",
)
def command(data: Path, area: str, renames: Path | None, quiet: bool, form: str) -> None:
    """Join the reports of each area, oldest first: which row is which over the years, and what it says.

    Writes `lineage`, every record of every report in one series, and `series`, what each says of each fiscal
    year as the newest report has it, as Parquet and CSV, and describes them in datapackage.json.
    """
    from shinchoku.history.files import write_history

    done: list[dict[str, object]] = []

    def on_area(joined: "Joined") -> None:
        done.append(
            {"area_code": joined.area_code, "reports": list(joined.reports), **joined.counts},
        )
        if not quiet:
            click.echo(
                tell(
                    say(
                        "{area_code}: {count} reports joined",
                        area_code=joined.area_code or "(no area)",
                        count=len(joined.reports),
                    )
                ),
                err=True,
            )

    default = data / "renames.csv"
    try:
        write_history(data, area, renames or (default if default.exists() else None), on_area)
    except ShinchokuError as error:
        click.echo(tell(say("Error: {error}", error=error)), err=True)
        raise click.exceptions.Exit(2) from error
    files = [str(data / name) for name in FILES]
    if form == "json":
        click.echo(json.dumps({"areas": done, "files": files}, ensure_ascii=False, indent=2))
    else:
        _summary(done)
        click.echo(escaped("\n" + "\n".join(files)))


def _summary(done: list[dict[str, object]]) -> None:
    """A line an area, the reports counted."""
    from shinchoku.cli.told.summary import aligned

    rows = [{**each, "area_code": each["area_code"] or "-", "reports": _count(each)} for each in done]
    heads = [key.replace("_", " ") for key in rows[0]]
    aligned([heads, *([str(value) for value in row.values()] for row in rows)])


def _count(area: dict[str, object]) -> int:
    reports = area["reports"]
    return len(reports) if isinstance(reports, list) else 0
