"""Ink that was not read, and pictures of its page, in; the rows of it that look like writing out."""

import numpy as np

from shinchoku.page.geometry import Box, surrounding
from shinchoku.page.paper.drawn import Unread, label_boxes
from shinchoku.page.paper.paint import Pictures

SOME = 100
"""Fewer pixels with edges are no rows of writing."""
DARK = 140
"""Writing is darker than this of 255."""
SMALLEST, LARGEST = 2.5, 25.0
"""What may be a letter is so many points high, and no wider than twice that."""
LEVEL = 3.0
"""Letters of a row have their middles within so many points."""
LETTERS = 8
"""So many things like letters in a row are writing."""


def written(found: Unread, pictures: Pictures) -> list[Box]:
    """The rows of ink of a page without its text that look like writing, from its top."""
    if found.edges.sum() < SOME:
        return []
    from scipy import ndimage

    labels, _ = ndimage.label(pictures.bare < DARK, np.ones((3, 3)))
    boxes = (box for _, box in label_boxes(labels, 1 / pictures.scale))
    letters = [box for box in boxes if _may_be_letter(box) and _is_unread(box, found)]
    rows: list[list[Box]] = []
    for box in sorted(letters, key=lambda box: box[1] + box[3]):
        if rows and (box[1] + box[3]) - (rows[-1][0][1] + rows[-1][0][3]) <= 2 * LEVEL:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [surrounding(row) for row in rows if len(row) >= LETTERS]


def _may_be_letter(box: Box) -> bool:
    return SMALLEST <= box[3] - box[1] <= LARGEST and box[2] - box[0] <= 2 * LARGEST


def _is_unread(box: Box, found: Unread) -> bool:
    left, high, right, low = (int(side / found.points) for side in box)
    return bool(found.edges[high : low + 1, left : right + 1].any())
