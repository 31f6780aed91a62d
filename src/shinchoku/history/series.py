"""The links of an area's rows and what its reports' cells state in; one row a series, fiscal year, role and
item, as the newest report that prints it has it, out."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import pandas as pd

from shinchoku.diff.compare import restated
from shinchoku.fiscal import FiscalColumn
from shinchoku.history.chain import Link

CELL = ["series", "fiscal_year", "role"]
"""What names one cell over all reports."""


def series(links: Sequence[Link], observations: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """The rows of `series` of one area, by series, fiscal year, role and item.

    `links` are those of `lineage`; `observations` holds the rows of `observations` of the same reports and
    `order` their ids, oldest first. The frame has the columns of `observations`, as the newest report that
    prints anything in the cell has them, `series` (the number of the series), `reports`, how many print the
    cell, and `restated`, whether two printings, one after the other, do not agree.
    """
    numbers = pd.DataFrame(
        [(link.report_id, link.row_kind, link.row.row_id, link.series) for link in links],
        columns=["report_id", "row_kind", "row_id", "series"],
    )
    printed = observations[observations["text"] != ""].merge(numbers, on=["report_id", "row_kind", "row_id"])
    rank = printed["report_id"].map({report_id: at for at, report_id in enumerate(order)})
    cells = printed.assign(rank=rank).groupby(CELL, dropna=False, sort=False)
    printed["reports"] = cells["report_id"].transform("nunique")
    newest = printed[rank == cells["rank"].transform("max")]
    disagreeing = pd.DataFrame(restatements(links), columns=CELL).assign(restated=True)
    disagreeing["fiscal_year"] = disagreeing["fiscal_year"].astype(newest["fiscal_year"].dtype)
    found = newest.merge(disagreeing, on=CELL, how="left")
    found["restated"] = found["restated"].notna()
    return found.sort_values([*CELL, "item"], kind="stable", ignore_index=True)


def restatements(links: Iterable[Link]) -> Iterator[tuple[int, int | None, str]]:
    """The cells (series, fiscal year, role) in which two reports do not agree."""
    rows: dict[int, list[Link]] = {}
    for link in links:
        rows.setdefault(link.series, []).append(link)
    for number, same in rows.items():
        for name in dict.fromkeys(column for link in same for column in link.row.texts):
            column = FiscalColumn.parse(name)
            having = [link.row for link in same if link.row.texts.get(name)]
            if column and any(restated(old, new, name) for old, new in pairwise(having)):
                yield number, column.year, column.role
