"""Arrow arrays made from buffers are those that pyarrow makes, and making them imports no pandas."""

import subprocess
import sys
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shinchoku.dataset.tables.arrays import arrow_array

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
import sys, tempfile
from pathlib import Path
from shinchoku.dataset.tables.files import read_meta, read_rows, write_table
stem = Path(tempfile.mkdtemp()) / "records"
row = dict.fromkeys(["report_id", "row_id", "plan_title", "name"], "a")
rows = [row | {"row_kind": "measure", "row_order": 0, "page": 1, "plan_no": None}]
write_table(stem, "records", rows, {})
assert read_rows(stem.with_suffix(".parquet")) == rows and read_meta(stem.with_suffix(".parquet"))
sys.exit("pandas" in sys.modules)
"""


def test_files_are_written_and_read_without_pandas() -> None:
    assert subprocess.run([sys.executable, "-c", WITHOUT_PANDAS], check=False).returncode == 0
