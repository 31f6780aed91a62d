"""Rules in; which of them are one, which meet, which hang together, out."""

import numpy as np
from numpy.typing import NDArray

from shinchoku.page import Bools, Floats

Ints = NDArray[np.intp]

SAME = 1.2
"""Rules this near to each other across (points) are joined where they overlap or nearly touch."""
GAP = 4.0
"""A rule goes on over a break of up to this many points: dashes, a corner that falls short."""
MEET = 3.0
"""Two rules meet when one comes this near (points) to the other."""
MOST_PAIRS = 4_000_000
"""Where more pairs of rules may meet than this, they are a drawing's. A table of 1,000 rows and 100 columns
has 100,000."""


class DrawingError(Exception):
    """The rules are too many to be those of tables."""


def joined(rules: Floats) -> Floats:
    """Rules (at, start, end) made one where they are SAME across and overlap, or nearly touch, along."""
    return merged(cluster(rules[:, 0], SAME), rules, GAP)[1]


def merged(row: Ints, rules: Floats, gap: float) -> tuple[Ints, Floats]:
    """The unbroken runs of the rules (at, start, end) of each row: their rows, and each as one rule, which
    lies at the rules' mean, long ones counting for more. A run goes on over a break of `gap`."""
    if not len(rules):
        return row, rules.reshape(-1, 3)
    order = np.lexsort((rules[:, 1], row))
    row, (at, start, end) = row[order], rules[order].T
    weight = end - start + 0.01
    stride = float(end.max() - start.min()) + 2 * gap + 1
    reach = np.maximum.accumulate(end + row * stride) - row * stride
    breaks = (np.diff(row) > 0) | (start[1:] > reach[:-1] + gap)
    firsts = np.concatenate([[0], np.flatnonzero(breaks) + 1])
    lasts = np.append(firsts[1:], len(row)) - 1
    mean = np.add.reduceat(at * weight, firsts) / np.add.reduceat(weight, firsts)
    return row[firsts], np.column_stack([mean, start[firsts], reach[lasts]])


def cluster(values: Floats, width: float) -> Ints:
    """A number for each value, ascending; values of one number lie within `width` of each other. Where more
    lie close together, they are parted at the widest gaps."""
    order = np.argsort(values, kind="stable")
    sorted_values = values[order]
    cuts = np.diff(sorted_values, prepend=-np.inf) > width
    starts = np.flatnonzero(cuts)
    ends = np.append(starts, len(values))[1:]
    for a, b in zip(starts, ends, strict=True):
        if sorted_values[b - 1] - sorted_values[a] > width:
            cuts[a + 1 : b] |= _parted(sorted_values[a:b], width)
    out = np.empty(len(values), dtype=np.intp)
    out[order] = np.cumsum(cuts) - 1
    return out


def _parted(values: Floats, width: float) -> Bools:
    """Where ascending values begin anew (one flag for each but the first)."""
    gaps = np.diff(values)
    cuts = np.zeros(len(gaps), dtype=np.bool_)
    todo = [(0, len(values))]
    while todo:
        a, b = todo.pop()
        if values[b - 1] - values[a] <= width:
            continue
        middle = (values[a] + values[b - 1]) / 2
        nearest = gaps[a : b - 1] - 1e-6 * np.abs(values[a + 1 : b] - middle)
        cut = a + int(nearest.argmax())
        cuts[cut] = True
        todo += [(a, cut + 1), (cut + 1, b)]
    return cuts


def crossings(horizontal: Floats, vertical: Floats) -> tuple[Ints, Ints]:
    """The pairs (index of a horizontal, index of a vertical rule) that meet. Raises DrawingError where too
    many may."""
    order = np.argsort(vertical[:, 0], kind="stable")
    v = vertical[order]
    first = np.searchsorted(v[:, 0], horizontal[:, 1] - MEET, side="left")
    counts = np.searchsorted(v[:, 0], horizontal[:, 2] + MEET, side="right") - first
    if counts.sum() > MOST_PAIRS:
        raise DrawingError
    i = np.repeat(np.arange(len(horizontal)), counts)
    j = np.arange(len(i)) + np.repeat(first - np.cumsum(counts) + counts, counts)
    y = horizontal[i, 0]
    meets = (v[j, 1] <= y + MEET) & (v[j, 2] >= y - MEET)
    return i[meets], order[j[meets]]


def components(count: int, a: Ints, b: Ints) -> Ints:
    """For each of `count` things, numbered from 0, the least one that it hangs together with; a[k] hangs
    together with b[k]."""
    label = np.arange(count)
    while len(a):
        low = np.minimum(label[a], label[b])
        before = label.copy()
        np.minimum.at(label, before[a], low)
        np.minimum.at(label, before[b], low)
        label = label[label]
        if (label == before).all():
            break
    return label
