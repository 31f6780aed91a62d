"""The command as its users run it: in this process, or in one of its own."""

import os
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from shinchoku.cli import main

SHINCHOKU = (sys.executable, "-m", "shinchoku")
"""What a process of its own is started with."""


LANGUAGE = ("SHINCHOKU_LANG", "LANGUAGE")
"""What the command sets for all that comes after it in its process."""


def run(*arguments: object) -> Result:
    """How the command ends in this process, and what it says; the next one chooses its language anew."""
    env = {name: os.environ.get(name) for name in LANGUAGE}
    return CliRunner().invoke(main, [str(each) for each in arguments], env=env, catch_exceptions=False)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under `folder`, the lock aside, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def differing(a: Path, b: Path) -> list[str]:
    """The files of two folders that are not the same to the byte, or only in one."""
    one, other = contents(a), contents(b)
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
