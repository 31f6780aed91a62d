"""`shinchoku history` writes lineage and series of the reports there are, the same whatever the order in
which they came, and nothing where it cannot."""

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import Result

from make.rows.history import YEARS, Rows, indicators, publish
from make.runs.command import run
from shinchoku.dataset.output.whole import check_whole
from shinchoku.dataset.tables.files import read_rows

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_cache")]

AREA = "131202"


def history(data: Path, *arguments: str | Path) -> Result:
    return run("history", "--data", data, *arguments)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    out = tmp_path / "normalized"
    for report_id in "abc":
        publish(out, report_id, YEARS[report_id])
    return out


def table(data: Path, name: str) -> Rows:
    return read_rows(data / f"{name}.parquet")


def test_rows_become_series_over_the_years(data: Path) -> None:
    done = history(data)
    assert done.exit_code == 0, done.output
    lineage = table(data, "lineage")
    records = Counter((r["report_id"], r["row_kind"], r["row_id"]) for r in table(data, "records"))
    assert Counter((r["report_id"], r["row_kind"], r["row_id"]) for r in lineage) == records
    one = [r for r in lineage if r["series_id"] == f"{AREA}/indicator/1/甲の率"]
    assert [(r["report_id"], r["link"]) for r in one] == [("a", "first"), ("b", "matched"), ("c", "matched")]
    back = [r for r in lineage if r["series_id"] == f"{AREA}/indicator/1/乙の数"]
    assert [(r["report_id"], r["link"]) for r in back] == [("a", "first"), ("c", "matched")]
    cells = {
        (r["fiscal_year"], r["role"]): (r["value"], r["report_id"], r["reports"], r["restated"])
        for r in table(data, "series")
        if r["series_id"] == one[0]["series_id"]
    }
    assert cells == {
        (2019, "actual"): (10, "a", 1, False),
        (2020, "actual"): (10, "b", 1, False),
        (2021, "actual"): (20, "c", 1, False),
        (2025, "target"): (30, "c", 3, True),
    }


def test_the_summary_is_also_json(data: Path) -> None:
    said = json.loads(history(data, "--format", "json", "--quiet").stdout)
    counts = {"series": 3, "rows": 6, "matched": 3, "renamed": 0, "moved": 0, "to_confirm": 0, "restated": 2}
    assert said["areas"] == [{"area_code": AREA, "reports": ["a", "b", "c"], **counts}]
    assert [Path(file).name for file in said["files"]][::2] == ["lineage.parquet", "series.parquet"]


def files(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in data.glob("*.*") if path.name[0] != "."}


def test_a_report_put_in_between_gives_what_order_gives(data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for report_id in "ca":
        publish(other, report_id, YEARS[report_id])
    assert history(other).exit_code == 0
    publish(other, "b", YEARS["b"])
    assert history(other).exit_code == history(data).exit_code == 0
    assert files(other) == files(data)


def test_the_day_of_publication_decides_within_a_year(tmp_path: Path) -> None:
    for report_id, day in (("a", "2021-03-01"), ("b", "2020-09-01")):
        rows = indicators(report_id, "甲の率", year=2019, value=20)
        publish(tmp_path, report_id, rows, {"published": day})
    assert history(tmp_path).exit_code == 0
    assert [r["report_id"] for r in table(tmp_path, "lineage")] == ["b", "a"]


def test_one_area_alone_leaves_the_others_joined(data: Path) -> None:
    publish(data, "z", indicators("z", "甲の率", year=2019, value=20), {"area_code": "011002"})
    assert history(data).exit_code == 0
    whole = files(data)
    assert history(data, "--area", "011002").exit_code == 0
    assert files(data) == whole
    (data / "series.parquet").unlink()
    assert history(data, "--area", "011002").exit_code == 0
    assert {r["area_code"] for r in table(data, "lineage")} == {"011002"}


def test_reports_of_no_known_municipality_are_joined_folder_by_folder_and_that_is_said(
    tmp_path: Path,
) -> None:
    for report_id, rows in zip(("x/a", "x/b", "x/c"), YEARS.values(), strict=True):
        publish(tmp_path, report_id, rows, {"area_code": ""})
    assert history(tmp_path).stderr == "(no area) x: 3 reports joined\n"
    assert {r["area_code"] for r in table(tmp_path, "lineage")} == {""}
    publish(tmp_path, "y/d", YEARS["c"], {"area_code": ""})
    x, y, doubt = history(tmp_path).stderr.splitlines()
    assert (x, y) == ("(no area) x: 3 reports joined", "(no area) y: 1 report joined")
    assert doubt.startswith("no municipality is known of the reports in x, y, and those of each folder")
    series = {r["series_id"]: r["report_id"] for r in table(tmp_path, "lineage")}
    assert {(name.split("/")[1], of.split("/")[0]) for name, of in series.items()} == {("x", "x"), ("y", "y")}
    assert history(tmp_path).stderr.splitlines() == [
        "4 reports are joined as an earlier run joined them",
        doubt,
    ]


def test_what_an_earlier_run_left_of_the_same_reports_is_left_so(data: Path) -> None:
    first = json.loads(history(data, "--format", "json").stdout)
    whole = files(data)
    kept = "3 reports are joined as an earlier run joined them"
    again = history(data, "--format", "json")
    assert again.stderr.splitlines() == [kept]
    assert json.loads(again.stdout) == first
    assert files(data) == whole
    assert f"{AREA}: 3 reports joined" in history(data, "--area", AREA).stderr
    (data / "renames.csv").write_text("old_row_id,new_row_id,reason\n1/橋の塗り替え,1/乙の数,改称\n", "utf-8")
    assert kept not in history(data).stderr
    assert files(data) != whole
    (data / "renames.csv").unlink()
    assert kept not in history(data).stderr
    assert files(data) == whole
    assert history(data).stderr.splitlines() == [kept]
    publish(data, "c", YEARS["c"][:1])
    assert kept not in history(data).stderr
    (data / "series.csv").write_bytes(b"")
    assert kept not in history(data).stderr


def test_no_report_no_history(data: Path, tmp_path: Path) -> None:
    for done in (history(tmp_path / "none"), history(data, "--area", "999999")):
        assert done.exit_code == 2
        assert "Error: " in done.stderr
    assert not (data / "lineage.parquet").exists()


def test_the_package_has_the_history_of_the_reports_as_they_are(data: Path) -> None:
    assert history(data).exit_code == 0
    named = {each["name"] for each in _package(data)}
    assert {"lineage", "lineage.parquet", "series", "series.parquet"} <= named
    check_whole(data, ["a", "b", "c"])
    publish(data, "a", YEARS["a"][:1])
    assert not {each["name"] for each in _package(data)} & {"lineage", "series"}


def _package(data: Path) -> Rows:
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    found: Rows = package["resources"]
    return found


def test_people_decide_what_is_joined_anywhere_in_the_chain(data: Path) -> None:
    lines = "old_row_id,new_row_id,reason,old_report,new_report\n1/乙の数,,終了,a,c\n,1/甲の率,別物,b,c\n"
    (data / "renames.csv").write_text(lines, encoding="utf-8")
    assert history(data).exit_code == 0
    rows = table(data, "lineage")
    firsts = [f"{r['report_id']}/{r['row_id']}" for r in rows if r["link"] == "first"]
    assert firsts == ["a/1/甲の率", "a/1/乙の数", "b/1/橋の塗り替え", "c/1/甲の率", "c/1/乙の数"]
    names = {r["series_id"] for r in rows if r["report_id"] == "c"}
    assert names == {f"{AREA}/indicator/1/{name}@c" for name in ("甲の率", "乙の数")}


def test_a_line_without_reports_holds_where_both_rows_are_found(data: Path) -> None:
    lines = "old_row_id,new_row_id,reason\n1/橋の塗り替え,1/乙の数,改称\n"
    (data / "renames.csv").write_text(lines, encoding="utf-8")
    assert history(data).exit_code == 0
    found = {(r["report_id"], r["row_id"]): r for r in table(data, "lineage")}
    assert found["c", "1/乙の数"]["series_id"] == found["b", "1/橋の塗り替え"]["series_id"]
    assert found["c", "1/乙の数"]["evidence"] == "renames.csv: 改称"


def test_a_list_that_is_not_there_is_an_error_and_nothing_is_written(data: Path, tmp_path: Path) -> None:
    done = history(data, "--renames", tmp_path / "none.csv")
    assert done.exit_code == 2
    assert done.stderr.startswith(f"Error: cannot read {tmp_path / 'none.csv'}")
    assert not (data / "lineage.parquet").exists()


def test_a_line_that_matches_nothing_is_an_error_and_nothing_is_written(data: Path) -> None:
    (data / "renames.csv").write_text("old_row_id,new_row_id,reason\nない,1/乙の数,\n", encoding="utf-8")
    done = history(data)
    assert done.exit_code == 2
    assert "line 2: no reports of one area have the rows 'ない'" in done.stderr
    assert not (data / "lineage.parquet").exists()
