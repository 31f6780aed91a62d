"""What glyphs say: a page with one oddity in, its glyphs' texts out, by both readers."""

from contextlib import closing
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from make.pdfs.page import Pdf, box, codes, each_reader, japanese_font, said, said_font, stream
from shinchoku.page import Reader, open_pdf

SHOW = b"BT /F2 10 Tf 100 700 Td %b Tj ET"


@each_reader
def test_radicals_are_given_back_as_the_characters_meant(tmp_path: Path, reader: Reader) -> None:
    page = said(["\u2f26", "\u2ed1", "\u2ea0"], SHOW % b"<000100020003>").read(tmp_path, reader)
    assert page.glyphs.text == ("子", "長", "民")


@each_reader
def test_half_width_kana_and_full_width_letters_stay_as_printed(tmp_path: Path, reader: Reader) -> None:
    letters = ["ｱ", "ﾞ", "Ａ", "１", "①", "㎡"]
    page = said(letters, SHOW % b"<000100020003000400050006>").read(tmp_path, reader)
    assert page.glyphs.text == tuple(letters)


@each_reader
def test_a_voicing_mark_joins_its_kana(tmp_path: Path, reader: Reader) -> None:
    page = said(["か", "\u3099", "は\u309a", "x"], SHOW % b"<0001000200030004>").read(tmp_path, reader)
    assert page.glyphs.text == ("が", "ぱ", "x")
    assert box(page, 0)[::2] == (100.0, 120.0)


@each_reader
def test_a_voicing_mark_elsewhere_stays_on_its_own(tmp_path: Path, reader: Reader) -> None:
    content = b"BT /F2 10 Tf 100 700 Td <00010003> Tj 200 -100 Td <00020003> Tj ET"
    page = said(["か", "\u3099", "x"], content).read(tmp_path, reader)
    assert page.glyphs.text == ("か", "x", "\u3099", "x")


def test_kana_and_its_voicing_mark_struck_again_are_one(tmp_path: Path) -> None:
    content = b"BT /F2 10 Tf 100 700 Td <0001> Tj .3 0 Td <0001> Tj 9 0 Td <0002> Tj .3 0 Td <0002> Tj ET"
    page = said(["か", "\u3099"], content).read(tmp_path, "pdfplumber")
    assert page.glyphs.text == ("が",)


@each_reader
def test_a_ligature_is_one_glyph_of_several_letters(tmp_path: Path, reader: Reader) -> None:
    page = said(["ffi", "\ufb01", "x"], SHOW % b"<000100020003>").read(tmp_path, reader)
    assert page.glyphs.text == ("ffi", "fi", "x")


@each_reader
def test_spaces_stay_glyphs(tmp_path: Path, reader: Reader) -> None:
    page = said(["あ", "\u3000", " "], SHOW % b"<00010002000100030001>").read(tmp_path, reader)
    assert page.glyphs.text == ("あ", "\u3000", "あ", " ", "あ")


@each_reader
def test_gaps_are_no_spaces(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(b"BT /F1 10 Tf 100 700 Td [(ab) -3000 (cd)] TJ 0 -20 Td (ef) Tj ET").read(tmp_path, reader)
    assert page.glyphs.text == tuple("abcdef")


@each_reader
@pytest.mark.parametrize("strikes", [2, 3, 4])
def test_struck_again_a_hair_apart_is_one_glyph(tmp_path: Path, reader: Reader, strikes: int) -> None:
    again = b" ".join(b"/F%d 10.1 Tf 0.3 0 Td (Ae) Tj" % (1 + i % 2) for i in range(strikes - 1))
    bold = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>"
    pdf = Pdf(b"BT /F1 10 Tf 100 700 Td (Ae) Tj %b ET" % again, fonts=b"/F2 10 0 R", objects=[bold])
    page = pdf.read(tmp_path, reader)
    assert page.glyphs.text == ("A", "e")
    assert page.glyphs.x0[0] == pytest.approx(100, abs=1)


@each_reader
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"<00010001>", "ーー"),
        (b"<00020002>", "ああ"),
        (b"[<0002> 400 <0002>] TJ [", "ああ"),
    ],
)
def test_repeated_letters_are_all_kept(tmp_path: Path, reader: Reader, content: bytes, expected: str) -> None:
    shown = content if content.endswith(b"[") else content + b" Tj"
    page = said(["ー", "あ"], b"BT /F2 10 Tf 100 700 Td %b ET" % shown).read(tmp_path, reader)
    assert "".join(page.glyphs.text) == expected


@each_reader
def test_narrow_letters_and_rows_of_the_same_are_all_kept(tmp_path: Path, reader: Reader) -> None:
    rows = b" ".join(b"0 -10 Td (ill..11) Tj" for _ in range(4))
    page = Pdf(b"BT /F1 10 Tf 100 700 Td (ill..11) Tj %b ET" % rows).read(tmp_path, reader)
    assert "".join(page.glyphs.text) == "ill..11" * 5


@each_reader
def test_a_glyph_without_unicode_is_kept_and_named_with_its_place(tmp_path: Path, reader: Reader) -> None:
    fonts, objects = said_font({1: "あ"})
    page = Pdf(SHOW % b"<00010007>", fonts=fonts, objects=objects).read(tmp_path, reader)
    assert page.glyphs.text[0] == "あ"
    assert page.glyphs.text[1] in ("(cid:7)", "\ufffd")
    (problem,) = (said for said in page.problems if said.code != "font_not_embedded")
    assert (problem.code, problem.page, problem.printed) == ("no_unicode", 1, page.glyphs.text[1])
    assert problem.box is not None
    assert problem.box[0] == pytest.approx(110)


@each_reader
def test_control_and_private_characters_are_named_and_can_be_written(tmp_path: Path, reader: Reader) -> None:
    page = said(["\ue000", "\x02", "\x00", "あ"], SHOW % b"<0001000200030004>").read(tmp_path, reader)
    assert page.glyphs.text[1:] == ("\ufffd", "\ufffd", "あ")
    assert page.glyphs.text[0] == "\ue000"
    assert codes(page).count("no_unicode") == 3


@each_reader
def test_many_glyphs_without_unicode_are_summed_up(tmp_path: Path, reader: Reader) -> None:
    fonts, objects = said_font({1: "あ"})
    shown = b"<" + b"".join(b"%04x" % (i + 20) for i in range(30)) + b">"
    page = Pdf(SHOW % shown, fonts=fonts, objects=objects).read(tmp_path, reader)
    assert len(page.glyphs) == 30
    assert codes(page).count("no_unicode") == 21
    assert page.problems[-1].message.startswith("10 more glyphs")


@each_reader
def test_strings_in_unicode_keep_signs_that_share_a_glyph(tmp_path: Path, reader: Reader) -> None:
    fonts, objects = japanese_font(b"UniJIS-UCS2-H")
    page = Pdf(SHOW % b"<7E26FF5E301C201422127E26>", fonts=fonts, objects=objects).read(tmp_path, reader)
    assert "".join(page.glyphs.text) == "縦～〜—−縦"


@each_reader
def test_glyph_numbers_give_signs_as_office_programs_mean_them(tmp_path: Path, reader: Reader) -> None:
    fonts, objects = japanese_font(b"Identity-H")
    page = Pdf(SHOW % b"<034B029902B501230465>", fonts=fonts, objects=objects).read(tmp_path, reader)
    assert "".join(page.glyphs.text) == "あ～－¥亜"


@each_reader
def test_the_authors_own_text_of_a_glyph_counts(tmp_path: Path, reader: Reader) -> None:
    span = b"/Span<</ActualText<FEFF4E004E8C>>> BDC <00010002> Tj EMC <00020001> Tj"
    page = said(["\u2f00", "あ"], b"BT /F2 10 Tf 100 700 Td %b ET" % span).read(tmp_path, reader)
    assert "".join(page.glyphs.text) == "一二あ一"


def test_the_authors_own_text_makes_no_figure_of_another(tmp_path: Path) -> None:
    span = b"/Span<</ActualText(75b)>>BDC (15a) Tj EMC /Span<</ActualText(3)>>BDC (8) Tj EMC"
    page = Pdf(b"BT /F1 10 Tf 100 700 Td %b ET" % span).read(tmp_path, "pdfplumber")
    assert "".join(page.glyphs.text) == "15b8"


def test_nor_of_a_numeral_or_another_letter(tmp_path: Path) -> None:
    span = b"/Span<</ActualText(50)>>BDC <00010002> Tj EMC /Span<</ActualText(7)>>BDC <0003> Tj EMC"
    pdf = said(["十", "五", "あ"], b"BT /F2 10 Tf 100 700 Td %b ET" % span)
    assert "".join(pdf.read(tmp_path, "pdfplumber").glyphs.text) == "十五あ"


@each_reader
def test_a_hyphen_at_the_end_of_a_line_stays(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(b"BT /F1 10 Tf 100 700 Td (pro-) Tj 0 -12 Td (gress) Tj ET").read(tmp_path, reader)
    assert "".join(page.glyphs.text) == "pro-gress"


@each_reader
def test_letters_of_a_font_that_is_missing_are_read(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(b"BT /F9 10 Tf 100 700 Td (ab) Tj ET").read(tmp_path, reader)
    assert page.glyphs.text == ("a", "b")
    assert page.glyphs.x0[1] == pytest.approx(105.56, abs=0.01)


@each_reader
def test_an_array_to_show_may_hold_junk(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(b"BT /F1 10 Tf 100 700 Td [(a) /x (b)] TJ ET").read(tmp_path, reader)
    assert page.glyphs.text == ("a", "b")
    assert page.glyphs.x0[1] == pytest.approx(105.56, abs=0.01)


@each_reader
def test_signs_of_dingbats_are_those_they_show(tmp_path: Path, reader: Reader) -> None:
    canvas = Canvas(str(tmp_path / "signs.pdf"), invariant=1)
    canvas.setFont("ZapfDingbats", 12)
    canvas.drawString(100, 500, "✔✘●★■◆")
    canvas.save()
    with closing(open_pdf(tmp_path / "signs.pdf", reader)) as pdf:
        assert "".join(pdf.read(1).glyphs.text) == "✔✘●★■◆"


@each_reader
@pytest.mark.parametrize("descent", [-3000, -900, 0])
def test_a_font_that_says_what_no_descent_can_be_sets_its_glyphs_on_the_line(
    tmp_path: Path, reader: Reader, descent: int
) -> None:
    fonts, objects = said_font({1: "所"})
    objects[3] = objects[3].replace(b"/Descent -120", b"/Descent %d" % descent)
    page = Pdf(b"BT /F2 10 Tf 100 700 Td <0001> Tj ET", fonts=fonts, objects=objects).read(tmp_path, reader)
    left, top, right, bottom = box(page, 0)
    assert (left, right, bottom - top) == (100, 110, 10)
    assert 100 <= bottom <= 101.5


@each_reader
def test_drawn_glyphs_that_mirror_themselves_stand_in_mirrored_text_as_others_do(
    tmp_path: Path, reader: Reader
) -> None:
    glyph = stream(b"600 0 0 0 500 700 d1 0 0 500 700 re f")
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 -200 600 900]/FontMatrix[.001 0 0 -.001 0 0]"
        b"/CharProcs<</a 11 0 R>>/Encoding<</Differences[65/a]>>/FirstChar 65/LastChar 65/Widths[600]"
        b"/Resources<<>>>>"
    )
    content = b"q 1 0 0 -1 0 800 cm BT /F2 10 Tf 1 0 0 1 100 100 Tm (A) Tj ET Q"
    page = Pdf(content, fonts=b"/F2 10 0 R", objects=[font, glyph]).read(tmp_path, reader)
    left, top, right, bottom = box(page, 0)
    assert (left, right, round(bottom - top, 1)) == (100, 106, 10)
    assert 100 < bottom <= 102.5
