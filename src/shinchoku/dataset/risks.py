"""Rows of a table in, out the problems that a spreadsheet would make of their text when it opens the CSV
file."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from shinchoku.dataset.schema import table
from shinchoku.fiscal import FiscalColumn
from shinchoku.language import say
from shinchoku.problems import Problem, Severity
from shinchoku.rows import PLACE, Row, by_column, columns

FORMULA = re.compile(r"[=+\-@].*[^\s=+\-@]", re.DOTALL)
"""What Excel and LibreOffice read as a formula or a number: one of the four signs and something after it.

A sign that stands alone, or a row of such signs, is a mark. Source: OWASP, "CSV Injection".
"""


def spreadsheet_risks(table_name: str, rows: Sequence[Row]) -> list[Problem]:
    """An info problem for each text of `rows` that a spreadsheet would run, or turn into a number, on opening
    the CSV.

    The files keep such text as printed. `page`, `table`, `row` and `col` of a problem are the row's own where
    it has them; fiscal-year columns are looked at too.
    """
    texts = {column.name for column in table(table_name).columns if column.type == "string"}
    found = by_column(rows)
    risky = (
        (number, order, name)
        for order, (name, values) in enumerate(found.items())
        if name in texts or FiscalColumn.parse(name)
        for number, value in enumerate(values)
        if FORMULA.match(value)
    )
    return [_problem(table_name, columns(rows[number]), name) for number, _, name in sorted(risky)]


def _problem(table_name: str, row: Mapping[str, Any], name: str) -> Problem:
    """That the text in the column of that name is no text to a spreadsheet."""
    value, is_record = row[name], "row_id" in row
    said = say(
        "the text in column {name} of {table_name} begins with {value!r}: a spreadsheet that opens the CSV "
        "file takes it for a formula or a number; use `shinchoku export` there",
        name=name,
        table_name=table_name,
        value=value[0],
    )
    return Problem(
        Severity.INFO,
        "spreadsheet_formula",
        said,
        **{place: row.get(place) for place in PLACE},
        printed=value,
        row_kind=table_name.removesuffix("s") if is_record else "",
        row_id=row.get("row_id", ""),
        column=name if is_record else "",
    )
