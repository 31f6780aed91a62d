"""A table's description and rows in, their columns as files hold them out, or an error: the promise every
written row keeps."""

import json
import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from shinchoku.dataset.schema import Column, SchemaError, TableSpec

Value = str | int | float | bool | date | None
V = TypeVar("V")
T = TypeVar("T")

_SURROGATES = re.compile("[\ud800-\udfff]")


def check_rows(spec: TableSpec, rows: Sequence[Mapping[str, object]]) -> list[Sequence[Value]]:
    """The rows' values, a sequence for each of the table's columns in order; raises SchemaError for a
    missing, unknown or ill-typed one."""
    for keys in dict.fromkeys(map(tuple, rows)):
        _check_names(spec, keys)
    return [_check_column(column, [row[column.name] for row in rows]) for column in spec.columns]


def check_columns(spec: TableSpec, columns: Mapping[str, Sequence[object]]) -> list[Sequence[Value]]:
    """The same of columns by name; no column at all is no rows."""
    if columns:
        _check_names(spec, columns)
    return [_check_column(column, columns.get(column.name, ())) for column in spec.columns]


def _check_names(spec: TableSpec, names: Collection[str]) -> None:
    """Raise SchemaError where these are not the names of the table's columns."""
    known = spec.column_names
    if set(names) != set(known):
        raise SchemaError.say(
            "table {name}: a row lacks {missing} and has the unknown {unknown}",
            name=spec.name,
            missing=[name for name in known if name not in names],
            unknown=[name for name in names if name not in known],
        )


def _check_column(column: Column, values: Sequence[object]) -> Sequence[Value]:
    """What `check_value` makes of each value."""
    if column.type == "object":
        return [check_value(column, value) for value in values]
    return each_once(lambda value: check_value(column, value), values)


def each_once(turn: Callable[[V], T], values: Sequence[V]) -> list[T]:
    """What `turn` makes of each value; each different one, of values that can be keys, is turned once (True,
    1 and 1.0 are three)."""
    if len(set(map(type, values)) - {type(None)}) < 2:
        alone = {value: turn(value) for value in dict.fromkeys(values)}
        return [alone[value] for value in values]
    keys = list(zip(map(type, values), values, strict=True))
    turned = {key: turn(key[1]) for key in dict.fromkeys(keys)}
    return [turned[key] for key in keys]


def check_value(column: Column, value: object) -> Value:
    """`value` as the file holds it; raises SchemaError where the column's type or constraints forbid it.

    Whole numbers are taken for a `number`, ISO text for a `date`, a mapping for an `object`, "" for a date
    that does not exist. Text is cleaned of what no file can hold (see `plain_text`).
    """
    if value is None and column.nullable:
        return None
    try:
        checked = _TYPES[column.type](value)
    except (TypeError, ValueError):
        raise SchemaError.say(
            "column {name} ({type}) cannot hold {value!r}", name=column.name, type=column.type, value=value
        ) from None
    if checked is None and not column.nullable:
        raise SchemaError.say("column {name} must not be empty", name=column.name)
    if column.required and checked == "":
        raise SchemaError.say("column {name} must not be empty", name=column.name)
    if column.enum and checked not in column.enum:
        raise SchemaError.say(
            "column {name}: {value!r} is none of {listed}",
            name=column.name,
            value=value,
            listed=", ".join(column.enum),
        )
    if column.minimum is not None and isinstance(checked, int | float) and checked < column.minimum:
        raise SchemaError.say(
            "column {name}: {value!r} is below {minimum}",
            name=column.name,
            value=value,
            minimum=column.minimum,
        )
    return checked


def plain_text(text: str) -> str:
    """`text` with every line break a line feed, and U+FFFD for what text files cannot carry (NUL, lone
    surrogates)."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return _SURROGATES.sub("\ufffd", text)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return plain_text(value)


def _integer(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not -(2**63) <= value < 2**63:
        raise TypeError
    return value


def _number(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise TypeError
    return float(value)


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _date(value: object) -> date | None:
    if value == "":
        return None
    if isinstance(value, str):
        return date.fromisoformat(value)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError
    return value


def _object(value: object) -> str:
    if isinstance(value, str):
        value = json.loads(value)
    if not isinstance(value, Mapping):
        raise TypeError
    texts = {_string(key): _string(text) for key, text in value.items()}
    return json.dumps(texts, ensure_ascii=False)


_TYPES: dict[str, Callable[[object], Value]] = {
    "string": _string,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "object": _object,
}
