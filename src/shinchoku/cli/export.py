"""`shinchoku export`: a report's files in, one workbook out."""

from pathlib import Path

import click

from shinchoku.cli.told.folders import data_option, report_argument
from shinchoku.cli.told.said import put
from shinchoku.language import joined, say


@click.command(name="export")
@report_argument("report")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--history", is_flag=True, help="A sheet 推移 too: the area's rows over the years.")
@data_option()
def command(report: str, file: Path, data: Path, history: bool) -> None:
    """Write the tables of REPORT as the workbook FILE (.xlsx), for people who use a spreadsheet.

    A cover in Japanese, one sheet a table, headings and names that stay in sight, text that never becomes a
    formula, numbers as numbers in the sheet of observations; it prints on A4 and A3. A FILE that is there is
    replaced.

    \b
    Example:
      shinchoku export fy2019_progress fy2019_progress.xlsx
      shinchoku export fy2019_progress years.xlsx --history
    """
    from shinchoku.dataset.book.export import export_report
    from shinchoku.dataset.book.sheets import Sheet
    from shinchoku.history.order import area_of
    from shinchoku.history.sheet import sheet
    from shinchoku.history.wide import of_area

    def years(code: str) -> list[Sheet]:
        return [sheet(of_area(data, *area_of(code, report)))] if history else []

    written = export_report(data, report, file, years)
    sheets = (say("{title} {count}", title=one.spec.title, count=len(one.rows)) for one in written)
    put(say("{file}: {sheets}; a cover, the columns' meaning", file=file, sheets=joined(", ", sheets)))
