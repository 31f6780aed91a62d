"""Letters and the columns they stand in, in; the rows that level lines of text make, where no rule parts or
bounds them, out."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from shinchoku.page import Floats
from shinchoku.page.geometry import median

APART = 1.5
"""Two lines that are rows stand so many ems apart, middle to middle; three or more in all columns are rows in
any case."""
LEVEL = 0.3
"""Letters are on one line when their middles are this many times their height apart."""
NEAR = 1.2
"""A heading stands no more than this many ems over the first rule."""
LEADING = 0.8
"""Its lines have no more than this many ems between them."""


def texts_of(row: Floats, room: float) -> list[tuple[float, float]]:
    """Where the texts of a row begin and end: its letters, those joined that stand no more than `room`
    apart."""
    out: list[tuple[float, float]] = []
    for a, b in sorted(zip(row[:, 0].tolist(), row[:, 2].tolist(), strict=True)):
        if out and a - out[-1][1] <= room:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out


def is_clear(row: Sequence[tuple[float, float]], wall: float) -> bool:
    return not any(a < wall < b for a, b in row)


def fills(row: Sequence[tuple[float, float]], start: float, end: float) -> bool:
    """Whether a text begins between two walls."""
    return any(start <= a < end for a, _ in row)


def between_lines(row: Floats, columns: Sequence[float], em: float) -> list[float]:
    """Where the rows part that stand between two rules, line below line: lines that say something in more
    than half of the columns that the fullest does begin one each. Two lines so close to each other as lines
    of one text are no rows."""
    lines = lines_of(row)
    counts = [filled(line, columns) for line in lines]
    begins = [k for k, count in enumerate(counts) if count > 1 and 2 * count > max(counts)]
    if len(begins) < 2:
        return []
    if len(begins) == 2 and _middle(lines[begins[1]]) - _middle(lines[begins[0]]) < APART * em:
        return []
    out = []
    for a, b in pairwise(begins):
        _, k = max((lines[k + 1][:, 1].min() - lines[k][:, 3].max(), k) for k in range(a, b))
        out.append(float(lines[k][:, 3].max() + lines[k + 1][:, 1].min()) / 2)
    return out


def heading_above(letters: Floats, first: float, columns: Sequence[float], em: float) -> float | None:
    """Where a heading begins that stands right over a table's first rule: lines of more texts than half of
    the columns. None where there is none."""
    x, y = (letters[:, 0] + letters[:, 2]) / 2, (letters[:, 1] + letters[:, 3]) / 2
    above = letters[(x > columns[0]) & (x < columns[-1]) & (y < first) & (y > first - 4 * NEAR * em)]
    lines = lines_of(above) if len(above) else []
    top, heads = first, []
    for line in reversed(lines):
        room = top - line[:, 3].max()
        if room > (NEAR if top == first else LEADING) * em:
            break
        heads.append(line)
        top = float(line[:, 1].min())
    if not heads or 2 * len(texts_of(np.vstack(heads), em)) <= len(columns) - 1:
        return None
    return top - LEVEL * em


def filled(line: Floats, columns: Sequence[float]) -> int:
    """In how many columns a text of the line begins."""
    texts = texts_of(line, 0.0)
    return sum(fills(texts, a, b) for a, b in pairwise(columns))


def lines_of(letters: Floats) -> list[Floats]:
    """Letters line by line, from the top: those of one line are level."""
    middle = (letters[:, 1] + letters[:, 3]) / 2
    high = median(letters[:, 3] - letters[:, 1])
    order = np.argsort(middle, kind="stable")
    cuts = np.flatnonzero(np.diff(middle[order]) > LEVEL * high) + 1
    return [letters[part] for part in np.split(order, cuts)]


def _middle(line: Floats) -> float:
    return float((line[:, 1] + line[:, 3]).mean() / 2)
