"""The command: what it writes, prints and exits with."""

import csv
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import Result

from make.rows.diff import gold, measure, numbered, write_report
from make.runs.command import run

pytestmark = pytest.mark.slow

FILES = {"index.html", "rows.parquet", "rows.csv", "fields.parquet", "fields.csv"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of extracted reports: two years' indicators and a few measures."""
    data = tmp_path / "normalized"
    rows = [
        measure("保育所の整備", fy2018_baseline="計6か所"),
        measure("公園の拡張・整備の実施", note="順調"),
    ]
    later = [
        measure("保育所の整備", fy2018_baseline="計7か所"),
        measure("公園の拡張・整備の推進", progress="B"),
    ]
    for name, year, records in (("fy2019", "fy2019", rows), ("fy2020", "fy2020", later)):
        indicators = gold(f"{year}.indicators.jsonl")
        write_report(data, name, measure=numbered(records, "measure"), indicator=indicators)
    return data


def _run(*args: str | Path) -> Result:
    return run("diff", *args)


def test_reports_that_differ(data: Path) -> None:
    result = _run("fy2019", "fy2020", "--data", data)
    assert result.exit_code == 1
    assert {path.name for path in (data / "diffs" / "fy2019__fy2020").iterdir()} == FILES
    assert "Restated" in result.output
    assert "1 保育所の整備 fy2018_baseline: 計6か所 → 計7か所 (+1 か所)" in result.output
    assert "Fell behind: 1\n  1 公園の拡張・整備の推進 A → B" in result.output


def test_a_report_and_itself(data: Path) -> None:
    result = _run("fy2019", "fy2019", "--data", data)
    assert (result.exit_code, result.output.splitlines()[0]) == (0, "fy2019 and fy2019 say the same.")
    assert {path.name for path in (data / "diffs" / "fy2019__fy2019").iterdir()} == FILES


def test_the_tables_hold_every_row_and_field(data: Path) -> None:
    _run("fy2019", "fy2020", "--data", data)
    folder = data / "diffs" / "fy2019__fy2020"
    rows = pq.read_table(folder / "rows.parquet").to_pylist()
    assert [row["status"] for row in rows if row["row_kind"] == "measure"] == ["matched", "renamed"]
    assert sum(row["row_kind"] == "indicator" for row in rows) == 96
    fields = pq.read_table(folder / "fields.parquet").to_pylist()
    restated = [field for field in fields if field["change"] == "restated"]
    assert [(f["column"], f["old_value"], f["new_value"], f["delta"]) for f in restated] == [
        ("fy2018_baseline", 6.0, 7.0, 1.0)
    ]
    text = (folder / "rows.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbfrow_kind,status,")
    assert len(list(csv.DictReader(text.decode("utf-8-sig").splitlines()))) >= len(rows)


def test_the_same_input_gives_the_same_bytes(data: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        _run(
            "fy2019", "fy2020", "--data", data, "--out", tmp_path / name, "--pdfs", "https://example.org/pdf/"
        )
    for file in FILES:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    assert 'href="https://example.org/pdf/fy2019.pdf#page=1"' in (tmp_path / "one" / "index.html").read_text()


def test_links_lead_to_the_pdfs_beside_the_data(data: Path) -> None:
    _run("fy2019", "fy2020", "--data", data)
    page = (data / "diffs" / "fy2019__fy2020" / "index.html").read_text(encoding="utf-8")
    assert 'href="../../../raw_pdfs/fy2019.pdf#page=1"' in page
    _run("fy2019", "fy2020", "--data", data, "--pdfs", "")
    page = (data / "diffs" / "fy2019__fy2020" / "index.html").read_text(encoding="utf-8")
    assert ".pdf#page=" not in page


def test_json_holds_all(data: Path) -> None:
    result = _run("fy2019", "fy2020", "--data", data, "--format", "json")
    found = json.loads(result.output)
    assert result.exit_code == 1
    assert (found["old"], found["new"], found["identical"]) == ("fy2019", "fy2020", False)
    assert found["counts"]["measure"]["renamed"] == 1
    assert len(found["rows"]) == 98
    assert {field["change"] for field in found["fields"]} >= {"restated", "progress", "note", "wording"}
    same = json.loads(_run("fy2019", "fy2019", "--data", data, "--format", "json").output)
    assert same.keys() == found.keys()


def test_renames_are_obeyed(data: Path) -> None:
    (data / "renames.csv").write_text(
        "old_row_id,new_row_id,reason\n1/1/公園の拡張・整備の実施,,終了\n", encoding="utf-8"
    )
    _run("fy2019", "fy2020", "--data", data)
    rows = pq.read_table(data / "diffs" / "fy2019__fy2020" / "rows.parquet").to_pylist()
    removed = [row["evidence"] for row in rows if row["status"] == "removed"]
    assert removed == ["renames.csv: 終了"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("fy2019", "fy1999"), "fy1999: no such report"),
        (("fy2019",), "Missing argument"),
        (("fy2019", "fy2020", "--format", "xml"), "xml"),
        (("fy2019", "fy2020", "--renames", "nowhere.csv"), "cannot read nowhere.csv"),
    ],
)
def test_errors_exit_with_2(data: Path, args: tuple[str, ...], said: str) -> None:
    result = _run(*args, "--data", data)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (data / "diffs").exists()


@pytest.mark.parametrize("content", [b"no parquet", b""])
def test_a_damaged_file_exits_with_2(data: Path, content: bytes) -> None:
    (data / "fy2020" / "measures.parquet").write_bytes(content)
    result = _run("fy2019", "fy2020", "--data", data)
    assert result.exit_code == 2
    assert "run `shinchoku extract` again" in result.stderr


def test_a_table_without_its_columns_exits_with_2(data: Path) -> None:
    pq.write_table(pa.table({"row_id": ["1"]}), data / "fy2020" / "measures.parquet")
    result = _run("fy2019", "fy2020", "--data", data)
    assert result.exit_code == 2
    assert "has no column row_order" in result.stderr


def test_a_report_is_looked_for_in_the_data_alone(data: Path) -> None:
    result = _run("fy2019", "../normalized/fy2020", "--data", data)
    assert result.exit_code == 2
    assert "no such report (there: fy2019, fy2020)" in result.stderr


def test_a_line_of_renames_that_matches_nothing_exits_with_2(data: Path) -> None:
    (data / "renames.csv").write_text("old_row_id,new_row_id,reason\nx,y,z\n", encoding="utf-8")
    result = _run("fy2019", "fy2020", "--data", data)
    assert result.exit_code == 2
    assert "line 2: fy2019 has no row 'x'; fy2020 has no row 'y'" in result.stderr


def test_help_tells_the_exit_statuses() -> None:
    result = _run("--help")
    assert "unlike the other commands" in result.output
    assert "  1  they differ" in result.output
    assert "shinchoku diff fy2019_progress fy2020_progress" in result.output
