"""The page in a real browser: filters, search, keyboard, phone, print; nothing in the console."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from make.runs.chromium import NEEDED, watched
from shinchoku.diff import compare_reports
from shinchoku.diff.rows import Report, side
from shinchoku.report.html import render

pytestmark = NEEDED

HOSTILE = "<script>document.title='broken'</script><img src=x onerror=\"document.title='broken'\">"

OLD: list[dict[str, Any]] = [
    {"measure": "保育所の整備", "progress": "A", "fy2018_baseline": "計165所"},
    {"measure": "ﾋﾟｱﾉ教室の開催", "progress": "A", "note": ""},
    {"measure": "居場所支援事業の実施", "progress": "B"},
    {"measure": "図書館の夜間開館", "fy2021_target": "計10か所"},
    {"measure": "窓口の改善", "progress": "A"},
    {"measure": "公園の拡張", "plan_no": 2, "plan_title": "みどりを守る", "progress": "A"},
]
NEW: list[dict[str, Any]] = [
    {"measure": "保育所の整備", "progress": "A", "fy2018_baseline": "計１６６所"},
    {"measure": "ピアノ教室の開催", "progress": "B", "note": HOSTILE},
    {"measure": "居場所サポート事業の実施", "progress": "A"},
    {"measure": "窓口の改善", "progress": "A"},
    {"measure": "公園の拡張", "plan_no": 2, "plan_title": "みどりを守る", "progress": "A+"},
    {"measure": "雨水タンクの助成", "plan_no": 2, "plan_title": "みどりを守る"},
]


def _report(report_id: str, rows: list[dict[str, Any]]) -> Report:
    blank = {
        "plan_no": 1,
        "plan_title": "子育て",
        "initiative_title": "取組",
        "page": 5,
        "fy2018_baseline": "",
    }
    records = [{**blank, "row_id": f"{n}", "row_order": n, **row} for n, row in enumerate(rows)]
    sides = {"measure": side(report_id, "measure", records), "indicator": side(report_id, "indicator", [])}
    return Report(report_id, "", sides)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("page") / "index.html"
    diff = compare_reports(_report("fy2019", OLD), _report("fy2020", NEW))
    path.write_text(render(diff, "../raw_pdfs"), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def tab(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """An empty page, and what it says in the console, raises or asks of the network."""
    context = browser.new_context(locale="ja-JP")
    yield watched(context, address)
    context.close()


@pytest.fixture
def page(tab: tuple[Page, list[str]], address: str) -> Iterator[Page]:
    """The page, loaded anew, wide; nothing may be said, raised or asked."""
    page, said = tab
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("about:blank")
    page.goto(address)
    yield page
    assert said == []


def _names(page: Page) -> list[str]:
    return [
        row.locator(".name").last.inner_text().split("：\n")[-1]
        for row in page.locator("tr.line").all()
        if row.is_visible()
    ]


def _chip(page: Page, tag: str) -> None:
    page.locator(f".chip[data-tag={tag}]").click()


def test_changed_rows_are_shown_first(page: Page) -> None:
    assert "窓口の改善" not in _names(page)
    assert len(_names(page)) == 6
    assert page.locator("#count").inner_text() == "全7件のうち6件を表示"
    page.get_by_label("変更のない行も表示").check()
    assert "窓口の改善" in _names(page)


def test_filters_add_up(page: Page) -> None:
    _chip(page, "restated")
    assert _names(page) == ["保育所の整備"]
    _chip(page, "behind")
    assert _names(page) == ["保育所の整備", "ピアノ教室の開催"]
    assert page.locator(".chip[aria-pressed=true]").count() == 2
    assert page.locator("#count").inner_text().endswith("（過去の値の食い違い・遅れに転じた）")
    _chip(page, "restated")
    assert _names(page) == ["ピアノ教室の開催"]
    for tag, name in (
        ("renamed", "居場所サポート事業の実施"),
        ("added", "雨水タンクの助成"),
        ("removed", "図書館の夜間開館"),
    ):
        page.get_by_role("button", name="条件を消す").click()
        _chip(page, tag)
        assert _names(page) == [name]


def test_filters_of_nothing_are_disabled(page: Page) -> None:
    assert page.locator(".chip[data-tag=moved]").is_disabled()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ピアノ", ["ピアノ教室の開催"]),
        ("ﾋﾟｱﾉ", ["ピアノ教室の開催"]),
        ("166", ["保育所の整備"]),
        ("計１６６所", ["保育所の整備"]),
        ("居場所　支援", ["居場所サポート事業の実施"]),
        ("みどり", ["公園の拡張", "雨水タンクの助成"]),
        ("<script>", ["ピアノ教室の開催"]),
        ("該当なし", []),
    ],
)
def test_search_knows_both_widths_and_both_reports(page: Page, query: str, found: list[str]) -> None:
    page.get_by_label("検索").fill(query)
    expect(page.locator("#count")).to_contain_text("「")
    assert _names(page) == found
    assert page.locator("#nothing").is_visible() is (found == [])


def test_what_is_found_is_in_view(page: Page) -> None:
    page.set_viewport_size({"width": 1000, "height": 320})
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.locator("tr.line:visible").first).not_to_be_in_viewport()
    page.fill("#query", "の")
    expect(page.locator("#count")).to_contain_text("「の」")
    assert len(_names(page)) > 3
    expect(page.locator("tr.line:visible").first).to_be_in_viewport()


def test_one_plan_can_be_chosen(page: Page) -> None:
    page.get_by_role("combobox", name="計画").select_option(label="2 みどりを守る")
    assert _names(page) == ["公園の拡張", "雨水タンクの助成"]
    assert page.locator("tbody.plan:visible").count() == 1


def test_the_summary_leads_to_a_plan(page: Page) -> None:
    page.locator(".summary").get_by_role("link", name="みどりを守る").click()
    assert _names(page) == ["公園の拡張", "雨水タンクの助成"]


def test_the_state_is_in_the_address(page: Page, browser: Browser) -> None:
    _chip(page, "behind")
    page.get_by_label("検索").fill("ピアノ")
    expect(page.locator("#count")).to_contain_text("「ピアノ」")
    again = browser.new_page()
    again.goto(page.url)
    assert _names(again) == ["ピアノ教室の開催"]
    assert again.get_by_label("検索").input_value() == "ピアノ"
    again.close()


def test_changed_words_are_marked(page: Page) -> None:
    row = page.locator("tr.renamed")
    assert row.locator(".name.old del").inner_text() == "支援"
    assert row.locator(".name ins").inner_text() == "サポート"
    restated = page.locator(".change.restated")
    assert restated.locator(".number").inner_text() == "+1 所"
    assert (restated.locator("del").inner_text(), restated.locator("ins").inner_text()) == ("165", "１６６")


def test_text_of_a_report_stays_text(page: Page) -> None:
    assert page.title() == "変更点：fy2019 → fy2020"
    assert HOSTILE in page.locator(".change.note .new .text").inner_text()
    assert page.locator("main img").count() == 0


def test_pages_of_the_pdfs_are_linked(page: Page) -> None:
    links = [link.get_attribute("href") for link in page.locator("tr.renamed .c-page a").all()]
    assert links == ["../raw_pdfs/fy2019.pdf#page=5", "../raw_pdfs/fy2020.pdf#page=5"]


def test_everything_works_from_the_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "変更点の一覧へ"
    seen: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.dataset.tag || document.activeElement.id || ''"))
        if seen[-1] == "restated":
            page.keyboard.press("Space")
        if seen[-1] == "clear":
            break
    assert page.locator(".chip[data-tag=restated]").get_attribute("aria-pressed") == "true"
    assert [each for each in seen if each in ("restated", "query", "plan", "same", "clear")] == [
        *("restated", "query", "plan", "same", "clear")
    ]
    outline = page.evaluate("document.activeElement.matches(':focus-visible')")
    assert outline is True


def test_the_count_is_announced_and_tables_are_tables(page: Page) -> None:
    count = page.locator("#count")
    assert (count.get_attribute("role"), count.get_attribute("aria-live")) == ("status", "polite")
    table = page.get_by_role("table", name="取組の変更点")
    assert table.get_by_role("columnheader").first.inner_text() == "対応"
    unnamed = page.evaluate(
        "[...document.querySelectorAll('button, input, select, a')].filter(e => !(e.labels?.length)"
        " && !e.textContent.trim()).length"
    )
    assert unnamed == 0


def test_colours_have_contrast(page: Page) -> None:
    """WCAG AA: 4.5 to 1 between text and what is behind it, for every text that is shown and not disabled."""
    low = page.evaluate(CONTRAST)
    assert low == []


def test_a_phone_shows_rows_as_cards_that_fit(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator("tr.line:visible").first.bounding_box()
    assert box is not None
    assert box["width"] > 300
    table = page.get_by_role("table", name="取組の変更点")
    assert table.get_by_role("row").count() > 5
    _chip(page, "restated")
    assert _names(page) == ["保育所の整備"]


def test_it_prints_on_a4(page: Page, tmp_path: Path) -> None:
    import pypdfium2 as pdfium

    _chip(page, "behind")
    path = tmp_path / "print.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    document = pdfium.PdfDocument(path)
    text = "".join(sheet.get_textpage().get_text_range() for sheet in document)
    width, height = document[0].get_size()
    document.close()
    assert (round(width), round(height)) == (595, 842)
    assert "ピアノ教室の開催" in text
    assert "遅れに転じた）" in text
    assert "確認者" in text
    assert "雨水タンクの助成" not in text
    assert "条件を消す" not in text


CONTRAST = """() => {
  const part = (c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = numbers(getComputedStyle(e).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const low = [];
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.checkVisibility() || e.closest("script, :disabled, [aria-hidden]")) continue;
    const [a, b] = [light(numbers(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const name = e.className || e.tagName;
    if (ratio < 4.5) low.push(`${name} ${ratio.toFixed(2)} ${e.textContent.trim().slice(0, 20)}`);
  }
  return low;
}"""
