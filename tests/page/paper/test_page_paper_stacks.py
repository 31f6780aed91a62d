"""Text set over other text held against the painted page: what is there alone, and what is not."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from make.pdfs.page import Pdf, codes, each_reader, said_font, seen, stream
from make.pdfs.paper import boxed, drawn, held
from shinchoku.page import Page, Reader

OLD = b"0 g BT /F1 10 Tf 100 700 Td (15 plus) Tj ET "
NEW = b"0 g BT /F1 10 Tf %b Td (13 plus) Tj ET "
OVER = {
    "white box": b"1 g 98 696 60 14 re f ",
    "veil": b"q /G0 gs 1 g 98 696 60 14 re f Q ",
    "shading": b"q 98 696 60 14 re W n /S0 sh Q ",
    "thick stroke": b"1 G 14 w 98 703 m 158 703 l S ",
}
RESOURCES = (
    b"/ExtGState<</G0<</ca .97>>>>/Shading<</S0<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 1 0]"
    b"/Function<</FunctionType 2/Domain[0 1]/C0[1]/C1[1]/N 1>>/Extend[true true]>>>>"
)


REST = b"BT /F1 10 Tf 100 600 Td (what else is on the page, all of it to be seen) Tj ET "


def read(tmp_path: Path, reader: Reader, content: bytes, *objects: bytes) -> Page:
    resources = RESOURCES + (b"/XObject<</X0 10 0 R>>" if objects else b"")
    return held(Pdf(REST + content, resources=resources, objects=list(objects)).write(tmp_path), reader)


def line(page: Page) -> str:
    """What is seen in the upper line, from the left."""
    glyphs = page.glyphs
    upper = [i for i in range(len(glyphs)) if glyphs.visible[i] and glyphs.top[i] < 150]
    return "".join(glyphs.text[i].strip() for i in sorted(upper, key=lambda i: float(glyphs.x0[i])))


@each_reader
@pytest.mark.parametrize("over", OVER)
@pytest.mark.parametrize("place", [b"100 700", b"103 702", b"100.2 700"])
def test_text_over_text_that_is_painted_over_is_read_alone(
    tmp_path: Path, reader: Reader, over: str, place: bytes
) -> None:
    page = read(tmp_path, reader, OLD + OVER[over] + NEW % place)
    assert line(page) == "13plus"
    assert codes(page).count("not_on_paper") > 0
    assert "overprinted" not in codes(page)


@each_reader
@pytest.mark.parametrize("between", [b"", b"1 g 98 696 60 3 re f "], ids=["nothing", "lower edge"])
def test_text_over_text_that_is_there_too_is_unreadable(
    tmp_path: Path, reader: Reader, between: bytes
) -> None:
    page = read(tmp_path, reader, OLD + between + NEW % b"100 700")
    assert line(page) == "1\ufffdplus"
    assert codes(page) == ["overprinted"]


@each_reader
def test_letters_set_one_by_one_over_others_are_told_apart(tmp_path: Path, reader: Reader) -> None:
    old = b"".join(b"BT /F1 10 Tf %d 700 Td (%c) Tj ET " % (100 + 6 * i, c) for i, c in enumerate(b"1500"))
    new = b"".join(b"BT /F1 10 Tf %d 702 Td (%c) Tj ET " % (102 + 6 * i, c) for i, c in enumerate(b"1300"))
    page = read(tmp_path, reader, old + OVER["shading"] + new)
    assert line(page) == "1300"


@each_reader
def test_the_part_of_a_form_that_is_painted_over_is_not_on_paper(tmp_path: Path, reader: Reader) -> None:
    form = stream(
        OLD,
        b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Matrix[1 0 0 1 10 5]/Resources<</Font<</F1 5 0 R>>>>",
    )
    content = b"/X0 Do q 105 700 70 18 re W n /S0 sh Q " + NEW % b"110 705"
    assert line(read(tmp_path, reader, content, form)) == "13plus"


@each_reader
def test_letters_of_a_text_drawn_together_are_set_over_none(tmp_path: Path, reader: Reader) -> None:
    wide = said_font(dict(enumerate("15 plans", start=1)), width=900)
    text = b"BT /F2 10 Tf -6 Tc 100 700 Td <00010002000300040005000600070008> Tj 0 Tc ET "
    page = held(Pdf(text + REST, fonts=wide[0], objects=wide[1]).write(tmp_path), reader)
    assert codes(page).count("overprinted") == 0


@each_reader
@pytest.mark.parametrize("block", "█■～=/×")
def test_text_under_blocks_and_signs_that_strike_it_out_is_unreadable(
    tmp_path: Path, reader: Reader, block: str
) -> None:
    def draw(canvas: Canvas) -> None:
        boxed(canvas, ("plan", "15"), ("plan", "26"))
        canvas.drawString(189, 682, "MM")

    page = held(drawn(tmp_path / "lie.pdf", draw, {"M": block}), reader)
    assert "15" not in seen(page)
    assert "overprinted" in codes(page)
