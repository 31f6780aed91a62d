"""The command as its users run it: in this process, or in one of its own."""

import filecmp
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from shinchoku.cli import main

SHINCHOKU = (sys.executable, "-m", "shinchoku")
"""What a process of its own is started with."""


def run(*arguments: object) -> Result:
    """How the command ends in this process, and what it says."""
    return CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under `folder`, the lock aside, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def differing(a: Path, b: Path) -> list[str]:
    """The files of two folders that are not the same to the byte, or only in one."""
    names = {p.relative_to(f) for f in (a, b) for p in f.rglob("*") if p.is_file() and p.name != ".lock"}
    return sorted(
        str(n)
        for n in names
        if not ((a / n).exists() and (b / n).exists() and filecmp.cmp(a / n, b / n, shallow=False))
    )
