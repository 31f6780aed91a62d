"""Rows beside their pairs in; what is said of a row that was split off another one, or merged into it, out.

Nothing is paired by it: a person reads it beside a row that begins or a row that goes on.
"""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import LCSseq

from shinchoku.diff.pairing.pairs import Pair
from shinchoku.diff.rows import Row

PART = 0.8
"""A name is a part of another one where so much of it stands there, in the same order."""
LEAST = 4
"""Names of fewer characters are parts of too many others."""
_MANNER = re.compile(r"\([^()]*\)|その\d+")
"""What tells the parts of one row apart: (新規), その1."""


def split(row: Row, news: Iterable[Pair]) -> str:
    """What is said of a row that begins where a row of the report before, which goes on as another one, had
    both their names in its own."""
    for pair in news:
        if pair.old is not None and pair.new is not None and _parts(pair.old, (row, pair.new)):
            return f"split: {pair.old.row_id} of the report before goes on as {pair.new.row_id}"
    return ""


def merged(pair: Pair, ended: Sequence[Row]) -> str:
    """What is said of a row that goes on where its name now holds that of a row which ends there, too."""
    if pair.old is None or pair.new is None:
        return ""
    gone = [row.row_id for row in ended if _parts(pair.new, (row, pair.old))]
    return f"merged: {', '.join(gone)} of the report before ends here" if gone else ""


def _parts(whole: Row, parts: tuple[Row, Row]) -> bool:
    """Whether both rows stand in the plan of `whole`, have names of their own, and these are parts of its
    name: the two together, or each the whole with a word in brackets."""
    if any(part.place[0] != whole.place[0] or part.reposted != whole.reposted for part in parts):
        return False
    if whole.key in (parts[0].key, parts[1].key) and not _plain(whole.key):
        return False
    names = [_plain(part.key) for part in parts]
    if parts[0].key == parts[1].key or min(map(len, names)) < LEAST:
        return False
    return all(_held(name, _plain(whole.key)) for name in names)


def _plain(key: str) -> str:
    return _MANNER.sub("", key)


def _held(name: str, whole: str) -> bool:
    return LCSseq.similarity(name, whole) >= PART * len(name)
