"""Numbers in cells and blocks that no line of their page prints: PDFs in, how many such each has out.

Each number that is read is held against the page's characters as PDFium places them, cut where a person sees
a gap: at a space, at a new line, and where the next character stands elsewhere than behind the last one.
PDFium's own text runs columns together where it sees no gap wide enough for a space (`14,778146,400`), so it
is no witness of what stands apart. A number that a narrow cell wraps is counted too: no one line prints it.
"""

import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pypdfium2
import pypdfium2.raw as pdfium

NUMBER = re.compile(r"[0-9０-９](?:[0-9０-９,，.．]*[0-9０-９])?")
GAP = 0.35
"""In heights of a character: so far a character may stand behind the last one within one number."""


def main() -> int:
    """Print each PDF's numbers that no line prints, and their sum."""
    total = 0
    for pdf in map(Path, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "shinchoku", "extract", pdf, "--out", folder, "--no-cache"]
            subprocess.run(command, check=False, capture_output=True)
            read = _read(Path(folder) / pdf.stem)
        document = pypdfium2.PdfDocument(pdf)
        missing = Counter[str]()
        for index, page in enumerate(document, 1):
            missing += read.get(index, Counter()) - Counter(_numbers(page))
        total += missing.total()
        print(
            f"{missing.total():5} of {sum(map(Counter.total, read.values()))} numbers not printed",
            pdf.name,
            *missing,
        )
    print(f"{total} numbers that no line prints")
    return 0


def _read(folder: Path) -> dict[int, Counter[str]]:
    """The numbers in a report's cells and blocks, by page."""
    found: dict[int, Counter[str]] = {}
    for name in ("cells", "blocks"):
        table = pq.read_table(folder / f"{name}.parquet", columns=["page", "text"])
        for page, text in zip(*table.to_pydict().values(), strict=True):
            found.setdefault(page, Counter()).update(NUMBER.findall(re.sub(r"\(cid:\d+\)", "", text)))
    return found


def _numbers(page: pypdfium2.PdfPage) -> Iterator[str]:
    """The numbers a page prints, each character where PDFium places it."""
    text = page.get_textpage()
    piece, last = "", None
    for index in range(text.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(text, index))
        box = text.get_charbox(index, loose=True)
        if last is not None and not _follows(last, box):
            yield from NUMBER.findall(piece)
            piece = ""
        piece, last = piece + sign, box
    yield from NUMBER.findall(piece)


def _follows(last: tuple[float, ...], box: tuple[float, ...]) -> bool:
    """Whether a character stands right behind the last one, on its line; boxes (left, bottom, right, top)."""
    height = max(box[3] - box[1], last[3] - last[1])
    return abs(box[1] - last[1]) < height / 2 and abs(box[0] - last[2]) < GAP * height


if __name__ == "__main__":
    raise SystemExit(main())
