"""Made chains of years: a real report's rows renamed, moved, split, added, dropped and left out for a year in
known ways, year after year; the true series of every row."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from make.rows.diff import Record, gold, numbered, report
from make.rows.perturbed import PLACE, made_up, reword
from shinchoku.diff.rows import Report
from shinchoku.history import Link

CHANGED = 0.1
"""This share of the rows is changed from each year to the next."""


@dataclass(frozen=True)
class Years:
    """Reports, oldest first, and for each the true series of its rows, in printed order."""

    reports: Sequence[Report]
    series: Sequence[Sequence[int]]


def years(kind: str, seed: int, count: int = 5) -> Years:
    """`count` years of FY2019's rows; each changes a tenth of them."""
    dice = random.Random(seed)
    numbers = iter(range(10**9))
    rows = [(next(numbers), _first(row)) for row in gold(f"fy2019.{kind}s.jsonl")]
    reports: list[Report] = []
    series: list[list[int]] = []
    away: list[tuple[int, Record]] = []
    for year in range(2019, 2019 + count):
        if year > 2019:
            rows, away = _next(rows, away, kind, year, dice, numbers)
        made = numbered([row for _, row in rows], kind)
        reports.append(report(f"fy{year}", **{kind: made}))
        series.append([number for number, _ in rows])
    return Years(reports, series)


def _first(row: Record) -> Record:
    return {key: value for key, value in row.items() if key not in ("row_id", "row_order", "page")}


def _next(
    rows: list[tuple[int, Record]],
    away: list[tuple[int, Record]],
    kind: str,
    year: int,
    dice: random.Random,
    numbers: Iterator[int],
) -> tuple[list[tuple[int, Record]], list[tuple[int, Record]]]:
    """The rows of the year after, and those that sit it out."""
    out: list[tuple[int, Record]] = list(away)
    gone: list[tuple[int, Record]] = []
    for number, before in rows:
        row = _dated(before, year)
        fate = dice.random()
        if fate < 0.2 * CHANGED:
            continue
        if fate < 0.3 * CHANGED:
            gone.append((number, row))
            continue
        if fate < 0.5 * CHANGED:
            row[kind] = reword("".join(row[kind].split()), dice)
        elif fate < 0.65 * CHANGED:
            row |= {c: v for c, v in dice.choice(rows)[1].items() if c in PLACE}
        elif fate < 0.8 * CHANGED:
            out.append((next(numbers), {**row, kind: f"{row[kind]}(その2)"}))
        out.append((number, row))
        if fate > 1 - 0.2 * CHANGED:
            out.append((next(numbers), made_up(row, kind, dice)))
    for _, row in out:
        row["measure_text"] = row[kind]
    return out, gone


def _dated(row: Record, year: int) -> Record:
    """The row with this year's columns for the last one's."""
    last = f"fy{year - 1}_"
    return {key.replace(last, f"fy{year}_") if key[7:] != "baseline" else key: v for key, v in row.items()}


def right_share(made: Years, links: Sequence[Link]) -> float:
    """The share of the true series that are found whole, with no row of another one."""
    got: dict[int, set[tuple[str, int]]] = {}
    for link in links:
        got.setdefault(link.series, set()).add((link.report_id, link.row.order))
    true: dict[int, set[tuple[str, int]]] = {}
    for report_, numbers in zip(made.reports, made.series, strict=True):
        for order, number in enumerate(numbers):
            true.setdefault(number, set()).add((report_.report_id, order))
    found = {frozenset(rows) for rows in got.values()}
    return sum(frozenset(rows) in found for rows in true.values()) / len(true)
