"""A series has each cell once, as the newest report prints it; the areas' reports come oldest first."""

from datetime import date
from typing import Any

import pandas as pd

from make.rows.diff import measure, numbered, report
from shinchoku.diff import compare_reports
from shinchoku.diff.rows import Report
from shinchoku.fiscal import FiscalColumn
from shinchoku.history import lineage
from shinchoku.history.order import Area, by_area
from shinchoku.history.series import series
from shinchoku.values.grammar import parse


def observed(*reports: Report) -> pd.DataFrame:
    """The rows of `observations`, those columns that make a series."""
    return pd.DataFrame(
        {
            "report_id": one.report_id,
            "row_kind": kind,
            "row_id": row.row_id,
            "fiscal_year": column.year,
            "role": column.role,
            "text": text,
            "item": item,
            "value": quantity and quantity.value,
        }
        for one in reports
        for kind, side in one.sides.items()
        for row in side.rows
        for name, text in row.texts.items()
        if (column := FiscalColumn.parse(name))
        for item, quantity in enumerate(parse(text).quantities or [None])
    )


def joined(*reports: Report) -> pd.DataFrame:
    return series(lineage(reports), observed(*reports), [one.report_id for one in reports])


def year(report_id: str, **cells: str) -> Report:
    return report(report_id, measure=numbered([measure("保育所") | cells], "measure"))


def test_the_newest_report_that_prints_a_cell_says_what_is_in_it() -> None:
    found = joined(
        year("a", fy2018_baseline="計10か所", fy2019_actual="2か所"),
        year("b", fy2018_baseline="計11か所 〔定員20人〕", fy2020_actual=""),
        year("c", fy2018_baseline="", fy2020_actual="3か所"),
    )
    columns = ["fiscal_year", "role", "item", "value", "report_id", "reports", "restated"]
    assert found[columns].to_dict("split")["data"] == [
        [2018, "baseline", 0, 11, "b", 2, True],
        [2018, "baseline", 1, 20, "b", 2, True],
        [2019, "actual", 0, 2, "a", 1, False],
        [2020, "actual", 0, 3, "c", 1, False],
    ]


def test_what_is_only_typeset_otherwise_is_not_restated() -> None:
    found = joined(year("a", fy2018_baseline="1,180箇所"), year("b", fy2018_baseline="１１８０か所"))
    assert found[["value", "reports", "restated"]].to_dict("split")["data"] == [[1180, 2, False]]


def test_restated_is_what_the_diff_calls_so() -> None:
    for record in ({"fy2018_baseline": "計99か所"}, {"fy2021_target": "計1,000人"}):
        old, new = year("a", **dict.fromkeys(record, "計3校")), year("b", **record)
        fields = {c.column for c in compare_reports(old, new).changes if c.change == "restated"}
        found = joined(old, new)
        cells = {f"fy{row.fiscal_year}_{row.role}" for row in found[found["restated"]].itertuples()}
        assert cells == fields == set(record)


def test_what_names_no_year_is_not_restated() -> None:
    old, new = year("a", actual="3校"), year("b", actual="5校")
    assert {c.change for c in compare_reports(old, new).changes} == {"progressed"}
    found = joined(old, new)
    assert found[["value", "report_id", "restated"]].to_dict("split")["data"] == [[5, "b", False]]


def test_reports_come_by_year_then_by_day_then_by_id() -> None:
    rows: list[dict[str, Any]] = [
        {"report_id": "d", "area_code": "131202", "fiscal_year": 2020, "published": None},
        {"report_id": "c", "area_code": "131202", "fiscal_year": 2020, "published": date(2021, 6, 1)},
        {"report_id": "b", "area_code": "131202", "fiscal_year": 2019, "published": date(2022, 6, 1)},
        {"report_id": "a", "area_code": "", "fiscal_year": None, "published": None},
        {"report_id": "e", "area_code": "131202", "fiscal_year": 2020, "published": date(2021, 6, 1)},
    ]
    assert by_area(rows) == {Area(""): ["a"], Area("131202"): ["b", "d", "c", "e"]}


def test_where_no_municipality_is_known_each_folder_is_an_area() -> None:
    ids = ("x/2020/a", "x/2020/b", "y/a", "a")
    rows = [{"report_id": name, "area_code": "", "fiscal_year": 2020, "published": None} for name in ids]
    expected = {Area("", ""): ["a"], Area("", "x/2020"): ["x/2020/a", "x/2020/b"], Area("", "y"): ["y/a"]}
    assert by_area(rows) == expected
