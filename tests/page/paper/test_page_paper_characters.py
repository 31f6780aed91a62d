"""Japanese characters held against known shapes: those that look other than their font says."""

from pathlib import Path

import numpy as np
import pytest

from make.pdfs.page import codes, each_reader
from make.pdfs.paper import held, swapped
from shinchoku.making.doubts import doubtful_fonts
from shinchoku.page import Reader
from shinchoku.page.paper.known import FILE, SIDE, CharacterShapes, known
from shinchoku.problems import Severity
from shinchoku.raw import raw_page

SHIPPED = Path(__file__).parents[3] / "raw_pdfs" / "fy2019_progress.pdf"
PAGE = 10


@each_reader
@pytest.mark.parametrize(("one", "other"), [("計", "人"), ("年", "度"), ("件", "計")])
def test_characters_that_have_changed_places_are_an_error_on_their_fonts(
    tmp_path: Path, reader: Reader, one: str, other: str
) -> None:
    path = swapped(SHIPPED, tmp_path / "swapped.pdf", one, other)
    page = held(path, reader, PAGE)
    honest = held(SHIPPED, reader, PAGE).glyphs.text
    said = {one if text == other else other for text in honest if text in (one, other)}
    assert said
    assert {(doubt.said, doubt.looks) for doubt in page.doubts} == {
        (lie, one if lie == other else other) for lie in said
    }
    told = [p for p in raw_page(page).problems if p.code == "looks_other"]
    assert sum(len(p.printed) for p in told) == sum(honest.count(real) for real in (one, other))
    errors = doubtful_fonts([raw_page(page)])
    assert errors
    assert all(error.severity is Severity.ERROR for error in errors)


@each_reader
def test_honest_characters_raise_nothing(reader: Reader) -> None:
    for number in (PAGE, PAGE + 1, 56):
        page = held(SHIPPED, reader, number)
        assert (codes(page), page.doubts) == ([], ())


def test_each_known_shape_is_most_like_itself() -> None:
    rows = [line.split(",") for line in FILE.read_text(encoding="utf-8").splitlines()[1:]]
    dark = np.array(
        [[int(step, 16) for step in fields] for _, _, fields in rows], dtype=np.float32
    ) / np.float32(15)
    wide = np.array([float(proportion) for _, proportion, _ in rows])
    whole = np.ones(len(rows), dtype=np.bool_)
    likeness = known().likeness(CharacterShapes(dark.reshape(-1, SIDE, SIDE), wide, whole))
    assert [known().characters[k] for k in likeness.argmax(axis=1)] == [character for character, _, _ in rows]
    assert len(known().characters) > 200


def test_no_shapes_are_like_nothing() -> None:
    dark = np.empty((0, SIDE, SIDE), dtype=np.float32)
    none = CharacterShapes(dark, np.empty(0), np.empty(0, dtype=np.bool_))
    assert known().likeness(none).shape == (0, len(known().characters))
