"""`shinchoku layout`: how each heading of a PDF's tables was understood, and what to add for the others."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shinchoku.cli.told.folders import raw_option
from shinchoku.cli.told.manner import password_option
from shinchoku.cli.told.said import put
from shinchoku.language import say, tell
from shinchoku.problems import Severity, ShinchokuError

if TYPE_CHECKING:
    from shinchoku.stitch.understood import Understood

KINDS = {"measure": say("measures"), "indicator": say("indicators")}
RULE = 60
"""Characters that are shown of the entry that decided."""


@click.command(name="layout")
@click.argument("pdf", type=click.Path(path_type=Path))
@raw_option("Folder whose layouts/*.toml are read before those of the package.")
@password_option
def command(pdf: Path, raw: Path, password: str) -> None:
    """Print what each column heading of PDF was taken for, table by table, and the entry that decided.

    For headings that no layout knows it prints the lines to put into a file in RAW/layouts. Exit status 1
    where there are such headings.

    \b
    Examples:
      shinchoku layout raw_pdfs/fy2019_progress.pdf
      shinchoku layout other_town.pdf | less -S
    """
    if not _print(_headings(pdf, raw, password)):
        raise click.exceptions.Exit(1)


def _headings(pdf: Path, raw: Path, password: str) -> "list[Understood]":
    from shinchoku.cells import document
    from shinchoku.layouts.files import own_layouts
    from shinchoku.settings import Settings
    from shinchoku.sources import find_sources
    from shinchoku.stitch import LogicalTable, stitch
    from shinchoku.stitch.understood import understood
    from shinchoku.values.own import own_words
    from shinchoku.workers.run import default_jobs, read_pages

    layouts = own_layouts(raw)
    own_words(layouts.files)
    (source,) = find_sources(raw, (pdf,))
    (result,) = read_pages([source], Settings(), jobs=default_jobs(), password=password)
    for problem in result.problems if result.failed else ():
        if problem.severity is Severity.ERROR:
            raise ShinchokuError.say("{pdf}: {said}", pdf=pdf, said=problem.said)
    items = stitch(document(result.raw_pages, layouts), layouts)
    return list(understood(item for item in items if isinstance(item, LogicalTable)))


def _print(headings: "list[Understood]") -> bool:
    """Print the headings and what to add; whether all were known."""
    from shinchoku.stitch.understood import lines_to_add

    place = (0, 0)
    for h in headings:
        if (h.page, h.table) != place:
            place = (h.page, h.table)
            put(
                say(
                    "\npage {page}, table {table}: {kind}",
                    page=h.page,
                    table=h.table,
                    kind=KINDS.get(h.kind) or say("no records"),
                )
            )
        year = tell(say("year {year}", year=h.year)) if h.year else ""
        meaning = ", ".join(text for text in (h.field, h.role, year) if text) or tell(say("NOT UNDERSTOOD"))
        click.echo(f"  {' '.join(h.heading.split())} = {meaning}{_rule(h.rule)}")
    lines = lines_to_add(headings)
    if lines:
        put(
            say(
                "\nPut these lines into a file in raw_pdfs/layouts, such as own.toml, and fill in the "
                "names:\n"
            )
        )
        click.echo("\n".join(lines))
    return not lines


def _rule(rule: str) -> str:
    """Which entry decided, its beginning."""
    return f"  [{rule if len(rule) <= RULE else rule[: RULE - 1] + '…'}]" if rule else ""
