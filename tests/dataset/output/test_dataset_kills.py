"""Runs of the whole command that are ended at chance moments, or meet a full disk, leave one whole state.

KILLS in the environment says at how many moments; `make kills` does so.
"""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from make.pdfs.odd import TABLE, paged, stream
from make.runs.command import SHINCHOKU, contents, run
from shinchoku.dataset.output.staging import STAGING, is_cut_short
from shinchoku.dataset.output.whole import check_whole
from shinchoku.dataset.tables.files import read_meta, read_rows

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("KILLS", "4"))
NAMES = ("a", "b", "c")


def write_pdfs(folder: Path, word: bytes) -> None:
    """The PDFs, each with this word in a cell."""
    folder.mkdir(exist_ok=True)
    for pages, name in enumerate(NAMES, start=1):
        data = paged([stream(TABLE.replace(b"beta", word))] * pages)
        (folder / f"{name}.pdf").write_bytes(data)


def start(folder: Path, out: Path) -> "subprocess.Popen[str]":
    command = [*SHINCHOKU, "extract", "--no-cache", "--no-paper", "--out", str(out)]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def finish(folder: Path, out: Path) -> int:
    """How a run ends that nobody ends."""
    return run("extract", "--no-paper", "--raw", folder / "raw_pdfs", "--out", out).exit_code


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """The PDFs in `raw_pdfs` and what a run made of them in `normalized`, to be copied; how long it ran."""
    folder = tmp_path_factory.mktemp("old")
    write_pdfs(folder / "raw_pdfs", b"old")
    began = time.monotonic()
    with start(folder, folder / "normalized") as process:
        process.communicate()
    assert process.returncode == 1
    return folder, time.monotonic() - began


def shown(out: Path) -> dict[str, bytes]:
    """Every file of the output, but for what a run that died was making."""
    return {name: data for name, data in contents(out).items() if not name.startswith(STAGING)}


def mixtures(out: Path) -> list[str]:
    """The reports whose tables are not all of one PDF, or not of the one that the files over all name."""
    check_whole(out, NAMES)
    listed = {row["report_id"]: row["source_sha256"] for row in read_rows(out / "reports.parquet")}
    return [
        name
        for name in NAMES
        if {read_meta(path)["source_sha256"] for path in (out / name).glob("*.parquet")} != {listed.get(name)}
    ]


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_run_ended_at_any_moment_leaves_one_whole_state(
    tmp_path: Path, old: tuple[Path, float], sent: signal.Signals
) -> None:
    chance = random.Random(f"{sent} {KILLS}")
    made, lasts = old
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    out = tmp_path / "normalized"
    counts = {"old": 0, "new": 0, "between": 0, "cut short": 0}
    for turn in range(KILLS):
        before = shown(out)
        write_pdfs(tmp_path / "raw_pdfs", b"w%05d" % turn)
        with start(tmp_path, out) as process:
            time.sleep(lasts * chance.uniform(0.2, 1.1))
            process.send_signal(sent)
            _, said = process.communicate(timeout=60)
        assert "Traceback" not in said or process.returncode != 1
        if is_cut_short(out):
            counts["cut short"] += 1
            assert finish(tmp_path, out) == 1
        assert mixtures(out) == []
        new = [name for name in NAMES if b"w%05d" % turn in (out / name / "cells.csv").read_bytes()]
        kind = "old" if not new else "new" if len(new) == len(NAMES) else "between"
        counts[kind] += 1
        if kind == "old":
            assert shown(out) == before
        if sent != signal.SIGINT:
            assert kind != "between"
    print(f"{sent.name}: {KILLS} runs ended, {counts}, 0 mixed")
    assert sum(counts[kind] for kind in ("old", "new", "between")) == KILLS
    assert finish(tmp_path, out) == 1
    assert not (out / STAGING).exists()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if (
        mount is None
        or subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("`mount` is not there, or may not be used")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_runs_full_leaves_the_old_state(
    tmp_path: Path, disk: Path, old: tuple[Path, float]
) -> None:
    chance = random.Random(KILLS)
    out = disk / "normalized"
    shutil.copytree(old[0] / "normalized", out)
    refused = 0
    for turn in range(KILLS):
        before = shown(out)
        write_pdfs(tmp_path / "raw_pdfs", b"w%05d" % turn)
        free = shutil.disk_usage(disk).free
        (disk / "filler").write_bytes(bytes(max(0, free - 4096 * chance.randrange(120))))
        with start(tmp_path, out) as process:
            _, said = process.communicate()
        (disk / "filler").unlink()
        assert "Traceback" not in said
        if process.returncode == 2:
            refused += 1
            assert "the disk is full" in said
            assert shown(out) == before
        assert mixtures(out) == []
    print(f"full disk: {KILLS} runs, {refused} refused, 0 mixed")
    assert refused > 0
