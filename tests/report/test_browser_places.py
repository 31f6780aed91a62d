"""From a row of the diff's page one click to where it is printed in both reports, on pictures or without."""

import shutil
from pathlib import Path

import pytest
from click.testing import Result
from playwright.sync_api import Browser, expect

from make.rows.corrections import tables
from make.runs.chromium import NEEDED, opened
from make.runs.command import run

pytestmark = NEEDED

HOSTILE = "<img src=x onerror=document.title='broken'>"
BOX = (300, 142, 500, 166)
"""Where on its page, in points, the cell stands that differs."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two reports in folders, of which one cell differs, and what was extracted of them."""
    home = tmp_path_factory.mktemp("places")
    for year, value in (("a", "2か所"), ("b", "3か所")):
        (home / "raw" / "131202").mkdir(parents=True, exist_ok=True)
        rows = [["事業名", "令和元年度 実績"], ["ひろば", value], [HOSTILE, "1か所"]]
        tables(home / "raw" / "131202" / f"{year}.pdf", [((60, 300, 500), rows)])
    options = ("--raw", home / "raw", "--out", home / "normalized", "--no-cache")
    assert run("extract", *options).exit_code == 0
    return home


def diff(home: Path, *options: str | Path) -> Result:
    data = home / "normalized"
    return run("diff", "131202/a", "131202/b", "--data", data, "--pdfs", home / "raw", *options)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("pictures", [True, False])
def test_a_row_leads_to_its_place(browser: Browser, home: Path, pictures: bool, width: int) -> None:
    made = diff(home, *(("--pictures", home / "raw") if pictures else ()))
    assert made.exit_code == 1
    assert ("pictures of 2 of 2 pages" in made.stderr) is pictures
    file = home / "normalized/diffs/131202/a__131202/b/index.html"
    with opened(browser, file.as_uri(), width) as page:
        row = page.locator("tr.line", has_text="ひろば")
        link = row.get_by_role("link", name="新報告書 p.1")
        link.click()
        dialog = page.get_by_role("dialog", name="ひろば")
        expect(dialog.locator(".changed")).to_have_count(2)
        expect(dialog.locator(".own")).to_have_count(4)
        expect(dialog.locator("img")).to_have_count(2 if pictures else 0)
        for side in ("旧", "新"):
            sheet = dialog.get_by_role("region", name=f"{side}報告書 p.1").locator(".paper")
            expect(sheet.locator(".changed")).to_be_in_viewport()
            around, mark = sheet.bounding_box(), sheet.locator(".changed").bounding_box()
            assert around is not None
            assert mark is not None
            if pictures:
                scale = around["width"] / 595
                found = (mark["x"] - around["x"], mark["y"] - around["y"], mark["width"], mark["height"])
                wanted = (BOX[0], BOX[1], BOX[2] - BOX[0], BOX[3] - BOX[1])
                assert found == pytest.approx([v * scale for v in wanted], abs=2)
                assert sheet.locator("img").evaluate("image => image.naturalWidth") > 800
            else:
                expect(sheet.locator(".cell").filter(has_text=HOSTILE)).to_have_count(1)
                expect(sheet.locator(".changed")).to_have_text("2か所" if side == "旧" else "3か所")
        pdf = dialog.get_by_role("link", name="PDFを開く").last.get_attribute("href")
        assert (Path(page.url.removeprefix("file://")).parent / (pdf or "").split("#")[0]).resolve().is_file()
        address = page.url
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(link).to_be_focused()
        page.goto(address)
        page.reload()
        expect(dialog.locator(".changed")).to_have_count(2)
        assert "broken" not in page.title()


def test_pictures_of_another_pdf_are_refused(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home / "raw", tmp_path / "raw")
    shutil.copy(tmp_path / "raw/131202/b.pdf", tmp_path / "raw/131202/a.pdf")
    made = diff(home, "--pictures", tmp_path / "raw", "--out", tmp_path / "out")
    assert made.exit_code == 2
    assert "is not the PDF that was read any more" in made.stderr
    assert not (tmp_path / "out").exists()
