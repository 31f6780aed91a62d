"""Where things stand: a page turned, cropped, damaged or hostile in, places and problems out."""

import logging
import zlib
from pathlib import Path

import numpy as np
import pytest

from make.pdfs.page import Pdf, box, codes, each_reader, japanese_font, marks, stream
from shinchoku.page import Reader
from shinchoku.settings import Settings

AB = b"BT /F1 10 Tf 100 700 Td (ab) Tj ET "
X0 = b"/XObject<</X0 10 0 R>>"


@each_reader
@pytest.mark.parametrize(
    ("rotate", "size", "corner", "line"),
    [
        (0, (600, 800), (100, 100), (100, 200, 200, 200)),
        (90, (800, 600), (700, 100), (600, 100, 600, 200)),
        (180, (600, 800), (500, 700), (400, 600, 500, 600)),
        (270, (800, 600), (100, 500), (200, 400, 200, 500)),
        (-90, (800, 600), (100, 500), (200, 400, 200, 500)),
    ],
)
def test_a_turned_page_is_read_as_it_is_looked_at(
    tmp_path: Path,
    reader: Reader,
    rotate: int,
    size: tuple[float, float],
    corner: tuple[float, float],
    line: tuple[float, ...],
) -> None:
    page = Pdf(AB + b"100 600 m 200 600 l S", page=b"/Rotate %d" % rotate).read(tmp_path, reader)
    assert (page.width, page.height) == size
    x0, top, x1, bottom = box(page, 0)
    assert x0 - 11 <= corner[0] <= x1 + 11
    assert top - 11 <= corner[1] <= bottom + 11
    assert marks(page)[0][:4] == line
    assert page.glyphs.turn.tolist() == [rotate % 360] * 2
    assert page.glyphs.visible.all()


@each_reader
@pytest.mark.parametrize(
    ("page_entries", "media"),
    [
        (b"/CropBox[50 60 500 750]", b"[0 0 600 800]"),
        (b"", b"[50 60 500 750]"),
        (b"", b"[500 750 50 60]"),
    ],
)
def test_a_moved_origin_is_the_crop_boxs_corner(
    tmp_path: Path, reader: Reader, page_entries: bytes, media: bytes
) -> None:
    content = AB + b"BT /F1 10 Tf 20 700 Td (c) Tj ET"
    page = Pdf(content, page=page_entries, media=media).read(tmp_path, reader)
    assert (page.width, page.height) == (450, 690)
    assert box(page, 0)[0] == 50.0
    assert box(page, 0)[3] == pytest.approx(52, abs=1)
    assert page.glyphs.visible.tolist() == [True, True, False]


@each_reader
def test_a_crop_box_is_cut_with_the_media_box_and_turned_with_it(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(AB, page=b"/CropBox[50 60 9000 750]/Rotate 90").read(tmp_path, reader)
    assert (page.width, page.height) == (690, 550)
    assert box(page, 0)[1] == 50.0


@each_reader
def test_a_page_without_area_is_read_as_a_letter(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(AB, media=b"[0 0 0 0]").read(tmp_path, reader)
    assert (page.width, page.height) == (612, 792)
    assert page.glyphs.text == ("a", "b")


@each_reader
def test_a_page_of_five_metres(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(AB, media=b"[0 0 14173 14173]", page=b"/UserUnit 2").read(tmp_path, reader)
    assert (page.width, page.height) == (14173, 14173)
    assert page.glyphs.x0[0] == pytest.approx(100)
    assert page.glyphs.bottom[0] == pytest.approx(13473, abs=3)


@each_reader
@pytest.mark.parametrize(
    ("matrix", "turn", "way"),
    [
        (b"1 0 0 1", 0, (1, 0)),
        (b"0 -1 1 0", 90, (0, 1)),
        (b"-1 0 0 -1", 180, (-1, 0)),
        (b"0 1 -1 0", 270, (0, -1)),
        (b"0.999 0.04 -0.04 0.999", 0, (1, 0)),
    ],
)
def test_turned_text(tmp_path: Path, reader: Reader, matrix: bytes, turn: int, way: tuple[int, int]) -> None:
    page = Pdf(b"BT /F1 10 Tf %b 100 700 Tm (abc) Tj ET" % matrix).read(tmp_path, reader)
    assert page.glyphs.turn.tolist() == [turn] * 3
    assert page.glyphs.size == pytest.approx(10, abs=0.1)
    across = np.round((page.glyphs.x0 - page.glyphs.x0[0])[1:] / 5)
    down = np.round((page.glyphs.top - page.glyphs.top[0])[1:] / 5)
    assert np.sign(across).tolist() == [way[0]] * 2
    assert np.sign(down).tolist() == [way[1]] * 2


@each_reader
def test_text_set_downwards_hangs_from_the_pen(tmp_path: Path, reader: Reader) -> None:
    fonts, objects = japanese_font(b"UniJIS-UCS2-V")
    page = Pdf(b"BT /F2 10 Tf 100 700 Td <7E2666F83001FF08> Tj ET", fonts=fonts, objects=objects).read(
        tmp_path, reader
    )
    assert page.glyphs.text == ("縦", "書", "、", "（")
    assert page.glyphs.down.all()
    assert page.glyphs.x0 == pytest.approx(95)
    assert page.glyphs.x1 == pytest.approx(105)
    assert page.glyphs.top == pytest.approx([100, 110, 120, 130], abs=0.5)
    assert page.glyphs.bottom - page.glyphs.top == pytest.approx(10)


@each_reader
def test_text_across_is_not_set_downwards(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(b"BT /F1 10 Tf 5 Ts -1 Tc 100 700 Td [(ab) 900 (c)] TJ -3 Ts (d) Tj ET").read(tmp_path, reader)
    assert not page.glyphs.down.any()


@each_reader
def test_spacing_follows_every_glyph(tmp_path: Path, reader: Reader) -> None:
    shown = b"BT /F1 10 Tf 2 Tc 3 Tw 100 700 Td (a b) Tj (c) Tj [(d) -1000 (e)] TJ 50 Tz (ff) Tj ET"
    page = Pdf(shown).read(tmp_path, reader)
    steps = np.diff(page.glyphs.x0)
    widths = np.array([5.56, 2.78, 5.56, 5.0, 5.56, 5.56, 2.78 / 2])
    assert steps == pytest.approx(widths + np.array([2, 5, 2, 2, 12, 2, 1]), abs=0.02)


@each_reader
def test_lines_of_text_follow_each_other(tmp_path: Path, reader: Reader) -> None:
    shown = b"BT /F1 10 Tf 12 TL 100 700 Td (a) Tj T* (b) Tj (c) ' 1 2 (d) \" 0 -30 TD (e) Tj T* (f) Tj ET"
    page = Pdf(shown).read(tmp_path, reader)
    assert np.diff(page.glyphs.top) == pytest.approx([12, 12, 12, 30, 30], abs=0.01)
    assert page.glyphs.x0 == pytest.approx(100)


@each_reader
def test_coordinates_beyond_all_measure_do_not_stop_a_page(tmp_path: Path, reader: Reader) -> None:
    far = b"9" * 60
    content = b"BT /F1 10 Tf %b 700 Td (zz) Tj ET nan nan m 10 10 l S 10 10 m %b 10 l S " % (far, far)
    page = Pdf(content + AB).read(tmp_path, reader)
    assert page.glyphs.text[-2:] == ("a", "b")
    for column in (page.glyphs.x0, page.glyphs.bottom, page.marks.x1, page.marks.width):
        assert np.isfinite(column).all()


def test_text_at_no_place_is_reported_with_what_it_says(tmp_path: Path) -> None:
    content = b"BT /F1 10 Tf 1e38 700 Td (far) Tj nan 0 Td (off) Tj ET "
    page = Pdf(content + AB).read(tmp_path, "pdfplumber")
    assert page.glyphs.text == ("a", "b")
    (problem,) = page.problems
    assert (problem.code, problem.printed) == ("no_place", "faroff")


def test_text_infinitely_far_away_is_reported_too(tmp_path: Path) -> None:
    content = b"q 100 0 0 1 0 0 cm BT /F1 10 Tf %b 5 Td (far) Tj ET Q " % (b"9" * 308)
    page = Pdf(content + AB).read(tmp_path, "pdfplumber")
    assert page.glyphs.text == ("a", "b")
    assert [(p.code, p.printed) for p in page.problems] == [("no_place", "far")]


@each_reader
def test_a_form_that_draws_itself_ends(tmp_path: Path, reader: Reader) -> None:
    form = stream(
        b"0 0 20 10 re f /X0 Do", b"/Type/XObject/Subtype/Form/BBox[0 0 50 50]/Resources<<" + X0 + b">>"
    )
    page = Pdf(b"/X0 Do " + AB, resources=X0, objects=[form]).read(tmp_path, reader)
    assert page.glyphs.text == ("a", "b")
    assert set(marks(page)) == {(0.0, 790.0, 20.0, 800.0, 0.0, True)}


def test_a_form_within_itself_is_drawn_once_and_named(tmp_path: Path) -> None:
    form = stream(
        b"0 0 20 10 re f /X0 Do", b"/Type/XObject/Subtype/Form/BBox[0 0 50 50]/Resources<<" + X0 + b">>"
    )
    page = Pdf(b"/X0 Do /X0 Do", resources=X0, objects=[form]).read(tmp_path, "pdfplumber")
    assert len(page.marks) == 2
    assert codes(page) == ["damaged_content"]


def test_forms_that_multiply_are_cut_off_and_named(tmp_path: Path) -> None:
    forms = [
        stream(
            b"/X0 Do " * 12 if i < 7 else b"0 0 5 5 re f",
            b"/Type/XObject/Subtype/Form/BBox[0 0 50 50]/Resources<</XObject<</X0 %d 0 R>>>>" % (11 + i),
        )
        for i in range(8)
    ]
    page = Pdf(b"/X0 Do " + AB, resources=X0, objects=forms).read(tmp_path, "pdfplumber")
    assert 1_000 < len(page.marks) < 20_000
    assert codes(page) == ["damaged_content"]


@pytest.mark.slow
@each_reader
def test_a_hundred_thousand_rules_are_all_read(tmp_path: Path, reader: Reader) -> None:
    content = b"\n".join(b"10 %g m 500 %g l S" % (i % 800, i % 800) for i in range(100_000))
    page = Pdf(content).read(tmp_path, reader)
    assert len(page.marks) == 100_000


@each_reader
def test_more_than_the_limits_is_named_and_left_out(tmp_path: Path, reader: Reader) -> None:
    words = b"".join(b"BT /F1 10 Tf 100 %d Td (ab) Tj ET " % (20 * i) for i in range(30))
    content = words + b"10 10 m 50 10 l S " * 30
    page = Pdf(content).read(tmp_path, reader, Settings(glyphs=50, marks=1000))
    assert codes(page) == ["too_large"]
    page = Pdf(content).read(tmp_path, reader, Settings(glyphs=1000, marks=20))
    assert codes(page) == ["too_large"]
    assert 20 <= len(page.marks) <= 21
    assert not Pdf(content).read(tmp_path, reader).problems


def test_a_damaged_stream_is_named(tmp_path: Path) -> None:
    page = Pdf(AB * 9, dictionary=b"/Filter/FlateDecode").read(tmp_path, "pdfplumber")
    assert codes(page) == ["damaged_content"]
    page = Pdf(AB, dictionary=b"/Filter/NoSuchFilter").read(tmp_path, "pdfplumber")
    assert codes(page) == ["damaged_content"]


def test_a_stream_is_read_up_to_where_it_is_damaged(tmp_path: Path) -> None:
    words = b"".join(b"BT /F1 10 Tf %d %d Td (word%d) Tj ET " % (i, 7 * i, i) for i in range(100))
    packed = zlib.compress(words)
    damaged = packed[: len(packed) // 2] + b"!" * (len(packed) // 2)
    page = Pdf(damaged, dictionary=b"/Filter/FlateDecode").read(tmp_path, "pdfplumber")
    assert "".join(page.glyphs.text).startswith("word0word1word2")
    assert "damaged_content" in codes(page)


def test_a_page_with_nothing_on_it_has_no_problem(tmp_path: Path) -> None:
    page = Pdf(zlib.compress(b""), dictionary=b"/Filter/FlateDecode").read(tmp_path, "pdfplumber")
    assert not page.problems
    assert len(page.glyphs) == len(page.marks) == 0


@pytest.mark.parametrize(
    "junk",
    [
        b"Q Q Q q q q ",
        b"5 /x l S l c re f W n ",
        b"1 2 3 cm /None gs /None Do /None cs 9 scn sc ",
        b"<</A [1 2 >> BDC EMC EMC (unclosed \\) string) pop ",
        b"1 0 0 RG -- w .. w 1.2.3 w /F1 TJ 10 Td ",
        b"BI /W 1 /H 1 ID \x00\x01( EI ",
        b"/F1 9 Tf BT [/a true] TJ 5 TJ ET ",
        b"% a comment (\n",
    ],
)
def test_operators_without_sense_are_passed_over(tmp_path: Path, junk: bytes) -> None:
    page = Pdf(junk + b"ET 0 g 1 w " + AB).read(tmp_path, "pdfplumber")
    assert page.glyphs.text == ("a", "b")
    assert set(codes(page)) <= {"damaged_content"}


@each_reader
def test_slanted_letters_are_as_large_as_upright_ones(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(b"BT /F1 10 Tf 1 0 .33 1 100 700 Tm (a) Tj 2 0 0 1 100 600 Tm (b) Tj ET").read(
        tmp_path, reader
    )
    assert page.glyphs.size == pytest.approx([10, 10], abs=0.01)


def test_reading_leaves_the_loggers_of_the_libraries_alone(tmp_path: Path) -> None:
    before = {name: logging.getLogger(name).level for name in ("pdfminer", "pdfplumber")}
    Pdf(AB).read(tmp_path, "pdfplumber")
    assert {name: logging.getLogger(name).level for name in before} == before
