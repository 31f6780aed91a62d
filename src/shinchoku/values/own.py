"""Layout files of one's own in, the words of quantities that they add out, and made to count."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from shinchoku.layouts.files import VOCABULARY, LayoutError, read_layout
from shinchoku.values.words import OWN, joined, shipped

NAMES = ("units", "names", "labels", "qualifiers", "verbs", "states")
"""The vocabularies, each a file of the package."""
MEANINGS = ("cumulative", "total", "annual", "annual all", "approx", "le", "ge", "increase", "per ...", "")
"""What a word beside a number may do; after per stands what the number is per."""


@contextmanager
def speaking(files: Sequence[Path]) -> Iterator[None]:
    """Make the words of these layout files count before those of the package while the block runs. Raises
    LayoutError for a mistake in one."""
    token = OWN.set(own_words(tuple(files)))
    try:
        yield
    finally:
        OWN.reset(token)


def own_words(files: tuple[Path, ...]) -> str:
    """The tables [vocabulary.NAME] of layout files as JSON, the first file's words first. Raises LayoutError
    that names file, entry and what is allowed for one that the package's vocabularies have not, or has in
    another form."""
    found: dict[str, Any] = {}
    for path in reversed(files):
        own = read_layout(path).get(VOCABULARY, {})
        _check(path, VOCABULARY, own, {name: {} for name in NAMES})
        for name, table in own.items():
            known = {key: value for key, value in shipped(name).items() if not isinstance(value, str)}
            _check(path, f"{VOCABULARY}.{name}", table, known)
            for key, value in table.items():
                _check_value(path, f"{VOCABULARY}.{name}.{key}", value, known[key])
        found = joined(own, found)
    return json.dumps(found, ensure_ascii=False, sort_keys=True)


def _check(path: Path, place: str, table: Any, known: Mapping[str, Any]) -> None:
    """Refuse what is no table of keys that are known."""
    if not isinstance(table, dict):
        raise LayoutError.say("{path}: {place} must be a table", path=path, place=place)
    for key in sorted(table.keys() - known.keys()):
        raise LayoutError.say(
            "{path}: {place}.{key} is unknown; it may be {listed}",
            path=path,
            place=place,
            key=key,
            listed=", ".join(known),
        )


def _check_value(path: Path, place: str, value: Any, known: Any) -> None:
    """Refuse what has not the form that the package's words have there."""
    if isinstance(known, list):
        if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
            raise LayoutError.say("{path}: {key} must be a list of words", path=path, key=place)
        return
    _check(path, place, value, value if _is_free(known) else known)
    for key, inner in value.items():
        if isinstance(next(iter(known.values())), list):
            _check_value(path, f"{place}.{key}", inner, [])
        elif inner not in MEANINGS and not str(inner).startswith("per "):
            raise LayoutError.say(
                "{path}: {place}.{key} = {entry!r} is unknown; it may be {listed}",
                path=path,
                place=place,
                key=key,
                entry=inner,
                listed=", ".join(map(repr, MEANINGS)),
            )


def _is_free(known: Mapping[str, Any]) -> bool:
    """Whether a table's keys are words, not names that the grammar knows."""
    return not all(key.isascii() for key in known)
