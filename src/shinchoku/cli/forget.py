"""`shinchoku forget`: a report's files in the output in; an output without them out."""

from pathlib import Path

import click

from shinchoku.cli.told.folders import data_option, report_argument
from shinchoku.cli.told.said import put
from shinchoku.language import say


@click.command(name="forget")
@report_argument("report", nargs=-1, required=True)
@data_option(exists=True)
def command(report: tuple[str, ...], data: Path) -> None:
    """Remove the files of each REPORT and its diffs from DATA, and its rows from the tables over all reports.

    Files that others put into its folder stay. A PDF that is still in raw_pdfs/ is read again by the next
    `shinchoku extract`.

    \b
    Example:
      shinchoku forget 131202/fy2019
    """
    from shinchoku.dataset.collect import collect
    from shinchoku.dataset.publish import out_lock
    from shinchoku.dataset.reports import forget_report

    with out_lock(data, on_wait=lambda said: put(said, err=True)):
        for report_id in report:
            forget_report(data, report_id)
        collect(data)
    for report_id in report:
        put(say("{report_id}: forgotten", report_id=report_id))
