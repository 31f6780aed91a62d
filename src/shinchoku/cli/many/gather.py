"""`shinchoku gather`: a store of made reports in, an ordinary folder of them out."""

from pathlib import Path

import click

from shinchoku.cli.told.said import put
from shinchoku.language import say


@click.command(name="gather")
@click.argument("out")
@click.argument("normalized", type=click.Path(path_type=Path, file_okay=False))
def command(out: str, normalized: Path) -> None:
    """Make of the store OUT that `shinchoku fleet` filled an ordinary folder NORMALIZED.

    Only reports with a manifest are taken, so it may run while a fleet does. The files are those that
    `shinchoku extract` makes of the same PDFs, byte for byte.

    \b
    Examples:
      shinchoku gather made normalized
      shinchoku gather s3://reports/made normalized
    """
    from shinchoku.fleet.gather import gather
    from shinchoku.fleet.store import open_store

    count = gather(open_store(out), normalized)
    put(say("{count} reports in {normalized}", count=count, normalized=normalized))
