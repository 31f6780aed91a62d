"""A change of mark is for the worse where the legend says that the new one is behind the plan."""

from pathlib import Path

import pytest

from make.rows.diff import write_report
from shinchoku.dataset.tables.files import write_table
from shinchoku.diff.legend import Legend, Standing, direction, legend
from shinchoku.diff.rows import read_report

FIVE = [
    ("A+", "計画以上に進んだもの"),
    ("A", "概ね計画どおりのもの"),
    ("B", "遅れや修正が生じたもの"),
    ("*", "短期での評価になじまない事業については、「*」を記載しています。"),
    ("-", "令和元年度に取組が無い事業については、「-」を記載しています。"),
]
SIGNS = [("◎", "目標を上回った"), ("○", "目標を達成した"), ("△", "やや遅れている"), ("×", "未着手")]
UNSAID = [("甲", "Ⅰ群"), ("乙", "Ⅱ群"), ("丙", "Ⅲ群")]


@pytest.mark.parametrize(
    ("marks", "old", "new", "better"),
    [
        (FIVE, "A+", "A", 0),
        (FIVE, "A", "Ａ＋", 1),
        (FIVE, "A+", "B", -1),
        (FIVE, "B", "A", 1),
        (FIVE, "*", "B", 0),
        (FIVE, "B", "-", 0),
        (FIVE, "", "B", 0),
        (FIVE, "A", "C", 0),
        (SIGNS, "◎", "○", 0),
        (SIGNS, "△", "×", -1),
        (SIGNS, "×", "△", 1),
        (SIGNS[::-1], "○", "△", -1),
        (SIGNS[::-1], "△", "×", -1),
        (UNSAID, "甲", "乙", -1),
        ([], "A", "B", -1),
        ([], "B", "A+", 1),
        ([], "Ａ＋", "A+", 0),
        ([], "*", "A", 0),
    ],
)
def test_a_change_of_mark_has_a_direction(
    marks: list[tuple[str, str]], old: str, new: str, better: int
) -> None:
    said = legend(marks)
    assert direction(old, new, said, said) == better
    assert direction(old, new, said, {}) == better
    assert direction(old, new, {}, said) == better


@pytest.mark.parametrize(
    ("old", "new", "better"), [("A", "△", -1), ("B", "○", 1), ("A", "○", 0), ("B", "×", 0), ("A+", "○", 0)]
)
def test_marks_of_two_legends_compare_by_what_they_mean(old: str, new: str, better: int) -> None:
    before: Legend = legend(FIVE)
    assert direction(old, new, before, legend(SIGNS)) == better


def test_a_report_is_read_with_its_legend(tmp_path: Path) -> None:
    write_report(tmp_path, "fy1")
    assert read_report(tmp_path, "fy1").legend == {}
    rows = [
        {"report_id": "fy1", "mark": mark, "order": order, "meaning": meaning}
        for order, (mark, meaning) in enumerate(FIVE)
    ]
    write_table(tmp_path / "fy1" / "marks", "marks", rows[::-1], {})
    standings = {mark: rank.standing for mark, rank in read_report(tmp_path, "fy1").legend.items()}
    assert standings == {"A+": Standing.AHEAD, "A": Standing.PLANNED, "B": Standing.BEHIND}
