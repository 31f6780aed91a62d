"""What headings, banners and the lines of a measure's cell say: cases in CSV files, which anyone may add to.

A cell's line breaks are written | in splits.csv and \\n in the others; an empty answer means that it says
nothing."""

import csv
from pathlib import Path

import pytest

from shinchoku.fiscal import FiscalColumn
from shinchoku.layouts.announcements import announcement
from shinchoku.layouts.files import shipped
from shinchoku.records.marks import sub_heading
from shinchoku.records.split import split_measure

LAYOUTS = shipped()


def cases(name: str) -> list[tuple[str, ...]]:
    path = Path(__file__).with_name(name)
    with path.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in list(csv.reader(file))[1:]]


@pytest.mark.parametrize(("heading", "means"), cases("headings.csv"))
def test_heading(heading: str, means: str) -> None:
    found = LAYOUTS.field(heading.replace("\\n", "\n"))
    assert (found.name if isinstance(found, FiscalColumn) else found or "") == means


@pytest.mark.parametrize(("cell", "measure", "target"), cases("splits.csv"))
def test_split(cell: str, measure: str, target: str) -> None:
    name, goal = split_measure(cell.replace("|", "\n"), LAYOUTS)
    assert (name.replace("\n", "|"), goal.replace("\n", "|")) == (measure, target)


@pytest.mark.parametrize(("text", "kind", "no", "title"), cases("banners.csv"))
def test_banner(text: str, kind: str, no: str, title: str) -> None:
    said = announcement(text.replace("\\n", "\n"), LAYOUTS)
    assert said.kind == kind
    if kind:
        assert (said.no, said.title) == (no, title)


@pytest.mark.parametrize(
    ("text", "source", "bare"),
    [
        ("乳幼児一時預かり事業【戦略計画1-1の再掲】\n開始", "1-1", "乳幼児一時預かり事業\n開始"),
        ("交通広場の整備（12-1再掲）", "12-1", "交通広場の整備"),
        ("A\n(再掲)", "", "A"),
        ("［戦略計画１２－１の再掲］設計", "12-1", "設計"),
        ("延長保育", None, "延長保育"),
        ("交通広場の整備［再掲：戦略計画12-1］", "12-1", "交通広場の整備"),
        ("A\n※再掲", "", "A"),
    ],
)
def test_repost_marks(text: str, source: str | None, bare: str) -> None:
    said = announcement(text, LAYOUTS)
    assert (said.repost_of, said.bare, said.unposted, said.text) == (source, bare, bare, text)


def test_a_heading_says_number_title_and_marks_at_once() -> None:
    said = announcement("２ 延長保育の\n拡充【戦略計画１２-１の再掲】（続き）", LAYOUTS)
    assert (said.kind, said.no, said.title, said.style) == ("initiative", "２", "延長保育の拡充", "0 ")
    assert (said.continued, said.repost_of, said.short) == (True, "12-1", True)
    assert said.key == announcement("２ 延長保育の拡充", LAYOUTS).key
    assert said.text == "２ 延長保育の\n拡充【戦略計画１２-１の再掲】"
    assert said.bare == "２ 延長保育の\n拡充"
    assert said.unposted == "２ 延長保育の\n拡充（続き）"


def test_a_line_of_the_contents_and_a_numbered_sentence_are_no_headings() -> None:
    assert announcement("計画1 保育の充実 ‥‥‥ 12", LAYOUTS).kind == ""
    assert announcement("1 保育所の入所を待つ児童は前の年度より減っている。", LAYOUTS).key is None


def test_sub_items_keep_their_number_apart() -> None:
    texts = ("(1) 保育所の拡充", "保育所の拡充")
    numbered, plain = (sub_heading(announcement(text, LAYOUTS), text) for text in texts)
    assert (numbered.no, numbered.title) == ("(1)", "保育所の拡充")
    assert (plain.no, plain.title) == ("", "保育所の拡充")
