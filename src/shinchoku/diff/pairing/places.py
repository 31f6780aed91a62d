"""The rows of two reports in; for each row the headings it stands under, named alike where they are the
same, out.

Plans and their parts are renumbered and reworded between reports, so a heading is recognised by number and
title, then by its title, then by how alike the titles are and how many names of rows below them are the
same.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import count

from shinchoku.diff.keys import numbers_clash
from shinchoku.diff.pairing.assign import Edge, alike, choose
from shinchoku.diff.rows import Row

Heading = tuple[str, str]
Path = tuple[int, ...]

TITLE, NUMBER, SHARED = 0.5, 0.45, 0.7
"""What the likeness of titles, an equal number (times the share of surely equal headings that kept theirs)
and the share of equal names below (the less, the fewer they are) are worth."""

SAME_HEADING = 0.5
"""The least worth at which two headings are one."""

_LEAST_TITLE = 0.4


def align_places(first: Sequence[Row], second: Sequence[Row]) -> tuple[list[Path], list[Path]]:
    """For every row of either side one number a level; two rows stand in the same place to a level where
    their numbers up to it are equal. Rows are all of one kind."""
    paths: tuple[dict[int, Path], dict[int, Path]] = ({}, {})
    levels = len(first[0].place) if first else len(second[0].place) if second else 0
    fresh = count()
    groups: list[tuple[Path, list[int], list[int]]] = [
        ((), list(range(len(first))), list(range(len(second))))
    ]
    for level in range(levels):
        below: list[tuple[Path, list[int], list[int]]] = []
        for path, a, b in groups:
            ours, theirs = _by_heading(first, a, level), _by_heading(second, b, level)
            partners = _partners(ours, theirs, first, second)
            for heading, members in ours.items():
                other = partners.get(heading)
                below.append(((*path, next(fresh)), members, theirs[other] if other is not None else []))
            paired = set(partners.values())
            below += [
                ((*path, next(fresh)), [], rows) for heading, rows in theirs.items() if heading not in paired
            ]
        groups = below
    for path, a, b in groups:
        paths[0].update(dict.fromkeys(a, path))
        paths[1].update(dict.fromkeys(b, path))
    return [paths[0][i] for i in range(len(first))], [paths[1][j] for j in range(len(second))]


def _by_heading(rows: Sequence[Row], members: Sequence[int], level: int) -> dict[Heading, list[int]]:
    found: dict[Heading, list[int]] = {}
    for at in members:
        found.setdefault(rows[at].place[level], []).append(at)
    return dict(sorted(found.items()))


def _partners(
    ours: Mapping[Heading, list[int]],
    theirs: Mapping[Heading, list[int]],
    first: Sequence[Row],
    second: Sequence[Row],
) -> dict[Heading, Heading]:
    """Which heading of `theirs` each of `ours` is, where it is any."""
    partners = {heading: heading for heading in ours if heading in theirs}
    for heading, other in _same_title(_rest(ours, partners), _rest(theirs, set(partners.values()))):
        partners[heading] = other
    left, right = _rest(ours, partners), _rest(theirs, set(partners.values()))
    if left and right:
        names = [Counter(first[at].key for at in ours[heading]) for heading in left]
        other_names = [Counter(second[at].key for at in theirs[heading]) for heading in right]
        kept = sum(a[0] == b[0] for a, b in partners.items()) / len(partners) if partners else 1.0
        for i, j in choose(_worth(left, right, names, other_names, NUMBER * kept), SAME_HEADING):
            partners[left[i]] = right[j]
    return partners


def _rest(headings: Iterable[Heading], taken: Container[Heading]) -> list[Heading]:
    return [heading for heading in headings if heading not in taken]


def _same_title(left: Sequence[Heading], right: Sequence[Heading]) -> list[tuple[Heading, Heading]]:
    """Headings whose title is the same and stands once on either side."""
    ours, theirs = (Counter(title for _, title in side if title) for side in (left, right))
    by_title = {heading[1]: heading for heading in right}
    return [
        (heading, by_title[heading[1]])
        for heading in left
        if ours[heading[1]] == 1 and theirs[heading[1]] == 1
    ]


def _worth(
    left: Sequence[Heading],
    right: Sequence[Heading],
    names: Sequence[Counter[str]],
    other_names: Sequence[Counter[str]],
    same_number: float,
) -> list[Edge]:
    titles = {
        (i, j): like
        for i, j, like in alike([title for _, title in left], [title for _, title in right], _LEAST_TITLE)
        if left[i][1] and right[j][1] and not numbers_clash(left[i][1], right[j][1])
    }
    shared = _shared_names(names, other_names)
    edges: list[Edge] = []
    for i, j in sorted(titles.keys() | shared.keys()):
        number = same_number if left[i][0] and left[i][0] == right[j][0] else 0.0
        edges.append((i, j, TITLE * titles.get((i, j), 0.0) + number + SHARED * shared.get((i, j), 0.0)))
    return edges


def _shared_names(
    names: Sequence[Counter[str]], other_names: Sequence[Counter[str]]
) -> dict[tuple[int, int], float]:
    """For every two headings with a common name below them, the share of their rows whose names are common:
    half of it for a single common name, which may be a chance, three quarters for two, and so on."""
    holders: dict[str, list[int]] = {}
    for j, counter in enumerate(other_names):
        for name in counter:
            holders.setdefault(name, []).append(j)
    common: Counter[tuple[int, int]] = Counter()
    for i, counter in enumerate(names):
        for name, times in counter.items():
            for j in holders.get(name, ()):
                common[i, j] += min(times, other_names[j][name])
    return {
        (i, j): (1 - 0.5**n) * 2 * n / (names[i].total() + other_names[j].total())
        for (i, j), n in common.items()
    }
