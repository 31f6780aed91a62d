"""Layers that are switched off: a page with some in, what a reader of it sees out, by both readers."""

from pathlib import Path

import pytest

from make.pdfs.page import Pdf, each_reader, marks, seen, stream
from shinchoku.page import Page, Reader

ON = b"BT /F1 10 Tf 100 600 Td (13) Tj ET "
TEXT = b"BT /F1 10 Tf 100 700 Td (15) Tj ET "
IN_LAYER = b"/OC /L0 BDC " + TEXT + b"EMC " + ON
GROUPS = [b"<</Type/OCG/Name(old)>>", b"<</Type/OCG/Name(new)>>"]
OFF = b"/OCProperties<</OCGs[10 0 R 11 0 R]/D<</OFF[10 0 R]>>>>"


def layered(content: bytes, entry: bytes = b"10 0 R", catalog: bytes = OFF, **entries: bytes) -> Pdf:
    """A page whose layer /L0 is `entry`; the group 10 is off by `catalog`, 11 is on."""
    resources = b"/Properties<</L0 %b>>%b" % (entry, entries.pop("resources", b""))
    return Pdf(content, resources=resources, objects=list(GROUPS), catalog=catalog, **entries)


def whole(page: Page) -> str:
    return "".join(page.glyphs.text)


@each_reader
def test_text_in_a_layer_that_is_off_is_unseen_and_kept(tmp_path: Path, reader: Reader) -> None:
    page = layered(IN_LAYER).read(tmp_path, reader)
    assert (whole(page), seen(page)) == ("1513", "13")


@each_reader
@pytest.mark.parametrize(
    ("catalog", "expected"),
    [
        (b"", "1513"),
        (b"/OCProperties<</OCGs[10 0 R 11 0 R]/D<</Order[10 0 R]>>>>", "1513"),
        (b"/OCProperties<</OCGs[10 0 R 11 0 R]/D<</BaseState/OFF/ON[11 0 R]>>>>", "13"),
        (b"/OCProperties<</OCGs[10 0 R 11 0 R]/D<</BaseState/OFF/ON[10 0 R]>>>>", "1513"),
    ],
)
def test_the_default_configuration_decides(
    tmp_path: Path, reader: Reader, catalog: bytes, expected: str
) -> None:
    assert seen(layered(IN_LAYER, catalog=catalog).read(tmp_path, reader)) == expected


@each_reader
@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (b"<</Type/OCMD/OCGs 10 0 R>>", "13"),
        (b"<</Type/OCMD/OCGs[10 0 R 11 0 R]>>", "1513"),
        (b"<</Type/OCMD/OCGs[10 0 R 11 0 R]/P/AllOn>>", "13"),
        (b"<</Type/OCMD/OCGs[10 0 R 11 0 R]/P/AnyOff>>", "1513"),
        (b"<</Type/OCMD/OCGs[10 0 R 11 0 R]/P/AllOff>>", "13"),
        (b"<</Type/OCMD/VE[/Not 10 0 R]>>", "1513"),
        (b"<</Type/OCMD/VE[/And[/Or 10 0 R 11 0 R][/Not 11 0 R]]>>", "13"),
    ],
)
def test_expressions_over_layers_are_worked_out(
    tmp_path: Path, reader: Reader, entry: bytes, expected: str
) -> None:
    assert seen(layered(IN_LAYER, entry).read(tmp_path, reader)) == expected


@each_reader
def test_layers_within_marked_content_end_where_they_end(tmp_path: Path, reader: Reader) -> None:
    content = b"/P <</MCID 0>> BDC /OC /L0 BDC /Span BMC " + TEXT + b"EMC EMC " + ON + b"EMC "
    assert seen(layered(content).read(tmp_path, reader)) == "13"


@each_reader
def test_rules_and_boxes_in_such_a_layer_are_not_painted(tmp_path: Path, reader: Reader) -> None:
    content = ON + b"/OC /L0 BDC 1 g 90 590 60 30 re f 0 G 50 50 m 300 50 l S " + TEXT + b"EMC "
    page = layered(content).read(tmp_path, reader)
    assert (seen(page), marks(page)) == ("13", [])


@each_reader
def test_a_form_in_a_layer_that_is_off_is_unseen(tmp_path: Path, reader: Reader) -> None:
    pdf = layered(b"/X0 Do " + ON, resources=b"/XObject<</X0 12 0 R>>")
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/OC 10 0 R/Resources<</Font<</F1 5 0 R>>>>"
    pdf.objects.append(stream(TEXT, form))
    page = pdf.read(tmp_path, reader)
    assert (whole(page), seen(page)) == ("1513", "13")


@each_reader
def test_a_picture_in_a_layer_that_is_off_covers_nothing(tmp_path: Path, reader: Reader) -> None:
    grey = b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
    over = ON + b"/OC /L0 BDC q 60 0 0 30 90 590 cm /X0 Do Q EMC "
    pdf = layered(over, resources=b"/XObject<</X0 12 0 R>>")
    pdf.objects.append(stream(b"\x80", grey))
    page = pdf.read(tmp_path, reader)
    assert (seen(page), page.images) == ("13", ())
