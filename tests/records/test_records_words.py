"""What headings, banners and the lines of a measure's cell say: cases in CSV files, which anyone may add to.

A cell's line breaks are written | in splits.csv and \\n in the others; an empty answer means that it says
nothing."""

import csv
from pathlib import Path

import pytest

from shinchoku import layouts
from shinchoku.fiscal import FiscalColumn
from shinchoku.records.marks import repost_of, sub_heading, without_marks
from shinchoku.records.split import split_measure


def cases(name: str) -> list[tuple[str, ...]]:
    path = Path(__file__).with_name(name)
    with path.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in list(csv.reader(file))[1:]]


@pytest.mark.parametrize(("heading", "means"), cases("headings.csv"))
def test_heading(heading: str, means: str) -> None:
    found = layouts.field(heading.replace("\\n", "\n"))
    assert (found.name if isinstance(found, FiscalColumn) else found or "") == means


@pytest.mark.parametrize(("cell", "measure", "target"), cases("splits.csv"))
def test_split(cell: str, measure: str, target: str) -> None:
    name, goal = split_measure(cell.replace("|", "\n"))
    assert (name.replace("\n", "|"), goal.replace("\n", "|")) == (measure, target)


@pytest.mark.parametrize(("text", "kind", "no", "title"), cases("banners.csv"))
def test_banner(text: str, kind: str, no: str, title: str) -> None:
    found = layouts.banner(text.replace("\\n", "\n"))
    if kind:
        assert found is not None
        assert (found.kind, found.no, found.title) == (kind, no, title)
    else:
        assert found is None


@pytest.mark.parametrize(
    ("text", "source", "bare"),
    [
        ("乳幼児一時預かり事業【戦略計画1-1の再掲】\n開始", "1-1", "乳幼児一時預かり事業\n開始"),
        ("交通広場の整備（12-1再掲）", "12-1", "交通広場の整備"),
        ("A\n(再掲)", "", "A"),
        ("［戦略計画１２－１の再掲］設計", "12-1", "設計"),
        ("延長保育", None, "延長保育"),
    ],
)
def test_repost_marks(text: str, source: str | None, bare: str) -> None:
    assert repost_of(text) == source
    assert without_marks(text) == bare


def test_sub_items_keep_their_number_apart() -> None:
    assert (sub_heading("(1) 保育所の拡充").no, sub_heading("(1) 保育所の拡充").title) == (
        "(1)",
        "保育所の拡充",
    )
    assert (sub_heading("保育所の拡充").no, sub_heading("保育所の拡充").title) == ("", "保育所の拡充")
