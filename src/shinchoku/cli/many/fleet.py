"""`shinchoku fleet`: a folder of PDFs, here or on an object store, made into reports by many machines."""

import sys
import time
from typing import TYPE_CHECKING

import click

from shinchoku.cli.told.said import INTERRUPTED, put
from shinchoku.language import say
from shinchoku.problems import ShinchokuError

if TYPE_CHECKING:
    from collections.abc import Callable

    from shinchoku.fleet.drive import Progress
    from shinchoku.fleet.plan import Plan

EVERY = 10.0
"""Seconds between two lines of progress where stderr is no terminal."""


@click.command(name="fleet")
@click.argument("src")
@click.argument("out")
@click.option(
    "--address",
    envvar="RAY_ADDRESS",
    help="The Ray cluster to work on.  [default: RAY_ADDRESS, else a Ray of this machine alone]",
)
@click.option("--cpus", type=click.IntRange(min=1), help="Processors to use of this machine.  [default: all]")
@click.option(
    "--deadline",
    type=click.FloatRange(min=0, min_open=True),
    default=600.0,
    show_default=True,
    help="Seconds that one PDF may take; one that takes longer is quarantined.",
)
@click.option("--retry-quarantined", is_flag=True, help="Try again what was quarantined before.")
def command(
    src: str, out: str, address: str | None, cpus: int | None, deadline: float, retry_quarantined: bool
) -> None:
    """Make the reports of all PDFs below SRC in the store OUT, on many machines.

    SRC and OUT are folders or addresses (file://, s3://, gs://, and what fsspec knows). A report counts when
    its manifest stands in OUT/_manifests; a second run does what is missing. `shinchoku gather` makes an
    ordinary folder of it. Needs Ray: pip install 'shinchoku[ray]'.

    \b
    Exit status:
      0    all PDFs have their report
      1    some were quarantined, each named on stderr and in OUT/_quarantine
      2    nothing done (no Ray, no cluster, no such place)
      130  stopped; what has its manifest stays

    \b
    Examples:
      shinchoku fleet raw_pdfs made
      shinchoku fleet s3://reports/pdfs s3://reports/made --address ray://head:10001
      shinchoku gather made normalized
    """
    try:
        quarantined = _fleet(src, out, address, cpus, deadline, retry_quarantined)
    except KeyboardInterrupt:
        put(say("Stopped. What has its manifest in {out} stays; run again for the rest.", out=out), err=True)
        raise click.exceptions.Exit(INTERRUPTED) from None
    if quarantined:
        raise click.exceptions.Exit(1)


def _fleet(src: str, out: str, address: str | None, cpus: int | None, deadline: float, again: bool) -> int:
    """Do it all; how many PDFs are quarantined."""
    from shinchoku.fleet.plan import plan
    from shinchoku.fleet.store import open_store

    try:
        from shinchoku.fleet.drive import Bounds, cluster, drive
    except ModuleNotFoundError as error:
        raise ShinchokuError.say("Ray is not installed: pip install 'shinchoku[ray]'") from error
    made = plan(open_store(src), open_store(out), retry_quarantined=again)
    todo = sum(len(job.paths) for batch in made.batches for job in batch)
    if not todo and not made.done and not made.quarantined:
        raise ShinchokuError.say("{src}: no PDF there, nor one or two folders below", src=src)
    progress = None
    if todo:
        with cluster(address, cpus):
            progress = drive(made, src, out, Bounds(deadline=deadline), _teller())
    _summary(made, progress, out)
    return made.quarantined + (progress.quarantined if progress else 0)


def _teller() -> "Callable[[Progress], None]":
    """What tells how far it is: a line that is written over on a terminal, else one now and then."""
    last = 0.0
    terminal = sys.stderr.isatty()

    def tell(progress: "Progress") -> None:
        nonlocal last
        if time.monotonic() - last >= (0.5 if terminal else EVERY):
            last = time.monotonic()
            click.echo(("\r\x1b[K" if terminal else "") + line(progress), nl=not terminal, err=True)

    return tell


def line(progress: "Progress") -> str:
    """How far it is, in one line."""
    seconds = max(time.monotonic() - progress.since, 0.001)
    gone = progress.done + progress.quarantined
    left = f", {seconds / gone * (progress.total - gone):.0f} s left" if gone else ""
    return (
        f"{gone}/{progress.total} PDFs done "
        f"({progress.failed} with errors, {progress.quarantined} quarantined), "
        f"{progress.running} running, {progress.pages / seconds:.1f} pages a second{left}"
    )


def _summary(made: "Plan", progress: "Progress | None", out: str) -> None:
    from shinchoku.fleet.manifest import read_quarantine
    from shinchoku.fleet.store import open_store

    if progress is not None:
        seconds = time.monotonic() - progress.since
        click.echo(f"{'' if not sys.stderr.isatty() else chr(10)}{line(progress)}", err=True)
        put(
            say(
                "{done} PDFs, {pages} pages in {seconds:.0f} s",
                done=progress.done,
                pages=progress.pages,
                seconds=seconds,
            )
        )
    put(say("{done} PDFs had their report before", done=made.done))
    for note in read_quarantine(open_store(out)):
        if note.version == made.version:
            said = note.said.strip().splitlines()[-1:] or [""]
            put(
                say(
                    "quarantined: {listed}: {code}: {said}",
                    listed=", ".join(note.paths),
                    code=note.code,
                    said=said[0],
                ),
                err=True,
            )
