"""A folder of PDFs and what `shinchoku extract` would have made of them, each the shipped report of another
year in; how long a run over them takes out."""

import tempfile
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from pathlib import Path

from shinchoku.cli.extract import Options
from shinchoku.cli.unchanged import line_of, recollect
from shinchoku.dataset.collect import collect
from shinchoku.dataset.publish import out_lock
from shinchoku.dataset.reports import publish_report, source_meta
from shinchoku.fiscal import FiscalColumn
from shinchoku.layouts.files import own_layouts
from shinchoku.making import make_report
from shinchoku.people.lists import read_people
from shinchoku.rows import Report
from shinchoku.settings import Settings
from shinchoku.sources import find_sources
from shinchoku.workers.cache import open_cache
from shinchoku.workers.run import default_jobs, read_pages

from .files import SHIPPED, reprinted
from .measure import Scratch, spent

YEARS = 10
OPTIONS = Options(
    jobs=None, reader="pdfplumber", password="", ocr=False, cache=True, paper=True, replace=False
)


@dataclass(frozen=True)
class Collection:
    """Folders below `folder`; `reports` of the PDFs were made, YEARS of an area each."""

    folder: Path
    reports: int

    @cached_property
    def raw(self) -> Path:
        """The folder of PDFs, with all that was made of them beside it in `normalized`."""
        raw = self.folder / "raw"
        for number in range(self.reports):
            reprinted(raw / f"a{number // YEARS:04}" / f"fy{2019 + number % YEARS}.pdf", number)
        people = read_people(raw)
        (result,) = read_pages(find_sources(raw, [SHIPPED]), Settings(), jobs=default_jobs())
        shipped, _ = make_report([result], people, own_layouts(raw))
        sources = find_sources(raw)
        memory = recollect(open_cache(self.folder / "cache"), sources, people, (), OPTIONS)
        with out_lock(self.out):
            lines = []
            for number, source in enumerate(sources):
                report = _later(shipped, source.report_id, number % YEARS)
                lines.append(
                    line_of(publish_report(self.out, report, source_meta(source)), report.pages, 0.0)
                )
            memory.keep(self.out, lines, collect(self.out), whole=True)
        return raw

    @property
    def out(self) -> Path:
        return self.folder / "normalized"

    @cached_property
    def _numbers(self) -> "count[int]":
        return count(self.reports)

    def again(self) -> tuple[float, float]:
        """Seconds and bytes of a run for which nothing changed."""
        return self._run(self.raw, self.out)

    def more(self) -> tuple[float, float]:
        """Seconds and bytes by which a run with one report more takes longer than that report alone."""
        number = next(self._numbers)
        alone = reprinted(self.folder / f"alone{number}" / "fy2019.pdf", number)
        one = self._run(alone.parent, Path(tempfile.mkdtemp(dir=self.folder)), "--no-cache")
        reprinted(self.raw / f"b{number:04}" / "fy2019.pdf", number)
        all_ = self._run(self.raw, self.out)
        return all_[0] - one[0], all_[1] - one[1]

    def package(self) -> float:
        """Bytes of datapackage.json."""
        assert self.raw.is_dir()
        return float((self.out / "datapackage.json").stat().st_size)

    def _run(self, raw: Path, out: Path, *options: str) -> tuple[float, float]:
        environment = Scratch(self.folder).environment()
        arguments = ("extract", "--raw", str(raw), "--out", str(out), *options)
        return spent(*arguments, environment=environment, well=(0, 1))


def _later(report: Report, report_id: str, years: int) -> Report:
    """The report as it would be `years` later."""

    def column(old: FiscalColumn) -> FiscalColumn:
        return replace(old, year=old.year + years) if old.year else old

    def named(old: str) -> str:
        fiscal = FiscalColumn.parse(old)
        return column(fiscal).name if fiscal else old

    tables = {
        name: tuple(
            replace(row, fiscal={column(old): text for old, text in row.fiscal.items()})
            for row in getattr(report, name)
        )
        for name in ("measures", "indicators")
    }
    tables |= {
        name: tuple(replace(row, column=named(row.column)) for row in getattr(report, name))
        for name in ("origins", "problems")
    }
    fiscal = {name: tuple(map(column, columns)) for name, columns in report.fiscal.items()}
    return replace(report, report_id=report_id, fiscal=fiscal, **tables)
