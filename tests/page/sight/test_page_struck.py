"""Text with a line through it: a page with some in, what is struck out, by both readers."""

from pathlib import Path

import pytest

from make.pdfs.page import Pdf, codes, each_reader, marks
from shinchoku.page import Page, Reader
from shinchoku.problems import Severity

TEXT = b"0 g BT /F1 10 Tf 100 700 Td (190) Tj 20 0 Td (200) Tj ET "
"""190 from 100 to 116.7, 200 from 120 to 136.7; the em boxes reach from 698 to 708."""


def struck(page: Page) -> str:
    return "".join(page.glyphs.text[i] for i in page.glyphs.struck.nonzero()[0])


@each_reader
@pytest.mark.parametrize(
    "line",
    [
        b"1 0 0 RG .7 w 100 703.5 m 117 703.5 l S ",
        b"1 0 0 rg 99 703 18 .8 re f ",
        b".5 w 100 702.5 m 117 702.5 l S 100 704.5 m 117 704.5 l S ",
        b".5 w 98 703 m 118 703.1 l S ",
    ],
    ids=["line", "thin box", "double line", "line a little askew"],
)
def test_text_with_a_line_through_its_middle_is_struck(tmp_path: Path, reader: Reader, line: bytes) -> None:
    for content in (TEXT + line, line + TEXT):
        page = Pdf(content).read(tmp_path, reader)
        assert (struck(page), marks(page)) == ("190", [])
        assert page.glyphs.visible.all()


@each_reader
@pytest.mark.parametrize(
    "line",
    [
        b".7 w 100 698.5 m 117 698.5 l S ",
        b".7 w 100 709 m 117 709 l S ",
        b".7 w 60 703.5 m 300 703.5 l S ",
        b".7 w 100 703.5 m 104 703.5 l S ",
        b"1 1 0 rg 99 701 18 6 re f ",
        b"1 g 99 703 18 .8 re f ",
    ],
    ids=["under", "over", "a rule that goes on", "part of a letter", "marker pen", "white"],
)
def test_text_with_another_line_is_not(tmp_path: Path, reader: Reader, line: bytes) -> None:
    assert struck(Pdf(line + TEXT).read(tmp_path, reader)) == ""


@each_reader
def test_a_row_is_struck_by_a_line_through_all_its_texts(tmp_path: Path, reader: Reader) -> None:
    row = b"BT /F1 10 Tf 100 700 Td (Plan) Tj 100 0 Td (190) Tj 80 0 Td (200) Tj ET "
    page = Pdf(row + b".7 w 97 703.5 m 320 703.5 l S ").read(tmp_path, reader)
    assert (struck(page), marks(page)) == ("Plan190200", [])


@each_reader
def test_a_line_through_text_that_goes_on_beyond_it_is_told(tmp_path: Path, reader: Reader) -> None:
    line = b".7 w 60 703.2 m 300 703.2 l S "
    told = Pdf(line + TEXT).read(tmp_path, reader)
    assert [(p.code, p.printed, p.severity) for p in told.problems] == [
        ("struck", text, Severity.WARNING) for text in ("190", "200")
    ]
    for beside in (b".7 w 60 697 m 300 697 l S ", b".7 w 60 709 m 300 709 l S ", b"1 G " + line):
        assert codes(Pdf(beside + TEXT).read(tmp_path, reader)) == []


@each_reader
def test_turned_text_is_struck_along_its_line(tmp_path: Path, reader: Reader) -> None:
    turned = b"BT /F1 10 Tf 0 1 -1 0 100 700 Tm (190) Tj ET .7 w 96.5 700 m 96.5 717 l S "
    assert struck(Pdf(turned).read(tmp_path, reader)) == "190"


@each_reader
@pytest.mark.parametrize(("ground", "said"), [(b"1 g ", ""), (b".8 .9 1 rg ", ""), (None, "190")])
def test_text_on_a_ground_of_its_own_is_not_struck_by_what_lies_under_that(
    tmp_path: Path, reader: Reader, ground: bytes | None, said: str
) -> None:
    line = b"0 G .7 w 98 703.5 m 119 703.5 l S "
    paint = b"" if ground is None else ground + b"98 699 21 10 re f 0 g "
    assert struck(Pdf(line + paint + TEXT).read(tmp_path, reader)) == said


@each_reader
def test_text_is_struck_by_a_line_painted_over_its_ground(tmp_path: Path, reader: Reader) -> None:
    content = b".8 .9 1 rg 98 699 21 10 re f 0 g " + TEXT + b"0 G .7 w 98 703.5 m 119 703.5 l S "
    assert struck(Pdf(content).read(tmp_path, reader)) == "190"
