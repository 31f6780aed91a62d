"""The vocabularies of the package (TOML) and of one's own in, sets and patterns for the grammar of quantities
out."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


def one_of(words: Iterable[str]) -> str:
    """A pattern for the longest of the words that fits; one that never fits where there are none."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")" if words else "(?!)"


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabularies as the grammar uses them; vocabulary/*.toml says what each is for."""

    sign_unit: re.Pattern[str]
    run_unit: re.Pattern[str]
    stop: re.Pattern[str]
    verbs: re.Pattern[str]
    closed: re.Pattern[str]
    common: re.Pattern[str]
    counted: re.Pattern[str]
    before: re.Pattern[str]
    meaning_before: Mapping[str, str]
    words_ending: Mapping[str, tuple[str, ...]]
    after: re.Pattern[str]
    meaning_after: Mapping[str, str]
    increase_over: tuple[str, ...]
    phrases: re.Pattern[str]
    name_before: re.Pattern[str]
    name_after: re.Pattern[str]
    name_in_brackets: frozenset[str]
    ordinal: str
    not_ordinal: tuple[str, ...]
    per: re.Pattern[str]
    per_period: re.Pattern[str]
    periods: frozenset[str]
    no_label: tuple[str, ...]
    particles: tuple[str, ...]
    bullets: str
    openers: tuple[str, ...]
    after_date: re.Pattern[str]


OWN: ContextVar[str] = ContextVar("own", default="{}")
"""The words of one's own that count now, as JSON; `values.own` sets them."""


@cache
def shipped(name: str) -> dict[str, Any]:
    """The words of vocabulary/NAME.toml."""
    path = Path(__file__).parent / "vocabulary" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def vocabulary(name: str, own: str) -> dict[str, Any]:
    """The words of vocabulary/NAME.toml, before them those of one's own, `own` as OWN holds them."""
    return joined(json.loads(own).get(name, {}), shipped(name))


def joined(own: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Two tables of lists, tables and words as one: the own list before the other; of two words for a key the
    own one."""
    return {**known, **{key: _one(value, known.get(key)) for key, value in own.items()}}


def _one(own: Any, known: Any) -> Any:
    if isinstance(own, list) and isinstance(known, list):
        return [*own, *known]
    return joined(own, known) if isinstance(own, dict) and isinstance(known, dict) else own


def words() -> Words:
    """The vocabularies as they count now, read once."""
    return _words(OWN.get())


@cache
def _words(own: str) -> Words:
    units, names, labels, qualifiers, actions = (
        vocabulary(name, own) for name in ("units", "names", "labels", "qualifiers", "verbs")
    )
    verbs = [verb for group in actions.values() for verb in group]
    kana, wider, closed = one_of(units["kana"]), one_of(units["nouns"]), one_of(units["closed"])
    common = one_of([*units["common"], *units["kana"]])
    return Words(
        sign_unit=re.compile(rf"[百千万億兆]?{one_of(units['signs'])}(?![A-Za-z])"),
        run_unit=re.compile(
            rf"[かヶケカヵ](?=[一-鿿])[一-鿿々ァ-ヺー]{{1,20}}|{kana}|[㌀-㍗]|[一-鿿々ァ-ヺー]{{1,20}}"
        ),
        stop=re.compile(rf"{one_of(verbs)}(?!{wider})|{one_of(qualifiers['after'])}|中(?=[、 ]*[0-9])"),
        verbs=re.compile(rf"{one_of(verbs)}+"),
        common=re.compile(rf"[千万億兆]?(?:{common}|[かヶケカヵ].+|{closed}.?)"),
        counted=re.compile(
            rf"(?!{one_of(units['longer'])})"
            rf"{one_of([*units['closed'], *(unit for unit in units['common'] if len(unit) > 1), '円'])}"
            rf"(?=\W|$|{one_of(verbs)})"
        ),
        closed=re.compile(rf"(?!{one_of(units['longer'])}){closed}"),
        before=re.compile(rf"({one_of(qualifiers['before'])})に? *:? *$"),
        meaning_before=qualifiers["before"],
        words_ending={word: tuple(longer) for word, longer in qualifiers["words"].items()},
        after=re.compile(rf" *({one_of(qualifiers['after'])})"),
        meaning_after=qualifiers["after"],
        increase_over=tuple(qualifiers["over"]["increase"]),
        phrases=re.compile(one_of(names["phrases"])),
        name_before=re.compile(rf"{one_of(names['before'])} *$"),
        name_after=re.compile(rf"(?!{one_of(names['unless'])}){one_of(names['after'])}"),
        name_in_brackets=frozenset(names["in_brackets"]),
        ordinal=names["ordinal"],
        not_ordinal=tuple(names["not_ordinal"]),
        per=re.compile(one_of(names["per"])),
        per_period=re.compile(one_of(names["per_period"])),
        periods=frozenset(names["periods"]),
        no_label=tuple(labels["none"]),
        particles=tuple(labels["particles"]),
        bullets=labels["bullets"],
        openers=tuple(labels["openers"]),
        after_date=re.compile(rf"(?:{one_of(labels['after_dates'])})*"),
    )
