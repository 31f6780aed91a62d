"""Series in; their years side by side on the terminal out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shinchoku.cli.told.said import put
from shinchoku.cli.told.tables import console
from shinchoku.language import language, say, tell
from shinchoku.text import escaped

if TYPE_CHECKING:
    from rich.table import Table

    from shinchoku.history.wide import Wide

MOST = 20
"""So many series are shown; the rest are counted."""


def print_series(found: "Sequence[Wide]") -> None:
    """Print the first of the series that were found, and how many more there are."""

    screen = console()
    areas = {one.area_code for one in found}
    for one in found[:MOST]:
        screen.print(_table(one, one.area_code if len(areas) > 1 else ""))
    if len(found) > MOST:
        more = say(
            "{count} more; name one more closely, or say its plan with --plan", count=len(found) - MOST
        )
        put(more)


def _table(one: "Wide", area: str) -> "Table":
    """Roles down, fiscal years across; below each text the report and page it comes from, and what other
    reports print where they do not agree. Before the name stand the `area`, if it is to be told, and the
    plan."""
    from rich.table import Table
    from rich.text import Text

    from shinchoku.dataset.schema import role_title
    from shinchoku.fiscal import ROLES
    from shinchoku.history.wide import spark

    years = sorted({column.year or 0 for column in one.cells})
    place = "" if one.plan_no is None else f"{one.plan_no} {one.plan_title}: "
    place = f"{area}, {place}" if area else place
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
    undated = tell(say("no year"))
    for heading in (tell(say("role")), *(str(year) if year else undated for year in years)):
        table.add_column(heading, overflow="fold")
    for role in ROLES:
        cells = {column.year or 0: cell for column, cell in one.cells.items() if column.role == role}
        if cells:
            row = [Text(role_title(role).ja if language() == "ja" else role)]
            for year in years:
                text = Text()
                if cell := cells.get(year):
                    text.append(escaped(cell.text))
                    page = "" if cell.page is None else f" p.{cell.page}"
                    text.append(escaped(f"\n{cell.report_id}{page}"), style="dim")
                    for report_id, other in cell.older:
                        older = say("restated, {report_id}: {text}", report_id=report_id, text=other)
                        text.append(escaped(f"\n{tell(older)}"), style="yellow")
                row.append(text)
            table.add_row(*row)
    return table
