"""What a fleet makes of PDFs is, once gathered, what `extract` makes of them, here and on an object store."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from make.fleet.cluster import machines  # noqa: F401
from make.pdfs.odd import deflated, paged, report
from make.runs.command import run
from make.styles.chance import style
from make.styles.reading import answers
from make.styles.report import report as typeset

pytest.importorskip("ray", reason="Ray is not installed (pip install 'shinchoku[ray]')")

from shinchoku.dataset.tables.files import read_rows

pytestmark = pytest.mark.slow
STYLES = 12
SHIPPED = Path(__file__).parents[2] / "raw_pdfs"


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """60 PDFs: the shipped ones, reports in house styles drawn by chance, small sound ones, and five that are
    none, are cut, or unfold without end."""
    folder = tmp_path_factory.mktemp("raw")
    for path in SHIPPED.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    rows = [answers(f"fy2019_progress.{name}", 2) for name in ("measures", "indicators")]
    for seed in range(STYLES):
        (folder / f"style-{seed:02}.pdf").write_bytes(typeset(style(seed, cuts=seed % 2 == 0), *rows))
    for number in range(53 - STYLES):
        (folder / f"made-{number:02}.pdf").write_bytes(report(1 + number % 3) + b"%% %d\n" % number)
    hostile = {
        "nothing": b"",
        "text": b"no PDF at all",
        "cut": report(2)[:700],
        "bomb": paged([deflated(bytes(4 << 20), 3)]),
        "twin": report(1) + b"%% 0\n",
    }
    for name, data in hostile.items():
        (folder / f"odd-{name}.pdf").write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def extracted(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("extracted")
    assert run("extract", "--raw", raw, "--out", out, "--no-cache").exit_code == 1
    return out


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def test_gathered_files_are_those_of_extract_byte_for_byte(
    machines: Any,
    raw: Path,
    extracted: Path,
    tmp_path: Path,
) -> None:
    made, gathered = tmp_path / "made", tmp_path / "gathered"
    first = run("fleet", raw, made, "--address", machines.address)
    assert (first.exit_code, "60 PDFs, " in first.output) == (0, True), first.output
    assert run("gather", made, gathered).exit_code == 0
    assert files(gathered) == files(extracted)
    assert len(read_rows(gathered / "observations.parquet")) > 2000
    start = time.monotonic()
    second = run("fleet", raw, made, "--address", machines.address)
    assert (second.exit_code, "60 PDFs had their report before" in second.output) == (0, True)
    assert time.monotonic() - start < 10


@pytest.fixture
def bucket() -> Iterator[str]:
    """The address of an empty bucket on an object store that runs here."""
    pytest.importorskip("moto", reason="moto is not installed (pip install 'shinchoku[fleet-tests]')")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = f"from moto.server import main; main(['-H', '127.0.0.1', '-p', '{port}'])"
    server = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(200):
            try:
                urlopen(f"http://127.0.0.1:{port}/moto-api/").close()
                break
            except URLError:
                time.sleep(0.1)
        query = (
            f"scheme=http&endpoint_override=127.0.0.1%3A{port}&allow_bucket_creation=true&region=us-east-1"
        )
        yield f"s3://key:secret@made/{{}}?{query}"
    finally:
        server.kill()
        server.wait()


def test_an_object_store_holds_both_ends(
    machines: Any,
    raw: Path,
    extracted: Path,
    bucket: str,
    tmp_path: Path,
) -> None:
    from shinchoku.fleet.store import open_store

    names = ("made-00", "made-01", "odd-cut")
    store = open_store(bucket.format(raw.name))
    store.files.create_dir("made")
    for name in names:
        store.write(f"{name}.pdf", (raw / f"{name}.pdf").read_bytes())
    store.write("sources.toml", (raw / "sources.toml").read_bytes())
    ends = bucket.format(raw.name), bucket.format("out")
    assert run("fleet", *ends, "--address", machines.address).exit_code == 0
    assert "3 PDFs had their report before" in run("fleet", *ends, "--address", machines.address).output
    assert run("gather", ends[1], tmp_path / "gathered").exit_code == 0
    for name in names:
        assert files(tmp_path / "gathered" / name) == files(extracted / name)


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for arguments, words in (
        (("fleet", tmp_path / "empty", tmp_path / "out"), "no PDF there"),
        (("fleet", "nowhere://x", tmp_path / "out"), "nowhere://x"),
        (("gather", tmp_path / "empty", tmp_path / "out"), "no manifest"),
    ):
        result = run(*arguments)
        assert result.exit_code == 2
        assert words in result.stderr
