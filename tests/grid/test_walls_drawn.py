"""However the walls of a table are painted, its cells come back, by both readers."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from make.pdfs.walls import TEXTS, XS, YS, Sheet, each_reader, rows_of
from shinchoku.page import Reader
from shinchoku.raw import raw_page


def doubled(apart: float) -> Callable[[Sheet], None]:
    def draw(sheet: Sheet) -> None:
        """Each rule twice, `apart` points from each other."""

        def rule(x0: float, y0: float, x1: float, y1: float) -> None:
            upright = x0 == x1
            for off in (-apart / 2, apart / 2):
                dx, dy = (off, 0.0) if upright else (0.0, off)
                sheet.line(x0 + dx, y0 + dy, x1 + dx, y1 + dy)

        sheet.rules(rule)

    return draw


def between_columns(sheet: Sheet) -> None:
    """Double rules between the columns, single ones elsewhere."""
    sheet.rules(sheet.line, xs=(XS[0], XS[-1]))
    for x in XS[1:-1]:
        sheet.line(x - 3.2, YS[0], x - 3.2, YS[-1])
        sheet.line(x, YS[0], x, YS[-1])


def separate(apart: float) -> Callable[[Sheet], None]:
    def draw(sheet: Sheet) -> None:
        """Each cell a box of its own."""
        for x0, x1 in pairwise(XS):
            for y0, y1 in pairwise(YS):
                sheet.box(x0 + apart / 2, y0 + apart / 2, x1 - apart / 2, y1 - apart / 2)

    return draw


def separate_fills(sheet: Sheet) -> None:
    for x0, x1 in pairwise(XS):
        for y0, y1 in pairwise(YS):
            sheet.fill(x0 + 2.3, y0 + 2.3, x1 - 2.3, y1 - 2.3, shade=0.85)


def white_on_dark(sheet: Sheet) -> None:
    """Cells in white, a point apart on a dark ground."""
    sheet.fill(XS[0], YS[0], XS[-1], YS[-1], shade=0.2)
    for x0, x1 in pairwise(XS):
        for y0, y1 in pairwise(YS):
            sheet.fill(x0 + 0.5, y0 + 0.5, x1 - 0.5, y1 - 0.5, shade=1.0)


def rows_apart(sheet: Sheet) -> None:
    """Each row a table of its own, 6 points from the next."""
    for y0, y1 in pairwise(YS):
        sheet.rules(sheet.line, ys=(y0 + 3, y1 - 3))


def columns_apart(sheet: Sheet) -> None:
    """Each column a table of its own, 5 points from the next."""
    for x0, x1 in pairwise(XS):
        sheet.rules(sheet.line, xs=(x0 + 2.5, x1 - 2.5))


def overshooting(sheet: Sheet) -> None:
    """Rules that run 6 points over the ones across, at both ends."""
    for y in YS:
        sheet.line(XS[0] - 6, y, XS[-1] + 6, y)
    for x in XS:
        sheet.line(x, YS[0] - 6, x, YS[-1] + 6)


def headed_by_fills(apart: float) -> Callable[[Sheet], None]:
    def draw(sheet: Sheet) -> None:
        """A heading whose cells are fills, no rules between them; where they stand apart, none over it."""
        for x0, x1 in pairwise(XS):
            sheet.fill(x0 + apart / 2, YS[0], x1 - apart / 2, YS[1], shade=0.8)
        sheet.rules(sheet.line, ys=YS[1:])
        for x in (XS[0], XS[-1]) if not apart else ():
            sheet.line(x, YS[0], x, YS[1])
        if not apart:
            sheet.line(XS[0], YS[0], XS[-1], YS[0])

    return draw


def rounded(sheet: Sheet) -> None:
    """A frame with rounded corners, rules that fall a point short of it."""
    sheet.box(XS[0], YS[0], XS[-1], YS[-1], radius=9)
    for y in YS[1:-1]:
        sheet.line(XS[0] + 1, y, XS[-1] - 1, y)
    for x in XS[1:-1]:
        sheet.line(x, YS[0] + 1, x, YS[-1] - 1)


def bars(thick: float, shade: float = 0.0) -> Callable[[Sheet], None]:
    def draw(sheet: Sheet) -> None:
        """Each rule a filled box, on shading where it is white."""
        half = thick / 2
        if shade:
            sheet.fill(XS[0], YS[0], XS[-1], YS[-1], shade=0.8)
        for y in YS:
            sheet.fill(XS[0] - half, y - half, XS[-1] + half, y + half, shade=shade)
        for x in XS:
            sheet.fill(x - half, YS[0] - half, x + half, YS[-1] + half, shade=shade)

    return draw


def broad_lines(sheet: Sheet) -> None:
    sheet.rules(lambda x0, y0, x1, y1: sheet.line(x0, y0, x1, y1, width=5))


def pictures(wide: float) -> Callable[[Sheet], None]:
    def draw(sheet: Sheet) -> None:
        """Each rule of each cell a picture of one pixel, stretched."""
        for x0, x1 in pairwise(XS):
            for y in YS:
                sheet.picture(x0, y, x1, y + wide)
        for y0, y1 in pairwise(YS):
            for x in XS:
                sheet.picture(x, y0, x + wide, y1)

    return draw


WAYS = {
    **{f"bars {thick}": bars(thick) for thick in (3.2, 4.0, 5.8, 6.0)},
    **{f"white bars {thick}": bars(thick, shade=1.0) for thick in (3.0, 5.0)},
    "broad lines": broad_lines,
    **{f"pictures {wide}": pictures(wide) for wide in (0.5, 3.5)},
    **{f"doubled {apart}": doubled(apart) for apart in (2.7, 3.5, 4.4)},
    "doubled between columns": between_columns,
    **{f"separate boxes {apart}": separate(apart) for apart in (2.8, 4.0, 5.5)},
    "separate fills": separate_fills,
    "white on dark": white_on_dark,
    "rows apart": rows_apart,
    "columns apart": columns_apart,
    "overshooting": overshooting,
    "heading of fills": headed_by_fills(0.0),
    "heading of fills apart": headed_by_fills(1.5),
    "rounded frame": rounded,
}


@each_reader
@pytest.mark.parametrize("way", WAYS)
def test_a_table_comes_back_whole(way: str, reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    WAYS[way](sheet)
    sheet.texts()
    assert rows_of(sheet.raw(tmp_path, reader)) == [TEXTS]


@each_reader
@pytest.mark.parametrize("degrees", [0.4, -1.0])
def test_a_page_that_is_askew_is_set_upright(degrees: float, reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.canvas.rotate(degrees)
    sheet.rules(sheet.line)
    sheet.texts()
    page = sheet.page(tmp_path, reader)
    assert page.tilt == pytest.approx(-degrees, abs=0.01)
    assert [problem.code for problem in page.problems if problem.code == "askew"] == ["askew"]
    assert rows_of(raw_page(page)) == [TEXTS]


@each_reader
def test_a_page_with_one_slanted_text_is_not_askew(reader: Reader, tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.rules(sheet.line)
    sheet.texts()
    sheet.canvas.rotate(1)
    sheet.text(100, 300, "a stamp set by hand")
    page = sheet.page(tmp_path, reader)
    assert page.tilt == 0.0
    assert rows_of(raw_page(page)) == [TEXTS]


@each_reader
def test_fills_part_no_cell_that_a_text_runs_over(reader: Reader, tmp_path: Path) -> None:
    """A merged cell that is filled column by column."""
    sheet = Sheet()
    for x0, x1 in pairwise(XS):
        sheet.fill(x0, YS[0], x1, YS[1], shade=0.8)
    sheet.rules(sheet.line, ys=YS[1:])
    for x in (XS[0], XS[-1]):
        sheet.line(x, YS[0], x, YS[1])
    sheet.line(XS[0], YS[0], XS[-1], YS[0])
    sheet.texts([["a title that runs over the first columns"], *TEXTS[1:]])
    sheet.text(XS[3] + 6, YS[0] + 15, "2019")
    (rows,) = rows_of(sheet.raw(tmp_path, reader))
    assert rows[0] == ["a title that runs over the first columns", None, "", "2019"]
