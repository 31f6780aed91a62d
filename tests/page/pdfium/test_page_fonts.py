"""Fonts that are not in the file: what PDFium makes of them on this machine counts for nothing."""

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from make.pdfs.page import Pdf, codes, japanese_font, said_font, stream
from make.runs import without_fonts
from shinchoku.page import open_pdf
from shinchoku.page.crosscheck import crosscheck
from shinchoku.page.pdfium.reader import PdfiumPdf
from shinchoku.problems import Severity

ALONE = b"BT /F2 10 Tf 100 700 Td <5145> Tj ET BT /F1 10 Tf 100 600 Td (abc) Tj ET"
"""Without a font for it PDFium passes over a letter that stands alone."""


def japanese(content: bytes) -> Pdf:
    fonts, objects = japanese_font(b"UniJIS-UCS2-H")
    return Pdf(content, fonts=fonts, objects=objects)


def test_a_machine_without_fonts_reads_the_same_with_pdfplumber(tmp_path: Path) -> None:
    script = Path(without_fonts.__file__)
    ran = subprocess.run(
        [sys.executable, str(script), str(japanese(ALONE).write(tmp_path))], capture_output=True, check=True
    )
    found = json.loads(ran.stdout)
    assert found["pdfplumber"] == ["充abc", ["font_not_embedded"]]
    assert found["pdfium"] == [" abc", ["passed_over", "font_not_embedded"]]


def test_the_second_reader_names_pages_that_depend_on_the_machines_fonts(tmp_path: Path) -> None:
    (problem,) = (p for p in japanese(ALONE).read(tmp_path, "pdfium").problems if p.code != "passed_over")
    assert (problem.code, problem.severity, problem.page) == ("font_not_embedded", Severity.WARNING, 1)


def test_letters_of_such_fonts_are_not_held_against_pdfium_but_the_others_are(tmp_path: Path) -> None:
    path = japanese(ALONE).write(tmp_path)
    with closing(open_pdf(path)) as pdf, closing(PdfiumPdf(path)) as witness:
        page = pdf.read(1)
        (lent,) = crosscheck(page, witness)
        other = japanese(ALONE.replace(b"<5145>", b"<7E26>").replace(b"abc", b"abd"))
        with closing(PdfiumPdf(other.write(tmp_path))) as liar:
            _, disagreement = crosscheck(page, liar)
    assert (lent.code, lent.severity) == ("font_not_embedded", Severity.INFO)
    assert disagreement.code == "glyphs_disagree"
    assert "c (1)" in disagreement.message
    assert "充" not in disagreement.message


@pytest.mark.parametrize("inside", [b"/FontFile 14 0 R", b"/FontFile2 14 0 R", b"/FontFile3 14 0 R"])
def test_fonts_in_the_file_and_those_all_readers_bring_are_lent_by_nobody(
    tmp_path: Path, inside: bytes
) -> None:
    fonts, objects = said_font({1: "あ"})
    objects[3] = objects[3].replace(b"/StemV 80", b"/StemV 80" + inside)
    pdf = Pdf(b"BT /F2 10 Tf <0001> Tj /F1 10 Tf (a) Tj ET", fonts=fonts, objects=[*objects, stream(b"")])
    page = pdf.read(tmp_path, "pdfplumber")
    assert (page.lent_fonts, codes(page)) == ((), [])
