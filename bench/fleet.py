"""A folder of PDFs in; how many of them simulated machines make in a minute, and `extract` on one, out."""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .files import reprinted

FLEET = """
import sys, time
from ray.cluster_utils import Cluster
from shinchoku.fleet.drive import cluster, drive
from shinchoku.fleet.plan import plan
from shinchoku.fleet.store import open_store
source, out, count = sys.argv[1:]
each = {"num_cpus": 1, "object_store_memory": 100 << 20, "memory": 2 << 30}
machines = Cluster(initialize_head=True, head_node_args={**each, "include_dashboard": False})
for _ in range(int(count) - 1):
    machines.add_node(**each)
with cluster(machines.address, None):
    start = time.perf_counter()
    progress = drive(plan(open_store(source), open_store(out)), source, out)
    print(progress.done / (time.perf_counter() - start))
machines.shutdown()
"""

PLAIN = """
import sys, tempfile, time
from pathlib import Path
from shinchoku.fleet.work import make_report
raw = Path(sys.argv[1])
paths = sorted(raw.glob("*.pdf"))
start = time.perf_counter()
for path in paths:
    with tempfile.TemporaryDirectory() as out:
        make_report(raw, path, Path(out))
print(len(paths) / (time.perf_counter() - start))
"""


@dataclass(frozen=True)
class Fleet:
    """`count` PDFs of the shipped report, no two of the same bytes, below `folder`."""

    folder: Path
    count: int

    @cached_property
    def raw(self) -> Path:
        raw = self.folder / "raw"
        for number in range(self.count):
            reprinted(raw / f"{number:03}.pdf", number)
        return raw

    def machines(self, count: int) -> float:
        """PDFs a minute on so many machines of one processor, from when they are there."""
        out = tempfile.mkdtemp(dir=self.raw.parent)
        return _rate(FLEET, str(self.raw), out, str(count))

    def plain(self) -> float:
        """PDFs a minute where one process makes them as a machine of the fleet does, one after the other."""
        return _rate(PLAIN, str(self.raw))

    def extract(self, jobs: int) -> float:
        """PDFs a minute of the command with so many processes, its start and its end counted."""
        out = tempfile.mkdtemp(dir=self.raw.parent)
        command = [sys.executable, "-m", "shinchoku", "extract", "--raw", str(self.raw), "--out", out]
        start = time.perf_counter()
        subprocess.run(
            [*command, "--no-cache", "--quiet", "--jobs", str(jobs)], stdout=subprocess.DEVNULL, check=False
        )
        return 60 * self.count / (time.perf_counter() - start)


def _rate(script: str, *arguments: str) -> float:
    """PDFs a minute, of a script that prints those a second."""
    environment = {**os.environ, "RAY_process_group_cleanup_enabled": "1"}
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"measuring failed:\n{done.stderr}")
    return 60 * float(done.stdout.split()[-1])
