"""Rows of the tables of a report in; tables for the terminal, headed in the language of the person, out."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shinchoku.language import Said, language, say, tell
from shinchoku.text import escaped

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

WIDTH = 160
"""Columns of the output where it is piped."""
SEVERITY_STYLE = {"error": "bold red", "warning": "yellow", "info": "dim"}
GOALS = ("page", "goal_no", "goal_title", "kind", "text")
OBSERVATIONS = ("column", "item", "label", "value", "high", "of", "unit", "as_of")
REST = ("unit", "achievement", "progress", "outlook", "owner", "definition", "note")
"""Columns of records that are shown where a row has them."""
NUMBERS = ("page", "table", "row", "col", "plan_no")

Line = Mapping[str, Any]


def console() -> "Console":
    """What prints to stdout, as wide as the terminal; nothing in a cell is taken for a style."""
    from rich.console import Console

    made = Console(highlight=False, markup=False, soft_wrap=False)
    if not made.is_terminal:
        made.width = WIDTH
    return made


def shown(name: str, rows: Sequence[Line]) -> "Table":
    """The columns that people look at first of a table of records, goals, quantities or problems."""
    if name in ("measures", "indicators"):
        return _records(name, rows)
    if name == "problems":
        return problems(rows, ("page", "table", "row", "col", "printed"))
    return of_table(name, rows, OBSERVATIONS if name == "observations" else GOALS)


def problems(rows: Sequence[Line], places: Sequence[str]) -> "Table":
    """Problems, each in the colour of its severity, with where they are in `places`."""
    said = "message_ja" if language() == "ja" else "message"
    table = of_table("problems", rows, ("severity", "code", *places, said))
    for row, line in zip(rows, table.rows, strict=True):
        line.style = SEVERITY_STYLE[row["severity"]]
    return table


def _records(name: str, rows: Sequence[Line]) -> "Table":
    from shinchoku.dataset.schema import fiscal_names

    fiscal = fiscal_names(rows[0]) if rows else []
    after = [column for column in REST if any(row.get(column) for row in rows)]
    placed = [{**row, "under": _under(row)} for row in rows]
    return of_table(name, placed, ("page", "under", name.removesuffix("s"), *fiscal, *after))


def _under(row: Line) -> str:
    """What a row stands under: numbers of plan, initiative and sub-item, then its group."""
    numbers = [str(row[key]) for key in ("plan_no", "initiative_no") if row.get(key) is not None]
    place = "-".join(numbers) + row.get("sub_no", "")
    return "\n".join(text for text in (row.get("section", ""), place, row["group"]) if text)


def of_table(name: str, rows: Sequence[Line], columns: Sequence[str], title: str = "") -> "Table":
    """Lines between rows; long text is folded, never cut; Japanese characters count two cells. In English a
    heading is the name of the column, as it stands in the files. The title is the table's name and how many
    rows there are, where no other is given."""
    from rich.table import Table
    from rich.text import Text

    title = escaped(title) or f"{table_name(name)} ({len(rows)})"
    table = Table(title=Text(title), title_justify="left", show_lines=True, expand=False)
    for column, heading in zip(columns, headings(name, columns), strict=True):
        table.add_column(heading, overflow="fold", justify="right" if column in NUMBERS else "left")
    for row in rows:
        table.add_row(*(Text("" if row[c] is None else escaped(str(row[c]))) for c in columns))
    return table


def table_name(name: str) -> str:
    """What a table is called: its name in the files, or its Japanese title."""
    from shinchoku.dataset.schema import table

    return table(name).title.ja if language() == "ja" else name


def headings(name: str, columns: Sequence[str]) -> list[str]:
    """What columns of a table are called: their names in the files, or their Japanese titles."""
    from shinchoku.dataset.schema import fiscal_names, table

    if language() != "ja":
        return list(columns)
    own = {
        "under": say("under"),
        "printed at": say("printed at"),
        "column": say("column"),
        "text": say("its text"),
    }
    titles = {column.name: column.title.ja for column in table(name, fiscal_names(columns)).columns}
    return [titles.get(column) or tell(own.get(column, Said(column, column))) for column in columns]
