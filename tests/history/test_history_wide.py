"""Years side by side: what is shown of a series on the terminal and in the workbook, and its course."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from make.rows.history import YEARS, publish
from make.runs.command import run
from shinchoku.fiscal import FiscalColumn
from shinchoku.history.wide import Cell, Measure, Wide, named, spark
from shinchoku.history.wide import _numbers as numbers_of
from shinchoku.values.grammar import parse


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for report_id in "abc":
        publish(tmp_path, report_id, YEARS[report_id])
    assert run("history", "--data", tmp_path, "--quiet").exit_code == 0
    return tmp_path


def test_a_series_has_its_cells_by_year_and_role(data: Path) -> None:
    (one,) = named(data, "甲の率")
    assert one.rows == [(report_id, "1/甲の率") for report_id in "abc"]
    assert [column.name for column in one.columns] == [
        *("fy2019_actual", "fy2020_actual", "fy2021_actual", "fy2025_target"),
    ]
    target = one.cells[FiscalColumn(2025, "target")]
    assert (target.text, target.report_id) == ("計30か所", "c")
    assert dict(target.older) == dict.fromkeys("ab", "計20か所")
    course = one.course()
    assert course is not None
    assert dict([course]) == {Measure("", "か所", False, ""): {2019: 10, 2020: 10, 2021: 20}}
    assert named(data, one.series_id) == [one]


def test_show_has_years_in_columns_sources_and_a_spark(data: Path) -> None:
    done = run("show", "--series", "甲の率", "--data", data)
    assert done.exit_code == 0, done.output
    for said in ("2019", "2025", "計30か所", "restated, a: 計20か所", "▁▁█  2019-2021  10 → 20 か所"):
        assert said in done.output
    assert "乙の数" not in done.output


def test_show_tells_whose_a_series_is_where_several_have_it(data: Path) -> None:
    assert "131202, " not in run("show", "--series", "甲の率", "--data", data).output
    publish(data, "z", YEARS["a"], {"area_code": "011002"})
    assert run("history", "--data", data, "--quiet").exit_code == 0
    shown = run("show", "--series", "甲の率", "--data", data).output
    assert ("131202, " in shown, "011002, " in shown) == (True, True)


@pytest.mark.parametrize(
    "arguments", [("--series", "ない"), (), ("a", "--series", "甲の率"), ("--series", "甲", "--problems")]
)
def test_show_says_what_it_cannot_show(data: Path, arguments: tuple[str, ...]) -> None:
    assert run("show", *arguments, "--data", data).exit_code == 2


def test_nothing_is_shown_of_a_history_that_is_older_than_its_reports(data: Path) -> None:
    publish(data, "c", YEARS["c"][:1])
    for arguments in (("show", "--series", "甲の率"), ("export", "a", data / "a.xlsx", "--history")):
        done = run(*arguments, "--data", data)
        assert done.exit_code == 2
        assert "run `shinchoku history` again" in done.stderr
    assert not (data / "a.xlsx").exists()


def test_the_workbook_has_the_years_of_the_area(data: Path) -> None:
    assert run("export", "a", data / "a.xlsx", "--history", "--data", data).exit_code == 0
    sheet: Any = load_workbook(BytesIO((data / "a.xlsx").read_bytes()))["推移 series"]
    names = [cell.value for cell in sheet[1]]
    target, result = names.index("令和7年度（2025年度）目標"), names.index("令和元年度（2019年度）実績")
    row = next(row for row in sheet.iter_rows(min_row=3) if "甲の率" in [cell.value for cell in row])
    assert (row[target].value, row[result].value) == ("計30か所", "計10か所")
    assert "a：計20か所" in row[target].comment.text
    assert row[result].comment is None


def test_a_spark_has_a_bar_a_year() -> None:
    assert spark({2019: 1, 2020: 8, 2022: 4.4}) == "▁█·▄"
    assert spark({2019: 5, 2020: 5}) == "▅▅"


@pytest.mark.parametrize(
    ("role", "text", "found"),
    [
        ("actual", "16所(定員800人)〔計181所〕", {"所": 181}),
        ("baseline", "165所(定員14,760人)", {"所": 165, "定員 人": 14760}),
        ("actual", "1か所開設", {}),
        ("actual", "99.9%", {"%": 99.9}),
        ("actual", "年間5,600人", {"年間人": 5600}),
        ("actual", "計3校、計5校", {}),
    ],
)
def test_a_result_is_a_level_only_where_it_says_so(role: str, text: str, found: dict[str, float]) -> None:
    rows = [
        {key: getattr(quantity, key) for key in ("label", "unit", "annual", "per", "increase", "cumulative")}
        | {"value": quantity.value}
        for quantity in parse(text).quantities
    ]
    cell = Cell(text, "a", 1, (), numbers_of(role, rows))
    assert {str(measure): value for measure, value in cell.levels.items()} == found


def test_without_two_years_there_is_no_course() -> None:
    one = Wide("s", "", "measure")
    stated = ((Measure("", "校", False, ""), 1.0, True),)
    one.cells[FiscalColumn(2019, "actual")] = Cell("計1校", "a", 1, (), stated)
    assert one.course() is None
