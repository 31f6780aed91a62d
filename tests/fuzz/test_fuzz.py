"""The fuzzer finds what it is there to find; a handful of files it makes are read without a fault."""

from pathlib import Path

import pytest

from shinchoku.page import READERS

from .child import made
from .corpus import corpus
from .engine import Outcome, fuzz
from .target import check

pytestmark = pytest.mark.slow

SEED = 20_200_401


@pytest.fixture(scope="module")
def files() -> list[bytes]:
    """What mutation starts from."""
    return corpus()


def test_every_file_of_the_corpus_is_read_by_both_readers(tmp_path: Path, files: list[bytes]) -> None:
    path = tmp_path / "file.pdf"
    for data in files:
        path.write_bytes(data)
        assert [check(path, reader) for reader in READERS] == [[], []]


def test_a_seed_makes_the_same_files_again_and_they_differ(files: list[bytes]) -> None:
    first = [made(SEED, number, files) for number in range(20)]
    assert first == [made(SEED, number, files) for number in range(20)]
    assert len({data for data, _ in first}) == 20
    assert first != [made(SEED + 1, number, files) for number in range(20)]


def test_what_it_makes_is_read_without_a_fault(tmp_path: Path, files: list[bytes]) -> None:
    refused = []
    for number in range(60):
        data, reader = made(SEED, number, files)
        (tmp_path / "file.pdf").write_bytes(data)
        refused += check(tmp_path / "file.pdf", reader)
    assert 0 < len(refused) < 60


class EnoughError(Exception):
    """All that is there to be found was found."""


def test_faults_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    outcome = Outcome()

    def told(so_far: Outcome) -> None:
        nonlocal outcome
        outcome = so_far
        if len(outcome.faults) == 3:
            raise EnoughError

    with pytest.raises(EnoughError):
        fuzz(60, SEED, told, module="tests.fuzz.faulty", stall=1)
    assert [(fault.number, fault.kind) for fault in outcome.faults] == [
        (2, "escape"),
        (4, "death"),
        (5, "hang"),
    ]
    assert "ValueError: a fault" in outcome.faults[0].detail
    assert "SIGSEGV" in outcome.faults[1].detail
    assert outcome.refused["not_a_pdf: so it is"] == 1
