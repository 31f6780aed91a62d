"""The wide table and the long one say the same."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from shinchoku.fiscal import FiscalColumn
from shinchoku.values.observe import observe, pivot

COLUMNS = ["fy2021_target", "fy2018_baseline", "fy2019_planned", "fy2019_actual"]
TEXTS = st.sampled_from(
    ["", "実施", "計3か所", "16所\n(定員800人)\n〔計181所〕", "=1+1", "100%\n(令和3年4月1日現在)"]
)
ROWS = st.lists(st.lists(TEXTS, min_size=len(COLUMNS), max_size=len(COLUMNS)), max_size=6)


def wide_rows(cells: list[list[str]]) -> list[dict[str, object]]:
    return [
        {
            "row_id": f"1/{index}",
            "plan_no": 1,
            "measure": "ひろば",
            **dict(zip(COLUMNS, row, strict=True)),
            "note": "5人",
        }
        for index, row in enumerate(cells)
    ]


@given(ROWS)
def test_wide_and_long_agree(cells: list[list[str]]) -> None:
    rows = wide_rows(cells)
    long = observe("r", "measure", rows)
    assert pivot(long) == {("measure", str(row["row_id"])): {c: row[c] for c in COLUMNS} for row in rows}
    seen = list(dict.fromkeys((row["row_id"], f"fy{row['fiscal_year']}_{row['role']}") for row in long))
    assert seen == [(row["row_id"], column) for row in rows for column in COLUMNS]


@given(ROWS)
def test_items_count_the_quantities_of_a_cell(cells: list[list[str]]) -> None:
    items: dict[tuple[object, ...], list[tuple[object, bool]]] = {}
    for row in observe("r", "measure", wide_rows(cells)):
        items.setdefault((row["row_id"], row["fiscal_year"], row["role"]), []).append(
            (row["item"], row["value"] is None)
        )
    for stated in items.values():
        assert [item for item, _ in stated] == list(range(len(stated)))
        assert len(stated) == 1 or not any(missing for _, missing in stated)


def test_a_row_has_the_columns_of_the_contract_in_order() -> None:
    row = {
        "row_id": "a",
        "plan_no": 3,
        "indicator": "病床数",
        "fy2023_target": "計490床\n(令和6年4月1日現在)",
    }
    (observed,) = observe("r", "indicator", [row])
    assert observed == {
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
    }


def test_an_empty_or_unset_cell_gives_a_row_without_value() -> None:
    row = {
        "row_id": "a",
        "plan_no": 3,
        "measure": "検討",
        "fy2021_target": "",
        "fy2019_actual": None,
        "progress": "A",
    }
    observed = observe("r", "measure", [row])
    assert [(o["text"], o["value"], o["item"], o["label"]) for o in observed] == [("", None, 0, "")] * 2
    assert FiscalColumn.parse("progress") is None
