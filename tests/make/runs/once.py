"""What is made once in a run of the tests, however many processes share them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of the run see, and no other run."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder of that name, which whoever comes first makes; it is to be read, not changed."""
    folder, whole = shared_folder(factory) / name, shared_folder(factory) / f"{name}.whole"
    with FileLock(f"{whole}.lock"):
        if not whole.exists():
            folder.mkdir()
            make(folder)
            whole.touch()
    return folder
