"""From a row to its place on the page by one command; corrected cells stand out in the workbook."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image

from make.rows.corrections import REPORT, cell_of, measure, of_cell, raw_part, write_part
from make.runs.command import run
from shinchoku.dataset.collect import collect
from shinchoku.dataset.publish import out_lock
from shinchoku.dataset.reports import publish_report, source_meta
from shinchoku.making.extraction import extract
from shinchoku.people import People
from shinchoku.sources import find_sources

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a report."""
    folder: Path = tmp_path_factory.mktemp("raw")
    write_part(folder)
    return folder


@pytest.fixture(scope="module")
def data(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What it gives, one cell corrected."""
    out: Path = tmp_path_factory.mktemp("normalized")
    cell = cell_of(measure("子育てのひろば"), "fy2019_actual")
    report = extract(REPORT, raw_part(), people=People((of_cell(cell, "2か所開設"),)))
    (source,) = find_sources(raw)
    with out_lock(out):
        publish_report(out, report, source_meta(source))
        collect(out)
    return out


def test_show_tells_all_of_a_row(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = measure("子育てのひろば")
    shown = run("show", REPORT, "--row", row.row_id, "--data", data)
    assert shown.exit_code == 0
    cell = cell_of(row, "fy2019_actual")
    place = f"page {cell.page}, table {cell.table}, row {cell.row}, column {cell.col} (corrected)"
    (line,) = [line for line in shown.stdout.splitlines() if place in line]
    assert "2か所開設" in line
    assert "fy2019_actual" in line
    assert "observations (4)" in shown.stdout
    monkeypatch.setenv("SHINCHOKU_LANG", "ja")
    named = run("show", REPORT, "--row", row.row_id, "--data", data).stdout
    assert "令和元年度（2019年度）実績" in named
    assert "fy2019_actual" in named


def test_a_row_that_is_not_there_is_named_with_those_like_it(data: Path, raw: Path) -> None:
    missing = run("show", REPORT, "--row", "子育てのひろば", "--data", data)
    assert missing.exit_code == 2
    assert measure("子育てのひろば").row_id in missing.stderr
    assert run("draw", REPORT, "--row", "none", "--data", data, "--raw", raw).exit_code == 2
    assert run("draw", "nowhere.pdf").exit_code == 2


def test_draw_marks_the_cells_of_a_row_and_nothing_else(data: Path, raw: Path, tmp_path: Path) -> None:
    row = measure("子育てのひろば")
    options = ("--data", data, "--raw", raw, "--out", tmp_path, "--scale", "1")
    drawn = run("draw", REPORT, "--row", row.row_id, *options)
    assert drawn.exit_code == 0
    (path,) = tmp_path.iterdir()
    picture = Image.open(path).convert("RGB")
    x0, top, x1, bottom = cell_of(row, "fy2019_actual").box

    def tinted(x: float, y: float) -> bool:
        red, green, _ = picture.getpixel((round(x), round(y)))  # type: ignore[misc]
        return bool(red > green + 15)

    assert tinted(x0 + 2, bottom - 3)
    assert not tinted(x0 + 2, bottom + 4)
    assert not tinted(x0 + 2, top - 4)
    assert not tinted(5, 5)
    assert x1 > x0


def test_the_workbook_marks_what_was_corrected(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "marked.xlsx"
    assert run("export", REPORT, file, "--data", data).exit_code == 0
    book = load_workbook(file)
    marked = {
        sheet.title.split()[-1]: [
            (cell.value, cell.comment.text) for line in sheet.iter_rows() for cell in line if cell.comment
        ]
        for sheet in book.worksheets
    }
    for name in ("cells", "measures"):
        ((value, remark),) = marked[name]
        assert value == "2か所開設"
        assert "印刷された内容：\n1か所開設" in remark
    assert [value for value, _ in marked["observations"]] == ["2か所開設", 2]
    assert not any(marked[name] for name in ("indicators", "problems", "blocks"))
    coloured = [
        cell.value
        for line in book.worksheets[1].iter_rows()
        for cell in line
        if cell.fill.fgColor.rgb == "FFFFE699"
    ]
    assert coloured == ["2か所開設"]
