"""From Python: what `read` gives is what `extract` writes, and `load` has all reports in one frame."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import shinchoku
from make.pdfs.odd import paged, report, stream
from make.rows.dataset import gold_rows
from make.rows.history import YEARS, publish
from shinchoku.problems import ShinchokuError

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
RAW, NORMALIZED = ROOT / "raw_pdfs", ROOT / "normalized"
TABLES = ("cells", "blocks", "measures", "indicators", "goals", "origins", "problems")


@pytest.fixture(scope="module")
def read() -> shinchoku.Report:
    return shinchoku.read(RAW / "fy2022_kpi_revision.pdf")


@pytest.mark.parametrize("name", TABLES)
def test_a_report_that_is_read_has_the_frames_of_its_files(read: shinchoku.Report, name: str) -> None:
    written = pd.read_parquet(NORMALIZED / read.report_id / f"{name}.parquet")
    pd.testing.assert_frame_equal(getattr(read, name), written)


def test_observations_are_those_of_the_file(read: shinchoku.Report) -> None:
    written = pd.read_parquet(NORMALIZED / "observations.parquet")
    ours = written[written["report_id"] == read.report_id].reset_index(drop=True)
    pd.testing.assert_frame_equal(read.observations, ours, check_dtype=False)


def test_a_report_shows_itself(read: shinchoku.Report) -> None:
    shown = read._repr_html_()
    assert "<b>fy2022_kpi_revision</b>: 23 pages, 0 measures, 119 indicators, 65 goals" in shown
    assert repr(read).endswith("fy2022_kpi_revision.pdf'))")
    assert read.draw(12).width > 500


def test_loaded_reports_are_one_frame_with_all_fiscal_years() -> None:
    data = shinchoku.load(NORMALIZED)
    assert data.report_ids == ("fy2019_progress", "fy2022_kpi_revision")
    one, other = (pd.read_parquet(NORMALIZED / each / "indicators.parquet") for each in data.report_ids)
    assert set(data.indicators.columns) == {*one.columns, *other.columns}
    assert len(data.indicators) == len(one) + len(other)
    assert data.indicators["fy2019_actual"].tolist() == [*one["fy2019_actual"], *[""] * len(other)]
    assert not data.indicators.isna().any().any()
    for name in (*TABLES, "observations", "reports"):
        assert len(getattr(data, name))


def test_it_runs_in_a_script_without_a_main_guard(tmp_path: Path) -> None:
    (tmp_path / "one.pdf").write_bytes(report(1))
    script = tmp_path / "script.py"
    script.write_text("import shinchoku\nprint(len(shinchoku.read('one.pdf').cells))\n", encoding="utf-8")
    run = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.strip().isdigit()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.pdf", "script.py"]


def test_what_is_wrong_is_a_problem_or_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(paged([stream(b"")]))
    assert "no_known_layout" in set(shinchoku.read(tmp_path / "empty.pdf").problems["code"])
    with pytest.raises(ShinchokuError, match=r"nothing\.pdf: no such file"):
        shinchoku.read(tmp_path / "nothing.pdf")
    with pytest.raises(ShinchokuError, match="run `shinchoku extract` first"):
        shinchoku.load(tmp_path)


def test_no_other_name_is_there() -> None:
    assert dir(shinchoku) == ["Dataset", "Report", "__version__", "load", "read"]
    with pytest.raises(AttributeError, match="has no attribute 'reed'"):
        _ = shinchoku.reed


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_what_readme_shows_unites_the_years_of_all_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    pytest.importorskip("duckdb")
    years = {"a": (2018, 2019), "131202/b": (2020, 2021), "131016/plans/c": (2022, 2023)}
    for report_id, (planned, actual) in years.items():
        like = {k: v for k, v in gold_rows("measures", report_id)[0].items() if not k.startswith("fy")}
        row = like | {f"fy{planned}_planned": "計1か所", f"fy{actual}_actual": "計2か所", "unit": report_id}
        publish(tmp_path / "normalized", report_id, [], measures=[row])
    text = (ROOT / name).read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n([^`]*duckdb[^`]*)^```", text, re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    shown: dict[str, Any] = {}
    exec(code, shown)
    ours = shinchoku.load("normalized").measures.set_index("report_id")
    fiscal = {column for column in ours.columns if column.startswith("fy")}
    assert fiscal == {f"fy{year}_planned" for year, _ in years.values()} | {
        f"fy{year}_actual" for _, year in years.values()
    }
    for each in ("every", "same"):
        theirs = shown[each].set_index("report_id").loc[ours.index]
        assert set(theirs.columns) == set(ours.columns)
        for column in fiscal:
            assert theirs[column].isna().tolist() == (ours[column] == "").tolist()
            assert theirs[column].fillna("").tolist() == ours[column].tolist()


def test_codes_of_municipalities_stay_text_where_readme_says_how(tmp_path: Path) -> None:
    known = {"area_code": "011002", "area_name": "北海道札幌市"}
    publish(tmp_path / "normalized", "a", YEARS["a"], known)
    (line,) = [line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if "area_code" in line]
    shown: dict[str, Any] = {"pd": pd}
    exec(line.replace("normalized/", f"{tmp_path.as_posix()}/normalized/"), shown)
    assert shown["codes"]["area_code"].tolist() == ["011002"]
