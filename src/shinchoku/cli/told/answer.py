"""What a command did in; the one JSON object that it prints for programs out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from shinchoku import __version__

Command = Literal["extract", "show", "history"]
Status = Literal[0, 1, 2, 130]
Count = Annotated[int, Meta(ge=0)]


@dataclass(frozen=True, slots=True)
class ReportAnswer:
    """One report: how much was read of it, and how much is wrong with it."""

    report_id: Annotated[str, Meta(description="The report's id.")]
    folder: Annotated[str, Meta(description="The folder that its files stand in.")]
    pages: Annotated[Count, Meta(description="Pages of its PDF.")]
    tables: Annotated[Count, Meta(description="Tables on them.")]
    measures: Annotated[Count, Meta(description="Rows of `measures`.")]
    indicators: Annotated[Count, Meta(description="Rows of `indicators`.")]
    goals: Annotated[Count, Meta(description="Rows of `goals`.")]
    errors: Annotated[Count, Meta(description="Problems of severity `error`.")]
    warnings: Annotated[Count, Meta(description="Problems of severity `warning`.")]
    infos: Annotated[Count, Meta(description="Problems of severity `info`.")]
    reviewed: Annotated[Count, Meta(description="Pages that somebody signed as they are read.")]
    seconds: Annotated[
        float | None,
        Meta(description="Processor time, in seconds, that all processes spent on it now; null for none."),
    ] = None


@dataclass(frozen=True, slots=True)
class AreaAnswer:
    """One municipality: its reports joined over the years."""

    area_code: Annotated[str, Meta(description='The code of the municipality, "" where none is known.')]
    reports: Annotated[Sequence[str], Meta(description="Its reports' ids, oldest first.")]
    series: Annotated[Count, Meta(description="Series.")]
    rows: Annotated[Count, Meta(description="Records in them.")]
    matched: Annotated[Count, Meta(description="Records that go on from one of the same name.")]
    renamed: Annotated[Count, Meta(description="Records that go on from one of another name.")]
    moved: Annotated[Count, Meta(description="Records that go on from one of another place.")]
    to_confirm: Annotated[Count, Meta(description="Records whose link a person should look at.")]
    restated: Annotated[Count, Meta(description="Series whose reports disagree about a year.")]


@dataclass(frozen=True, slots=True)
class Answer:
    """What `extract`, `show` and `history` print with `--format json`: every key is always there."""

    command: Annotated[Command, Meta(description="The command that answers.")]
    exit_status: Annotated[
        Status,
        Meta(description="0 all well, 1 done with errors, 2 nothing done, 130 stopped by Ctrl-C."),
    ]
    reports: Annotated[
        Sequence[ReportAnswer], Meta(description="The reports that were read (extract) or shown (show).")
    ] = ()
    areas: Annotated[Sequence[AreaAnswer], Meta(description="The areas that were joined (history).")] = ()
    tables: Annotated[
        Mapping[str, Sequence[Mapping[str, Any]]],
        Meta(
            description="Rows by the name of their table, with the columns that columns.md describes: "
            "problems of severity `error` (extract), what was asked for (show)."
        ),
    ] = field(default_factory=dict)
    files: Annotated[
        Sequence[str],
        Meta(description="The files over all reports that were written (extract, history)."),
    ] = ()
    error: Annotated[str, Meta(description='What ended the command, "" where nothing did.')] = ""
    error_ja: Annotated[str, Meta(description="The same in Japanese.")] = ""
    version: Annotated[str, Meta(description="The version of shinchoku.")] = __version__


def as_json(answer: Answer) -> bytes:
    """The answer as JSON, indented, in UTF-8 whatever the terminal's code page is; dates are ISO 8601."""
    return msgspec.json.format(msgspec.json.encode(answer), indent=2)
