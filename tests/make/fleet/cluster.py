"""A Ray cluster of two simulated machines, and a folder of PDFs to work on, as fixtures."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def machines() -> Iterator[Any]:
    """The cluster; `add_node` and `remove_node` change it."""
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[2])
    os.environ["RAY_process_group_cleanup_enabled"] = "1"  # noqa: SIM112
    pytest.importorskip("ray", reason="Ray is not installed (pip install 'shinchoku[ray]')")
    from ray.cluster_utils import Cluster

    each = {"num_cpus": 1, "object_store_memory": 100 << 20, "memory": 8 << 30}
    cluster = Cluster(initialize_head=True, head_node_args={**each, "include_dashboard": False})
    cluster.add_node(**each)
    yield cluster
    cluster.shutdown()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """An empty folder for PDFs."""
    folder = tmp_path / "pdfs"
    folder.mkdir()
    return folder
