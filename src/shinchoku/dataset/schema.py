"""The columns of every table, read from `columns/*.toml`: table name and fiscal columns in, a typed table
description out."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from shinchoku.dataset import TABLES
from shinchoku.fiscal import FiscalColumn
from shinchoku.language import Said
from shinchoku.problems import ShinchokuError

if TYPE_CHECKING:
    import pyarrow as pa

ColumnType = Literal["string", "integer", "number", "boolean", "date", "object"]

NULLABLE_TYPES = ("integer", "number", "date")


class SchemaError(ShinchokuError):
    """A row, a column or a table name that the description of the tables does not allow: a bug in the
    caller."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `object` is a JSON object kept as text. `required` means never null and, for text, never
    empty.

    Text is never null: "" is the empty cell. Integers, numbers and dates that are not required may be null.
    """

    name: str
    type: ColumnType
    title: Said
    description: Said
    unit: str = ""
    required: bool = False
    enum: tuple[str, ...] = ()
    minimum: int | None = None
    aside: bool = False

    @property
    def nullable(self) -> bool:
        return self.type in NULLABLE_TYPES and not self.required


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`fields` of a row name the row of `table` whose `reference` fields hold the same values."""

    fields: tuple[str, ...]
    table: str
    reference: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table: its columns in order, and the columns that together name a row (none where rows have no
    name)."""

    name: str
    title: Said
    description: Said
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def table(name: str, fiscal: Iterable[str] = ()) -> TableSpec:
    """The description of table `name`, with the `fiscal` columns (`fy<year>_<role>`) in the order given.

    Each fiscal column stands where the table keeps its role; raises SchemaError for an unknown table or role,
    and for fiscal columns of a table that has none.
    """
    described = _read(name)
    printed = [_parse_fiscal(name) for name in dict.fromkeys(fiscal)]
    columns: list[Column] = []
    for entry in described["column"]:
        if "fiscal" in entry:
            columns += [fiscal_column(f) for f in printed if f.role in entry["fiscal"]]
        else:
            columns.append(_column(entry))
    missing = {column.name for column in printed} - {column.name for column in columns}
    if missing:
        raise SchemaError.say(
            "table {name} has no place for the columns {columns}", name=name, columns=sorted(missing)
        )
    return TableSpec(
        name=name,
        title=Said(**described["title"]),
        description=Said(**described["description"]),
        primary_key=tuple(described["primary_key"]),
        foreign_keys=tuple(
            ForeignKey(tuple(key["fields"]), key["table"], tuple(key["reference"]))
            for key in described["foreign_keys"]
        ),
        columns=tuple(columns),
    )


def fiscal_names(keys: Iterable[str]) -> list[str]:
    """Those of `keys` that name a fiscal-year column, in the order given, each once."""
    return [key for key in dict.fromkeys(keys) if FiscalColumn.parse(key)]


def fiscal_column(fiscal: FiscalColumn) -> Column:
    """The description of one fiscal-year column, its era year beside the western one."""
    data = _fiscal_data()
    year, words = fiscal.year, data["roles"][fiscal.role]
    if year is None:
        return _fiscal(fiscal, data["undated"], words, {})
    era = next((era for era in data["eras"] if year >= era["first"]), None)
    if era is None:
        raise SchemaError.say("{name}: no era is known for the year {year}", name=fiscal.name, year=year)
    count = year - era["first"] + 1
    blanks = {
        "western": year,
        "next": year + 1,
        "era": era["ja"] + ("元" if count == 1 else str(count)),
        "era_en": era["en"],
        "era_year": count,
        "meaning": words["meaning"],
    }
    return _fiscal(fiscal, data, words, blanks)


def role_title(role: str) -> Said:
    """What a role of fiscal-year columns is called."""
    words = _fiscal_data()["roles"][role]
    return Said(words["en"], words["ja"])


def _fiscal(
    fiscal: FiscalColumn, templates: Mapping[str, Any], role: Mapping[str, str], blanks: Mapping[str, object]
) -> Column:
    """A fiscal-year column with the blanks of its wordings filled."""
    title, description = (
        Said(*(templates[key][lang].format(role=role[lang], **blanks) for lang in ("en", "ja")))
        for key in ("title", "description")
    )
    return Column(fiscal.name, "string", title, description)


def table_schema(spec: TableSpec) -> dict[str, Any]:
    """The table as a Table Schema (https://datapackage.org/standard/table-schema/), titles in both languages.

    An empty field of a text column is empty text, not a missing value; in any other column it is a missing
    value.
    """
    schema: dict[str, Any] = {"fields": [_field(column) for column in spec.columns], "missingValues": [""]}
    if spec.primary_key:
        schema["primaryKey"] = list(spec.primary_key)
    return schema


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "title": column.title.both,
        "description": column.description.both,
    }
    if column.unit:
        field["unit"] = column.unit
    if column.type == "string":
        field["missingValues"] = []
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.type == "string" and column.required:
        constraints["minLength"] = 1
    if column.enum:
        constraints["enum"] = list(column.enum)
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if constraints:
        field["constraints"] = constraints
    return field


def arrow_schema(spec: TableSpec, meta: Mapping[str, str]) -> "pa.Schema":
    """The table as an Arrow schema; `meta` and the Table Schema (key `table_schema`, JSON) are its
    metadata."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "object": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    described = json.dumps(table_schema(spec), ensure_ascii=False, separators=(",", ":"))
    return pa.schema(
        [pa.field(c.name, types[c.type], nullable=c.nullable) for c in spec.columns],
        metadata=dict(sorted({**meta, "table": spec.name, "table_schema": described}.items())),
    )


def _parse_fiscal(name: str) -> FiscalColumn:
    column = FiscalColumn.parse(name)
    if column is None:
        raise SchemaError.say("{name!r} is not a fiscal-year column (fy<year>_<role>)", name=name)
    return column


@cache
def _read(name: str) -> dict[str, Any]:
    if name not in TABLES:
        raise SchemaError.say(
            "there is no table {name!r}; the tables are {listed}", name=name, listed=", ".join(TABLES)
        )
    return _toml(name)


@cache
def _fiscal_data() -> dict[str, Any]:
    return _toml("fiscal")


@cache
def _toml(name: str) -> dict[str, Any]:
    text = (files("shinchoku.dataset") / "columns" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _column(entry: Mapping[str, Any]) -> Column:
    keys = dict(entry)
    shared = keys.pop("use", None)
    if shared is not None:
        keys = {"name": shared, **_toml("shared")[shared], **keys}
    return Column(
        **keys
        | {
            "title": Said(**keys["title"]),
            "description": Said(**keys["description"]),
            "enum": tuple(keys.get("enum", ())),
        }
    )
