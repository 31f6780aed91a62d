"""A row that was found in a report in; each column of it with the cells it was read from, for the terminal or
as rows of tables, out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shinchoku.cli.told.said import where_said
from shinchoku.cli.told.tables import console, headings, of_table, problems, shown, table_name
from shinchoku.language import say, tell
from shinchoku.rows import place_of

if TYPE_CHECKING:
    from shinchoku.review.lookup import Found


def print_row(found: "Found") -> None:
    """Print each column of a row with the cells it was read from, then what is made of it."""
    places: dict[str, list[str]] = {}
    for column, cell in found.cells:
        place = where_said(*place_of(cell))
        place = say("{place} (corrected)", place=place) if cell.corrected else place
        places.setdefault(column, []).append(tell(place))
    name = f"{found.kind}s"
    filled = [column for column, value in found.row.items() if value not in ("", None, "{}")]
    lines = [
        {
            "column": "\n".join(dict.fromkeys((said, column))),
            "text": found.row[column],
            "printed at": "\n".join(places.get(column, [])),
        }
        for column, said in zip(filled, headings(name, filled), strict=True)
    ]
    screen = console()
    columns = ("column", "text", "printed at")
    screen.print(of_table(name, lines, columns, f"{table_name(name)}: {found.row['row_id']}"))
    stated = [row for row in found.observations if row["value"] is not None]
    if stated:
        screen.print(shown("observations", stated))
    if found.problems:
        screen.print(problems(found.problems, ("column",)))


def row_tables(report_id: str, rows: "Sequence[Found]") -> dict[str, list[dict[str, Any]]]:
    """The rows that were found and what there is about them, by the name of the table they stand in."""
    from shinchoku.rows import columns

    tables: dict[str, list[dict[str, Any]]] = {}
    for found in rows:
        tables.setdefault(f"{found.kind}s", []).append(found.row)
        about = {"report_id": report_id, "row_kind": found.kind, "row_id": found.row["row_id"]}
        tables.setdefault("origins", []).extend(
            {**about, "column": column, "page": c.page, "table": c.table, "row": c.row, "col": c.col}
            for column, c in found.cells
        )
        cells = dict.fromkeys(cell for _, cell in found.cells)
        tables.setdefault("cells", []).extend({"report_id": report_id, **columns(c)} for c in cells)
        tables.setdefault("observations", []).extend(found.observations)
        tables.setdefault("problems", []).extend(found.problems)
    return tables
