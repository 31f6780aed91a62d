"""`shinchoku history`: the reports of each area in; their rows as series over the years out."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shinchoku.cli.told.answer import Answer, AreaAnswer
from shinchoku.cli.told.folders import data_option, decided_in, renames_option
from shinchoku.cli.told.manner import Manner, note, unattended
from shinchoku.language import counted, say, tell
from shinchoku.text import aligned, escaped

if TYPE_CHECKING:
    from shinchoku.history.joined import Summary

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
    from shinchoku.history.files import FILES, write_history
    from shinchoku.workers.cache import open_cache

    areas: list[Summary] = []

    def on_area(done: "Summary") -> None:
        areas.append(done)
        code, folder = done.area
        called = code or (say("(no area) {folder}", folder=folder) if folder else say("(no area)"))
        joined = counted("{n} report joined", "{n} reports joined", len(done.reports))
        note(say("{area_code}: {joined}", area_code=called, joined=joined))

    before = write_history(data, area, decided_in(data, renames), on_area, open_cache())
    if before is not None:
        areas += before.areas
        same = counted(
            "{n} report is joined as an earlier run joined it",
            "{n} reports are joined as an earlier run joined them",
            sum(len(each.reports) for each in areas),
        )
        note(same)
    _name_unknown([each.area.folder for each in areas if not each.area.code])
    files = [str(data / name) for name in FILES]
    if manner.summarises:
        _summary(areas)
        click.echo(escaped("\n" + "\n".join(files)))
    answers = [AreaAnswer(each.area.code, each.reports, **each.counts) for each in areas]
    return Answer("history", 0, areas=answers, files=files)


def _name_unknown(folders: list[str]) -> None:
    """Name the folders whose municipality is not known, where there are several: they may be one's."""
    if len(folders) > 1:
        doubt = say(
            "no municipality is known of the reports in {folders}, and those of each folder were joined by "
            "themselves; if several are one's, say its area_code in sources.toml and run `shinchoku extract` "
            "again",
            folders=", ".join(filter(None, folders)),
        )
        note(doubt, logging.WARNING)


def _summary(areas: "list[Summary]") -> None:
    """A line an area, the reports counted."""
    heads = (
        *(say("area"), say("reports"), say("series"), say("rows"), say("matched"), say("renamed")),
        *(say("moved"), say("to confirm"), say("restated")),
    )
    rows = [
        ["".join(each.area) or "-", str(len(each.reports)), *map(str, each.counts.values())] for each in areas
    ]
    click.echo(aligned([[tell(head) for head in heads], *rows]))
