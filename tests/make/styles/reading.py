"""A report in a house style in; how its rows come out of the extractor, held against those it prints, out."""

import json
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from make.styles.report import expected_indicators, expected_measures, report
from make.styles.style import Style
from shinchoku.fiscal import FiscalColumn
from shinchoku.making.extraction import extract
from shinchoku.page import Reader, open_pdf
from shinchoku.problems import Severity
from shinchoku.raw import raw_page
from shinchoku.rows import Report
from shinchoku.text import squeeze

GOLD = Path(__file__).parents[2] / "gold"
Row = dict[str, Any]


def answers(name: str, last_plan: int) -> list[Row]:
    """The right answers of a shipped report, up to a plan."""
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row.get("plan_no", 1) <= last_plan]


def read_file(path: Path, reader: Reader = "pdfplumber") -> Report:
    """What is extracted from a PDF."""
    with closing(open_pdf(path, reader)) as pdf:
        return extract("made", [raw_page(pdf.read(n)) for n in range(1, pdf.page_count + 1)])


def read(style: Style, folder: Path, *records: list[Row]) -> Report:
    """What is extracted from a report of these records (measures, indicators, goals) in that style."""
    path = folder / "made.pdf"
    path.write_bytes(report(style, *records))
    return read_file(path)


def wrong(gold: list[Row], made: list[Row], besides: tuple[str, ...] = ()) -> int:
    """How many rows differ in a column, those of `besides` aside."""
    return sum(any(g[c] != m[c] for c in g if c not in besides) for g, m in zip(gold, made, strict=True))


@dataclass(frozen=True, slots=True)
class Tally:
    """How the rows of one report came out: whether all were found and none besides, how many errors there
    were, and the shares of the measures that are right, but for their split in name and target and with it,
    and of the indicators."""

    found: bool
    errors: int
    cells: float = 0.0
    exact: float = 0.0
    indicators: float = 0.0

    @property
    def holds(self) -> bool:
        """Whether it keeps the bounds that every house style is held to."""
        return (
            self.found
            and not self.errors
            and self.cells >= 0.97
            and self.exact >= 0.94
            and self.indicators >= 0.95
        )


def tally(style: Style, folder: Path, measures: list[Row], indicators: list[Row]) -> Tally:
    """Typeset, extract and compare."""
    extraction = read(style, folder, measures, indicators)
    tables = {name: extraction.table(name) for name in ("measures", "indicators")}
    errors = sum(p.severity is Severity.ERROR for p in extraction.problems)
    gold, own = expected_measures(style, measures), expected_indicators(style, indicators)
    texts = [[squeeze(row["measure_text"]) for row in rows] for rows in (gold, tables["measures"])]
    if texts[0] != texts[1] or len(own) != len(tables["indicators"]):
        return Tally(False, errors)
    splits = ("measure", *(c for c in gold[0] if (f := FiscalColumn.parse(c)) and f.role == "target"))
    return Tally(
        True,
        errors,
        1 - wrong(gold, tables["measures"], splits) / len(gold),
        1 - wrong(gold, tables["measures"]) / len(gold),
        1 - wrong(own, tables["indicators"]) / len(own),
    )
