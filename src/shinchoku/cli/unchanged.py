"""The PDFs of a run in; the reports that an earlier run made of the very same, and need not be made anew,
out.

What is remembered stands in the cache, under a hash of all that decides what is made of a PDF: its bytes and
place, what is said of it beside it, the layouts, the settings, the code. It counts where the files of the
report are still those that were made then.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from shinchoku.cli.told.answer import ReportAnswer
from shinchoku.problems import Problem, Severity, count_by_severity
from shinchoku.version import code_version
from shinchoku.workers.cache import Cache, remember, remembered

if TYPE_CHECKING:
    from shinchoku.people import People
    from shinchoku.rows import Report
    from shinchoku.sources import Source
    from shinchoku.workers.run import FileResult

PASSING = ("changed_file", "internal_error")
"""Problems that another run may not have."""


@dataclass(frozen=True, slots=True)
class Done:
    """A report that stands in the output: its line for programs (`extracted` tells the folder), and its
    problems."""

    line: ReportAnswer
    problems: tuple[Problem, ...]


def line_of(report: "Report", pages: int, seconds: float) -> Done:
    """The line of a report whose PDF has so many pages, and on which all processes together spent so much
    processor time in this run."""
    counts = count_by_severity(report.problems)
    line = ReportAnswer(
        report_id=report.report_id,
        folder="",
        pages=pages,
        tables=len({(cell.page, cell.table) for cell in report.cells}),
        measures=len(report.measures),
        indicators=len(report.indicators),
        goals=len(report.goals),
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        infos=counts[Severity.INFO],
        reviewed=len(report.reviewed),
        seconds=round(seconds, 3) or None,
    )
    return Done(line, report.problems)


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of a PDF: the digest of its report's files, and what is told of it."""

    digest: str
    done: Done


@dataclass(frozen=True, slots=True)
class Memory:
    """What earlier runs made of the PDFs of this one; `keys` say for each report all that decides what is
    made of it. Make it with `recollect`."""

    cache: Cache | None
    keys: Mapping[str, str]

    @property
    def holds_any(self) -> bool:
        """Whether anything is remembered; else all is to be made, whatever stands in the output."""
        return self.cache is not None and any(self.cache.has(key, 0) for key in self.keys.values())

    def known(self, out: Path) -> dict[str, Made]:
        """The reports of this run that stand in `out` as they would be made."""
        from shinchoku.dataset.output.whole import digest_in

        found = {report_id: remembered(self.cache, key, Made) for report_id, key in self.keys.items()}
        return {
            report_id: made
            for report_id, made in found.items()
            if made is not None and digest_in(out, report_id) == made.digest
        }

    def is_done(self, out: Path, known: Mapping[str, Made]) -> bool:
        """Whether nothing is left to do: all of `out` is as an earlier run of the same PDFs left it."""
        from shinchoku.dataset.output.staging import LAST
        from shinchoku.dataset.output.whole import fingerprint, is_described

        if known.keys() != self.keys.keys():
            return False
        same = remembered(self.cache, self._all, str) == fingerprint(out / LAST)[1]
        return same and is_described(out, {report_id: made.digest for report_id, made in known.items()})

    def keep(self, out: Path, done: Iterable[Done], digests: Mapping[str, str], *, whole: bool) -> None:
        """Remember, inside `out_lock`, what this run made: what is `done` that the same PDFs would give again
        and, where the `whole` run came to its end, the hash of the datapackage.json that it leaves."""
        from shinchoku.dataset.output.staging import LAST, present
        from shinchoku.dataset.output.whole import fingerprint

        for each in done:
            line = replace(each.line, seconds=None)
            if line.report_id in digests:
                made = Made(digests[line.report_id], replace(each, line=line))
                remember(self.cache, self.keys[line.report_id], made)
        if whole:
            remember(self.cache, self._all, fingerprint(present(out, LAST))[1])

    @property
    def _all(self) -> str:
        return hashlib.sha256("\n".join(sorted(self.keys.values())).encode()).hexdigest()


def recollect(
    cache: Cache | None,
    sources: Sequence["Source"],
    people: "People",
    layouts: Iterable[Path],
    *how: object,
) -> Memory:
    """What is remembered of these PDFs, read in this way: `layouts` are the files of layouts of one's own,
    `how` is all else that a person may choose. Without a cache nothing is."""
    if cache is None:
        return Memory(None, {source.report_id: "" for source in sources})
    common = (code_version(), [(path.name, path.read_bytes()) for path in layouts], how)
    keys = {}
    for source in sources:
        told = replace(source, path=Path(source.path.name), stamp=(0, 0))
        said = repr((common, told, people.of(source.report_id)))
        keys[source.report_id] = hashlib.sha256(said.encode()).hexdigest()
    return Memory(cache, keys)


def is_lasting(results: Sequence["FileResult"], report: "Report") -> bool:
    """Whether another run would make the same of a PDF: every page was read, none by a program for pictures,
    and nothing went wrong that may not do so again."""
    return not any(p.code in PASSING for p in report.problems) and all(
        not result.failed and not result.ocr and 0 < result.page_count <= len(result.raw_pages)
        for result in results
    )
