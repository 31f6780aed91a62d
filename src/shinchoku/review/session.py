"""The folder of PDFs and that of the output in; reports as they are read now, corrected, signed and made anew
out."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import RLock

from PIL import Image

from shinchoku.dataset.collect import collect
from shinchoku.dataset.output.staging import is_cut_short
from shinchoku.dataset.publish import check_free, out_lock
from shinchoku.dataset.reports import publish_report, source_meta
from shinchoku.dataset.tables.files import read_meta, read_rows
from shinchoku.draw import picture_of
from shinchoku.language import joined
from shinchoku.layouts.files import own_layouts
from shinchoku.making import make_report
from shinchoku.making.ocr import read_with_ocr
from shinchoku.people import Correction, People, Review
from shinchoku.people.lists import read_people
from shinchoku.people.reviewed import page_digests
from shinchoku.problems import Severity, ShinchokuError
from shinchoku.review import notebook
from shinchoku.review.effect import Effect, effect
from shinchoku.rows import Report
from shinchoku.settings import REPORTS_HELD, Settings
from shinchoku.sources import Source, find_sources
from shinchoku.values.own import speaking
from shinchoku.workers.cache import open_cache
from shinchoku.workers.run import FileResult, default_jobs, read_pages

LOG = logging.getLogger(__name__)


@dataclass
class Session:
    """What the server works on; one caller at a time. `reader`, `password` and `ocr` are as the command that
    extracts has them."""

    raw: Path
    data: Path
    sources: dict[str, Source]
    password: str = ""
    reader: str = "pdfplumber"
    ocr: bool = False
    lock: RLock = field(default_factory=RLock)
    readings: dict[str, FileResult] = field(default_factory=dict)
    reports: dict[tuple[str, People], Report] = field(default_factory=dict)

    def people(self) -> People:
        return read_people(self.raw)

    def state(self) -> str:
        """What tells the lists of corrections and reviews from any other state of them."""
        return notebook.state(self.raw)

    def reading(self, report_id: str) -> FileResult:
        """What the workers read of a report's pages, once. Raises ShinchokuError for an unknown report, one
        in whose place the output has another PDF's, one of which nothing can be read, and one whose scanned
        pages were read before and are not now."""
        with self.lock:
            source = self._source(report_id)
            if report_id not in self.readings:
                check_free(self.data, [source])
                self.readings[report_id] = self._read(source)
            return self.readings[report_id]

    def _read(self, source: Source) -> FileResult:
        read = read_with_ocr if self.ocr else read_pages
        (result,) = read(
            [source],
            Settings(),
            jobs=default_jobs(),
            reader=self.reader,
            password=self.password,
            cache=open_cache(),
        )
        if result.failed:
            wrong = (problem.said for problem in result.problems if problem.severity is Severity.ERROR)
            said = joined("; ", wrong)
            raise ShinchokuError.say(
                "nothing can be read of {report_id}: {said}", report_id=source.report_id, said=said
            )
        if result.scanned and not self.ocr and _read_by_ocr(self.data / source.report_id / "cells.parquet"):
            raise ShinchokuError.say(
                "pages of {report_id} were read by OCR; give --ocr here too", report_id=source.report_id
            )
        return result

    def report(self, report_id: str, people: People | None = None) -> Report:
        """The report as it is read and corrected now, or as `people` have it; the last few are kept."""
        with self.lock:
            known = (people or self.people()).of(report_id)
            key = (report_id, known)
            if key not in self.reports:
                read = self.reading(report_id)
                made, failed = make_report([read], known, own_layouts(self.raw))
                if failed:
                    raise ShinchokuError(made.problems[-1].said)
                kept = list(self.reports.items())[1 - REPORTS_HELD :]
                self.reports = {**dict(kept), key: made}
            return self.reports[key]

    def preview(self, correction: Correction) -> Effect:
        """What a correction would change."""
        with self.lock:
            people = self.people()
            more = replace(people, corrections=(*people.corrections, correction))
            with speaking(own_layouts(self.raw).files):
                return effect(self.report(correction.report_id), self.report(correction.report_id, more))

    def keep(self, correction: Correction, seen: str) -> None:
        """Keep a correction and publish the report anew. Raises ShinchokuError, and writes nothing, where it
        does not fit or the lists are not as they were `seen`."""
        with self.lock:
            notebook.check(self.raw, seen)
            people = self.people()
            more = replace(people, corrections=(*people.corrections, correction))
            if correction.key not in self.report(correction.report_id, more).corrections:
                raise ShinchokuError.say("this correction fits no cell or table as it is read now")
            notebook.keep(self.raw, correction, seen)
            self._publish(correction.report_id)

    def undo(self, key: str, seen: str) -> None:
        """Take a correction back and publish its report anew; as `keep`."""
        with self.lock:
            correction = notebook.take_back(self.raw, key, seen)
            self._publish(correction.report_id)

    def sign(self, review: Review, seen: str) -> None:
        """Sign a page and publish its report anew; as `keep`, and where the page is read otherwise than was
        signed."""
        with self.lock:
            notebook.check(self.raw, seen)
            report = self.report(review.report_id)
            if page_digests(report.cells, report.blocks).get(review.page) != review.digest:
                raise ShinchokuError.say("this page is read otherwise now; look at it again, then sign it")
            notebook.sign(self.raw, review, seen)
            self._publish(review.report_id)

    def picture(self, report_id: str, page: int, scale: float) -> Image.Image:
        """A page as PDFium paints it, `scale` pixels a point."""
        with self.lock:
            return picture_of(self._source(report_id).path, page, scale, self.password)

    def _source(self, report_id: str) -> Source:
        if report_id not in self.sources:
            raise ShinchokuError.say("no report {report_id!r} in {raw}", report_id=report_id, raw=self.raw)
        return self.sources[report_id]

    def catch_up(self, report_id: str) -> None:
        """Publish a report anew that the output holds as the lists were before: a server that was killed
        between the two leaves it so, and who edits a list by hand."""
        with self.lock:
            file = self.data / report_id / "problems.parquet"
            if not file.is_file():
                return
            report, meta = self.report(report_id), read_meta(file)
            said = [json.loads(meta.get(key, "[]")) for key in ("corrections", "reviewed")]
            if is_cut_short(self.data) or said != [list(report.corrections), list(report.reviewed)]:
                self._publish(report_id)

    def _publish(self, report_id: str) -> None:
        with out_lock(self.data):
            publish_report(self.data, self.report(report_id), source_meta(self.sources[report_id]))
            with speaking(own_layouts(self.raw).files):
                collect(self.data)


def _read_by_ocr(cells: Path) -> bool:
    return cells.is_file() and any(row["ocr"] for row in read_rows(cells))


def open_session(
    raw: Path,
    data: Path,
    named: Sequence[str] = (),
    password: str = "",
    reader: str = "pdfplumber",
    ocr: bool = False,
) -> Session:
    """A session on the reports `named`, or all of `raw`; raises ShinchokuError for one that is not there. A
    PDF whose name is none of a report is named in the log."""
    found = find_sources(raw, on_unfit=lambda path, why: LOG.warning("%s", why))
    sources = {source.report_id: source for source in found}
    missing = [name for name in named if name not in sources]
    if missing:
        raise ShinchokuError.say(
            "no report {missing!r} in {raw} (there: {listed})",
            missing=missing[0],
            raw=raw,
            listed=", ".join(sources),
        )
    read_people(raw)
    return Session(
        raw, data, {k: v for k, v in sources.items() if not named or k in named}, password, reader, ocr
    )
