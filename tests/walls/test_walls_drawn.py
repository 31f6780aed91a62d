"""However the walls of a table are painted, its cells come back, by both readers."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from wall_pdfs import TEXTS, XS, YS, Sheet, each_reader, rows_of

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
    **{f"bars {thick}": bars(thick) for thick in (3.2, 4.0, 5.8)},
    **{f"white bars {thick}": bars(thick, shade=1.0) for thick in (3.0, 5.0)},
    "broad lines": broad_lines,
    **{f"pictures {wide}": pictures(wide) for wide in (0.5, 3.5)},
    **{f"doubled {apart}": doubled(apart) for apart in (2.7, 3.5, 4.4)},
    "doubled between columns": between_columns,
    **{f"separate boxes {apart}": separate(apart) for apart in (2.8, 4.0, 5.5)},
    "separate fills": separate_fills,
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
