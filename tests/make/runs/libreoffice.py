"""LibreOffice without a screen, for the tests that open what we write in a real spreadsheet."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def convert(file: Path, target: str, work: Path, *more: str) -> Path:
    """`file` converted to `target` (ending and filter, as --convert-to has it); `work` is for the profile
    and the result. Where LibreOffice is absent the test is skipped, but fails where the variable CI is
    set."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice (soffice) is not installed")
        pytest.skip("LibreOffice (soffice) is not installed")
    result = work / "converted"
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    command = [
        program,
        "--headless",
        profile,
        *more,
        "--convert-to",
        target,
        "--outdir",
        str(result),
        str(file),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    (made,) = result.iterdir()
    return made
