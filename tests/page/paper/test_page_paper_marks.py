"""Signs drawn as lines and curves or as pictures: what is read in a cell that holds nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from make.pdfs.page import each_reader
from make.pdfs.paper import boxed, drawn, held
from shinchoku.page import Reader
from shinchoku.raw import raw_page

Draw = Callable[[Canvas], object]
X, Y = 240, 655
"""The middle of the lower right cell."""


def outline(*points: tuple[float, float], fill: int = 0) -> Draw:
    """A closed figure of these corners around the middle."""

    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.moveTo(X + points[0][0], Y + points[0][1])
        for x, y in points[1:]:
            path.lineTo(X + x, Y + y)
        path.close()
        canvas.drawPath(path, fill=fill)

    return draw


def pictured(canvas: Canvas) -> None:
    picture = Image.new("L", (120, 120), 255)
    ImageDraw.Draw(picture).ellipse((10, 10, 110, 110), outline=0, width=8)
    canvas.drawImage(ImageReader(picture), X - 7, Y - 7, 14, 14)


def crossed(size: float) -> Draw:
    return lambda c: c.lines(
        [(X - size, Y - size, X + size, Y + size), (X - size, Y + size, X + size, Y - size)]
    )


def ringed_twice(canvas: Canvas) -> None:
    canvas.circle(X, Y, 7)
    canvas.circle(X, Y, 2, fill=1)


def twice(canvas: Canvas) -> None:
    canvas.circle(X - 20, Y, 5)
    canvas.circle(X + 20, Y, 5)


def read(tmp_path: Path, reader: Reader, draw: Draw) -> tuple[str, list[tuple[str, str]]]:
    """What the lower right cell says, and what is said of what is drawn."""

    def both(canvas: Canvas) -> None:
        boxed(canvas, ("plan", "15"), ("plan", ""))
        canvas.setLineWidth(0.8)
        draw(canvas)

    page = raw_page(held(drawn(tmp_path / "drawn.pdf", both), reader))
    cell = page.tables[0].cells[-1]
    assert cell.drawn
    told = [(p.severity.value, p.printed) for p in page.problems if p.code == "drawn"]
    return "".join(line.text for line in cell.lines), told


@each_reader
@pytest.mark.parametrize(
    ("draw", "sign"),
    [
        (lambda c: c.circle(X, Y, 6), "○"),
        (pictured, "○"),
        (lambda c: c.circle(X, Y, 5, fill=1), "●"),
        (outline((-6, -5), (6, -5), (0, 5.5)), "△"),
        (outline((-6, -5), (6, -5), (0, 5.5), fill=1), "▲"),
        (outline((-6, 0), (0, 6), (6, 0), (0, -6)), "◇"),
        (crossed(5), "×"),
    ],
    ids=["ring", "picture", "disc", "triangle", "full triangle", "lozenge", "cross"],
)
def test_a_sign_drawn_alone_in_a_cell_is_its_text(
    tmp_path: Path, reader: Reader, draw: Draw, sign: str
) -> None:
    assert read(tmp_path, reader, draw) == (sign, [("warning", "")])


@each_reader
@pytest.mark.parametrize(
    "draw",
    [
        outline((-6, 5), (6, 5), (0, -5.5)),
        ringed_twice,
        twice,
        lambda c: c.ellipse(X - 12, Y - 5, X + 12, Y + 5),
        lambda c: c.lines([(X - 6, Y, X - 2, Y - 5), (X - 2, Y - 5, X + 6, Y + 5)]),
    ],
    ids=["triangle upside down", "ring with a dot", "two rings", "oval", "tick"],
)
def test_what_is_no_sign_that_is_known_or_not_alone_is_told(
    tmp_path: Path, reader: Reader, draw: Draw
) -> None:
    assert read(tmp_path, reader, draw) == ("", [("warning", "")])


@each_reader
def test_a_cell_crossed_out_says_nothing(tmp_path: Path, reader: Reader) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.lines([(182, 642, 298, 668), (182, 668, 298, 642)])

    assert read(tmp_path, reader, draw) == ("", [("info", "")])


@each_reader
@pytest.mark.parametrize(("text", "severity"), [("A B C", "warning"), ("plan of A", "info")])
def test_a_ring_around_one_of_several_marks_is_a_warning(
    tmp_path: Path, reader: Reader, text: str, severity: str
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(190, 652, text)
        canvas.circle(193.5, 655.5, 6)

    assert read(tmp_path, reader, draw) == (text, [(severity, text)])
