"""`shinchoku extract`: PDFs in, the files of each report out, what went wrong on stderr."""

import gc
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from dataclasses import replace as changed
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shinchoku.cli.told.summary import Done, line_of, name_errors, summary
from shinchoku.language import say, tell
from shinchoku.problems import Severity, ShinchokuError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shinchoku.rows import Report
    from shinchoku.sources import Source
    from shinchoku.workers.run import FileResult, ProgressEvent

GARBAGE = (200_000, 50, 1_000)
"""How much is made between two looks for garbage: a report makes about so many objects, and next to none of
them in circles."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the PDFs are read; `jobs` None is one process a core."""

    jobs: int | None
    reader: str
    password: str
    ocr: bool
    cache: bool
    paper: bool
    replace: bool

    @property
    def readers(self) -> tuple[str, ...]:
        return ("pdfplumber", "pdfium") if self.reader == "both" else (self.reader,)


@click.command(name="extract")
@click.argument("pdf", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("normalized"),
    show_default=True,
    help="Folder for the output.",
)
@click.option(
    "--raw",
    type=click.Path(path_type=Path),
    default=Path("raw_pdfs"),
    show_default=True,
    help="Folder of PDFs, all of which are read where none is named.",
)
@click.option("--jobs", type=click.IntRange(min=1), help="Processes that read pages.  [default: one a core]")
@click.option(
    "--reader",
    type=click.Choice(["pdfplumber", "pdfium", "both"]),
    default="pdfplumber",
    show_default=True,
    help="What reads the PDF; both: read with each, name every cell they disagree on.",
)
@click.option(
    "--paper/--no-paper",
    default=True,
    help="Hold what was read against a picture of each page, or trust the file.",
)
@click.option("--password", default="", help="Opens encrypted PDFs.")
@click.option("--ocr", is_flag=True, help="Have scanned pages read by ocrmypdf, if it is installed.")
@click.option(
    "--cache/--no-cache", default=True, help="Use what an earlier run read of the same PDF, or read it anew."
)
@click.option(
    "--replace", is_flag=True, help="Put reports in the place of those of the same id from other PDFs."
)
def command(
    pdf: tuple[Path, ...],
    out: Path,
    raw: Path,
    jobs: int | None,
    reader: str,
    password: str,
    ocr: bool,
    cache: bool,
    paper: bool,
    replace: bool,
) -> None:
    """Read each PDF (all of raw_pdfs/**/*.pdf where none is named) into raw tables, records and quantities.

    Writes OUT/REPORT/{cells,blocks,measures,indicators,goals,problems}.{parquet,csv}, and over all reports
    in OUT observations.{parquet,csv} and datapackage.json. A report is named by its PDF's path below RAW,
    at most two folders deep, without .pdf; one from elsewhere by its file name alone.

    \b
    Exit status:
      0  all well
      1  done, with errors, each named on stderr
      2  nothing done

    \b
    Examples:
      shinchoku extract
      shinchoku extract raw_pdfs/fy2020_progress.pdf
      shinchoku extract scan.pdf --ocr --out try
    """
    options = Options(jobs, reader, password, ocr, cache, paper, replace)
    try:
        errors = _extract(pdf, out, raw, options)
    except ShinchokuError as error:
        click.echo(tell(say("Error: {error}", error=error)), err=True)
        raise click.exceptions.Exit(2) from error
    except KeyboardInterrupt:
        click.echo(
            tell(
                say("Stopped. What was in {out} before is whole; reports finished so far are new.", out=out)
            ),
            err=True,
        )
        raise click.exceptions.Exit(130) from None
    if errors:
        raise click.exceptions.Exit(1)


def _extract(pdf: tuple[Path, ...], out: Path, raw: Path, options: Options) -> bool:
    """Do it all; whether there were errors."""
    from shinchoku.layouts.files import own_layouts
    from shinchoku.people.lists import read_people
    from shinchoku.sources import find_sources

    start = time.monotonic()
    gc.set_threshold(*GARBAGE)
    sources = find_sources(raw, pdf)
    people, layouts = read_people(raw), own_layouts(raw)
    done: list[Done] = []
    with ExitStack() as stack:
        progress = stack.enter_context(_progress())
        readings = [_read(sources, options, reader, progress) for reader in options.readers]
        threading.Thread(target=_load).start()
        from shinchoku.dataset.publish import out_lock

        stack.enter_context(out_lock(out, on_wait=lambda said: click.echo(tell(said), err=True)))
        if not options.replace:
            from shinchoku.dataset.reports import check_free

            check_free(out, sources)
        from shinchoku.making import publish

        made = partial(publish, out=out, people=people, layouts=layouts)
        stopped = _publish_all(zip(*readings, strict=True), made, start, done)
        from shinchoku.dataset.collect import collect

        faults = collect(out)
    done = [
        changed(line, problems=(*line.problems, faults[line.report_id])) if line.report_id in faults else line
        for line in done
    ]
    for line in done:
        name_errors(line)
    if not pdf:
        _name_gone(out, raw, sources)
    for report_id in faults.keys() - {line.report_id for line in done}:
        click.echo(f"{report_id}: {tell(faults[report_id].said)}", err=True)
    summary(done)
    if stopped:
        raise KeyboardInterrupt
    return bool(faults) or any(p.severity is Severity.ERROR for line in done for p in line.problems)


def _publish_all(
    readings: "Iterator[tuple[FileResult, ...]]",
    made: "Callable[[tuple[FileResult, ...]], Report]",
    start: float,
    done: list[Done],
) -> bool:
    """Publish each report with `made` as it is read and note it in `done`; whether that was interrupted."""
    try:
        for results in readings:
            done.append(line_of(made(results), results[0].page_count, time.monotonic() - start))
    except KeyboardInterrupt:
        return True
    return False


def _name_gone(out: Path, raw: Path, sources: "Sequence[Source]") -> None:
    """Name the reports in `out` whose PDFs were in `raw` and are there no more."""
    from shinchoku.dataset.reports import reports_of

    for report_id in sorted(reports_of(out, raw.resolve().name) - {source.report_id for source in sources}):
        said = say(
            "{report_id}: its PDF is not in {raw} any more; `shinchoku forget {report_id}` removes the "
            "report",
            report_id=report_id,
            raw=raw,
        )
        click.echo(tell(said), err=True)


def _load() -> None:
    """Import what comes after reading, while the processes that read load what they need."""
    from shinchoku.dataset.collect import collect  # noqa: F401
    from shinchoku.making import publish  # noqa: F401
    from shinchoku.making.extraction import ready

    ready()


def _read(
    sources: "Sequence[Source]", options: Options, reader: str, progress: "Callable[[ProgressEvent], None]"
) -> "Iterator[FileResult]":
    """Each PDF as one reader reads it, scanned pages by OCR where that is wanted."""
    from shinchoku.settings import Settings
    from shinchoku.workers.cache import open_cache
    from shinchoku.workers.run import default_jobs, read_pages

    settings, jobs = Settings(paper=options.paper), options.jobs or default_jobs()
    cache = open_cache() if options.cache else None
    results = read_pages(
        sources,
        settings,
        jobs=jobs,
        reader=reader,
        password=options.password,
        cache=cache,
        progress=progress,
    )
    if not options.ocr:
        return results
    from shinchoku.making.ocr import read_scanned

    again = partial(read_scanned, jobs=jobs, reader=reader, password=options.password, cache=cache)
    return (again(result, settings, progress=progress) for result in results)


@contextmanager
def _progress() -> "Iterator[Callable[[ProgressEvent], None]]":
    """A bar a file on a terminal, nothing where stderr is piped."""
    if not sys.stderr.isatty():
        yield lambda event: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("pages"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, int] = {}

        def tell(event: "ProgressEvent") -> None:
            name = event.source.report_id
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=None)
            bar.update(tasks[name], completed=event.pages_done, total=event.page_count or None)  # type: ignore[arg-type]

        yield tell
