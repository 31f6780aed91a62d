"""The series of an area in; the sheet 推移 of a workbook out: a row a series, its years side by side."""

from collections.abc import Sequence
from typing import Any

from shinchoku.dataset.book.sheets import Sheet
from shinchoku.dataset.schema import Column, TableSpec, fiscal_column, table
from shinchoku.history.wide import Wide
from shinchoku.language import Said

FIRST = ("row_kind", "plan_no", "plan_title", "name")
LAST = ("series_id",)
_NEWEST = Column(
    "newest_report",
    "string",
    Said("Newest report", "最新の報告書"),
    Said("The newest report that has the row.", "その行がある最も新しい報告書。"),
)


def sheet(series: Sequence[Wide]) -> Sheet:
    """Texts as the newest report that prints them has them; a cell on which reports disagree is marked, and
    says what the others print."""
    described = {column.name: column for column in table("series").columns}
    years = sorted({column for one in series for column in one.cells})
    columns = (
        *(described[name] for name in FIRST),
        *map(fiscal_column, years),
        _NEWEST,
        *(described[name] for name in LAST),
    )
    whole = table("series")
    spec = TableSpec(whole.name, whole.title, whole.description, (), (), columns)
    rows: list[dict[str, Any]] = []
    marks: dict[tuple[int, str], str] = {}
    for number, one in enumerate(series):
        row: dict[str, Any] = {name: getattr(one, name) for name in (*FIRST, *LAST)}
        row |= {_NEWEST.name: one.rows[-1][0]}
        row |= {year.name: one.cells[year].text if year in one.cells else "" for year in years}
        rows.append(row)
        for year, cell in one.cells.items():
            if cell.older:
                said = "\n".join(f"{report_id}：{text}" for report_id, text in cell.older)
                marks[number, year.name] = f"報告書により異なります。ほかの報告書では：\n{said}"
    return Sheet(spec, rows, ("plan_no", "name"), marks=marks)
