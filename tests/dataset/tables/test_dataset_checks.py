"""What a row may hold, and what is refused rather than written wrong."""

from datetime import date, datetime
from typing import Any

import pytest

from shinchoku.dataset.schema import Column, ColumnType, SchemaError, table
from shinchoku.dataset.tables.checks import check_columns, check_rows, check_value, plain_text
from shinchoku.language import Said

WORDS = Said("a", "あ")


def column(kind: ColumnType, **more: Any) -> Column:
    return Column(name="c", type=kind, title=WORDS, description=WORDS, **more)


@pytest.mark.parametrize(
    ("kind", "given", "held"),
    [
        ("string", "", ""),
        ("string", "a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("string", "a\0b\ud800c", "a\ufffdb\ufffdc"),
        ("string", "①5人　⻑", "①5人　⻑"),
        ("integer", 3, 3),
        ("integer", None, None),
        ("number", 3, 3.0),
        ("number", 50.5, 50.5),
        ("number", None, None),
        ("boolean", True, True),
        ("date", date(2020, 4, 1), date(2020, 4, 1)),
        ("date", "2020-04-01", date(2020, 4, 1)),
        ("date", "", None),
        ("date", None, None),
        ("object", {}, "{}"),
        ("object", {"摘要": "a\r\nb"}, '{"摘要": "a\\nb"}'),
        ("object", '{"x":"y"}', '{"x": "y"}'),
    ],
)
def test_a_value_is_held(kind: ColumnType, given: object, held: object) -> None:
    checked = check_value(column(kind), given)
    assert checked == held
    assert type(checked) is type(held)


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("string", None),
        ("string", 5),
        ("integer", True),
        ("integer", 3.0),
        ("integer", "3"),
        ("integer", 2**63),
        ("number", True),
        ("number", "1"),
        ("number", float("nan")),
        ("number", float("inf")),
        ("boolean", None),
        ("boolean", 1),
        ("date", "令和2年"),
        ("date", datetime(2020, 4, 1, 12)),
        ("object", None),
        ("object", ""),
        ("object", "[]"),
        ("object", {"a": 1}),
    ],
)
def test_a_value_is_refused(kind: ColumnType, given: object) -> None:
    with pytest.raises(SchemaError, match="column c"):
        check_value(column(kind), given)


@pytest.mark.parametrize(
    ("described", "given"),
    [
        (column("string", required=True), ""),
        (column("integer", required=True), None),
        (column("integer", minimum=1), 0),
        (column("string", enum=("a", "b")), "c"),
    ],
)
def test_constraints_hold(described: Column, given: object) -> None:
    with pytest.raises(SchemaError, match="column c"):
        check_value(described, given)


def test_a_row_lacking_a_column_or_having_another_is_refused() -> None:
    spec = table("goals")
    row = {
        "report_id": "r",
        "row_id": "1",
        "row_order": 0,
        "page": 1,
        "goal_no": "I",
        "goal_title": "t",
        "kind": "direction",
        "text": "x",
    }
    assert check_rows(spec, [row, row]) == [[row[name]] * 2 for name in spec.column_names]
    assert check_columns(spec, {name: [value] * 2 for name, value in row.items()}) == check_rows(
        spec, [row, row]
    )
    assert check_columns(spec, {}) == check_rows(spec, []) == [[] for _ in spec.columns]
    with pytest.raises(SchemaError, match="lacks \\['text'\\] and has the unknown \\['texts'\\]"):
        check_columns(spec, {("texts" if name == "text" else name): [value] for name, value in row.items()})
    with pytest.raises(SchemaError, match="lacks \\['text'\\]"):
        check_rows(spec, [row, {key: value for key, value in row.items() if key != "text"}])
    with pytest.raises(SchemaError, match="unknown \\['extra'\\]"):
        check_rows(spec, [{**row, "extra": ""}])
    with pytest.raises(SchemaError, match="lacks \\['text'\\] and has the unknown \\['texts'\\]"):
        check_rows(spec, [{("texts" if key == "text" else key): value for key, value in row.items()}])


def test_values_that_are_equal_but_of_another_type_are_told_apart() -> None:
    spec = table("cells")
    row: dict[str, Any] = dict.fromkeys(("row", "col"), 0) | dict.fromkeys(("page", "table", "row_span"), 1)
    row |= dict.fromkeys(("x0", "top", "x1", "bottom"), 1.0) | {"report_id": "r", "text": ""}
    row |= {"col_span": 1, "is_header": True, "lines": ""} | dict.fromkeys(
        ("ocr", "corrected", "struck", "drawn"), False
    )
    values = dict(zip(spec.column_names, check_rows(spec, [row]), strict=True))
    assert [type(values[name][0]) for name in ("page", "x0", "is_header")] == [int, float, bool]
    with pytest.raises(SchemaError, match="column page"):
        check_rows(spec, [row, row | {"page": True}])


def test_plain_text_leaves_japanese_text_as_it_is() -> None:
    printed = "計画　①５人\n㎡ ～ － ー ﾊﾝｶｸ\u3000\t"
    assert plain_text(printed) == printed
