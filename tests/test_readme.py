"""What README says can be checked: its tables are the schema's, its commands exist."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from shinchoku.cli import COMMANDS, main
from shinchoku.dataset.readme import readme_columns

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_column_tables_are_made_from_the_schema() -> None:
    start = README.index("-->", README.index("<!-- columns")) + 3
    assert README[start : README.index("<!-- /columns -->")].strip() == readme_columns().strip()


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)", README)) | set(
        re.findall(r"^make ([a-z]+)", README, re.MULTILINE)
    )
    assert named - targets == set()
    assert {"extract", "test"} <= named


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_described(command: str) -> None:
    assert f"`shinchoku {command}" in README
    assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0


def test_problem_codes_in_readme_are_codes_of_the_code() -> None:
    source = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("*.py"))
    section = README[README.index("## What to do about a problem") : README.index("## The columns")]
    codes = set(re.findall(r"`([a-z_]+)`", "\n".join(re.findall(r"^\| (`[^|]+)\|", section, re.MULTILINE))))
    assert {c for c in codes if f'"{c}"' not in source} == set()
    assert len(codes) > 10
