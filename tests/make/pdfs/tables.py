"""PDFs of one ruled table."""

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas


def small_table(path: Path, heads: list[str], rows: list[list[str]]) -> Path:
    """A PDF of one ruled table, cells 120 x 20 points."""
    canvas = Canvas(str(path), pagesize=(120.0 * len(heads) + 60, 400), invariant=1)
    canvas.setFont("Helvetica", 9)
    for r, row in enumerate([heads, *rows]):
        for c, text in enumerate(row):
            x, y = 30 + 120 * c, 340 - 20 * r
            canvas.rect(x, y, 120, 20)
            canvas.drawString(x + 4, y + 6, text)
    canvas.save()
    return path
