"""The summary in the terminal."""

from typing import Any

import pytest

from shinchoku.diff import Diff, compare_reports
from shinchoku.diff.rows import Report, side
from shinchoku.report.suggest import csv_line, suggestions
from shinchoku.report.terminal import AT_MOST, summary
from shinchoku.text import display_width


def _report(report_id: str, rows: list[dict[str, Any]]) -> Report:
    blank = {"plan_no": 2, "plan_title": "みどり", "page": 1}
    records = [{**blank, "row_id": f"{report_id}{n}", "row_order": n, **row} for n, row in enumerate(rows)]
    sides = {"measure": side(report_id, "measure", records), "indicator": side(report_id, "indicator", [])}
    return Report(report_id, "", sides)


def _diff(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Diff:
    return compare_reports(_report("a", old), _report("b", new))


def test_counts_and_findings() -> None:
    old = [{"measure": "公園の整備", "progress": "A", "fy2018_baseline": "計6か所"}]
    new = [{"measure": "公園の整備", "progress": "B", "fy2018_baseline": "計5か所"}]
    text = summary(_diff(old, new), ["x/index.html"])
    assert "measures          1        0      0      0        0" in text
    assert "Restated (both print the year, and do not agree): 1" in text
    assert "  2 公園の整備 fy2018_baseline: 計6か所 → 計5か所 (−1 か所)" in text
    assert "  2 公園の整備 A → B" in text
    assert text.endswith("wrote x/index.html")


def test_it_speaks_the_language_of_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    old = [{"measure": "公園の整備", "progress": "A", "fy2018_baseline": "計6か所"}]
    new = [{"measure": "公園の整備", "progress": "B", "fy2018_baseline": "計5か所"}]
    monkeypatch.setenv("SHINCHOKU_LANG", "ja")
    text = summary(_diff(old, new), ["x/index.html"])
    headings, counts = text.splitlines()[2:4]
    assert headings.split() == ["一致", "改称", "移動", "追加", "削除"]
    assert counts.split() == ["事業", "1", "0", "0", "0", "0"]
    assert display_width(headings) == display_width(counts)
    assert "  2 公園の整備 平成30年度（2018年度）現況: 計6か所 → 計5か所 (−1 か所)" in text
    assert "遅れ：1件" in text
    assert "wrote" not in text


def test_identical_reports_say_so() -> None:
    assert summary(_diff([{"measure": "公園"}], [{"measure": "公園"}]), []).startswith(
        "a and b say the same."
    )


def test_a_kind_that_only_one_report_has_is_named() -> None:
    text = summary(_diff([{"measure": "公園"}, {"measure": "緑道"}], []), [])
    assert "b has no measures: the 2 of a have no partner." in text
    assert "a has no" not in text


def test_long_lists_are_cut_and_counted() -> None:
    count = AT_MOST + 5
    old = [{"measure": f"取組{n}番", "progress": "A"} for n in range(count)]
    new = [{"measure": f"取組{n}番", "progress": "B"} for n in range(count)]
    text = summary(_diff(old, new), [])
    assert f"Fell behind: {count}" in text
    assert "  and 5 more: see index.html" in text


def test_long_names_are_cut_by_terminal_width() -> None:
    old, new = ([{"measure": "公" * 40, "progress": mark}] for mark in "AB")
    assert "  2 " + "公" * 21 + "… A → B" in summary(_diff(old, new), [])


def test_doubtful_pairs_and_near_misses_are_suggested() -> None:
    old = [
        {"measure": "地域包括支援センターの移転"},
        {"measure": "ユニバーサルスポーツフェスティバルの地域展開"},
    ]
    new = [{"measure": "地域包括支援センターの増設"}, {"measure": "誰もがスポーツを楽しめる取組の地域展開"}]
    diff = _diff(old, new)
    assert [(s.paired, s.line) for s in suggestions(diff)] == [
        (True, "a0,b0,confirmed"),
        (False, "a1,b1,confirmed"),
    ]
    text = summary(diff, [])
    assert "Pairs to confirm (lines for renames.csv): 1" in text
    assert "    a0,b0,confirmed" in text


def test_a_line_of_csv_is_quoted_where_needed() -> None:
    assert csv_line(["a,b", 'c"d', "e"]) == '"a,b","c""d",e'
