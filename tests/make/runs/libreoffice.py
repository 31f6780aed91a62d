"""LibreOffice without a screen, for the tests that open what we write in a real spreadsheet."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest


def convert(files: Sequence[Path], target: str, work: Path, *more: str) -> list[Path]:
    """The files converted to `target` (ending and filter, as --convert-to has it) in the folder `work`. The
    profile, which takes longer to make than a file to convert, is beside it and used again. Where LibreOffice
    is absent the test is skipped, but fails where the variable CI is set."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice (soffice) is not installed")
        pytest.skip("LibreOffice (soffice) is not installed")
    profile = f"-env:UserInstallation={(work.parent / 'profile').as_uri()}"
    how = ("--convert-to", target, "--outdir", str(work / "converted"))
    command = [program, "--headless", profile, *more, *how, *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return [made for file in files for made in (work / "converted").glob(f"{file.stem}*")]
