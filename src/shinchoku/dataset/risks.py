"""Rows of a table in, out the problems that a spreadsheet would make of their text when it opens the CSV
file."""

import re
from collections.abc import Iterable, Mapping

from shinchoku.dataset.schema import table
from shinchoku.fiscal import FiscalColumn
from shinchoku.language import say
from shinchoku.problems import Problem, Severity
from shinchoku.rows import Row, columns

FORMULA = re.compile(r"[=+\-@].*[^\s=+\-@]", re.DOTALL)
"""What Excel and LibreOffice read as a formula or a number: one of the four signs and something after it.

A sign that stands alone, or a row of such signs, is a mark. Source: OWASP, "CSV Injection".
"""


def spreadsheet_risks(table_name: str, rows: Iterable[Row]) -> list[Problem]:
    """An info problem for each text of `rows` that a spreadsheet would run, or turn into a number, on opening
    the CSV.

    The files keep such text as printed. `page`, `table`, `row` and `col` of a problem are the row's own where
    it has them; fiscal-year columns are looked at too.
    """
    texts = {column.name for column in table(table_name).columns if column.type == "string"}
    return [
        Problem(
            severity=Severity.INFO,
            code="spreadsheet_formula",
            said=(
                say(
                    "the text in column {name} of {table_name} begins with {value!r}: a spreadsheet that "
                    "opens the CSV file takes it for a formula or a number; use `shinchoku export` there",
                    name=name,
                    table_name=table_name,
                    value=value[0],
                )
            ),
            page=_place(row, "page"),
            table=_place(row, "table"),
            row=_place(row, "row"),
            col=_place(row, "col"),
            printed=value,
            row_kind=table_name.removesuffix("s") if "row_id" in row else "",
            row_id=row.get("row_id", ""),
            column=name if "row_id" in row else "",
        )
        for row in map(columns, rows)
        for name, value in row.items()
        if isinstance(value, str) and (name in texts or FiscalColumn.parse(name)) and FORMULA.match(value)
    ]


def _place(row: Mapping[str, object], name: str) -> int | None:
    value = row.get(name)
    return value if isinstance(value, int) else None
