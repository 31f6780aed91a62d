"""Text cut off at its clip, set with a shadow, in a font without widths, beyond U+FFFF: a page in, what a
reader reads of it out, by both readers."""

from pathlib import Path

import pytest

from make.pdfs.page import Pdf, each_reader, said, seen
from shinchoku.page import Page, Reader

SHADE = b".7 g BT /F1 10 Tf 102.5 697.5 Td (%b) Tj ET 0 g BT /F1 10 Tf 100 700 Td (%b) Tj ET"


def kept(page: Page) -> str:
    return "".join(text for text, keeps in zip(page.glyphs.text, page.glyphs.kept, strict=True) if keeps)


def cell(text: bytes, x: int, y: int = 700) -> bytes:
    return b"q 100 690 40 20 re W n BT /F1 10 Tf %d %d Td (%b) Tj ET Q " % (x, y, text)


@each_reader
def test_what_a_clip_cuts_off_on_either_side_is_kept(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(cell(b"too long for it", 80)).read(tmp_path, reader)
    assert (seen(page), kept(page)) == ("ong for it", "too long for it")
    assert not (page.glyphs.clipped & page.glyphs.visible).any()


@each_reader
def test_lines_cut_off_below_those_that_show_are_kept(tmp_path: Path, reader: Reader) -> None:
    lines = b"BT /F1 10 Tf 100 700 Td (one) Tj 0 -20 Td (two) Tj 0 -20 Td (three) Tj ET"
    page = Pdf(b"q 100 690 40 20 re W n %b Q" % lines).read(tmp_path, reader)
    assert (seen(page), kept(page)) == ("one", "onetwothree")


@each_reader
def test_rows_beyond_the_clip_of_a_table_are_not(tmp_path: Path, reader: Reader) -> None:
    row = b"BT /F1 10 Tf 100 %d Td (left) Tj 100 0 Td (right) Tj ET "
    rows = b"".join(row % y for y in (700, 688, 676))
    page = Pdf(b"q 90 685 300 30 re W n %b Q" % rows).read(tmp_path, reader)
    assert kept(page) == "leftrightleftright"


@each_reader
def test_text_all_of_which_is_cut_off_is_not(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(cell(b"far", 300) + cell(b"near", 100)).read(tmp_path, reader)
    assert kept(page) == "near"


@each_reader
def test_text_of_two_cells_has_two_numbers(tmp_path: Path, reader: Reader) -> None:
    beside = b"q 140 690 20 20 re W n BT /F1 10 Tf 140 700 Td (15) Tj ( km) Tj ET Q"
    glyphs = Pdf(cell(b"long", 130) + beside).read(tmp_path, reader).glyphs
    assert glyphs.run.tolist() == [0] * 4 + [1] * 2 + [2] * 3
    assert len(set(glyphs.clip[:4].tolist())) == len(set(glyphs.clip[4:].tolist())) == 1
    assert glyphs.clip[0] != glyphs.clip[4]


@each_reader
@pytest.mark.parametrize("text", [b"1,500", b"m"])
def test_a_shadow_is_its_text(tmp_path: Path, reader: Reader, text: bytes) -> None:
    page = Pdf(SHADE % (text, text)).read(tmp_path, reader)
    assert seen(page) == text.decode()
    assert 100 <= page.glyphs.x0[0] <= 102.5


@each_reader
def test_other_text_or_text_in_the_same_shade_is_no_shadow(tmp_path: Path, reader: Reader) -> None:
    assert seen(Pdf(SHADE % (b"150", b"151")).read(tmp_path, reader)) == "150151"
    assert seen(Pdf((SHADE % (b"150", b"150")).replace(b".7", b"0")).read(tmp_path, reader)) == "150150"


@each_reader
def test_the_same_letter_behind_another_is_no_shadow(tmp_path: Path, reader: Reader) -> None:
    two = b".7 g BT /F1 10 Tf 100 700 Td (i) Tj ET 0 g BT /F1 10 Tf 102.2 700 Td (i) Tj ET"
    assert seen(Pdf(two).read(tmp_path, reader)) == "ii"


@each_reader
def test_letters_without_width_reach_to_the_next(tmp_path: Path, reader: Reader) -> None:
    font = b"/F2 10 0 R"
    flat = (
        b"<</Type/Font/Subtype/TrueType/BaseFont/Flat/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 126"
        b"/Widths[%b]/FontDescriptor<</Type/FontDescriptor/FontName/Flat/Flags 32/FontBBox[0 0 0 0]"
        b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>>>" % (b"0 " * 95)
    )
    placed = b"BT /F2 10 Tf 1 0 0 1 106 700 Tm (1) Tj 1 0 0 1 112 700 Tm (5) Tj ET"
    glyphs = Pdf(placed, fonts=font, objects=[flat]).read(tmp_path, reader).glyphs
    assert "".join(glyphs.text) == "15"
    assert (glyphs.x1 > glyphs.x0).all()
    assert glyphs.x1[0] <= glyphs.x0[1]


@each_reader
def test_a_character_beyond_u_ffff_is_one(tmp_path: Path, reader: Reader) -> None:
    page = said(["𠮷", "野"], b"BT /F2 10 Tf 100 700 Td <00010002> Tj ET").read(tmp_path, reader)
    assert page.glyphs.text == ("𠮷", "野")
    assert not page.problems or {p.code for p in page.problems} == {"font_not_embedded"}
