"""The readers held against each other, on whole reports."""

import dataclasses
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from make.pdfs.page import Pdf, said
from make.places import RAW, SHARED, needs_shared
from shinchoku.page import Floats, Glyphs, Marks, Page, Reader, open_pdf
from shinchoku.page.crosscheck import compare_glyphs, crosscheck, glyph_counts
from shinchoku.page.pdfium.reader import PdfiumPdf
from shinchoku.problems import Severity

SAMPLES = [
    (path, number)
    for path in sorted(RAW.glob("*.pdf"))
    for number in (1, 2, 5, 12, 17, 20, 43)
    if number < 23 or "progress" in path.name
]
OTHERS = sorted(
    path for folder in ("variants", "next_year", "real") for path in SHARED.glob(f"{folder}/*.pdf")
)

KNOWN_DISAGREEMENTS = {
    # 131 glyphs that the file gives no character for; PDFium takes six of them for letters of strange scripts
    "kobe_lunch_2016-11": {1},
    # a bullet in a damaged font is a letter to PDFium
    "icdar_us-010": {1, 2, 3},
}


def _named(samples: list[tuple[Path, int]]) -> list[str]:
    return [f"{path.stem}-{number}" for path, number in samples]


def _columns(marks: Marks) -> Floats:
    return np.column_stack(
        [marks.x0, marks.top, marks.x1, marks.bottom, marks.width, marks.filled, marks.shade]
    )


def _read(path: Path, number: int, reader: Reader) -> Page:
    with closing(open_pdf(path, reader)) as pdf:
        return pdf.read(number)


def _apart(one: Glyphs, other: Glyphs) -> list[str]:
    """The glyphs of `one` that no glyph of `other` with the same text stands at: the same on the line, in
    size, and seen or not; not more than a third of an em above or below."""
    places: dict[str, list[int]] = {}
    for j, text in enumerate(other.text):
        places.setdefault(text, []).append(j)
    out = []
    for i, text in enumerate(one.text):
        same = np.array(places.get(text, []), dtype=np.int64)
        near = np.abs(other.x0[same] - one.x0[i]) < 0.05
        near &= np.abs(other.x1[same] - one.x1[i]) < 0.05
        near &= np.abs(other.size[same] - one.size[i]) < 0.05
        near &= np.abs(other.bottom[same] - one.bottom[i]) < one.size[i] / 3
        near &= other.visible[same] == one.visible[i]
        if not near.any():
            out.append(text)
    return out


@pytest.mark.parametrize(("path", "number"), SAMPLES, ids=_named(SAMPLES))
def test_both_readers_read_the_same_page(path: Path, number: int) -> None:
    one, other = _read(path, number, "pdfplumber"), _read(path, number, "pdfium")
    assert (one.width, one.height) == pytest.approx((other.width, other.height), abs=0.01)
    assert Counter(one.glyphs.text) == Counter(other.glyphs.text)
    assert _apart(one.glyphs, other.glyphs) == []
    assert _columns(one.marks) == pytest.approx(_columns(other.marks), abs=0.05)


@pytest.mark.parametrize("path", sorted(RAW.glob("*.pdf")), ids=lambda path: path.stem)
def test_pdfium_confirms_every_character(path: Path) -> None:
    assert list(_disagreements(path)) == []


@pytest.mark.slow
@needs_shared
@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_pdfium_confirms_every_character_but_the_known_ones(path: Path) -> None:
    assert set(_disagreements(path)) == KNOWN_DISAGREEMENTS.get(path.stem, set())


def _disagreements(path: Path) -> Iterator[int]:
    with closing(open_pdf(path)) as pdf, closing(PdfiumPdf(path)) as witness:
        for number in range(1, pdf.page_count + 1):
            if "glyphs_disagree" in {said.code for said in crosscheck(pdf.read(number), witness)}:
                yield number


def test_a_character_only_one_program_reads_is_named(tmp_path: Path) -> None:
    pdf = Pdf(b"BT /F1 10 Tf 100 700 Td (1,170) Tj ET")
    page = pdf.read(tmp_path, "pdfplumber")
    wrong = dataclasses.replace(page.glyphs, text=("7", *page.glyphs.text[1:]))
    with closing(PdfiumPdf(pdf.write(tmp_path))) as witness:
        (problem,) = crosscheck(dataclasses.replace(page, glyphs=wrong), witness)
    assert (problem.severity, problem.code, problem.page) == (Severity.WARNING, "glyphs_disagree", 1)
    assert "only in the page as read: 7 (1)" in problem.message
    assert "only according to PDFium: 1 (1)" in problem.message
    assert problem.printed == "7"


def test_glyphs_struck_twice_and_radicals_are_no_disagreement(tmp_path: Path) -> None:
    pdf = said(["\u2f26", "か", "\u3099", "x"], b"BT /F2 10 Tf 100 700 Td <0001000200030004> Tj ET")
    pdf.content += (
        b" BT /F1 9 Tf 50 50 Td (bold) Tj .4 0 Td (bold) Tj 0 -20 Td (pro-) Tj 0 -12 Td (gress) Tj ET"
    )
    page = pdf.read(tmp_path, "pdfplumber")
    assert "".join(page.glyphs.text) == "子がxboldpro-gress"
    with closing(PdfiumPdf(pdf.write(tmp_path))) as witness:
        assert [said.code for said in crosscheck(page, witness)] == ["font_not_embedded"]


def test_counts_leave_out_white_space_and_take_unknown_glyphs_as_one_sign(tmp_path: Path) -> None:
    assert glyph_counts(["a", " ", "\u3000", "ffi", "(cid:7)", "\ue000", "\u2f26"]) == Counter(
        {"a": 1, "f": 2, "i": 1, "\ufffd": 2, "子": 1}
    )
    page = Pdf(b"BT /F1 10 Tf 100 700 Td (ab) Tj ET").read(tmp_path, "pdfplumber")
    assert compare_glyphs(page, Counter("ba")) == []
    (problem,) = compare_glyphs(page, Counter("a"))
    assert "only according" not in problem.message
