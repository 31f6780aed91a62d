"""For Python: a PDF in, its tables as pandas frames out, nothing written; a folder of reports in, the tables
over all of them out."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from shinchoku.dataset.schema import table
from shinchoku.dataset.tables.checks import check_columns
from shinchoku.dataset.tables.files import arrow_table
from shinchoku.language import say, tell
from shinchoku.problems import ShinchokuError
from shinchoku.rows import Report as Rows
from shinchoku.rows import by_column, how_many
from shinchoku.values.observe import observe
from shinchoku.values.own import speaking

if TYPE_CHECKING:
    from PIL import Image


class _Tables(ABC):
    """Tables as frames, each made when it is first asked for."""

    @abstractmethod
    def _frame(self, name: str) -> pd.DataFrame:
        """The table of that name."""

    @cached_property
    def cells(self) -> pd.DataFrame:
        """Every printed cell of every table."""
        return self._frame("cells")

    @cached_property
    def blocks(self) -> pd.DataFrame:
        """All text outside tables."""
        return self._frame("blocks")

    @cached_property
    def measures(self) -> pd.DataFrame:
        """The rows of the action plan, a column for each fiscal year and role."""
        return self._frame("measures")

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """The rows of the KPI tables, a column for each fiscal year and role."""
        return self._frame("indicators")

    @cached_property
    def goals(self) -> pd.DataFrame:
        """The statements of goal sheets."""
        return self._frame("goals")

    @cached_property
    def origins(self) -> pd.DataFrame:
        """Which printed cells each value was read from."""
        return self._frame("origins")

    @cached_property
    def problems(self) -> pd.DataFrame:
        """What could not be read or looks wrong, and where."""
        return self._frame("problems")

    @cached_property
    def observations(self) -> pd.DataFrame:
        """One row for each quantity that a fiscal-year cell states."""
        return self._frame("observations")


@dataclass(frozen=True)
class Report(_Tables):
    """One report as it was read. Every table is a frame with the columns that `extract` writes: `cells`,
    `blocks`, `measures`, `indicators`, `goals`, `origins`, `observations`, `problems`; `page` counts from 1,
    boxes are in points from the page's top left. `layouts` are the files of one's own whose words count."""

    path: Path
    rows: Rows = field(repr=False)
    password: str = field(default="", repr=False)
    layouts: tuple[Path, ...] = field(default=(), repr=False)

    @property
    def report_id(self) -> str:
        return self.rows.report_id

    def draw(self, page: int, scale: float = 1.5) -> "Image.Image":
        """A picture of a page (from 1) with its cells drawn over, `scale` pixels a point. Raises
        ShinchokuError where there is no such page."""
        from shinchoku.draw import draw_pages, picture

        (drawn,) = draw_pages(self.path, [page], scale, self.password)
        return picture(drawn)

    def _frame(self, name: str) -> pd.DataFrame:
        if name == "observations":
            with speaking(self.layouts):
                found = by_column(observe(self.report_id, self.rows.records, self.rows.origins))
        else:
            found = self.rows.columns(name)
        spec = table(name, [column.name for column in self.rows.fiscal.get(name, ())])
        frame: pd.DataFrame = arrow_table(spec, check_columns(spec, found)).to_pandas()
        return frame

    def _repr_html_(self) -> str:
        """How a notebook shows it: what was read, and what is wrong."""
        rows, wrong = self.rows, self.problems[self.problems["severity"] != "info"]
        head = how_many(rows.pages, len(rows.measures), len(rows.indicators), len(rows.goals))
        told = tell(say("{count} errors and warnings", count=len(wrong)))
        name = "measures" if rows.measures else "indicators"
        shown: pd.DataFrame = getattr(self, name)
        filled = [column for column in shown if not shown[column].isin(["", None]).all()]
        return (
            f"<p><b>{escape(self.report_id)}</b>: {tell(head)}</p>{shown[filled].head().to_html()}"
            f"<p>{told}</p>{wrong.head().to_html() if len(wrong) else ''}"
        )


@dataclass(frozen=True)
class Dataset(_Tables):
    """All reports of a folder that `extract` wrote. Each table is a frame over all reports, read when it is
    first asked for; of fiscal-year columns it has those of any report, "" where a report has not got it."""

    folder: Path
    report_ids: tuple[str, ...]

    @cached_property
    def reports(self) -> pd.DataFrame:
        """One row a report: where it comes from, its fiscal year, how many rows and problems it has."""
        return pd.read_parquet(self.folder / "reports.parquet")

    def _frame(self, name: str) -> pd.DataFrame:
        if name == "observations":
            return pd.read_parquet(self.folder / "observations.parquet")
        frames = [pd.read_parquet(self.folder / one / f"{name}.parquet") for one in self.report_ids]
        return united(frames, table(name).column_names)


def united(frames: Sequence[pd.DataFrame], first: Sequence[str]) -> pd.DataFrame:
    """Frames of one table below each other, with the columns of any: those of `first` in their order, the
    fiscal-year columns among them where they stand in the frame that has the most. Text that a frame lacks
    is ""."""
    order: list[str] = []
    for frame in sorted(frames, key=lambda frame: -frame.shape[1]):
        before = ""
        for column in frame.columns:
            if column not in order:
                order.insert(order.index(before) + 1 if before in order else 0, column)
            before = column
    if not frames:
        return pd.DataFrame(columns=list(first))
    whole = pd.concat(frames, ignore_index=True)[order]
    return whole.fillna({column: "" for column in order if pd.api.types.is_string_dtype(whole[column])})


def read(
    path: str | Path,
    *,
    raw: str | Path | None = None,
    password: str = "",
    reader: str = "pdfplumber",
    jobs: int | None = None,
    paper: bool = True,
) -> Report:
    """Read one PDF and write nothing. `raw` is the folder of PDFs it belongs to, its own where none is given:
    its report is named by its path from there, and what stands there (`sources.toml`, `corrections.csv`,
    `reviews.csv`) counts as for `shinchoku extract`. `jobs` processes read its pages (one a core), with the
    painted page as a witness unless `paper` is False. Raises SourceError where there is no such file; what is
    wrong with the PDF is in `problems`."""
    from shinchoku.layouts.files import own_layouts
    from shinchoku.making import make_report
    from shinchoku.people.lists import read_people
    from shinchoku.settings import Settings
    from shinchoku.sources import find_sources
    from shinchoku.workers.run import default_jobs, read_pages

    path = Path(path)
    folder = path.parent if raw is None else Path(raw)
    sources = find_sources(folder, [path])
    settings = Settings(paper=paper)
    (result,) = read_pages(sources, settings, jobs=jobs or default_jobs(), reader=reader, password=password)
    layouts = own_layouts(folder)
    rows, _ = make_report([result], read_people(folder), layouts)
    return Report(path, rows, password, layouts.files)


def load(normalized: str | Path = "normalized") -> Dataset:
    """All reports of a folder that `shinchoku extract` wrote. Raises ShinchokuError where it holds none."""
    folder = Path(normalized)
    if not (folder / "reports.parquet").is_file():
        raise ShinchokuError.say("{folder}: no report there; run `shinchoku extract` first", folder=folder)
    listed = pd.read_parquet(folder / "reports.parquet", columns=["report_id"])
    return Dataset(folder, tuple(listed["report_id"]))
