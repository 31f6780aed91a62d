"""Fixtures of the dataset's tests: an output folder, and a small report written into it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dataset_rows import report_tables, source

from shinchoku.dataset.publish import out_lock
from shinchoku.dataset.reports import publish_report

Publish = Callable[..., None]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder that does not exist yet."""
    return tmp_path / "normalized"


@pytest.fixture
def publish(out: Path) -> Publish:
    """Write a small report, some of its tables replaced by those given."""

    def write(report_id: str = "fy2019_made", **tables: list[dict[str, Any]]) -> None:
        with out_lock(out):
            publish_report(out, report_id, report_tables(report_id) | tables, source(report_id))

    return write
