"""The page as text: what it shows, what it links to, and that nothing of a report becomes markup."""

import re
from html.parser import HTMLParser
from typing import Any

from shinchoku.diff import Diff, compare_reports
from shinchoku.diff.rows import KINDS, Report, side
from shinchoku.report.html import render
from shinchoku.report.view import sections

Record = dict[str, Any]
HOSTILE = "<script>alert('x')</script>&amp;\"'</td>"


def _report(report_id: str, *rows: Record, kind: str = "measure") -> Report:
    """A report of these rows; each has a name and what else it says."""
    blank = {"plan_no": 1, "plan_title": "みどり", "initiative_no": 1, "initiative_title": "取組", "page": 3}
    records = [{**blank, "row_id": f"r{n}", "row_order": n, **row} for n, row in enumerate(rows)]
    sides = {each: side(report_id, each, records if each == kind else []) for each in KINDS}
    return Report(report_id, "", sides)


def _diff(old: list[Record], new: list[Record], kind: str = "measure") -> Diff:
    return compare_reports(_report("旧 報告", *old, kind=kind), _report("new", *new, kind=kind))


class _Tags(HTMLParser):
    """Every tag with its attributes, and whether each is closed in order."""

    VOID = frozenset({"meta", "link", "input", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _tags(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Tags()
    parser.feed(page)
    assert parser.open == []
    return parser.tags


def test_nothing_of_a_report_becomes_markup() -> None:
    old = {"measure": HOSTILE, "note": "", "fy2021_target": HOSTILE, "plan_title": HOSTILE, "group": HOSTILE}
    new = {**old, "measure": HOSTILE + "の推進", "note": HOSTILE, "fy2021_target": HOSTILE + "2"}
    page = render(_diff([old], [new]), '"><script>')
    assert sum(tag == "script" for tag, _ in _tags(page)) == 1
    assert "alert('x')" not in page
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in page


def test_the_page_needs_nothing_else() -> None:
    page = render(_diff([{"measure": "公園"}], [{"measure": "公園", "note": "済"}]), "../raw_pdfs")
    addresses = [
        value
        for tag, attrs in _tags(page)
        for name, value in attrs.items()
        if name in ("src", "href", "action") and value
    ]
    outside = [a for a in addresses if not a.startswith(("#", "../raw_pdfs/", "data:,"))]
    assert outside == []
    assert not re.search(r"@import|url\(|https?://", page)


def test_rows_link_to_their_pages() -> None:
    page = render(_diff([{"measure": "公園", "page": 4}], [{"measure": "公園", "page": 7}]), "../pdf")
    assert "../pdf/%E6%97%A7%20%E5%A0%B1%E5%91%8A.pdf#page=4" in page
    assert "../pdf/new.pdf#page=7" in page
    assert ".pdf#page=" not in render(_diff([{"measure": "公園"}], [{"measure": "公園"}]), None)


def test_every_line_has_its_tags() -> None:
    old = [
        {"measure": "公園の整備", "progress": "A", "fy2018_baseline": "6か所"},
        {"measure": "街路樹の診断の実施", "progress": "B"},
        {"measure": "図書館の夜間開館"},
        {"measure": "窓口"},
    ]
    new = [
        {"measure": "公園の整備", "progress": "B", "fy2018_baseline": "7か所"},
        {"measure": "街路樹の診断の推進", "progress": "A"},
        {"measure": "窓口"},
        {"measure": "避難所の通信設備"},
    ]
    (found,) = sections(_diff(old, new))
    tags = {line.new_name[0].text: set(line.tags) for plan in found.plans for line in plan.lines}
    assert tags["公園の整備"] == {"behind", "mark", "restated"}
    assert tags["街路樹の診断の"] >= {"ahead", "mark", "renamed", "wording"}
    assert tags["図書館の夜間開館"] == {"removed"}
    assert tags["避難所の通信設備"] == {"added"}
    assert tags["窓口"] == {"same"}
    assert (found.counts["behind"], found.counts["restated"], found.size) == (1, 1, 5)


def test_a_plan_that_was_reworded_is_one_plan_and_says_so() -> None:
    old = [
        {"measure": name, "plan_title": "みどりを守り育てる"} for name in ("公園", "街路樹", "去る取組の名前")
    ]
    new = [{"measure": name, "plan_title": "みどりを守り活かす"} for name in ("公園", "街路樹")]
    diff = _diff(old, new)
    (found,) = sections(diff)
    (plan,) = found.plans
    assert [len(plan.lines), "".join(piece.text for piece in plan.old_title)] == [3, "みどりを守り育てる"]
    assert "旧：みどりを守り<del>育てる</del>" in render(diff, None)


def test_a_kind_that_only_one_report_has_is_not_shown_as_change() -> None:
    old, new = _report("a", {"measure": "公園"}), _report("b", {"indicator": "率"}, kind="indicator")
    diff = compare_reports(old, new)
    assert [(found.kind, found.only) for found in sections(diff)] == [
        ("measure", "old"),
        ("indicator", "new"),
    ]
    assert {pair.status for pair in diff.pairs} == {"removed", "added"}
    assert "取組の表は旧報告書だけにあります（1件）" in render(diff, None)


def test_empty_reports_make_a_page() -> None:
    page = render(_diff([], []), None)
    assert "どちらの報告書にも行がありません" in page
    assert _tags(page)
