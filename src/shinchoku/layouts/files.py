"""Layout files in, the layouts that apply out: each entry compiled and checked once."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from shinchoku.layouts import Layouts, Wording
from shinchoku.layouts.wordings import CELLS, FIELDS, PLACES, ROLE_NAMES
from shinchoku.problems import ShinchokuError
from shinchoku.sources.naming import layouts_in

WORDINGS = {
    "field": ("name", FIELDS),
    "role": ("name", ROLE_NAMES),
    "banner": ("kind", ("sample", "goal", "pillar", "plan", "section", "initiative")),
    "sheet": ("kind", ("goal", "numeric_target", "direction")),
}
"""The tables of a layout file: the key that says what an entry means, and what it may mean."""
CONDITIONS: Mapping[str, Mapping[str, tuple[object, ...]]] = {
    "field": {"over": (), "place": PLACES, "cells": CELLS, "undated": (True, False)},
    "role": {"dated": (True, False)},
}
"""What an entry may add to its pattern, and the values allowed there; none are listed for a pattern."""
WORDS = ("ends_with", "whole_names")
"""The lists of words that a layout file may hold beside them."""
VOCABULARY = "vocabulary"
"""The table of words of quantities that a layout file of one's own may hold; `values.own` reads it."""
KEPT = {"no", "title"}
"""The groups that the pattern of a banner may name."""


class LayoutError(ShinchokuError):
    """A layout file that cannot be used: its message names the file, the entry and what is allowed there."""


@cache
def shipped() -> Layouts:
    """The layouts of the package alone."""
    return load()


def own_layouts(raw: Path) -> Layouts:
    """The layouts of the files in the folder `layouts` of `raw`, by name, before those of the package."""
    own = layouts_in(raw)
    return replace(load(own), files=tuple(own)) if own else shipped()


def load(own: Iterable[Path] = ()) -> Layouts:
    """The layouts of the files `own` and those of the package: where both know a text, the former win.

    Raises LayoutError for a file that cannot be read, an unknown table, key or meaning, and a pattern that is
    no regular expression."""
    read = [(p, read_layout(p)) for p in (*own, *sorted(Path(__file__).parent.glob("*.toml")))]
    found = {table: [w for path, data in read for w in _wordings(path, data, table)] for table in WORDINGS}
    words = {key: tuple(word for path, data in read for word in _list(path, data, key)) for key in WORDS}
    fields, roles, banners, sheets = (tuple(found[table]) for table in WORDINGS)
    return Layouts(fields, roles, banners, sheets, words)


def read_layout(path: Path) -> Mapping[str, Any]:
    """What a layout file holds. Raises LayoutError where it cannot be read or holds an unknown table."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LayoutError.say("{path}: no layout file: {error}", path=path, error=error) from error
    known = (*WORDINGS, *WORDS, VOCABULARY)
    unknown = sorted(data.keys() - set(known))
    if unknown:
        raise LayoutError.say(
            "{path}: {unknown} is unknown; a layout has {listed}",
            path=path,
            unknown=unknown[0],
            listed=", ".join(known),
        )
    return data


def _wordings(path: Path, data: Mapping[str, Any], table: str) -> list[Wording]:
    entries = data.get(table, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise LayoutError.say(
            "{path}: entries of {table} begin with a line [[{table}]] of their own", path=path, table=table
        )
    return [_wording(path, table, n, entry) for n, entry in enumerate(entries, start=1)]


def _wording(path: Path, table: str, number: int, entry: Mapping[str, Any]) -> Wording:
    key, allowed = WORDINGS[table]
    place = f"{path}: [[{table}]] number {number}"
    conditions = CONDITIONS.get(table, {})
    if not {key, "pattern"} <= entry.keys() <= {key, "pattern", *conditions}:
        may = f"; it may have {', '.join(conditions)}" if conditions else ""
        raise LayoutError.say(
            "{place} has {listed}; it must have {key} and pattern{may}",
            place=place,
            listed=", ".join(entry) or "nothing",
            key=key,
            may=may,
        )
    choices = {key: allowed, **{name: values for name, values in conditions.items() if values}}
    for name, values in choices.items():
        if entry.get(name, values[0]) not in values:
            raise LayoutError.say(
                "{place}: {name} = {entry!r} is unknown; it may be {listed}",
                place=place,
                name=name,
                entry=entry[name],
                listed=", ".join(map(str, values)),
            )
    pattern = _pattern(place, "pattern", entry["pattern"])
    unknown = sorted(pattern.groupindex.keys() - (KEPT if table == "banner" else set()))
    if unknown:
        raise LayoutError.say(
            "{place}: no group {unknown} is kept; a banner's pattern may name no and title",
            place=place,
            unknown=unknown[0],
        )
    over = _pattern(place, "over", entry["over"]) if "over" in entry else None
    said = {name: entry[name] for name in conditions if name in entry and name != "over"}
    return Wording(entry[key], pattern, over, file=path.name, **said)


def _pattern(place: str, key: str, text: object) -> re.Pattern[str]:
    try:
        return re.compile(text)  # type: ignore[call-overload,no-any-return]
    except (re.error, TypeError) as error:
        raise LayoutError.say(
            "{place}: {key} is no regular expression: {error}", place=place, key=key, error=error
        ) from error


def _list(path: Path, data: Mapping[str, Any], key: str) -> list[str]:
    words = data.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
        raise LayoutError.say("{path}: {key} must be a list of words", path=path, key=key)
    return words
