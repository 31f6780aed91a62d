"""Annotations: a page with some in, what they put on it and strike out, by both readers."""

from pathlib import Path

import pytest

from make.pdfs.page import Pdf, codes, each_reader, marks, seen, stream
from shinchoku.page import Page, Reader

OLD = b"BT /F1 10 Tf 100 700 Td (181) Tj ET "
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 60 20]/Resources<</Font<</F1 5 0 R>>>>"
TYPED = b"1 g 0 0 60 20 re f 0 g 0 G 0 0 60 20 re S BT /F1 10 Tf 2 6 Td (204) Tj ET"


def noted(kind: bytes, *, entries: bytes = b"/F 4", appearance: bytes = TYPED, form: bytes = FORM) -> Pdf:
    """A page that says 181, with an annotation over it."""
    note = b"<</Type/Annot/Subtype/%b/Rect[98 694 158 714]/AP<</N 11 0 R>>%b>>" % (kind, entries)
    return Pdf(OLD, page=b"/Annots[10 0 R]", objects=[note, stream(appearance, form)])


def notes(page: Page) -> str:
    return "".join(t for t, n in zip(page.glyphs.text, page.glyphs.note, strict=True) if n)


@each_reader
@pytest.mark.parametrize("kind", [b"FreeText", b"Stamp", b"Widget/FT/Tx/T(f)/V(204)"])
def test_what_is_typed_stamped_or_filled_in_is_read_and_covers_what_is_under_it(
    tmp_path: Path, reader: Reader, kind: bytes
) -> None:
    page = noted(kind).read(tmp_path, reader)
    assert (seen(page), notes(page), marks(page)) == ("204", "204", [])
    first = int(page.glyphs.note.argmax())
    assert page.glyphs.x0[first] == pytest.approx(100, abs=0.05)
    assert codes(page) == []


@each_reader
@pytest.mark.parametrize("flag", [b"/F 2", b"/F 32", b"/F 6"])
def test_hidden_annotations_are_not_there(tmp_path: Path, reader: Reader, flag: bytes) -> None:
    page = noted(b"FreeText", entries=flag).read(tmp_path, reader)
    assert (seen(page), notes(page)) == ("181", "")


@each_reader
@pytest.mark.parametrize("kind", [b"Link", b"Highlight", b"Square", b"Popup", b"Text"])
def test_other_kinds_put_no_text_on_the_page(tmp_path: Path, reader: Reader, kind: bytes) -> None:
    page = noted(kind).read(tmp_path, reader)
    assert (seen(page), notes(page)) == ("181", "")


@each_reader
def test_an_appearance_is_brought_into_its_rectangle(tmp_path: Path, reader: Reader) -> None:
    form = FORM.replace(b"[0 0 60 20]", b"[100 0 220 40]/Matrix[1 0 0 1 -7 5]")
    page = noted(b"Stamp", appearance=b"BT /F1 20 Tf 104 12 Td (9) Tj ET", form=form).read(tmp_path, reader)
    i = page.glyphs.text.index("9")
    assert (page.glyphs.x0[i], page.glyphs.size[i]) == pytest.approx((100, 10), abs=0.05)


@each_reader
def test_the_state_of_a_field_chooses_its_appearance(tmp_path: Path, reader: Reader) -> None:
    pdf = noted(b"Widget/FT/Btn/T(b)", entries=b"/F 4/AS/On")
    pdf.objects[0] = pdf.objects[0].replace(b"/N 11 0 R", b"/N<</On 11 0 R/Off 12 0 R>>")
    pdf.objects.append(stream(b"", FORM))
    assert notes(pdf.read(tmp_path, reader)) == "204"
    pdf.objects[0] = pdf.objects[0].replace(b"/AS/On", b"/AS/Off")
    assert notes(pdf.read(tmp_path, reader)) == ""


@each_reader
def test_text_that_an_annotation_strikes_out_is_struck(tmp_path: Path, reader: Reader) -> None:
    quad = b"/F 4/QuadPoints[99 709 112 709 99 698 112 698]"
    page = noted(b"StrikeOut", entries=quad, appearance=b"0 5 m 60 5 l S").read(tmp_path, reader)
    struck = [text for text, out in zip(page.glyphs.text, page.glyphs.struck, strict=True) if out]
    assert (seen(page), struck) == ("181", ["1", "8"])


def field(entries: bytes, *, form: bytes = b"", appearance: bytes = b"") -> Pdf:
    """A page that says 181, with a field typed into beside it."""
    looks = b"/AP<</N 11 0 R>>" if appearance else b""
    note = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(f)/DA(/F1 10 Tf 0 g)/Rect[198 694 258 714]/F 4%b%b>>" % (
        entries,
        looks,
    )
    catalog = b"/AcroForm<</Fields[10 0 R]/DR<</Font<</F1 5 0 R>>>>%b>>" % form
    objects = [note, stream(appearance, FORM)]
    return Pdf(OLD, page=b"/Annots[10 0 R]", objects=objects, catalog=catalog)


SHOWS = b"/Tx BMC BT /F1 10 Tf 2 6 Td (204) Tj ET EMC"
ANEW = b"/NeedAppearances true"


@each_reader
@pytest.mark.parametrize(
    ("entries", "form", "appearance", "shown", "told"),
    [
        (b"/V(204)", b"", SHOWS, "204", []),
        (b"/V(2,04)", b"", SHOWS, "204", []),
        (b"/V(204)", b"", b"", "204", []),
        (b"/V<FEFF00320030 0034>", b"", b"", "204", []),
        (b"/V(204)", ANEW, b"", "204", []),
        (b"/V(513)", ANEW, SHOWS, "513", []),
        (b"/V(513)", b"", SHOWS, "204", ["field_differs"]),
        (b"/V(204)/Ff 8192", b"", SHOWS.replace(b"204", b"---"), "---", []),
        (b"/V(204)/Ff 8192", b"", b"", "***", []),
        (b"", b"", SHOWS, "204", []),
        (b"", b"", b"", "", []),
    ],
)
def test_what_a_field_shows_is_read_and_told_where_it_holds_something_else(
    tmp_path: Path,
    reader: Reader,
    entries: bytes,
    form: bytes,
    appearance: bytes,
    shown: str,
    told: list[str],
) -> None:
    page = field(entries, form=form, appearance=appearance).read(tmp_path, reader)
    assert (seen(page), notes(page), codes(page)) == ("181" + shown, shown, told)
    inside = [i for i, note in enumerate(page.glyphs.note) if note]
    assert all(198 <= page.glyphs.x0[i] <= 258 and 86 <= page.glyphs.top[i] <= 106 for i in inside)


@each_reader
def test_a_field_of_no_form_shows_nothing(tmp_path: Path, reader: Reader) -> None:
    pdf = field(b"/V(204)")
    pdf.catalog = b""
    assert seen(pdf.read(tmp_path, reader)) == "181"


def test_fields_made_anew_are_set_as_they_say(tmp_path: Path) -> None:
    several = field(b"/V(20\\r4)/Ff 4096").read(tmp_path, "pdfplumber").glyphs
    assert several.top[5] - several.top[3] == pytest.approx(12)
    right = field(b"/V(204)/Q 2").read(tmp_path, "pdfplumber").glyphs
    assert right.x1[5] == pytest.approx(256)
    choice = field(b"/FT/Ch/V(b)/Opt[[(a)(one)][(b)(two)]]").read(tmp_path, "pdfplumber")
    assert notes(choice) == "two"


@pytest.mark.parametrize("size", [b".", b"1.2.3", b"-12", b".5.", b"x"])
def test_a_size_that_is_no_number_is_none(tmp_path: Path, size: bytes) -> None:
    odd = field(b"/V(204)")
    odd.objects[0] = odd.objects[0].replace(b"/F1 10 Tf", b"/F1 %b Tf" % size)
    plain = field(b"/V(204)")
    plain.objects[0] = plain.objects[0].replace(b"/F1 10 Tf", b"")
    pages = [pdf.read(tmp_path, "pdfplumber") for pdf in (odd, plain)]
    assert [notes(page) for page in pages] == ["204", "204"]
    assert pages[0].glyphs.size.tolist() == pages[1].glyphs.size.tolist()


def test_what_is_typed_on_the_page_is_read_where_its_looks_are_missing(tmp_path: Path) -> None:
    pdf = field(b"/Contents(204)")
    pdf.objects[0] = pdf.objects[0].replace(b"Widget/FT/Tx", b"FreeText")
    assert notes(pdf.read(tmp_path, "pdfplumber")) == "204"


def test_pdfium_does_not_know_the_layers_of_annotations(tmp_path: Path) -> None:
    layer = b"/OCProperties<</OCGs[12 0 R]/D<</OFF[12 0 R]>>>>"
    pdf = noted(b"Stamp", entries=b"/F 4/OC 12 0 R")
    pdf.objects.append(b"<</Type/OCG/Name(old)>>")
    pdf.catalog = layer
    assert seen(pdf.read(tmp_path, "pdfplumber")) == "181"
    page = pdf.read(tmp_path, "pdfium")
    assert (seen(page), codes(page)) == ("204", ["unknown_layer"])
