"""Every PDF of a source gets its report or a note of why not, whatever dies on the way, and nothing twice."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from make.fleet.cluster import machines, source  # noqa: F401

pytest.importorskip("ray", reason="Ray is not installed (pip install 'shinchoku[ray]')")

from shinchoku.fleet.drive import Bounds, Progress, cluster, drive
from shinchoku.fleet.manifest import read_manifests, read_quarantine
from shinchoku.fleet.plan import plan
from shinchoku.fleet.store import open_store
from shinchoku.problems import ShinchokuError

pytestmark = pytest.mark.slow

MAKE = "make.fleet.faults:make"
BIG = b"x" * 500_000


def fill(source: Path, *names: str, size: bytes = b"") -> None:
    for name in names:
        path = source / f"{name}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode() + size)


def run(machines: Any, source: Path, out: Path, **bounds: Any) -> Progress:
    with cluster(machines.address, None):
        made = plan(open_store(str(source)), open_store(str(out)))
        return drive(made, str(source), str(out), Bounds(**bounds), make=MAKE)


def reports(out: Path) -> list[str]:
    return sorted(r.report_id for m in read_manifests(open_store(str(out))) for r in m.reports)


def test_what_fails_is_quarantined_and_the_rest_is_done(machines: Any, source: Path, tmp_path: Path) -> None:
    fill(source, "hangs-1", "eats-1", "dies-1", "fails-1", size=BIG)
    fill(source, *(f"good-{i}" for i in range(12)))
    out = tmp_path / "made"
    progress = run(machines, source, out, deadline=10.0, memory=256 << 20)
    assert (progress.done, progress.quarantined) == (12, 4)
    assert reports(out) == sorted(f"good-{i}" for i in range(12))
    notes = {note.paths[0]: (note.code, note.tries) for note in read_quarantine(open_store(str(out)))}
    assert notes == {
        "hangs-1.pdf": ("timeout", 1),
        "eats-1.pdf": ("memory", 2),
        "dies-1.pdf": ("crash", 3),
        "fails-1.pdf": ("error", 1),
    }
    again = plan(open_store(str(source)), open_store(str(out)))
    assert (again.batches, again.done, again.quarantined) == ((), 12, 4)
    third = plan(open_store(str(source)), open_store(str(out)), retry_quarantined=True)
    assert sorted(path for batch in third.batches for job in batch for path in job.paths) == sorted(notes)


def test_one_that_dies_costs_no_other_of_its_batch(machines: Any, source: Path, tmp_path: Path) -> None:
    fill(source, "dies-1", *(f"good-{i}" for i in range(5)))
    progress = run(machines, source, tmp_path / "made", deadline=20.0)
    assert (progress.done, progress.quarantined) == (5, 1)


def test_a_machine_that_is_lost_costs_no_report(machines: Any, source: Path, tmp_path: Path) -> None:
    fill(source, *(f"slow-{i}" for i in range(10)), size=BIG)
    out = tmp_path / "made"
    node = machines.add_node(num_cpus=2, object_store_memory=100 << 20, memory=8 << 30)
    gone: list[bool] = []

    def remove(progress: Progress) -> None:
        if progress.done >= 2 and not gone:
            gone.append(machines.remove_node(node))

    with cluster(machines.address, None):
        made = plan(open_store(str(source)), open_store(str(out)))
        progress = drive(made, str(source), str(out), Bounds(), remove, MAKE)
    assert gone
    assert (progress.done, progress.quarantined) == (10, 0)
    assert reports(out) == sorted(f"slow-{i}" for i in range(10))


DRIVER = """
import sys
from shinchoku.fleet.drive import cluster, drive
from shinchoku.fleet.plan import plan
from shinchoku.fleet.store import open_store
address, source, out, make = sys.argv[1:]
with cluster(address, None):
    drive(plan(open_store(source), open_store(out)), source, out, make=make)
"""


def test_a_driver_that_is_killed_has_nothing_done_twice(machines: Any, source: Path, tmp_path: Path) -> None:
    fill(source, *(f"slow-{i}" for i in range(8)), size=BIG)
    out = tmp_path / "made"
    arguments = [sys.executable, "-c", DRIVER, machines.address, str(source), str(out), MAKE]
    driver = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while len(reports(out)) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    driver.kill()
    driver.wait()
    time.sleep(1.5)
    before = {path: path.stat().st_mtime_ns for path in (out / "_manifests").iterdir()}
    assert len(before) >= 2
    progress = run(machines, source, out)
    assert progress.total == progress.done == 8 - len(before)
    after = {path: path.stat().st_mtime_ns for path in (out / "_manifests").iterdir()}
    assert before.items() <= after.items()
    assert len(after) == 8


def test_a_second_run_finds_nothing_to_do_and_a_changed_pdf_is_made_anew(
    machines: Any, source: Path, tmp_path: Path
) -> None:
    fill(source, "good-1", "131202/good-2", "a/b/good-3", "a/b/c/too-deep", ".hidden/good-4")
    out = tmp_path / "made"
    assert run(machines, source, out).done == 3
    assert plan(open_store(str(source)), open_store(str(out))).done == 3
    fill(source, "good-1", size=b"more")
    (job,) = plan(open_store(str(source)), open_store(str(out))).batches[0]
    assert job.paths == ("good-1.pdf",)
    (source / "sources.toml").write_text("", encoding="utf-8")
    assert plan(open_store(str(source)), open_store(str(out))).done == 0


def test_pdfs_of_the_same_bytes_are_one_job_with_a_report_each(
    machines: Any, source: Path, tmp_path: Path
) -> None:
    for name in ("good-1", "good-2", "good-3"):
        (source / f"{name}.pdf").write_bytes(b"the same" if name != "good-3" else b"unequal!")
    out = tmp_path / "made"
    assert run(machines, source, out).done == 3
    assert reports(out) == ["good-1", "good-2", "good-3"]
    assert len(read_manifests(open_store(str(out)))) == 2
    assert plan(open_store(str(source)), open_store(str(out))).done == 3


def test_a_machine_with_other_code_is_named(
    machines: Any, source: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    from shinchoku.fleet import drive as driving

    fill(source, "good-1")
    monkeypatch.setattr(driving, "code_version", lambda: "another")
    with pytest.raises(ShinchokuError, match="the driver another"):
        run(machines, source, tmp_path / "made")


LEAVES = """
import os, sys, time
import ray
from shinchoku.fleet.drive import cluster
def leave(file):
    import os, subprocess
    child = subprocess.Popen(["sleep", "600"])
    with open(file, "w") as held:
        held.write(str(child.pid))
    os.kill(os.getpid(), 9)
with cluster(None, 1):
    try:
        ray.get(ray.remote(max_retries=0)(leave).remote(sys.argv[1]))
    except ray.exceptions.WorkerCrashedError:
        pass
    with open(sys.argv[1]) as held:
        child = int(held.read())
    for _ in range(100):
        try:
            with open(f"/proc/{child}/stat") as held:
                if held.read().rpartition(")")[2].split()[0] == "Z":
                    break
        except FileNotFoundError:
            break
        time.sleep(0.1)
    else:
        os.kill(child, 9)
        sys.exit(3)
"""


def test_what_a_worker_leaves_behind_ends_with_it_in_a_ray_of_its_own(machines: Any, tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("RAY_")}
    command = [sys.executable, "-c", LEAVES, str(tmp_path / "child")]
    assert subprocess.run(command, env=environment, check=False, timeout=120).returncode == 0
