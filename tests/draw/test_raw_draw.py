"""`shinchoku draw` shows what was found where it was found."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import Result
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from make.runs.command import run
from shinchoku.draw import picture_of
from shinchoku.page.pdfium.reader import PdfiumPdf

pytestmark = pytest.mark.slow

SVG = "{http://www.w3.org/2000/svg}"
WHITE, MAGENTA = (255, 255, 255), (200, 0, 200)


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """Two pages: a table of two cells and a line of text below it; nothing."""
    path = tmp_path / "two.pdf"
    canvas = Canvas(str(path), pagesize=(200, 100))
    canvas.rect(20, 50, 60, 30)
    canvas.rect(80, 50, 60, 30)
    canvas.drawString(25, 60, "left")
    canvas.drawString(20, 20, "below")
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    return path


def draw(*arguments: str | Path) -> Result:
    return run("draw", *arguments)


def test_cells_are_tinted_and_blocks_boxed(pdf: Path, tmp_path: Path) -> None:
    result = draw(pdf, "--pages", "1", "--out", tmp_path / "out", "--scale", "2")
    assert result.exit_code == 0
    assert result.output == f"{tmp_path / 'out' / 'two-1.png'}: 1 tables, 2 cells, 1 blocks\n"
    with Image.open(tmp_path / "out" / "two-1.png") as picture:
        assert picture.size == (400, 200)
        left, right, outside = (picture.getpixel(at) for at in ((70, 50), (230, 70), (350, 70)))
        assert outside == WHITE
        assert len({left, right, outside}) == 3
        assert MAGENTA in {picture.getpixel((40, y)) for y in range(130, 180)}


def test_all_pages_are_drawn_where_none_is_named(pdf: Path, tmp_path: Path) -> None:
    assert draw(pdf, "--out", tmp_path / "out").exit_code == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["two-1.png", "two-2.png"]


@pytest.mark.parametrize(
    ("pages", "said"), [("3", "no page 3, only 2"), ("2-1", "no range"), ("x", "no range")]
)
def test_pages_that_are_not_there_are_named(pdf: Path, tmp_path: Path, pages: str, said: str) -> None:
    result = draw(pdf, "--pages", pages, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert said in result.output


def test_a_file_that_is_no_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_text("<html>", encoding="utf-8")
    result = draw(path, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "page.pdf cannot be opened" in result.output


def test_each_layer_shows_what_its_room_made(pdf: Path, tmp_path: Path) -> None:
    names = ("rules", "walls", "runs", "homes", "lines", "seams", "cells")
    result = draw(pdf, "--pages", "1", "--layers", ",".join(names), "--out", tmp_path / "out")
    assert result.exit_code == 0
    root = ElementTree.parse(tmp_path / "out" / "two-1.svg").getroot()
    layers = {group.get("id"): group for group in root.iter(f"{SVG}g")}
    assert tuple(layers) == names
    titles = {name: [title.text for title in layers[name].iter(f"{SVG}title")] for name in names}
    assert titles["walls"] == ["table 1: row 0, column 0", "table 1: row 0, column 1"]
    assert titles["runs"] == ["run 0: left", "run 1: below"]
    assert titles["homes"] == ["row 0, column 0: left"]
    assert titles["lines"] == ["left", "below"]
    assert titles["cells"][0] == "page 1, table 1, row 0, column 0\nleft"
    assert len(titles["rules"]) >= 6
    assert titles["seams"] == []


def test_a_layer_that_is_none_is_named(pdf: Path, tmp_path: Path) -> None:
    result = draw(pdf, "--layers", "rules,wals", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "'wals' is no layer" in result.output


def test_a_picture_that_would_be_too_large_is_drawn_smaller(tmp_path: Path) -> None:
    path = tmp_path / "wide.pdf"
    canvas = Canvas(str(path), pagesize=(14_000, 14_000))
    canvas.drawString(20, 20, "x")
    canvas.save()
    assert draw(path, "--scale", "10", "--out", tmp_path / "out").exit_code == 0
    with Image.open(tmp_path / "out" / "wide-1.png") as picture:
        assert picture.width * picture.height <= 40_100_000


@pytest.mark.parametrize(("turn", "size"), [(0, (200, 100)), (90, (100, 200)), (180, (200, 100))])
def test_a_picture_of_a_page_on_its_side_stands_and_nothing_more_is_read_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turn: int, size: tuple[int, int]
) -> None:
    canvas = Canvas(str(tmp_path / "side.pdf"), pagesize=(200, 100))
    canvas.translate(100, 50)
    canvas.rotate(-turn)
    canvas.drawString(-40, -20, "a line of letters that all lie")
    canvas.rect(-40, -20, 5, 5, fill=1)
    canvas.save()
    monkeypatch.setattr(PdfiumPdf, "read", lambda *_: pytest.fail("the page is read"))
    picture = picture_of(tmp_path / "side.pdf", 1, 1.0)
    assert picture.size == size
    left = (size[0] // 2 - 38, size[1] // 2 + 17)
    assert picture.getpixel(left) == (0, 0, 0)
