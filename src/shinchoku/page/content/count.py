"""A PDF's path in; how many different pages pdfminer finds in its page tree out."""

from pathlib import Path

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser


def count_pages(path: Path, password: str = "") -> int:
    """The leaves of the page tree, each once. What pdfminer raises at a damaged file comes through."""
    with path.open("rb") as file:
        return sum(1 for _ in PDFPage.create_pages(PDFDocument(PDFParser(file), password)))
