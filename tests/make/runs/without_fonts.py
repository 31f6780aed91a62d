"""A process in which PDFium finds no font on the machine: `python without_fonts.py PDF` reads page 1 there.

Prints as JSON what each reader reads, and the codes of its problems; those of the check against PDFium too.
"""

import ctypes
import json
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pypdfium2.raw as raw

from shinchoku.page import READERS, open_pdf
from shinchoku.page.crosscheck import crosscheck
from shinchoku.page.pdfium.reader import PdfiumPdf


def forget_fonts(folder: str) -> None:
    """Start PDFium anew with an (empty) folder as the only one to look for fonts in."""
    raw.FPDF_DestroyLibrary()
    config = raw.FPDF_LIBRARY_CONFIG()
    config.version = 2
    text = ctypes.POINTER(ctypes.c_char)
    config.m_pUserFontPaths = (text * 2)(ctypes.cast(ctypes.c_char_p(folder.encode()), text), text())
    raw.FPDF_InitLibraryWithConfig(ctypes.byref(config))


def main() -> None:
    path = Path(sys.argv[1])
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        forget_fonts(folder)
        for reader in READERS:
            with closing(open_pdf(path, reader)) as pdf, closing(PdfiumPdf(path)) as witness:
                page = pdf.read(1)
                checked = crosscheck(page, witness) if reader == "pdfplumber" else []
            said = [problem.code for problem in (*page.problems, *checked)]
            found[reader] = ["".join(page.glyphs.text), said]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
