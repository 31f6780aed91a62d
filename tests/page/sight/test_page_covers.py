"""What is painted over text: a page with some under it in, what a reader sees of it out, by both readers."""

from pathlib import Path

import pytest

from make.pdfs.page import Pdf, each_reader, seen, stream
from shinchoku.page import Page, Reader

OLD = b"0 g BT /F1 10 Tf 100 700 Td (15) Tj ET "
NEW = b"0 g BT /F1 10 Tf 104 700 Td (13) Tj ET "
BOX = b"98 696 20 14 re f "
PICTURE = b"q 20 0 0 14 98 696 cm /X0 Do Q "
X0 = b"/XObject<</X0 10 0 R>>"
GREY = b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"


def kept(page: Page) -> str:
    return "".join(text for text, keeps in zip(page.glyphs.text, page.glyphs.kept, strict=True) if keeps)


def whole(page: Page) -> str:
    return "".join(page.glyphs.text)


@each_reader
@pytest.mark.parametrize("paint", [b"1 g ", b"0 g ", b".5 g "])
def test_text_under_a_later_box_is_unseen_and_kept(tmp_path: Path, reader: Reader, paint: bytes) -> None:
    page = Pdf(OLD + paint + BOX).read(tmp_path, reader)
    assert (whole(page), seen(page)) == ("15", "")


@each_reader
def test_new_text_on_the_box_shows(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(OLD + b"1 g " + BOX + NEW).read(tmp_path, reader)
    assert (whole(page), seen(page)) == ("1513", "13")


@each_reader
@pytest.mark.parametrize("times", [1, 9])
def test_new_text_in_the_very_place_of_text_under_a_box_is_read_whole(
    tmp_path: Path, reader: Reader, times: int
) -> None:
    page = Pdf((OLD + b"1 g " + BOX) * times + OLD.replace(b"15", b"13")).read(tmp_path, reader)
    assert (sorted(whole(page)), seen(page)) == (["1", "3", "5"], "13")


@each_reader
@pytest.mark.parametrize("flat", [b"1 0 0 0", b"0 0 0 1"])
def test_text_in_the_very_place_of_text_that_is_set_flat_is_read_whole(
    tmp_path: Path, reader: Reader, flat: bytes
) -> None:
    content = b"BT /F1 10 Tf %b 105 700 Tm (12) Tj 1 0 0 1 105 700 Tm (12) Tj ET" % flat
    assert "12" in seen(Pdf(content).read(tmp_path, reader))


@each_reader
def test_text_under_several_boxes_together_is_unseen(tmp_path: Path, reader: Reader) -> None:
    strips = b"".join(b"98 %d 20 3 re f " % y for y in range(696, 710, 3))
    page = Pdf(OLD + b"1 g " + strips).read(tmp_path, reader)
    assert seen(page) == ""


@each_reader
@pytest.mark.parametrize(
    "over",
    [
        b"1 g 98 696 20 4 re f ",
        b"98 704 m 118 704 l S ",
        b"0 g 98 700 20 1.5 re f ",
        b"/G0 gs 1 g " + BOX,
        b"/G1 gs 1 1 0 rg " + BOX,
        b"q 98 696 m 118 696 l 98 710 l h W n 1 g " + BOX + b"Q ",
    ],
    ids=["lower part", "line", "thin bar", "see-through", "marker pen", "clip that is no box"],
)
def test_text_that_shows_through_or_beside_what_is_painted_later_shows(
    tmp_path: Path, reader: Reader, over: bytes
) -> None:
    states = b"/ExtGState<</G0<</ca .4>>/G1<</BM/Multiply>>>>"
    page = Pdf(OLD + over, resources=states).read(tmp_path, reader)
    assert seen(page) == "15"


@each_reader
def test_text_under_a_picture_is_unseen(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(OLD + PICTURE, resources=X0, objects=[stream(b"\x80", GREY)]).read(tmp_path, reader)
    assert (whole(page), seen(page), page.ocr) == ("15", "", False)


@each_reader
def test_text_under_a_picture_with_a_mask_shows(tmp_path: Path, reader: Reader) -> None:
    objects = [stream(b"\x80", GREY + b"/SMask 11 0 R"), stream(b"\x00", GREY)]
    page = Pdf(OLD + PICTURE, resources=X0, objects=objects).read(tmp_path, reader)
    assert seen(page) == "15"


@each_reader
def test_the_text_layer_under_a_scan_shows(tmp_path: Path, reader: Reader) -> None:
    scan = OLD + b"q 600 0 0 800 0 0 cm /X0 Do Q "
    page = Pdf(scan, resources=X0, objects=[stream(b"\x80", GREY)]).read(tmp_path, reader)
    assert page.ocr
    assert seen(page) == "15"


@each_reader
def test_text_under_a_page_wide_fill_shows(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(OLD + b"1 g 0 0 600 800 re f ").read(tmp_path, reader)
    assert seen(page) == "15"


@each_reader
def test_text_under_fills_that_are_page_wide_together_shows(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(OLD + b"1 g 0 0 290 800 re f 310 0 290 800 re f ").read(tmp_path, reader)
    assert seen(page) == "15"


@each_reader
def test_the_rest_of_a_text_under_the_next_cells_fill_is_kept(tmp_path: Path, reader: Reader) -> None:
    long = b"0 g BT /F1 10 Tf 100 700 Td (too long for it) Tj ET 1 g 140 690 80 20 re f "
    wall = b".5 w 140 690 m 140 710 l S "
    page = Pdf(long + wall).read(tmp_path, reader)
    assert (seen(page), kept(page)) == ("too long f", "too long for it")
    assert kept(Pdf(long).read(tmp_path, reader)) == "too long f"
