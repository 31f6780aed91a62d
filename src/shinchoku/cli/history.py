"""`shinchoku history`: the reports of each area in; their rows as series over the years out."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shinchoku.cli.told.answer import Answer, AreaAnswer
from shinchoku.cli.told.folders import data_option, decided_in, renames_option
from shinchoku.cli.told.manner import Manner, note, unattended
from shinchoku.language import say, tell
from shinchoku.text import aligned, escaped

if TYPE_CHECKING:
    from shinchoku.history.joined import Joined

FILES = ("lineage.parquet", "lineage.csv", "series.parquet", "series.csv")

EPILOG = """\b
Exit status: 0 all well, 2 nothing was written (no report, a line of renames.csv that matches nothing).

\b
renames.csv decides what is joined, as it does for `shinchoku diff`: old_row_id,new_row_id,reason and, where a
line is meant for two reports alone, old_report,new_report. The two need not follow one another.

\b
Examples:
  shinchoku history
  shinchoku history --area 131202 --format json
  shinchoku show --series 認可保育所
"""


@click.command(name="history", epilog=EPILOG)
@data_option()
@click.option("--area", default="", metavar="CODE", help="Only the reports of this area; others stay joined.")
@renames_option
@unattended
def command(data: Path, area: str, renames: Path | None, manner: Manner) -> Answer:
    """Join the reports of each area, oldest first: which row is which over the years, and what it says.

    Writes `lineage`, every record of every report in one series, and `series`, what each says of each fiscal
    year as the newest report has it, as Parquet and CSV, and describes them in datapackage.json.
    """
    from shinchoku.history.files import write_history

    areas: list[AreaAnswer] = []

    def on_area(joined: "Joined") -> None:
        areas.append(AreaAnswer(joined.area_code, joined.reports, **joined.counts))
        code = joined.area_code or say("(no area)")
        note(say("{area_code}: {count} reports joined", area_code=code, count=len(joined.reports)))
        folders = sorted({report_id.split("/")[0] for report_id in joined.reports if "/" in report_id})
        if not joined.area_code and len(folders) > 1:
            doubt = say(
                "no municipality is known of the reports in {folders}, and all were joined as one's; if they "
                "are several, say the area_code of each in sources.toml and run `shinchoku extract` again",
                folders=", ".join(folders),
            )
            note(doubt, logging.WARNING)

    write_history(data, area, decided_in(data, renames), on_area)
    files = [str(data / name) for name in FILES]
    if manner.summarises:
        _summary(areas)
        click.echo(escaped("\n" + "\n".join(files)))
    return Answer("history", 0, areas=areas, files=files)


def _summary(areas: list[AreaAnswer]) -> None:
    """A line an area, the reports counted."""
    heads = (
        *(say("area"), say("reports"), say("series"), say("rows"), say("matched"), say("renamed")),
        *(say("moved"), say("to confirm"), say("restated")),
    )
    rows = []
    for area in areas:
        counts = (len(area.reports), area.series, area.rows, area.matched, area.renamed, area.moved)
        rows.append([area.area_code or "-", *map(str, (*counts, area.to_confirm, area.restated))])
    click.echo(aligned([[tell(head) for head in heads], *rows]))
