"""The reading set over a word is no line of its cell's text."""

import pytest

from make.pages import Said, lattice, page_of
from shinchoku.raw import raw_page
from shinchoku.wraps import learn


def cell(*runs: Said) -> tuple[str, list[str]]:
    """The text of a cell 200 points wide, and its lines as they are set."""
    raw = raw_page(page_of(*runs, marks=lattice([40, 240, 300], [40, 120])))
    found = raw.tables[0].cells[0]
    return learn([raw]).cell_text([found]), [line.text for line in found.lines]


@pytest.mark.parametrize("reading", ["てるひめ", "テルヒメ"])
def test_ruby_is_kept_in_the_lines_alone(reading: str) -> None:
    runs = (Said(reading, 50, 54, size=5), Said("照姫まつりの来場者数", 50, 60))
    assert cell(*runs) == ("照姫まつりの来場者数", [reading, "照姫まつりの来場者数"])


def test_ruby_between_lines_parts_no_word() -> None:
    first, second = "石神井公園及び照姫ま", "つりの来場者数"
    runs = (Said(first, 50, 60), Said("らいじょうしゃ", 80, 79, size=5), Said(second, 50, 85))
    assert cell(*runs)[0].replace("\n", "") == first + second


@pytest.mark.parametrize(
    "small",
    [Said("うち新規", 50, 54, size=5), Said("てるひめ", 50, 42, size=5), Said("てるひめ", 50, 50, size=9)],
)
def test_other_small_lines_are_text(small: Said) -> None:
    assert cell(small, Said("照姫まつりの来場者数", 50, 60))[0].startswith(small.text)
