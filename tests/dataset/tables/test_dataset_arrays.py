"""Arrow arrays made from buffers are those that pyarrow makes, and making them imports no pandas."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shinchoku.dataset.tables.arrays import arrow_array

KPI = Path(__file__).parents[3] / "raw_pdfs" / "fy2022_kpi_revision.pdf"
INT64 = st.integers(-(2**63), 2**63 - 1)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
DATES = st.dates(date(1, 1, 1), date.max - timedelta(days=1))
COLUMNS = st.one_of(
    st.tuples(st.just(pa.string()), st.lists(st.text(), max_size=20)),
    st.tuples(st.just(pa.bool_()), st.lists(st.booleans(), max_size=40)),
    st.tuples(st.just(pa.int64()), st.lists(st.none() | INT64, max_size=40)),
    st.tuples(st.just(pa.float64()), st.lists(st.none() | NUMBERS, max_size=40)),
    st.tuples(st.just(pa.date32()), st.lists(st.none() | DATES, max_size=40)),
)


@given(COLUMNS)
def test_an_array_is_what_pyarrow_makes_of_the_values(column: tuple[Any, list[Any]]) -> None:
    kind, values = column
    made = arrow_array(values, kind)
    made.validate(full=True)
    assert made.equals(pa.array(values, kind))
    assert made.to_pylist() == values
    assert made.null_count == values.count(None)


def test_a_type_no_column_has_is_refused() -> None:
    with pytest.raises(KeyError):
        arrow_array([1], pa.int8())


WITHOUT_PANDAS = """
import sys
from shinchoku.cli import main
main(["extract", *sys.argv[1:]], standalone_mode=False)
sys.exit("pandas" in sys.modules)
"""


def test_a_report_is_read_and_written_without_pandas(tmp_path: Path) -> None:
    options = ("--out", str(tmp_path), "--no-cache", "--no-paper", "--quiet")
    done = subprocess.run([sys.executable, "-c", WITHOUT_PANDAS, str(KPI), *options], check=False)
    assert done.returncode == 0
    assert (tmp_path / "datapackage.json").is_file()
