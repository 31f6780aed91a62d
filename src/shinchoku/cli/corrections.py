"""`shinchoku corrections`: the lines of corrections.csv and what became of each."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shinchoku.language import say, tell
from shinchoku.problems import ShinchokuError

if TYPE_CHECKING:
    from shinchoku.people import Correction

UNUSED = ("does not fit", "no such report")
"""States of corrections that change nothing."""


@click.command(name="corrections")
@click.option(
    "--raw",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("raw_pdfs"),
    show_default=True,
    help="Folder of PDFs in which corrections.csv lies.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("normalized"),
    show_default=True,
    help="Folder that `shinchoku extract` wrote.",
)
def command(raw: Path, data: Path) -> None:
    """List the corrections of RAW/corrections.csv, each with its state: applied, does not fit (any more), not
    extracted since, no such report.

    \b
    Exit status: 0 all well, 1 a correction changes nothing, 2 the list cannot be understood.

    \b
    Example:
      shinchoku corrections
    """
    from shinchoku.people.lists import CORRECTIONS, read_people

    try:
        corrections = read_people(raw).corrections
        states = [_state(correction, raw, data) for correction in corrections]
    except ShinchokuError as error:
        click.echo(tell(say("Error: {error}", error=error)), err=True)
        raise click.exceptions.Exit(2) from error
    for correction, state in zip(corrections, states, strict=True):
        click.echo(_line(correction, state))
    if not corrections:
        click.echo(tell(say("{path}: nothing is corrected", path=raw / CORRECTIONS)))
    if any(state in UNUSED for state in states):
        raise click.exceptions.Exit(1)


def _state(correction: "Correction", raw: Path, data: Path) -> str:
    from shinchoku.dataset.tables.files import read_meta, read_rows

    file = data / correction.report_id / "problems.parquet"
    if not file.is_file():
        there = (raw / f"{correction.report_id}.pdf").is_file()
        return "not extracted since" if there else "no such report"
    if correction.key in json.loads(read_meta(file)["corrections"]):
        return "applied"
    place = tuple(correction.place)
    unused = {
        (row["page"], row["table"], row["row"], row["col"], row["printed"])
        for row in read_rows(file)
        if row["code"] == "correction_unused"
    }
    return "does not fit" if (*place, correction.printed) in unused else "not extracted since"


def _line(correction: "Correction", state: str) -> str:
    names = ("page", "table", "row", "column")
    where = ", ".join(
        f"{name} {value}" for name, value in zip(names, correction.place, strict=True) if value is not None
    )
    said = (
        f"{correction.printed!r} -> {correction.corrected!r}"
        if correction.kind == "text"
        else correction.kind
    )
    signed = " ".join(filter(None, (correction.by, correction.date)))
    return f"{state}: {correction.report_id}, {where}: {said} ({correction.reason}; {signed})"
