"""datapackage.json and the tables over all reports: frictionless finds them valid, and finds what is not."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from frictionless import Package

from make.rows.dataset import report_of, source
from shinchoku import __version__
from shinchoku.dataset.collect import collect, newest_year, refresh_package
from shinchoku.dataset.output.whole import MixedError, check_whole
from shinchoku.dataset.package import resource_name
from shinchoku.dataset.publish import out_lock, staged_folder
from shinchoku.dataset.reports import SOURCE_KEYS, publish_report, source_meta
from shinchoku.dataset.tables.files import read_meta, read_rows, write_table
from shinchoku.fiscal import FiscalColumn
from shinchoku.rows import MeasureRow, columns
from shinchoku.sources import Source
from shinchoku.values.observe import observe

pytestmark = pytest.mark.slow

ODD = "令和元年度 進捗（最終）..v#2%20"
KINDS = {"measures": "measure", "indicators": "indicator"}


def describe(out: Path) -> dict[str, Any]:
    described: dict[str, Any] = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    return described


def faults(out: Path) -> list[tuple[str, str]]:
    """What frictionless finds wrong: resource and kind of error."""
    report = Package(str(out / "datapackage.json")).validate()
    assert not report.errors
    return [(task.name, error.type) for task in report.tasks for error in task.errors]


def listed(resource: dict[str, Any]) -> list[str]:
    """The paths of a resource."""
    path: str | list[str] = resource["path"]
    return path if isinstance(path, list) else [path]


def write_diff(out: Path, name: str = "a__b") -> None:
    pair = {"row_kind": "measure", "old_row_id": "x", "new_row_id": "y"}
    orders = {"old_row_order": 0, "new_row_order": 0, "similarity": 97.5}
    words = {"status": "renamed", "old_name": "あ", "new_name": "い", "evidence": "same baseline"}
    change = {
        "change": "note",
        "column": "note",
        "old_text": "",
        "new_text": "新規",
        "unit": "",
        "deltas": "{}",
    }
    with out_lock(out), staged_folder(out, f"diffs/{name}") as stage:
        write_table(stage / "rows", "diff_rows", [{**pair, **orders, **words}], {})
        numbers = dict.fromkeys(["old_value", "new_value", "delta"])
        write_table(stage / "fields", "diff_fields", [{**pair, **change, **numbers}], {})
        (stage / "index.html").write_text("<!doctype html>", encoding="utf-8")


@pytest.fixture
def collected(out: Path, publish: Callable[..., None]) -> Path:
    """An output folder with two reports and a diff, collected."""
    publish("fy2019_made")
    publish(ODD, measures=[])
    write_diff(out)
    with out_lock(out):
        collect(out)
    return out


def test_frictionless_finds_nothing_wrong(collected: Path) -> None:
    assert faults(collected) == []


def test_every_file_is_described(collected: Path) -> None:
    paths = [path for resource in describe(collected)["resources"] for path in listed(resource)]
    on_disk = {path.relative_to(collected).as_posix() for path in collected.rglob("*") if path.is_file()}
    assert len(paths) == len(set(paths)) == 3 * 2 + 2 * 10 * 2 + 5
    assert set(paths) == on_disk - {".lock", "datapackage.json"}


def test_what_reports_have_in_common_is_described_once(collected: Path, publish: Callable[..., None]) -> None:
    def names() -> dict[str, list[str]]:
        return {each["name"]: listed(each) for each in describe(collected)["resources"]}

    before = names()
    assert before["reports.cells"] == ["fy2019_made/cells.csv", f"{ODD}/cells.csv"]
    assert before["reports.measures.2"] == [f"{ODD}/measures.csv"]
    for number in range(20):
        publish(f"fy{number}")
    with out_lock(collected):
        collect(collected)
    assert names().keys() == before.keys()
    assert len(names()["reports.measures"]) == 21
    assert faults(collected) == []


def test_it_is_a_data_package_of_version_2(collected: Path) -> None:
    package = describe(collected)
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert "profile" not in package
    assert package["licenses"][0]["title"].startswith("see sources")
    assert package["spatial"] == [{"area_code": "131202", "name": "東京都練馬区"}]
    assert [entry["report_id"] for entry in package["sources"]] == ["fy2019_made", ODD]
    assert package["sources"][0]["hash"] == "sha256:" + "ab" * 32
    for resource in package["resources"]:
        (ending,) = {Path(path).suffix for path in listed(resource)}
        assert ("schema" in resource) == (resource["type"] == "table") == (ending == ".csv")
        if isinstance(resource["path"], str):
            assert resource["bytes"] == (collected / resource["path"]).stat().st_size
    measures = next(r for r in package["resources"] if r["name"] == "reports.measures")
    target = next(field for field in measures["schema"]["fields"] if field["name"] == "fy2021_target")
    assert target["title"] == "FY2021 target / 令和3年度（2021年度）目標"


def test_names_of_resources_are_plain_and_unique(collected: Path) -> None:
    names = [resource["name"] for resource in describe(collected)["resources"]]
    assert len(names) == len(set(names))
    assert all(name.isascii() and name == name.lower() and " " not in name for name in names)
    assert resource_name(Path("A", "cells")) != resource_name(Path("a", "cells")) == "a.cells"
    assert resource_name(Path("進捗", "cells")) != resource_name(Path("実績", "cells"))


@pytest.mark.parametrize("name", ["measures.csv", "measures.parquet", "observations.csv", "records.parquet"])
def test_a_changed_file_of_a_report_is_found(collected: Path, name: str) -> None:
    check_whole(collected, ["fy2019_made", ODD])
    path = collected / "fy2019_made" / name
    path.write_bytes(path.read_bytes() + b" ")
    check_whole(collected, [ODD])
    with pytest.raises(MixedError, match=r"fy2019_made is not what datapackage\.json describes"):
        check_whole(collected, ["fy2019_made"])


def test_a_changed_file_over_all_reports_is_found(collected: Path) -> None:
    path = collected / "observations.csv"
    path.write_bytes(path.read_bytes().replace("計27か所".encode(), "計28か所".encode()) + b" ")
    assert ("observations", "byte-count") in faults(collected)


def rewrite(out: Path, name: str, rows: list[dict[str, Any]]) -> None:
    write_table(out / name, name, rows, {})
    with out_lock(out):
        refresh_package(out)


def test_an_observation_of_no_record_is_found(collected: Path) -> None:
    rows = read_rows(collected / "observations.parquet")
    rows[0]["row_id"] = "nobody"
    rewrite(collected, "observations", rows)
    assert faults(collected) == [("observations", "foreign-key")]


def test_a_record_named_twice_is_found(collected: Path) -> None:
    rows = read_rows(collected / "records.parquet")
    rewrite(collected, "records", [*rows, rows[-1]])
    assert faults(collected) == [("records", "primary-key")]


def test_records_and_reports_list_all_reports(collected: Path) -> None:
    reports = read_rows(collected / "reports.parquet")
    assert [row["report_id"] for row in reports] == ["fy2019_made", ODD]
    assert reports[0]["area_code"] == "131202"
    records = read_rows(collected / "records.parquet")
    for row in reports:
        for table_name, kind in KINDS.items():
            wide = read_rows(collected / row["report_id"] / f"{table_name}.parquet")
            names = [(one["row_id"], one[kind], one["plan_no"]) for one in wide]
            listed = [r for r in records if (r["report_id"], r["row_kind"]) == (row["report_id"], kind)]
            assert [(one["row_id"], one["name"], one["plan_no"]) for one in listed] == names
    meta = read_meta(collected / "observations.parquet")
    assert json.loads(meta["report_id"]) == ["fy2019_made", ODD]
    assert json.loads(meta["source_sha256"]) == ["ab" * 32] * 2


def test_the_long_table_is_the_wide_tables_turned(collected: Path) -> None:
    wide = {
        (report_id, kind, row["row_id"], name): text
        for report_id in ("fy2019_made", ODD)
        for table_name, kind in KINDS.items()
        for row in read_rows(collected / report_id / f"{table_name}.parquet")
        for name, text in row.items()
        if FiscalColumn.parse(name)
    }
    long: dict[tuple[str, ...], str] = {}
    for row in read_rows(collected / "observations.parquet"):
        column = FiscalColumn(row["fiscal_year"], row["role"]).name
        key = (row["report_id"], row["row_kind"], row["row_id"], column)
        assert long.setdefault(key, row["text"]) == row["text"]
    assert len(wide) > 90
    assert long == wide


def test_the_order_of_publishing_does_not_matter(tmp_path: Path) -> None:
    made = []
    for order in (["b", "a"], ["a", "b", "a"]):
        out = tmp_path / "-".join(order)
        for report_id in order:
            with out_lock(out):
                publish_report(out, report_of(report_id), source(report_id))
                collect(out)
        made.append({p.name: p.read_bytes() for p in out.iterdir() if p.is_file() and p.name != ".lock"})
    assert made[0] == made[1]
    assert set(made[0]) >= {"datapackage.json", "observations.csv", "observations.parquet"}


def test_a_diff_that_comes_later_is_described(out: Path, publish: Callable[..., None]) -> None:
    write_diff(out)
    with out_lock(out):
        refresh_package(out)
    assert not (out / "datapackage.json").exists()
    publish("fy2019_made")
    with out_lock(out):
        collect(out)
    write_diff(out, "c__d")
    with out_lock(out):
        refresh_package(out)
    names = {resource["name"] for resource in describe(out)["resources"]}
    assert {"diffs.a__b.rows", "diffs.c__d.fields", "diffs.c__d.page"} <= names
    assert faults(out) == []


def test_an_output_without_reports_is_a_valid_package(out: Path) -> None:
    with out_lock(out):
        collect(out)
    assert faults(out) == []
    assert read_rows(out / "observations.parquet") == []


def test_a_sources_words_go_along() -> None:
    known = Source(
        Path("raw/x.pdf"), "x", "cd" * 32, (1, 2), title="題", licence="see sources", note="facsimile"
    )
    meta = source_meta(known)
    assert tuple(meta) == SOURCE_KEYS
    assert meta["source_file"] == "x.pdf"
    assert (meta["source_title"], meta["source_licence"], meta["source_note"]) == (
        "題",
        "see sources",
        "facsimile",
    )


def test_a_reports_line_counts_what_was_read(out: Path) -> None:
    known = {"published": "2020-09-30", "fiscal_year": ""}
    with out_lock(out):
        publish_report(out, report_of("told"), source("told", **known) | {"fiscal_year": "2018"})
        publish_report(out, report_of("untold"), source("untold", **known))
        publish_report(out, report_of("bare", gold=()), source("bare"))
        collect(out)
    bare, told, untold = read_rows(out / "reports.parquet")
    assert (told["fiscal_year"], untold["fiscal_year"], bare["fiscal_year"]) == (2018, 2019, None)
    assert (told["published"], bare["published"]) == (date(2020, 9, 30), None)
    counts = ("pages", "measures", "goals", "errors", "warnings", "code_version")
    assert [untold[name] for name in counts] == [0, 13, len(report_of("r").goals), 0, 0, __version__]
    assert faults(out) == []


def test_the_newest_year_is_that_of_an_actual() -> None:
    told = {"fy2019_actual": "3件", "fy2023_target": "5件"}

    def year(**cells: str) -> int | None:
        fiscal = {FiscalColumn(int(name[2:6]), name[7:]): text for name, text in cells.items()}
        rows = [columns(one) for one in observe("r", [MeasureRow("a", 0, 1, 1, 1, fiscal=fiscal)])]
        return newest_year(pa.table({name: [row[name] for row in rows] for name in rows[0]}))

    assert year(**told) == 2019
    assert year(**(told | {"fy2019_actual": ""})) == 2023
    assert year(fy2019_actual="", fy2023_target="") is None
