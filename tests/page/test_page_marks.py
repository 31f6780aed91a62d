"""What is drawn: a page with marks of one kind in, the strokes and boxes read out, by both readers."""

from pathlib import Path

import pytest

from make.pdfs.page import Pdf, each_reader, marks, stream
from shinchoku.page import Reader

CIRCLE = b"%g %g m %g %g %g %g %g %g c %g %g %g %g %g %g c %g %g %g %g %g %g c %g %g %g %g %g %g c h f "


def circle(x: float, y: float, r: float) -> bytes:
    k = r * 0.5523
    return CIRCLE % (
        *(x + r, y, x + r, y + k, x + k, y + r, x, y + r, x - k, y + r, x - r, y + k, x - r, y),
        *(x - r, y - k, x - k, y - r, x, y - r, x + k, y - r, x + r, y - k, x + r, y),
    )


def near(
    found: list[tuple[float, float, float, float, float, bool]], expected: list[tuple[float, ...]]
) -> bool:
    """Whether marks are the expected ones to a tenth of a point, in any order."""
    return sorted(found) == pytest.approx([pytest.approx(e, abs=0.1) for e in sorted(expected)])


CASES: dict[str, tuple[bytes, list[tuple[float, ...]]]] = {
    "line": (b"100 100 m 300 100 l S", [(100, 700, 300, 700, 1, False)]),
    "hairline": (b"0 w 100 100 m 100 300 l S", [(100, 500, 100, 700, 0, False)]),
    "dashed": (b"[3 2] 0 d 100 100 m 300 100 l S", [(100, 700, 300, 700, 1, False)]),
    "scaled width": (b"2 0 0 2 0 0 cm .5 w 50 50 m 150 50 l S", [(100, 700, 300, 700, 1, False)]),
    "width set before scaling": (b"1 w 2 0 0 2 0 0 cm 50 50 m 150 50 l S", [(100, 700, 300, 700, 2, False)]),
    "thin box": (b"100 100 200 .5 re f", [(100, 699.5, 300, 700, 0, True)]),
    "box upside down": (b"300 100.5 -200 -.5 re f", [(100, 699.5, 300, 700, 0, True)]),
    "many boxes in one path": (
        b"100 100 .5 50 re 120 100 .5 50 re 140 100 .5 50 re f",
        [(x, 650, x + 0.5, 700, 0, True) for x in (100, 120, 140)],
    ),
    "old fill operator": (b"100 100 200 .5 re F", [(100, 699.5, 300, 700, 0, True)]),
    "box stroked": (
        b"100 100 200 100 re S",
        [
            *((100, y, 300, y, 1, False) for y in (600, 700)),
            *((x, 600, x, 700, 1, False) for x in (100, 300)),
        ],
    ),
    "box closed by s": (
        b"100 100 m 300 100 l 300 200 l s",
        [(100, 700, 300, 700, 1, False), (300, 600, 300, 700, 1, False)],
    ),
    "box of lines filled": (b"100 100 m 300 100 l 300 200 l 100 200 l h f", [(100, 600, 300, 700, 0, True)]),
    "line as a thin slanted polygon": (
        b"100 300 m 300 300.02 l 300 300.52 l 100 300.5 l f",
        [(100, 499.5, 300, 500, 0, True)],
    ),
    "L in one polygon": (
        b"100 100 m 300 100 l 300 150 l 200 150 l 200 200 l 100 200 l h f",
        [(100, 600, 200, 650, 0, True), (100, 650, 300, 700, 0, True)],
    ),
    "frame by the even-odd rule": (
        b"100 100 200 100 re 101 101 198 98 re f*",
        [
            *((100, y, 300, y + 1, 0, True) for y in (600, 699)),
            *((x, 601, x + 1, 699, 0, True) for x in (100, 299)),
        ],
    ),
    "frame by winding": (
        b"100 100 m 300 100 l 300 200 l 100 200 l h 101 101 m 101 199 l 299 199 l 299 101 l h f",
        [
            *((100, y, 300, y + 1, 0, True) for y in (600, 699)),
            *((x, 601, x + 1, 699, 0, True) for x in (100, 299)),
        ],
    ),
    "two boxes of one winding, one in the other": (
        b"100 100 200 100 re 101 101 198 98 re f",
        [(100, 600, 300, 700, 0, True), (101, 601, 299, 699, 0, True)],
    ),
    "dot as a box": (b"100 100 .6 .6 re f", [(100, 699.4, 100.6, 700, 0, True)]),
    "dot as a round end": (b"1 J .6 w 100 100 m 100 100 l S", [(99.7, 699.7, 100.3, 700.3, 0, True)]),
    "dot as a short stroke": (b".6 w 100 100 m 100.6 100 l S", [(100, 699.7, 100.6, 700.3, 0, True)]),
    "nothing where ends are cut": (b".6 w 100 100 m 100 100 l S", []),
    "dot as a circle": (circle(100, 100, 0.5), [(99.5, 699.5, 100.5, 700.5, 0, True)]),
    "a large circle is none": (circle(100, 100, 20), []),
    "an arc is none": (b"100 100 m 100 150 300 150 300 100 c S", []),
    "a slanted stroke is none": (b"100 100 m 200 160 l S", []),
    "a slanted polygon is none": (b"100 100 m 200 160 l 220 160 l 120 100 l f", []),
    "bar with round ends": (
        b"100 100 m 300 100 l 301 100 301 101 300 101 c 100 101 l 99 101 99 100 100 100 c f",
        [(99, 699, 301, 700, 0, True)],
    ),
    "straight sides of a rounded frame": (
        b"110 100 m 290 100 l 295 100 300 105 300 110 c 300 190 l 300 195 295 200 290 200 c 110 200 l "
        b"105 200 100 195 100 190 c 100 110 l 100 105 105 100 110 100 c S",
        [
            *((110, y, 290, y, 1, False) for y in (600, 700)),
            *((x, 610, x, 690, 1, False) for x in (100, 300)),
        ],
    ),
    "band": (b"8 w 100 100 m 300 100 l S", [(100, 696, 300, 704, 0, True)]),
    "rule as a short thick stroke": (b"5 w 100 100 m 100.5 100 l S", [(100, 697.5, 100.5, 702.5, 0, True)]),
    "fill and stroke": (
        b"100 100 m 300 100 l 300 200 l B",
        [(100, 700, 300, 700, 1, False), (300, 600, 300, 700, 1, False)],
    ),
    "clipped": (
        b"100 100 50 50 re W n 90 120 m 200 120 l S 300 300 9 9 re f",
        [(100, 680, 150, 680, 1, False)],
    ),
    "clip that ends with its state": (
        b"q 100 100 50 50 re W n Q 90 120 m 200 120 l S",
        [(90, 680, 200, 680, 1, False)],
    ),
    "not painted": (b"100 100 m 300 100 l n", []),
    "turned a quarter": (b"0 1 -1 0 400 0 cm 100 100 m 300 100 l S 100 200 50 20 re f",
                         [(300, 500, 300, 700, 1, False), (180, 650, 200, 700, 0, True)]),
    "off the page": (b"100 900 m 300 900 l S 700 100 m 800 100 l S", []),
}  # fmt: skip


@each_reader
@pytest.mark.parametrize("kind", CASES)
def test_marks(tmp_path: Path, reader: Reader, kind: str) -> None:
    content, expected = CASES[kind]
    assert near(marks(Pdf(content).read(tmp_path, reader)), expected)


@each_reader
def test_shades_run_from_black_to_white_in_paint_order(tmp_path: Path, reader: Reader) -> None:
    content = b"1 g 100 100 200 100 re f 0 g 100 100 20 9 re f 1 1 0 rg 100 100 20 9 re f .5 G 9 9 m 99 9 l S"
    page = Pdf(content).read(tmp_path, reader)
    assert page.marks.shade == pytest.approx([1, 0, 2 / 3, 0.5], abs=0.01)


@each_reader
def test_transparent_marks_are_none_and_thin_paint_is_light(tmp_path: Path, reader: Reader) -> None:
    states = b"/ExtGState<</G0<</ca 0/CA 0>>/G1<</ca .25>>>>"
    content = b"/G0 gs 9 9 50 50 re f 9 9 m 99 9 l S /G1 gs 9 9 50 50 re f"
    page = Pdf(content, resources=states).read(tmp_path, reader)
    assert page.marks.shade == pytest.approx([0.75], abs=0.01)


@each_reader
def test_a_pattern_is_some_paint(tmp_path: Path, reader: Reader) -> None:
    tile = stream(
        b"0 0 5 5 re f",
        b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<<>>",
    )
    content = b"/Pattern cs /P0 scn 100 100 200 9 re f"
    page = Pdf(content, resources=b"/Pattern<</P0 10 0 R>>", objects=[tile]).read(tmp_path, reader)
    assert near(marks(page), [(100, 691, 300, 700, 0, True)])
    assert 0.1 < page.marks.shade[0] < 0.9


@each_reader
def test_forms_are_placed_and_cut_and_keep_the_colour_they_are_called_in(
    tmp_path: Path, reader: Reader
) -> None:
    form = stream(
        b"0 0 20 10 re f 40 40 30 30 re f",
        b"/Type/XObject/Subtype/Form/BBox[0 0 50 50]/Matrix[1 0 0 1 5 0]/Resources<<>>",
    )
    content = b"q 2 0 0 2 100 100 cm .5 g /X0 Do Q 0 0 9 9 re f"
    page = Pdf(content, resources=b"/XObject<</X0 10 0 R>>", objects=[form]).read(tmp_path, reader)
    assert near(
        marks(page),
        [(110, 680, 150, 700, 0, True), (190, 600, 210, 620, 0, True), (0, 791, 9, 800, 0, True)],
    )
    assert page.marks.shade == pytest.approx([0.5, 0.5, 0], abs=0.01)
