"""The whole loop in a real browser: open, search, point, correct, see the change, undo, sign, come back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from make.rows.corrections import PAGES, REPORT, cell_of, measure, of_cell, tables, write_part
from make.runs.chromium import NEEDED, opened, watched
from make.runs.command import run
from make.runs.server import Server, serving
from shinchoku.dataset.tables.files import read_rows
from shinchoku.people.lists import read_people
from shinchoku.review.notebook import keep, state

pytestmark = NEEDED

HOSTILE = "<img src=x onerror=document.title='broken'>"
NAME = "子育てのひろば"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    raw = tmp_path / "raw"
    raw.mkdir()
    write_part(raw)
    with serving(raw, tmp_path / "normalized") as running:
        yield running


def at(column: str) -> str:
    cell = cell_of(measure(NAME), column)
    return f"{cell.page}-{cell.table}-{cell.row}-{cell.col}"


def stated(data: Path) -> list[object]:
    row_id = measure(NAME).row_id
    rows = read_rows(data / "observations.parquet")
    return [r["value"] for r in rows if (r["row_id"], r["column"]) == (row_id, "fy2019_actual")]


def search(page: Page, words: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def correct(page: Page, text: str) -> None:
    page.locator(f"#cells [data-at='{at('fy2019_actual')}']").click()
    page.get_by_label("本文").fill(text)
    page.get_by_label("理由").fill("誤植")
    page.locator("#by").fill("練馬 花子")
    page.get_by_role("button", name="影響を見る").click()


@pytest.mark.parametrize("width", [1280, 834])
def test_the_whole_loop(browser: Browser, server: Server, width: int) -> None:
    with opened(browser, server.address, width) as page:
        record = page.locator(f"article[data-id='measure/{measure(NAME).row_id}']")
        expect(page.get_by_role("status").first).to_contain_text("表示しました")
        search(page, "子育てノﾋﾛﾊﾞ　２７")
        page.locator("#panel .problem").filter(has_text="17 ページ").first.click()
        expect(page.get_by_label("ページ", exact=True)).to_have_value("17")
        page.get_by_role("tab", name="記録").click()
        box = page.locator(f"#cells [data-at='{at('fy2019_actual')}']")
        record.get_by_text("1か所開設", exact=True).last.hover()
        expect(box).to_have_class("cell on")
        box.hover()
        expect(record.locator(f"[data-at='{at('fy2019_actual')}']")).to_have_class("value on")
        correct(page, "2か所開設")
        effect = page.locator("#effect")
        expect(effect).to_contain_text("2か所開設")
        expect(effect).to_contain_text("数値")
        assert not (server.raw / "corrections.csv").exists()
        page.get_by_role("button", name="訂正する").click()
        expect(page.get_by_role("status").first).to_contain_text("作り直しました")
        expect(box).to_be_focused()
        expect(record).to_contain_text("2か所開設")
        assert stated(server.data) == [2.0]
        (kept,) = read_people(server.raw).corrections
        assert (kept.corrected, kept.reason, kept.by) == ("2か所開設", "誤植", "練馬 花子")
        page.keyboard.press("Escape")
        page.keyboard.press("z")
        page.locator("#panel").get_by_role("button", name="取り消す").click()
        expect(page.get_by_role("status").first).to_contain_text("取り消し")
        assert stated(server.data) == [1.0]
        assert read_people(server.raw).corrections == ()
        page.get_by_role("button", name="このページは正しい").click()
        expect(page.locator("#review")).to_contain_text("確認済み（練馬 花子）")
        page.reload()
        expect(page.locator("#review")).to_contain_text("確認済み（練馬 花子）")
        expect(page.get_by_label("ページ", exact=True)).to_have_value("17")
        expect(page.locator("#progress")).to_have_attribute(
            "aria-label", f"確認済み 1／{PAGES} ページ、変更あり 0、未確認 {PAGES - 1}"
        )
        expect(page.locator("#done")).to_have_text(f"確認済み 1／{PAGES}")
        assert read_rows(server.data / "reports.parquet")[0]["reviewed"] == 1


def test_what_is_written_and_not_kept_waits_at_its_cell(browser: Browser, server: Server) -> None:
    with opened(browser, f"{server.address}#{REPORT}/17") as page:
        state, box = (
            page.get_by_role("status").first,
            page.locator(f"#cells [data-at='{at('fy2019_actual')}']"),
        )
        correct(page, "2か所開設")
        expect(page.get_by_role("button", name="訂正する")).to_be_visible()
        page.locator(f"#cells [data-at='{at('fy2019_planned')}']").click()
        expect(state).to_contain_text("書きかけの訂正が 1 件")
        expect(box).to_have_class("cell edited")
        expect(page.get_by_label("理由")).to_have_value("")
        page.get_by_role("button", name="次のページ").click()
        page.get_by_role("button", name="前のページ").click()
        box.click()
        expect(page.get_by_label("本文")).to_have_value("2か所開設")
        expect(page.get_by_label("理由")).to_have_value("誤植")
        page.get_by_role("button", name="影響を見る").click()
        page.get_by_role("button", name="訂正する").click()
        expect(state).to_contain_text("作り直しました")
        expect(box).to_have_class("cell corrected on")
        page.locator(f"#cells [data-at='{at('fy2019_planned')}']").click()
        expect(state).to_contain_text("作り直しました")
        page.get_by_label("本文").fill("書きかけ")
        page.get_by_label("本文").fill(cell_of(measure(NAME), "fy2019_planned").text)
        page.keyboard.press("Escape")
        expect(state).to_contain_text("作り直しました")


def test_of_two_tabs_the_second_sees_what_the_first_wrote(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ja-JP")
    (first, said), (second, _) = watched(context, server.address), watched(context, server.address)
    for page in (first, second):
        page.goto(f"{server.address}#{REPORT}/17")
        page.locator(".record").first.wait_for()
    for page, text in ((second, "3か所開設"), (first, "2か所開設")):
        correct(page, text)
        expect(page.get_by_role("button", name="訂正する")).to_be_visible()
    first.get_by_role("button", name="訂正する").click()
    expect(first.get_by_role("status").first).to_contain_text("作り直しました")
    second.get_by_role("button", name="訂正する").click()
    expect(second.get_by_role("status").first).to_contain_text("他の人が変更しました")
    expect(second.locator(".record").first).to_contain_text("2か所開設")
    assert [c.corrected for c in read_people(server.raw).corrections] == ["2か所開設"]
    assert stated(server.data) == [2.0]
    assert said == []
    context.close()


def test_in_english_by_keyboard_alone(browser: Browser, server: Server) -> None:
    with opened(browser, f"{server.address}#{REPORT}/16", locale="en-GB") as page:
        page.locator("#cells .cell").first.wait_for()
        assert page.locator("html").get_attribute("lang") == "en"
        number = page.get_by_label("Page", exact=True)
        for key, wanted in (("n", "17"), ("p", "16"), ("ArrowRight", "17"), ("u", "18")):
            page.keyboard.press(key)
            expect(number).to_have_value(wanted)
        page.keyboard.press("j")
        expect(page.locator("#panel [aria-current=true]")).to_have_count(1)
        page.keyboard.press("s")
        page.keyboard.type("Hanako")
        page.keyboard.press("Enter")
        expect(page.locator("#review")).to_have_text("Reviewed (Hanako)")
        unnamed = [
            button.evaluate("element => element.outerHTML")
            for button in page.locator("button, input, textarea, select").all()
            if button.is_visible()
            and not button.evaluate("e => (e.ariaLabel || e.innerText || e.labels?.length)")
        ]
        assert unnamed == []


def test_problems_stand_worst_first_in_the_language_of_the_reader(browser: Browser, server: Server) -> None:
    unfit = replace(of_cell(cell_of(measure(NAME), "fy2019_actual"), "2か所開設"), printed="9か所開設")
    keep(server.raw, unfit, state(server.raw))
    for locale, error, message in (
        ("ja-JP", "エラー", "何も変えません"),
        ("en-GB", "Error", "changes nothing"),
    ):
        with opened(browser, f"{server.address}#{REPORT}/3", locale=locale) as page:
            page.locator("#cells .cell").first.wait_for()
            page.keyboard.press("j")
            problems = page.locator("#panel .problem")
            expect(problems.first).to_have_attribute("aria-current", "true")
            expect(problems.first).to_contain_text(message)
            assert problems.locator("b").first.inner_text() == error
            assert problems.evaluate_all("all => all.slice(1).every(one => one.classList.contains('info'))")
            expect(page.locator(f"#cells [data-at='{at('fy2019_actual')}']")).to_have_class("cell on")


def test_an_enlarged_page_is_drawn_along_by_the_mouse(browser: Browser, server: Server) -> None:
    with opened(browser, f"{server.address}#{REPORT}/17") as page:
        page.locator("#cells .cell").first.wait_for()
        for _ in range(3):
            page.keyboard.press("+")
        box = page.locator(f"#cells [data-at='{at('fy2021_target')}']").bounding_box()
        assert box is not None
        x, y = box["x"] + 5, box["y"] + 5
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 60, y - 40, steps=6)
        page.mouse.up()
        sheet = page.locator("#sheet")
        assert [sheet.evaluate(f"e => e.scroll{side}") for side in ("Left", "Top")] == [60, 40]
        expect(page.locator("#chosen")).to_be_hidden()
        page.mouse.click(x - 60, y - 40)
        expect(page.locator("#chosen")).to_be_visible()


def test_a_table_is_told_to_give_no_records(browser: Browser, server: Server) -> None:
    with opened(browser, f"{server.address}#{REPORT}/17") as page:
        page.locator(f"#cells [data-at='{at('fy2019_actual')}']").click()
        page.get_by_label("理由").fill("見本")
        page.locator("#by").fill("練馬")
        page.get_by_role("button", name="この表から記録を作らない").click()
        expect(page.locator("#effect")).to_contain_text(f"なくなる行：{NAME}")
        page.get_by_role("button", name="訂正する").click()
        expect(page.get_by_role("status").first).to_contain_text("作り直しました")
        assert [c.kind for c in read_people(server.raw).corrections] == ["no_records"]
        assert stated(server.data) == []


def test_one_file_shows_the_same_and_asks_nobody(browser: Browser, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    tables(raw / "made.pdf", [((60, 400, 500), [["事業名", "令和元年度 実績"], [HOSTILE, "2か所"]])])
    file = tmp_path / "made.html"
    result = run("review", "made", "--raw", raw, "--data", tmp_path / "none", "--static", file)
    assert result.exit_code == 0
    assert "1 pages" in result.stdout
    with opened(browser, file.as_uri(), width=834) as page:
        expect(page.locator(".record")).to_contain_text(HOSTILE)
        page.locator(".record").get_by_text("2か所").click()
        expect(page.locator("#cells .on")).to_have_count(1)
        expect(page.locator("#correct")).to_have_count(0)
        expect(page.locator("#sign")).to_be_hidden()
        assert page.locator("#picture").evaluate("image => image.naturalWidth") > 500
        assert "broken" not in page.title()
        assert not (tmp_path / "none").exists()
