"""`shinchoku extract`: PDFs in, the files of each report out, what went wrong on stderr."""

import gc
import logging
import threading
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shinchoku.cli.told.bar import bars
from shinchoku.cli.told.folders import raw_option
from shinchoku.cli.told.left import LeftOut, fit, name_left_out, name_missing
from shinchoku.cli.told.manner import Manner, note, on_terminal, password_option, unattended
from shinchoku.language import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from shinchoku.cli.told.answer import Answer
    from shinchoku.cli.unchanged import Done
    from shinchoku.people import People
    from shinchoku.sources import Source
    from shinchoku.workers.cache import Cache
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
@raw_option("Folder of PDFs, all of which are read where none is named.")
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
@password_option
@click.option("--ocr", is_flag=True, help="Have scanned pages read by ocrmypdf, if it is installed.")
@click.option(
    "--cache/--no-cache", default=True, help="Use what an earlier run read of the same PDF, or read it anew."
)
@click.option(
    "--replace", is_flag=True, help="Put reports in the place of those of the same id from other PDFs."
)
@partial(unattended, bar=True)
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
    manner: Manner,
) -> "Answer":
    """Read each PDF (all of raw_pdfs/**/*.pdf where none is named) into raw tables, records and quantities.

    Writes OUT/REPORT/{cells,blocks,measures,indicators,goals,problems}.{parquet,csv}, and over all reports
    in OUT observations.{parquet,csv} and datapackage.json. A report is named by its PDF's path below RAW,
    at most two folders deep, without .pdf; one from elsewhere by its file name alone.

    On a terminal the pages read are drawn as bars; else a line is said for each file that is done.

    \b
    Exit status:
      0    all well
      1    done, with errors, each named on stderr
      2    nothing done
      130  stopped by Ctrl-C

    \b
    Examples:
      shinchoku extract
      shinchoku extract raw_pdfs/fy2020_progress.pdf
      shinchoku extract scan.pdf --ocr --out try
      shinchoku extract --quiet --log extract.log
      shinchoku extract --format json > done.json
    """
    options = Options(jobs, reader, password, ocr, cache, paper, replace)
    done: list[Done] = []
    left_out: LeftOut = {}
    try:
        stopped = _extract(pdf, out, raw, options, manner, done, left_out)
    except KeyboardInterrupt:
        stopped = True
    from shinchoku.cli.told.summary import extracted

    return extracted(out, done, left_out, stopped)


def _extract(
    pdf: tuple[Path, ...],
    out: Path,
    raw: Path,
    options: Options,
    manner: Manner,
    done: list["Done"],
    left_out: LeftOut,
) -> bool:
    """Do it all and say it, each report noted in `done`, each PDF without one in `left_out`; whether it was
    interrupted."""
    if not options.cache:  # all is read
        from shinchoku.workers.pool.launch import start_ahead

        start_ahead(options.readers[0])
    from shinchoku.people.lists import read_people
    from shinchoku.sources import find_sources

    gc.set_threshold(*GARBAGE)
    sources = fit(find_sources(raw, pdf, left_out.__setitem__), left_out)
    people = read_people(raw)
    stopped = _make(sources, raw, out, people, options, manner, done)

    from shinchoku.cli.told.summary import name_problems, summary

    place = {source.report_id: number for number, source in enumerate(sources)}
    done.sort(key=lambda each: place[each.line.report_id])
    for each in done:
        name_problems(each)
    if not pdf:
        name_missing(out, raw, people, [*(source.path for source in sources), *left_out])
    name_left_out(left_out)
    if manner.summarises:
        summary(done)
    return stopped


def _make(
    sources: "Sequence[Source]",
    raw: Path,
    out: Path,
    people: "People",
    options: Options,
    manner: Manner,
    done: list["Done"],
) -> bool:
    """Make the reports that do not stand in `out` as they would be made, and note all of them in `done`;
    whether that was interrupted. Reading begins before what comes after it is loaded."""
    from shinchoku.cli.unchanged import recollect
    from shinchoku.sources.naming import layouts_in
    from shinchoku.workers.cache import open_cache

    with ExitStack() as stack:
        progress = stack.enter_context(bars(on_terminal() and not manner.quiet))
        cache = open_cache() if options.cache else None
        told = replace(options, jobs=None, replace=False)
        memory = recollect(cache, sources, people, layouts_in(raw), told)
        begin = partial(_read, options=options, cache=cache, progress=progress)
        begun = [] if memory.holds_any else begin(sources)

        from shinchoku.dataset.publish import check_free, out_lock
        from shinchoku.layouts.files import own_layouts
        from shinchoku.values.own import speaking

        layouts = own_layouts(raw)
        stack.enter_context(speaking(layouts.files))
        stack.enter_context(out_lock(out, on_wait=partial(note, level=logging.WARNING)))
        known = memory.known(out)
        done += [made.done for made in known.values()]
        if known:
            note(
                counted(
                    "{n} report is as an earlier run made it",
                    "{n} reports are as an earlier run made them",
                    len(known),
                )
            )
            begun = []  # a run that was waited for made them
        if memory.is_done(out, known):
            return False
        new = [source for source in sources if source.report_id not in known]
        readings = begun or begin(new)
        threading.Thread(target=_load).start()
        if not options.replace:
            check_free(out, new)
        how = {"out": out, "people": people, "layouts": layouts}
        lasting: list[Done] = []
        stopped = _publish_all(zip(*readings, strict=True), how, done, lasting)
        from shinchoku.dataset.collect import collect

        digests = collect(out, {report_id: made.digest for report_id, made in known.items()})
        memory.keep(out, lasting, digests, whole=not stopped)
    return stopped


def _publish_all(
    readings: "Iterator[tuple[FileResult, ...]]",
    how: "Mapping[str, Any]",
    done: list["Done"],
    lasting: list["Done"],
) -> bool:
    """Publish each report as it is read, `how` being told to `making.publish`, and note it in `done`, and in
    `lasting` where another run would make the same; whether that was interrupted."""
    try:
        for results in readings:
            from shinchoku.cli.told.summary import note_done
            from shinchoku.cli.unchanged import is_lasting, line_of
            from shinchoku.making import publish

            start = time.thread_time()
            report = publish(results, **how)
            seconds = time.thread_time() - start + sum(result.seconds for result in results)
            done.append(line_of(report, results[0].page_count, seconds))
            note_done(done[-1].line)
            if is_lasting(results, report):
                lasting.append(done[-1])
    except KeyboardInterrupt:
        return True
    return False


def _load() -> None:
    """Import what comes after reading, while the processes that read load what they need. What cannot be
    imported is said where it is used: here it may be a module that Ctrl-C left half made."""
    with suppress(ImportError):
        from shinchoku.dataset.collect import collect  # noqa: F401
        from shinchoku.making import publish  # noqa: F401
        from shinchoku.making.extraction import ready

        ready()


def _read(
    sources: "Sequence[Source]",
    options: Options,
    cache: "Cache | None",
    progress: "Callable[[ProgressEvent], None]",
) -> "list[Iterator[FileResult]]":
    """Each PDF as each reader reads it, scanned pages by OCR where that is wanted."""
    from shinchoku.settings import Settings
    from shinchoku.workers.run import default_jobs, read_pages

    read = read_pages
    if options.ocr:
        from shinchoku.making.ocr import read_with_ocr

        read = read_with_ocr
    begin = partial(
        read,
        sources,
        Settings(paper=options.paper),
        jobs=options.jobs or default_jobs(),
        password=options.password,
        cache=cache,
        progress=progress,
    )
    return [begin(reader=reader) for reader in options.readers if sources]
