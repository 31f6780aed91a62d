"""What is laid large over a page is a block of its own; text of another size is another cell's."""

from make.pages import Said, lattice, page_of
from shinchoku.raw import raw_page

ROWS = [
    Said(text, 54, 54 + 20 * row)
    for row, text in enumerate(("認可保育所", "健康診査", "ボランティア", "応援団"))
]
LATTICE = lattice([50, 150, 250], [50, 70, 90, 110, 130])


def test_a_watermark_over_many_cells_is_in_none() -> None:
    raw = raw_page(page_of(*ROWS, Said("案DRAFT", 60, 60, size=48, font="Mark"), marks=LATTICE))
    texts = [line.text for cell in raw.tables[0].cells for line in cell.lines]
    assert texts == ["認可保育所", "健康診査", "ボランティア", "応援団"]
    assert [(b.kind, b.lines[0].text) for b in raw.blocks] == [("watermark", "案DRAFT")]


def test_a_large_title_in_its_own_cell_is_text() -> None:
    title = Said("第1章", 54, 140, size=22, font="Mark")
    raw = raw_page(page_of(*ROWS, title, marks=lattice([50, 250], [50, 70, 90, 110, 130, 170])))
    assert [line.text for line in raw.tables[0].cells[-1].lines] == ["第1章"]
    assert raw.blocks == ()


def test_text_of_another_size_behind_a_long_one_is_the_next_cells() -> None:
    long = "認可保育所及び認証保育所"
    runs = (Said(long, 52, 54, size=8.5), Said("165所", 154.2, 53))
    raw = raw_page(page_of(*runs, *ROWS[1:], marks=LATTICE))
    assert [[n.text for n in cell.lines] for cell in raw.tables[0].cells[:2]] == [[long], ["165所"]]
