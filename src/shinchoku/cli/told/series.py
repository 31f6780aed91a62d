"""The series of a name in; their years side by side on the terminal out."""

from pathlib import Path
from typing import TYPE_CHECKING

from shinchoku.language import say, tell
from shinchoku.text import escaped

if TYPE_CHECKING:
    from rich.table import Table

    from shinchoku.history.wide import Wide

MOST = 20
"""So many series are shown; the rest are counted."""


def show_series(name: str, plan: int | None, data: Path, width: int) -> None:
    """Print the series with `name` in their names, those of one plan where it is given."""
    import click
    from rich.console import Console

    from shinchoku.history.wide import named

    found = [one for one in named(data, name) if plan is None or one.plan_no == plan]
    console = Console(highlight=False, markup=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = width
    for one in found[:MOST]:
        console.print(_table(one))
    if len(found) > MOST:
        click.echo(
            tell(
                say(
                    "{count} more; name one more closely, or say its plan with --plan",
                    count=len(found) - MOST,
                )
            )
        )
    if not found:
        click.echo(tell(say("{name}: nothing to show of plan {plan}", name=name, plan=plan)))


def _table(one: "Wide") -> "Table":
    """Roles down, fiscal years across; below each text the report and page it comes from, and what other
    reports print where they do not agree."""
    from rich.table import Table
    from rich.text import Text

    from shinchoku.fiscal import ROLES
    from shinchoku.history.wide import spark

    years = sorted({column.year or 0 for column in one.cells})
    place = "" if one.plan_no is None else f"{one.plan_no} {one.plan_title}: "
    course = one.course()
    said = ""
    if course:
        measure, values = course
        ends = f"{values[min(values)]:g} → {values[max(values)]:g}"
        said = f"{spark(values)}  {min(values)}-{max(values)}  {ends} {measure}"
    table = Table(
        title=escaped(f"{place}{one.name}".replace("\n", "")),
        caption=escaped("\n".join(filter(None, (said, one.series_id)))),
        title_justify="left",
        caption_justify="left",
        show_lines=True,
        expand=False,
    )
    for heading in ("role", *(str(year) if year else "no year" for year in years)):
        table.add_column(heading, overflow="fold")
    for role in ROLES:
        cells = {column.year or 0: cell for column, cell in one.cells.items() if column.role == role}
        if cells:
            row = [Text(role)]
            for year in years:
                text = Text()
                if cell := cells.get(year):
                    text.append(escaped(cell.text))
                    page = "" if cell.page is None else f" p.{cell.page}"
                    text.append(escaped(f"\n{cell.report_id}{page}"), style="dim")
                    for report_id, other in cell.older:
                        text.append(escaped(f"\nrestated, {report_id}: {other}"), style="yellow")
                row.append(text)
            table.add_row(*row)
    return table
