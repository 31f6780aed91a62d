"""Every character and every straight edge that pdfplumber gives, held against both readers: it is theirs too,
at the same place with the same text, or it is one of those for which a reason is given here.

A few pages of each PDF at hand; all of them where the variable ALL_PAGES is set."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
import pytest
from pdfplumber.utils.geometry import obj_to_edges

from make.places import RAW, SHARED
from shinchoku.page import READERS, Floats, Page, Reader, open_pdf
from shinchoku.page.content.faces import OFFICE
from shinchoku.page.fills import SQUARE
from shinchoku.page.letters import is_unknown, mend
from shinchoku.page.paths import DOT
from shinchoku.page.strikes import OFFSET

PATHS = [
    *sorted(RAW.glob("*.pdf")),
    *(
        pytest.param(path, marks=pytest.mark.slow)
        for folder in ("variants", "real")
        for path in sorted(SHARED.glob(f"{folder}/*.pdf"))
    ),
]

HAIR = 0.05
"""Places that differ by no more points are the same."""
CUT = 1.0
"""A rule or box is made thinner by this many points at most by the clip of the cell it closes."""

FAULTS_OF_PDFIUM = {("icdar_us-010", "•")}
"""Letters that PDFium takes for others: the font that is in the file is damaged."""


@dataclass(frozen=True)
class Sheet:
    """A page as pdfplumber gives it and as both readers read it."""

    stem: str
    plumbed: Any
    pages: dict[Reader, Page]


def _sheets(path: Path) -> Iterator[Sheet]:
    with ExitStack() as stack:
        pdf = stack.enter_context(pdfplumber.open(path))
        opened = {reader: stack.enter_context(closing(open_pdf(path, reader))) for reader in READERS}
        count = len(pdf.pages)
        numbers = range(1, count + 1) if os.environ.get("ALL_PAGES") else sorted({1, (count + 1) // 2, count})
        for number in numbers:
            pages = {reader: opened[reader].read(number) for reader in READERS}
            yield Sheet(path.stem, pdf.pages[number - 1], pages)
            pdf.pages[number - 1].close()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_what_pdfplumber_gives_is_given(path: Path) -> None:
    unexplained = [
        (sheet.plumbed.page_number, reader, *thing)
        for sheet in _sheets(path)
        for reader in READERS
        for thing in (*_lost_chars(sheet, reader), *_lost_edges(sheet, reader))
    ]
    assert unexplained == []


# Characters


class _Letters:
    """The glyphs of a page, to be found by their text and place. A place is x0, x1, bottom and size; PDFium
    guesses how low letters reach, so `low`, a share of the size, is how far off it may be."""

    def __init__(self, texts: Sequence[str], table: Floats, low: float = 0.0) -> None:
        self.text, self.table, self.low = np.array(texts, dtype=object), table.reshape(-1, 4), low
        self.numbers: dict[str, list[int]] = {}
        for i, text in enumerate(texts):
            self.numbers.setdefault(text, []).append(i)

    def line(self, text: str, place: Floats) -> Floats:
        """The places of the glyphs of that text and size on the line of `place`."""
        found = self.table[self.numbers.get(text, [])]
        apart = np.abs(found - place)
        same: Floats = found[(apart[:, 2] < max(HAIR, self.low * place[3])) & (apart[:, 3] < HAIR)]
        return same

    def has(self, text: str, place: Floats) -> bool:
        """Whether a glyph of that text is there."""
        return bool((np.abs(self.line(text, place)[:, :2] - place[:2]) < HAIR).all(axis=1).any())

    def starting(self, place: Floats) -> set[str]:
        """The texts of all glyphs that begin there; how wide they are is the reader's guess."""
        apart = np.abs(self.table - place)
        near = (apart[:, 0] < HAIR) & (apart[:, 2] < max(HAIR, self.low * place[3]))
        return set(self.text[near].tolist())


def _lost_chars(sheet: Sheet, reader: Reader) -> list[tuple[str, str, float, float]]:
    letters = {}
    for name, page in sheet.pages.items():
        g = page.glyphs
        table = np.column_stack([g.x0, g.x1, g.bottom, g.size])
        letters[name] = _Letters(g.text, table, 0.0 if name == reader == "pdfplumber" else 0.33)
    own = letters.pop(reader)
    (other,) = letters.values()
    chars = sheet.plumbed.chars
    texts = [mend(char["text"]) for char in chars]
    places = np.array([[char[side] for side in ("x0", "x1", "bottom", "size")] for char in chars])
    plumbed = _Letters(texts, places)
    lost = []
    for char, text, place in zip(chars, texts, places, strict=True):
        if not (
            own.has(text, place)
            or _is_restruck(text, place, plumbed, own)
            or _both_read_otherwise(text, place, own, other)
            or text != text.translate(OFFICE) in own.starting(place)
            or (reader == "pdfium" and _is_beyond_pdfium(text, char, sheet))
        ):
            lost.append(("char", text, round(char["x0"], 1), round(char["top"], 1)))
    return lost


def _is_restruck(text: str, place: Floats, plumbed: _Letters, own: _Letters) -> bool:
    """Whether pdfplumber gives the same glyph again a hair's breadth off, where it is ours: fake bold, of
    which the first strike counts."""
    near = plumbed.line(text, place)
    return any(own.has(text, there) for there in near[np.abs(near[:, 0] - place[0]) <= OFFSET * place[3]])


def _both_read_otherwise(text: str, place: Floats, own: _Letters, other: _Letters) -> bool:
    """Whether the two readers, who have next to nothing in common here, agree against pdfplumber: another
    text at the place (the author's /ActualText), or another place on the line (pdfminer forgets the letter
    spacing after the last glyph of a string)."""
    near = own.line(text, place)
    moved = near[np.abs(near[:, 0] - place[0]) < place[3]]
    return bool(own.starting(place) & other.starting(place)) or any(other.has(text, there) for there in moved)


def _is_beyond_pdfium(text: str, char: dict[str, Any], sheet: Sheet) -> bool:
    """Whether PDFium goes ways of its own: with white space; with letters that the file does not name; in
    fonts that are not in the file; with the width of slanted letters; in fonts it cannot load."""
    return (
        text.isspace()
        or is_unknown(text)
        or char["fontname"] in sheet.pages["pdfplumber"].lent_fonts
        or char["matrix"][2] != 0
        or (sheet.stem, text) in FAULTS_OF_PDFIUM
    )


# Edges


def _lost_edges(sheet: Sheet, reader: Reader) -> list[tuple[str, str, float, float, float, float]]:
    every = [_sides(page) for page in sheet.pages.values()]
    own = _sides(sheet.pages[reader])
    width, height = float(sheet.plumbed.width), float(sheet.plumbed.height)
    lost = []
    for thing in (*sheet.plumbed.lines, *sheet.plumbed.rects, *sheet.plumbed.curves):
        for edge in obj_to_edges(thing):
            x0, top, x1, bottom = box = edge["x0"], edge["top"], edge["x1"], edge["bottom"]
            if edge["orientation"] == "h" and top == bottom:
                turned, at, low, high, far = 0, top, x0, min(x1, width), height
            elif edge["orientation"] == "v" and x0 == x1:
                turned, at, low, high, far = 1, x0, top, min(bottom, height), width
            else:
                continue
            if high - max(low, 0) <= DOT or not 0 <= at <= far:  # a dot is its box; what is off the page
                continue
            if _covered(own[turned], at, max(low, 0), high, HAIR):
                continue
            if all(_covered(both[turned], at, max(low, 0), high, CUT) for both in every):
                continue  # the clip cuts its thickness, and both readers say so
            pieces = [_piece(both[turned], at, max(low, 0), high) for both in every]
            if pieces[0] is not None and pieces[0] == pytest.approx(pieces[1], rel=0, abs=HAIR):
                continue  # the clip cuts its length, and both readers say where
            if thing["object_type"] == "curve" and not _is_upright(thing["path"]):
                continue  # the side of a shape that is no box
            lost.append((edge["object_type"], *(round(float(side), 2) for side in box)))
    return lost


def _sides(page: Page) -> tuple[Floats, Floats]:
    """The sides and the middles of all marks: those along x (y, x0, x1), those along y (x, top, bottom)."""
    m = page.marks

    def sides(low: Floats, high: Floats, start: Floats, end: Floats) -> Floats:
        table = np.vstack([np.column_stack([at, start, end]) for at in (low, high, (low + high) / 2)])
        return table[np.argsort(table[:, 0], kind="stable")]

    return sides(m.top, m.bottom, m.x0, m.x1), sides(m.x0, m.x1, m.top, m.bottom)


def _covered(sides: Floats, at: float, low: float, high: float, near: float) -> bool:
    """Whether sides `near` points from `at` cover all from `low` to `high`, but for as much at the ends."""
    first, after = np.searchsorted(sides[:, 0], (at - near, at + near))
    found = sides[first:after]
    reach = low
    for _, start, end in found[np.argsort(found[:, 1], kind="stable")]:
        if start <= reach + near:
            reach = max(reach, end)
    return bool(reach >= high - near)


def _piece(sides: Floats, at: float, low: float, high: float) -> tuple[float, float] | None:
    """From where to where sides at `at` reach between `low` and `high`; None where none do, or with a gap."""
    first, after = np.searchsorted(sides[:, 0], (at - HAIR, at + HAIR))
    found = sides[first:after]
    found = found[(found[:, 1] < high) & (found[:, 2] > low)]
    if not len(found):
        return None
    piece = max(low, float(found[:, 1].min())), min(high, float(found[:, 2].max()))
    return piece if _covered(sides, at, *piece, HAIR) else None


def _is_upright(path: list[tuple[Any, ...]]) -> bool:
    """Whether all sides of a path are straight lines along an axis."""
    at = path[0][1]
    for operator, *points in path[1:]:
        if operator not in ("l", "h"):
            return False
        if operator == "l":
            if min(abs(points[0][0] - at[0]), abs(points[0][1] - at[1])) > SQUARE:
                return False
            at = points[0]
    return True
