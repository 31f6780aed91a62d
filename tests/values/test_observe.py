"""The wide table and the long one say the same."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from shinchoku.fiscal import FiscalColumn
from shinchoku.rows import IndicatorRow, MeasureRow, OriginRow, columns
from shinchoku.values.observe import Observation, observe

TARGET, ACTUAL = FiscalColumn(2021, "target"), FiscalColumn(2019, "actual")
COLUMNS = [TARGET, FiscalColumn(2018, "baseline"), FiscalColumn(2019, "planned"), ACTUAL]
TEXTS = st.sampled_from(
    ["", "実施", "計3か所", "16所\n(定員800人)\n〔計181所〕", "=1+1", "100%\n(令和3年4月1日現在)"]
)
ROWS = st.lists(st.lists(TEXTS, min_size=len(COLUMNS), max_size=len(COLUMNS)), max_size=6)


def measure(index: int, texts: dict[FiscalColumn, str]) -> MeasureRow:
    return MeasureRow(
        f"1/{index}", index, 1, 1, 1, plan_no=1, measure="ひろば", fiscal=texts, note="5人", progress="A"
    )


def wide_rows(cells: list[list[str]]) -> list[MeasureRow]:
    return [measure(index, dict(zip(COLUMNS, row, strict=True))) for index, row in enumerate(cells)]


def place(row: Observation) -> tuple[str, FiscalColumn]:
    return row.row_id, FiscalColumn(row.fiscal_year, row.role)


@given(ROWS)
def test_wide_and_long_agree(cells: list[list[str]]) -> None:
    rows = wide_rows(cells)
    long = observe("r", rows)
    wide = {(row.row_id, column): text for row in rows for column, text in row.fiscal.items()}
    assert {place(row): row.text for row in long} == wide
    assert list(dict.fromkeys(map(place, long))) == list(wide)


@given(ROWS)
def test_items_count_the_quantities_of_a_cell(cells: list[list[str]]) -> None:
    items: dict[tuple[str, FiscalColumn], list[tuple[int, bool]]] = {}
    for row in observe("r", wide_rows(cells)):
        items.setdefault(place(row), []).append((row.item, row.value is None))
    for stated in items.values():
        assert [item for item, _ in stated] == list(range(len(stated)))
        assert len(stated) == 1 or not any(missing for _, missing in stated)


def test_a_row_has_the_columns_of_the_contract_in_order() -> None:
    target = {FiscalColumn(2023, "target"): "計490床\n(令和6年4月1日現在)"}
    row = IndicatorRow("a", 0, 1, 1, 1, plan_no=3, indicator="病床数", fiscal=target)
    halves = [OriginRow("indicator", "a", "fy2023_target", page, 2, 4, 1) for page in (9, 10)]
    (observed,) = observe("r", [row], halves)
    assert columns(observed) == {
        "report_id": "r",
        "row_id": "a",
        "row_kind": "indicator",
        "plan_no": 3,
        "name": "病床数",
        "fiscal_year": 2023,
        "role": "target",
        "text": "計490床\n(令和6年4月1日現在)",
        "item": 0,
        "label": "",
        "value": 490.0,
        "unit": "床",
        "high": None,
        "of": None,
        "per": "",
        "bound": "",
        "cumulative": True,
        "annual": False,
        "approx": False,
        "total": False,
        "increase": False,
        "as_of": date(2024, 4, 1),
        "column": "fy2023_target",
        "page": 9,
        "table": 2,
        "row": 4,
        "col": 1,
    }


def test_an_empty_cell_gives_a_row_without_value() -> None:
    observed = observe("r", [measure(0, {TARGET: "", ACTUAL: ""})])
    assert [(o.text, o.value, o.item, o.label) for o in observed] == [("", None, 0, "")] * 2
    assert FiscalColumn.parse("progress") is None
