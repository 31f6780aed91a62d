"""Right answers in, how many rows of what was extracted are like them out: rows found, cells right, all
right."""

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from shinchoku.making.extraction import extract
from shinchoku.page import open_pdf
from shinchoku.parts import RawPage
from shinchoku.raw import raw_page
from shinchoku.rows import Report
from shinchoku.text import squeeze

ROOT = Path(__file__).parents[3]
GOLD = Path(__file__).parents[2] / "gold"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Score:
    """`found`: rows in the right place by name; `cells`: those equal but for the split of name and target;
    `exact`: those equal to the letter; `extra`: rows beyond the right number."""

    rows: int
    found: int
    cells: int
    exact: int
    extra: int


@cache
def raw_pages(name: str) -> list[RawPage]:
    """The raw pages of the shipped report of that name."""
    with closing(open_pdf(ROOT / "raw_pdfs" / f"{name}.pdf")) as pdf:
        return [raw_page(pdf.read(n)) for n in range(1, pdf.page_count + 1)]


@cache
def reported(path: Path) -> Report:
    """What is extracted from a PDF, which is named by its file."""
    with closing(open_pdf(path)) as pdf:
        return extract(path.stem, [raw_page(pdf.read(n)) for n in range(1, pdf.page_count + 1)])


@cache
def shipped(name: str) -> Report:
    """What is extracted from the shipped report of that name."""
    return extract(name, raw_pages(name))


def answers(name: str) -> list[Row]:
    """The rows of tests/gold/<name>.jsonl."""
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def score(gold: Sequence[Row], made: Sequence[Row], name: str, split: Sequence[str] = ()) -> Score:
    """Hold rows against the right ones, one by one in order; `name` is the column that names a row, `split`
    are those that a wrong split of its cell makes wrong."""
    pairs = list(zip(gold, made, strict=False))
    found = sum(squeeze(g[name]) == squeeze(m[name]) for g, m in pairs)
    wrong = [[c for c in g if g[c] != m.get(c)] for g, m in pairs]
    cells = sum(all(c in split for c in columns) for columns in wrong)
    return Score(len(gold), found, cells, sum(not columns for columns in wrong), len(made) - len(gold))
