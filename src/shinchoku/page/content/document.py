"""A PDF's path in; the PDF as pdfplumber has it, on a document that no reference leads in circles, or the
number of its pages, out."""

from pathlib import Path

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFObjectNotFound
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef
from pdfplumber.pdf import PDF

from shinchoku.settings import HOPS


class Document(PDFDocument):
    """pdfminer's document; an object that is a reference to itself is no object."""

    def getobj(self, objid: int) -> object:
        """The object of that number, which is no reference. Raises PDFObjectNotFound."""
        found = super().getobj(objid)
        for _ in range(HOPS):
            if not isinstance(found, PDFObjRef):
                return found
            found = super().getobj(found.objid)
        raise PDFObjectNotFound(objid)


class Plumbed(PDF):
    """pdfplumber's PDF on such a document, without its metadata, which nobody asks for. Raises what pdfminer
    raises at a file that is no PDF or wants another password."""

    def __init__(self, path: Path, password: str) -> None:
        self.path, self.password = path, password
        self.stream, self.stream_is_external = path.open("rb"), False
        self.pages_to_parse = self.laparams = self.unicode_norm = None
        self.raise_unicode_errors = True
        self.metadata: dict[str, object] = {}
        self.rsrcmgr = PDFResourceManager()
        try:
            self.doc = Document(PDFParser(self.stream), password=password)
        except BaseException:
            self.stream.close()
            raise


def count_pages(path: Path, password: str = "") -> int:
    """The leaves of the page tree, each once. What pdfminer raises at a damaged file comes through."""
    with path.open("rb") as file:
        return sum(1 for _ in PDFPage.create_pages(Document(PDFParser(file), password)))
