"""Every glyph of a page is in exactly one cell or block, on the shipped reports and on others' PDFs."""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.pages import Said, lattice, page_of
from make.places import RAW, ROOT, SHARED, needs_shared
from shinchoku.page import Page, open_pdf
from shinchoku.parts import RawPage
from shinchoku.raw import raw_page
from shinchoku.text import halve_digits

pytestmark = pytest.mark.slow

REAL = SHARED / "real"
PDFS = [
    *sorted(RAW.glob("*.pdf")),
    *sorted((SHARED / "variants").glob("*.pdf")),
    *sorted(REAL.glob("*.pdf")),
]

RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾", "0123456789()")


def ink(texts: Iterator[str]) -> Counter[str]:
    """How often each letter is printed, a raised figure being one like any other."""
    return Counter(
        letter for text in texts for letter in halve_digits(text).translate(RAISED) if not letter.isspace()
    )


def printed(raw: RawPage) -> Counter[str]:
    in_cells = (line.text for t in raw.tables for c in t.cells for line in c.lines)
    in_blocks = (line.text for b in raw.blocks for line in b.lines)
    return ink(in_cells) + ink(in_blocks)


def assert_whole(page: Page) -> None:
    raw = raw_page(page)
    assert printed(raw) == ink(iter(page.glyphs.text))
    for table in raw.tables:
        fields = Counter(
            (r, c)
            for cell in table.cells
            for r in range(cell.row, cell.row + cell.row_span)
            for c in range(cell.col, cell.col + cell.col_span)
        )
        assert max(fields.values()) == 1
        assert all(0 <= r < len(table.ys) - 1 and 0 <= c < len(table.xs) - 1 for r, c in fields)


@pytest.mark.parametrize("path", PDFS, ids=lambda p: p.stem)
def test_every_glyph_of_a_pdf_is_in_one_cell_or_block(path: Path) -> None:
    pdf = open_pdf(path)
    try:
        step = 1 if path.is_relative_to(ROOT) or pdf.page_count < 10 else 5
        for number in range(1, pdf.page_count + 1, step):
            assert_whole(pdf.read(number))
    finally:
        pdf.close()


said = st.builds(
    Said,
    text=st.text("漢字かなabc12、。 　(", min_size=1, max_size=12),
    x=st.floats(0, 500),
    y=st.floats(0, 800),
    size=st.floats(3, 30),
    font=st.sampled_from(["Gothic", "Mincho"]),
    turn=st.sampled_from([0, 0, 0, 1, 2, 3]),
    down=st.booleans(),
    visible=st.sampled_from([True, True, True, False]),
)


@given(runs=st.lists(said, max_size=30), ruled=st.booleans())
def test_every_glyph_of_any_page_is_in_one_cell_or_block(runs: list[Said], ruled: bool) -> None:
    marks = lattice((50, 120, 260, 400), (100, 115, 300, 500, 700)) if ruled else None
    assert_whole(page_of(*runs, marks=marks))


# What others made of the same PDFs


@cache
def rows_of(name: str) -> list[tuple[list[str], int]]:
    """The rows of all tables of one of the other bodies' PDFs: the texts of its cells, lines joined, and how
    many columns the cells fill."""
    pdf = open_pdf(REAL / name)
    rows = []
    try:
        for number in range(1, pdf.page_count + 1):
            for table in raw_page(pdf.read(number)).tables:
                for r in range(len(table.ys) - 1):
                    cells = [c for c in table.cells if c.row == r]
                    texts = ["".join(line.text for line in c.lines) for c in cells]
                    down = sum(c.col_span for c in table.cells if c.row < r < c.row + c.row_span)
                    rows.append((texts, sum(c.col_span for c in cells) + down))
    finally:
        pdf.close()
    return rows


def others(name: str) -> list[dict[str, str]]:
    with (REAL / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def plain(text: str) -> str:
    """Without what the others' spelling differs in: width, spaces, line breaks, dashes."""
    return re.sub(r"[-‐-―−ー~〜～]", "-", "".join(unicodedata.normalize("NFKC", text).split()))


@needs_shared
@pytest.mark.parametrize(
    ("name", "columns", "cases"),
    [("niigata_cases", 9, 304), ("okazaki_cases", 5, 720), ("yamaguchi_cases", 10, 780)],
)
def test_each_case_is_one_row_with_all_its_cells(name: str, columns: int, cases: int) -> None:
    numbered = [(texts, filled) for texts, filled in rows_of(f"{name}.pdf") if texts and texts[0].isdigit()]
    known = {next(iter(row.values())) for row in others(f"{name}.csv")}
    assert len({texts[0] for texts, _ in numbered} & known) == cases
    assert {filled for _, filled in numbered} == {columns}


@needs_shared
def test_cells_of_cases_say_what_others_read_in_them() -> None:
    found = {texts[0]: [plain(t) for t in texts] for texts, _ in rows_of("okazaki_cases.pdf") if texts}
    for row in others("okazaki_cases.csv"):
        year, month, day = row["陽性判明日"].split("-")
        assert year in ("2020", "2021")
        case = found[row["市No"]]
        assert case[1:4] == [f"{int(month)}月{int(day)}日", plain(row["年代"]), row["性別"]]


@needs_shared
def test_each_clinic_is_one_row_with_all_its_cells() -> None:
    found = {tuple(map(plain, texts)) for texts, filled in rows_of("mhlw_clinics_hyogo.pdf") if filled == 8}
    clinics = others("mhlw_clinics_hyogo.csv")
    assert len(clinics) == 132
    names = [plain(row["施設名"]) for row in clinics]
    rows = {texts[0]: texts for texts in found if len(texts) == 8}
    assert set(names) <= set(rows)
    for row in clinics:
        address = [rows[plain(row["施設名"])][k] for k in (1, 2, 3)]
        assert address == [plain(row[k]) for k in ("郵便番号", "住所", "電話番号")]
