"""An object that is a reference to itself is no object, and is not looked for forever."""

from pathlib import Path

from shinchoku.page import open_pdf

BODY = b"""%PDF-1.4
1 0 obj
<</Type/Catalog/Pages 2 0 R>>
endobj
2 0 obj
<</Type/Pages/Count 1/Kids[3 0 R]>>
endobj
3 0 obj
<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources 5 0 R>>
endobj
4 0 obj
4 0 R
endobj
5 0 obj
6 0 R
endobj
6 0 obj
5 0 R
endobj
trailer
<</Root 1 0 R/Size 7>>
"""


def test_a_reference_to_itself_is_followed_to_an_end(tmp_path: Path) -> None:
    path = tmp_path / "loop.pdf"
    path.write_bytes(BODY)
    pdf = open_pdf(path)
    try:
        page = pdf.read(1)
    finally:
        pdf.close()
    assert (page.width, page.height) == (200, 100)
    assert len(page.glyphs) == 0
