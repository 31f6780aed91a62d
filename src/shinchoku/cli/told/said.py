"""What is said in; lines for the person at hand, and the words for a place in a report, out."""

from typing import Final

import click

from shinchoku.language import Said, joined, say, tell

INTERRUPTED: Final = 130
"""The exit status after Ctrl-C, as shells have it."""
UNREAD: Final = 141
"""The exit status where whoever read stdout went away, as in `| head`: that of SIGPIPE, as shells have it."""


def put(said: Said, *, err: bool = False) -> None:
    """Print what is said in the language of the person, on stderr with `err`."""
    click.echo(tell(said), err=err)


def where_said(page: int | None, table: int | None, row: int | None, col: int | None) -> Said:
    """The place as far as it is known, from the page on; "" where it is not."""
    places = (
        (say("page {n}", n=page), page),
        (say("table {n}", n=table), table),
        (say("row {n}", n=row), row),
        (say("column {n}", n=col), col),
    )
    return joined(", ", (said for said, value in places if value is not None))
