"""`shinchoku forget`: a report's files in the output in; an output without them out."""

from pathlib import Path

import click

from shinchoku.cli.told.ids import report_argument
from shinchoku.language import say, tell


@click.command(name="forget")
@report_argument("report", nargs=-1, required=True)
@click.option(
    "--data",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    default=Path("normalized"),
    show_default=True,
    help="Folder that `shinchoku extract` wrote.",
)
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

    with out_lock(data, on_wait=lambda said: click.echo(tell(said), err=True)):
        for report_id in report:
            forget_report(data, report_id)
        collect(data)
    for report_id in report:
        click.echo(tell(say("{report_id}: forgotten", report_id=report_id)))
