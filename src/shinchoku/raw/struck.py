"""The glyphs of a page and the cells they are in; what is left of each cell whose text is struck, out."""

from collections.abc import Sequence

import numpy as np

from shinchoku.language import say
from shinchoku.lines.homes import HOMELESS, Ints
from shinchoku.page import Glyphs
from shinchoku.parts import Box
from shinchoku.problems import Problem, Severity


def left(glyphs: Glyphs, home: Ints) -> Ints:
    """The same homes without the glyphs that are struck through."""
    return np.where(glyphs.struck, HOMELESS, home)


def struck_text(glyphs: Glyphs, home: Ints) -> dict[int, str]:
    """What is struck in each cell that has some, as it is painted; HOMELESS for text outside all cells."""
    said: dict[int, str] = {}
    for i in np.flatnonzero(glyphs.struck & glyphs.visible).tolist():
        said[int(home[i])] = said.get(int(home[i]), "") + glyphs.text[i]
    return said


def struck_problem(
    page: int, said: str, box: Box | None, place: Sequence[int | None] = (None, None, None)
) -> Problem:
    """Text is struck through: in the cell at `place` (table, row, column), or outside all of them."""
    table, row, col = place
    kept = (
        say("it stands in no cell and is kept")
        if table is None
        else say("it is in the cell's lines and not in its text")
    )
    return Problem(
        Severity.WARNING,
        "struck",
        say("this text is struck through on the page; {kept}", kept=kept),
        page,
        table,
        row,
        col,
        said,
        box,
    )
