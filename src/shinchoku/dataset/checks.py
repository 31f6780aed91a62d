"""A table's description and a row in, the row as files hold it out, or an error: the promise every written
row keeps."""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from shinchoku.dataset.schema import Column, SchemaError, TableSpec

Value = str | int | float | bool | date | None

_SURROGATES = re.compile("[\ud800-\udfff]")


def check_row(spec: TableSpec, row: Mapping[str, object]) -> tuple[Value, ...]:
    """The row's values in the table's column order; raises SchemaError for a missing, unknown or ill-typed
    one."""
    if len(row) != len(spec.columns) or any(column.name not in row for column in spec.columns):
        missing = [name for name in spec.column_names if name not in row]
        unknown = [name for name in row if name not in spec.column_names]
        raise SchemaError(f"table {spec.name}: a row lacks {missing} and has the unknown {unknown}")
    return tuple(check_value(column, row[column.name]) for column in spec.columns)


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
        raise SchemaError(f"column {column.name} ({column.type}) cannot hold {value!r}") from None
    if checked is None and not column.nullable:
        raise SchemaError(f"column {column.name} must not be empty")
    if column.required and checked == "":
        raise SchemaError(f"column {column.name} must not be empty")
    if column.enum and checked not in column.enum:
        raise SchemaError(f"column {column.name}: {value!r} is none of {', '.join(column.enum)}")
    if column.minimum is not None and isinstance(checked, int | float) and checked < column.minimum:
        raise SchemaError(f"column {column.name}: {value!r} is below {column.minimum}")
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
