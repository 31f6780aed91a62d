"""A page as it was read in; the same page within its bounds out, or the word that there is too much on it."""

import math
from collections.abc import Iterator
from dataclasses import fields
from itertools import compress
from typing import Any

import numpy as np

from shinchoku.page import Bools, Floats, Glyphs, Marks, Page
from shinchoku.problems import Problem, Severity
from shinchoku.settings import Settings
from shinchoku.workers.checkup import RefusedError

SMALL = 1.0
"""A page of less than a point is none that could be printed."""
SHOWN = 20


def bounded(page: Page, settings: Settings) -> Page:
    """The page without what is painted at no place, and without its marks where there are too many of them.
    Raises RefusedError where there are too many glyphs."""
    if len(page.glyphs) > settings.glyphs:
        message = f"the page's {len(page.glyphs):,} glyphs are more than {settings.glyphs:,}; none was kept"
        raise RefusedError("too_large", message)
    problems = list(page.problems)
    marks = page.marks
    if len(marks) > settings.marks:
        message = (
            f"the page's {len(marks):,} rules are more than {settings.marks:,}: it is a drawing or its "
            "tables are missing; its text is in the blocks"
        )
        problems.append(Problem(Severity.ERROR, "too_large", message, page=page.number))
        marks = keep_marks(marks, np.zeros(len(marks), dtype=np.bool_))
    marks = keep_marks(
        marks, _near(marks, settings.reach) & np.isfinite(marks.width) & np.isfinite(marks.shade)
    )
    near = _near(page.glyphs, settings.reach) & np.isfinite(page.glyphs.size)
    if not near.all():
        lost = list(compress(page.glyphs.text, ~near))
        message = f"{len(lost)} glyphs stand at no place on any paper and were left out"
        printed = "".join(lost[:SHOWN])
        problems.append(
            Problem(Severity.WARNING, "off_the_paper", message, page=page.number, printed=printed)
        )
    glyphs = keep_glyphs(page.glyphs, near)
    width, height = _size(page, glyphs, marks, problems)
    return Page(page.number, width, height, glyphs, marks, tuple(problems))


def _near(things: Glyphs | Marks, reach: float) -> Bools:
    """Which boxes lie within `reach` points of the page's corner; NaN lies nowhere."""
    edges = np.abs(np.stack([things.x0, things.top, things.x1, things.bottom]))
    return np.asarray((edges <= reach).all(axis=0), dtype=np.bool_)


def _size(page: Page, glyphs: Glyphs, marks: Marks, problems: list[Problem]) -> tuple[float, float]:
    """The page's width and height; those of what is on it where the file says none that can be."""
    size = (page.width, page.height)
    if all(math.isfinite(side) and side >= SMALL for side in size):
        return size
    message = (
        f"the page's size is given as {page.width:g} x {page.height:g} points; that of its content was taken"
    )
    problems.append(Problem(Severity.WARNING, "page_size", message, page=page.number))
    return _extent(glyphs.x1, marks.x1), _extent(glyphs.bottom, marks.bottom)


def _extent(*ends: Floats) -> float:
    return float(max([SMALL, *(end.max() for end in ends if len(end))]))


def keep_glyphs(glyphs: Glyphs, kept: Bools) -> Glyphs:
    """The glyphs for which `kept` is true."""
    return glyphs if kept.all() else Glyphs(*_columns(glyphs, kept))


def keep_marks(marks: Marks, kept: Bools) -> Marks:
    """The marks for which `kept` is true."""
    return marks if kept.all() else Marks(*_columns(marks, kept))


def _columns(things: Glyphs | Marks, kept: Bools) -> Iterator[Any]:
    for column in fields(things):
        values = getattr(things, column.name)
        yield tuple(compress(values, kept)) if isinstance(values, tuple) else values[kept]
