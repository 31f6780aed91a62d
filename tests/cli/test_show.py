"""`shinchoku show`: counts first, problems worst first, those of a severity or a plan alone."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from make.rows.dataset import gold_rows, report_of, source
from make.rows.history import publish
from make.runs.command import run
from shinchoku.dataset.collect import collect
from shinchoku.dataset.publish import out_lock
from shinchoku.dataset.reports import publish_report
from shinchoku.language import Said
from shinchoku.problems import Problem, Severity


@pytest.fixture
def data(out: Path) -> Path:
    """A report with an info, an error and a warning about a row of plan 1, in that order."""
    blank = report_of("made")
    measure = blank.measures[0]
    assert measure.plan_no is not None
    found = [
        Problem(Severity.INFO, "an_info", Said("of the whole", "全体")),
        Problem(Severity.ERROR, "an_error", Said("of the whole", "全体"), page=9),
        Problem(
            Severity.WARNING,
            "a_warning",
            Said("of a row", "行について"),
            row_kind="measure",
            row_id=measure.row_id,
        ),
    ]
    with out_lock(out):
        publish_report(out, replace(blank, problems=tuple(found)), source("made"))
        collect(out)
    return out


def _show(data: Path, *options: str) -> str:
    done = run("show", "made", "--data", data, *options)
    assert done.exit_code == 0, done.output
    return done.output


def _codes(shown: str) -> list[str]:
    return re.findall(r"an?_(?:info|error|warning)", shown)


def test_problems_stand_worst_first_below_their_counts(data: Path) -> None:
    shown = _show(data, "--problems")
    assert shown.startswith("1 error, 1 warning, 1 info; ")
    assert _codes(shown) == ["an_error", "a_warning", "an_info"]


def test_problems_of_one_severity(data: Path) -> None:
    assert _codes(_show(data, "--severity", "warning")) == ["a_warning"]


def test_problems_of_one_plan_are_those_of_its_rows(data: Path) -> None:
    plan = str(report_of("made").measures[0].plan_no)
    assert _codes(_show(data, "--plan", plan, "--problems")) == ["a_warning"]


def test_columns_without_a_year_and_all_that_a_row_has_are_shown(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    like = {k: v for k, v in gold_rows("indicators", "made")[0].items() if not k.startswith("fy")}
    row = like | {"indicator": "公園の数", "target": "計9か所", "progress": "△", "owner": "みどり課"}
    publish(out, "made", [row])
    (heading,) = [line for line in _show(out).splitlines() if "indicator" in line and "page" in line]
    told = [text.strip() for text in heading.split("┃")[1:-1]]
    assert told == ["page", "under", "indicator", "target", "progress", "owner"]
    monkeypatch.setenv("SHINCHOKU_LANG", "ja")
    shown = _show(out)
    for said in (
        "成果指標（KPI） (1)",
        "位置づけ",
        "目標（年度なし）",
        "進捗状況",
        "担当課",
        "計9か所",
        "△",
        "みどり課",
    ):
        assert said in shown


def test_what_problems_mean_is_said_in_the_language_asked_for(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHINCHOKU_LANG", "ja")
    shown = _show(data, "--severity", "warning")
    assert shown.startswith("エラー 1件、警告 1件、情報 1件")
    assert "行について" in shown
    assert "of a row" not in shown
