"""`shinchoku corrections`: the lines of corrections.csv and what became of each."""

import json
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shinchoku.cli.told.folders import data_option, raw_option
from shinchoku.cli.told.said import put, where_said
from shinchoku.language import Said, say, tell
from shinchoku.text import escaped

if TYPE_CHECKING:
    from shinchoku.people import Correction


class State(Enum):
    """What became of a correction."""

    APPLIED = say("applied")
    UNFIT = say("does not fit")
    WAITING = say("not extracted since")
    NO_REPORT = say("no such report")


UNUSED = (State.UNFIT, State.NO_REPORT)
"""States of corrections that change nothing."""


@click.command(name="corrections")
@raw_option("Folder of PDFs in which corrections.csv lies.")
@data_option()
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

    corrections = read_people(raw).corrections
    states = [_state(correction, raw, data) for correction in corrections]
    for correction, state in zip(corrections, states, strict=True):
        click.echo(_line(correction, state))
    if not corrections:
        put(say("{path}: nothing is corrected", path=raw / CORRECTIONS))
    if any(state in UNUSED for state in states):
        raise click.exceptions.Exit(1)


def _state(correction: "Correction", raw: Path, data: Path) -> State:
    from shinchoku.dataset.tables.files import read_meta, read_rows
    from shinchoku.rows import place_in

    file = data / correction.report_id / "problems.parquet"
    if not file.is_file():
        there = (raw / f"{correction.report_id}.pdf").is_file()
        return State.WAITING if there else State.NO_REPORT
    if correction.key in json.loads(read_meta(file)["corrections"]):
        return State.APPLIED
    place = tuple(correction.place)
    unused = {
        (*place_in(row), row["printed"]) for row in read_rows(file) if row["code"] == "correction_unused"
    }
    return State.UNFIT if (*place, correction.printed) in unused else State.WAITING


def _line(correction: "Correction", state: State) -> str:
    kinds = {
        "text": Said(*[f"{correction.printed!r} -> {correction.corrected!r}"] * 2),
        "no_records": say("gives no records"),
        "goes_on": say("continues the table before it"),
    }
    said = say(
        "{state}: {report_id}, {where}: {said} ({reason}; {signed})",
        state=state.value,
        report_id=correction.report_id,
        where=where_said(*correction.place),
        said=kinds[correction.kind],
        reason=correction.reason,
        signed=" ".join(filter(None, (correction.by, correction.date))),
    )
    return escaped(tell(said))
