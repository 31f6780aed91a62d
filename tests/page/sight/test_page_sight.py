"""Which glyphs show: a page with text hidden in one way in, what a reader of it sees out, by both readers."""

from pathlib import Path

from make.pdfs.page import Pdf, each_reader, seen, stream
from shinchoku.page import Page, Reader

AB = b"BT /F1 10 Tf 100 700 Td (ab) Tj ET "
PICTURE = b"BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI "


def all_text(page: Page) -> str:
    return "".join(page.glyphs.text)


@each_reader
def test_text_that_is_not_painted_is_kept_unseen(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(b"q 3 Tr " + AB + b"Q BT /F1 10 Tf 100 600 Td (cd) Tj ET").read(tmp_path, reader)
    assert (all_text(page), seen(page)) == ("abcd", "cd")


@each_reader
def test_white_text_shows_on_dark_ground_only(tmp_path: Path, reader: Reader) -> None:
    content = b"1 g " + AB + b"0 g 90 590 50 30 re f 1 g BT /F1 10 Tf 100 600 Td (cd) Tj ET"
    page = Pdf(content).read(tmp_path, reader)
    assert (all_text(page), seen(page)) == ("abcd", "cd")


@each_reader
def test_a_ground_painted_later_does_not_count(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(b"1 g " + AB + b"0 g 90 690 50 5 re f 90 690 50 30 re f").read(tmp_path, reader)
    assert (all_text(page), seen(page)) == ("ab", "")


@each_reader
def test_text_in_the_colour_of_its_ground_is_unseen(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(b".5 g 90 690 50 30 re f " + AB + b"0 g BT /F1 10 Tf 110 700 Td (cd) Tj ET").read(
        tmp_path, reader
    )
    assert (all_text(page), seen(page)) == ("abcd", "cd")


@each_reader
def test_text_on_a_rounded_box_and_on_a_picture_shows(tmp_path: Path, reader: Reader) -> None:
    rounded = (
        b"95 690 m 135 690 l 138 690 140 692 140 695 c 140 715 l 140 718 138 720 135 720 c 95 720 l "
        b"92 720 90 718 90 715 c 90 695 l 90 692 92 690 95 690 c h f "
    )
    page = Pdf(rounded + b"1 g " + AB).read(tmp_path, reader)
    assert seen(page) == "ab"
    page = Pdf(b"q 600 0 0 800 0 0 cm " + PICTURE + b"Q 1 g " + AB).read(tmp_path, reader)
    assert seen(page) == "ab"


@each_reader
def test_text_within_a_drawn_ring_shows(tmp_path: Path, reader: Reader) -> None:
    ring = (
        b"90 690 m 85 700 85 710 90 720 c 130 720 l 135 710 135 700 130 690 c h "
        b"92 692 m 130 692 l 132 700 132 710 130 718 c 92 718 l 88 710 88 700 92 692 c h f* "
    )
    page = Pdf(ring + AB).read(tmp_path, reader)
    assert seen(page) == "ab"


@each_reader
def test_text_within_a_drawn_circle_shows(tmp_path: Path, reader: Reader) -> None:
    def circle(r: int) -> bytes:
        k = r * 0.55
        return (
            b"%g 705 m %g %g %g %g 105 %g c %g %g %g %g %g 705 c %g %g %g %g 105 %g c %g %g %g %g %g 705 c h "
            % (
                *(105 + r, 105 + r, 705 + k, 105 + k, 705 + r, 705 + r),
                *(105 - k, 705 + r, 105 - r, 705 + k, 105 - r),
                *(105 - r, 705 - k, 105 - k, 705 - r, 705 - r),
                *(105 + k, 705 - r, 105 + r, 705 - k, 105 + r),
            )
        )

    page = Pdf(circle(20) + circle(19) + b"f* " + AB).read(tmp_path, reader)
    assert seen(page) == "ab"


@each_reader
def test_text_outside_its_clip_or_the_page_is_unseen(tmp_path: Path, reader: Reader) -> None:
    content = b"q 0 0 50 50 re W n " + AB + b"Q BT /F1 10 Tf 100 600 Td (cd) Tj 800 0 Td (ef) Tj ET"
    page = Pdf(content).read(tmp_path, reader)
    assert (all_text(page), seen(page)) == ("abcdef", "cd")


@each_reader
def test_text_cut_at_its_edge_shows(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(b"q 90 702 100 40 re W n " + AB + b"Q").read(tmp_path, reader)
    assert seen(page) == "ab"


@each_reader
def test_clips_are_cut_with_each_other_and_end_with_their_state(tmp_path: Path, reader: Reader) -> None:
    content = b"q 0 0 600 750 re W n q 0 720 600 80 re W* n " + AB + b"Q BT /F1 10 Tf 100 600 Td (cd) Tj ET Q"
    page = Pdf(content).read(tmp_path, reader)
    assert (all_text(page), seen(page)) == ("abcd", "cd")


@each_reader
def test_transparent_text_is_unseen(tmp_path: Path, reader: Reader) -> None:
    states = b"/ExtGState<</G0<</ca 0>>/G1<</ca 1>>>>"
    content = b"/G0 gs " + AB + b"/G1 gs BT /F1 10 Tf 100 600 Td (cd) Tj ET"
    page = Pdf(content, resources=states).read(tmp_path, reader)
    assert (all_text(page), seen(page)) == ("abcd", "cd")


@each_reader
def test_full_ink_is_dark_in_a_colour_space_of_one_ink(tmp_path: Path, reader: Reader) -> None:
    function = b"<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[0 0 0 1]/N 1>>"
    inks = b"/ColorSpace<</C0[/Separation/Black/DeviceCMYK %b]>>" % function
    content = b"/C0 cs 1 scn " + AB + b"0 scn BT /F1 10 Tf 100 600 Td (cd) Tj ET"
    page = Pdf(content, resources=inks).read(tmp_path, reader)
    assert (all_text(page), seen(page)) == ("abcd", "ab")


@each_reader
def test_colours_of_every_space_are_told_from_white(tmp_path: Path, reader: Reader) -> None:
    lab = b"[/Lab<</WhitePoint[1 1 1]>>]"
    indexed = b"[/Indexed/DeviceRGB 1 <FFFFFF000000>]"
    spaces = b"/ColorSpace<</I0 %b/P0[/ICCBased 10 0 R]/L0 %b>>" % (indexed, lab)
    content = b" ".join(
        b"%b BT /F1 10 Tf 100 %d Td (%b) Tj ET" % (colour, 700 - 20 * i, letter)
        for i, (colour, letter) in enumerate(
            [
                (b"/I0 cs 0 sc", b"v"),
                (b"/I0 cs 1 sc", b"a"),
                (b"/P0 cs 1 1 1 scn", b"w"),
                (b"/P0 cs 1 0 0.4 scn", b"b"),
                (b"0 0 0 0 k", b"x"),
                (b"0 0 0 1 k", b"c"),
                (b"1 1 1 rg", b"y"),
                (b"1 1 0 rg", b"d"),
                (b"/L0 cs 100 0 0 sc", b"z"),
                (b"/L0 cs 20 0 0 sc", b"e"),
            ]
        )
    )
    page = Pdf(content, resources=spaces, objects=[stream(b"", b"/N 3/Alternate/DeviceRGB")]).read(
        tmp_path, reader
    )
    assert (all_text(page), seen(page)) == ("vawbxcydze", "abcde")


@each_reader
def test_outlined_text_shows_by_its_outline(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(b"1 g 0 G 1 Tr " + AB + b"2 Tr BT /F1 10 Tf 100 600 Td (cd) Tj ET").read(tmp_path, reader)
    assert seen(page) == "abcd"


@each_reader
def test_the_layer_of_text_recognition_over_a_scan_counts_as_seen(tmp_path: Path, reader: Reader) -> None:
    page = Pdf(b"q 600 0 0 800 0 0 cm " + PICTURE + b"Q 3 Tr " + AB).read(tmp_path, reader)
    assert page.ocr
    assert seen(page) == "ab"
    assert page.images == ((0.0, 0.0, 600.0, 800.0),)


@each_reader
def test_a_hidden_word_on_a_page_of_text_is_no_scan(tmp_path: Path, reader: Reader) -> None:
    hidden = b"q 600 0 0 800 0 0 cm " + PICTURE + b"Q BT /F1 10 Tf 100 600 Td (a page of text) Tj ET 3 Tr "
    page = Pdf(hidden + AB).read(tmp_path, reader)
    assert not page.ocr
    assert seen(page) == "a page of text"
