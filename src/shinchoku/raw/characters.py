"""A page in; the same, with rules that are drawn with characters (┌─┬┐) as rules, out."""

from dataclasses import replace

import numpy as np

from shinchoku.grid import rules_of_characters
from shinchoku.lines import text_lines
from shinchoku.page import Marks, Page
from shinchoku.page.geometry import surrounding
from shinchoku.parts import RawBlock


def without_rule_characters(page: Page) -> tuple[Page, RawBlock | None]:
    """The page, rules that are drawn with characters among its marks and no longer among its glyphs; a block
    of these, None where there are none."""
    which, boxes = rules_of_characters(page.glyphs)
    if not which.any():
        return page, None
    lines = text_lines(page.glyphs, np.flatnonzero(which))
    nought = np.zeros(len(boxes))
    x0, top, x1, bottom = boxes.T
    more = Marks(x0, top, x1, bottom, nought, nought > 0, nought)
    rest = replace(page, glyphs=page.glyphs.take(np.flatnonzero(~which)), marks=page.marks.followed_by(more))
    return rest, RawBlock("rules", surrounding([line.box for line in lines]), lines)
