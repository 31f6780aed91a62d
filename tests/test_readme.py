"""What README and docs say can be checked: tables are the schema's, commands and files exist, every problem
code has its line."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from make.committed.columns import PAGES as COLUMNS
from make.committed.columns import Language, columns_page
from make.runs.command import run
from shinchoku.cli import COMMANDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
JAPANESE = (ROOT / "README.ja.md").read_text(encoding="utf-8")
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [*sorted(ROOT.glob("*.md")), *DOCS]
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
RAISERS = (
    "Problem",
    "RefusedError",
    "lose",
    "_bury",
    "_unread",
    "_at",
    "_problem",
    "named_places",
)
"""What is called with a problem's code."""
CODE = re.compile(r"[a-z]+(?:_[a-z]+)*")


@pytest.mark.parametrize("language", COLUMNS)
def test_column_tables_are_made_from_the_schema(language: Language) -> None:
    assert COLUMNS[language].read_text(encoding="utf-8") == columns_page(language)


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)", README)) | set(
        re.findall(r"^make ([a-z]+)", README, re.MULTILINE)
    )
    assert named - targets == set()
    assert {"extract", "test"} <= named


def test_every_target_has_one_rule() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    rules = re.findall(r"^([^\s#.:][^:=\n]*):(?!=)", makefile, re.MULTILINE)
    assert {"extract", "$(VENV)/.notebook"} <= set(rules)
    assert len(rules) == len(set(rules))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_described(command: str) -> None:
    assert f"`shinchoku {command}" in README
    assert run(command, "--help").exit_code == 0


def test_readme_is_short_and_both_say_the_same_commands() -> None:
    assert len(README.splitlines()) <= 150
    assert _commands(README) == _commands(JAPANESE)
    assert len(_commands(README)) > 10


def _commands(text: str) -> list[str]:
    """The lines of code, without what is said beside them, and the commands of the table."""
    fenced = [line for block in FENCED.findall(text) for line in block.splitlines()]
    code = [line.split("  #")[0].rstrip() for line in fenced]
    return code + re.findall(r"^\| (`shinchoku .+?`) \|", text, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert broken == []


def test_every_page_of_docs_is_in_the_site_and_in_its_index() -> None:
    config = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))
    listed = [name for part in config["project"]["nav"] for pages in part.values() for name in _places(pages)]
    assert sorted(listed) == sorted(page.name for page in DOCS)
    for name in ("index.md", "index.ja.md"):
        index = (ROOT / "docs" / name).read_text(encoding="utf-8")
        same = {page.name for page in DOCS if page.name.endswith(".ja.md") == name.endswith(".ja.md")}
        assert {page for page in same if f"({page})" not in index} == {name}


def _places(pages: list[dict[str, str]]) -> list[str]:
    return [name for entry in pages for name in entry.values()]


def test_pages_for_users_are_in_both_languages_and_show_the_same_commands_and_pictures() -> None:
    pairs = [(page, page.with_suffix(".ja.md")) for page in DOCS if page.with_suffix(".ja.md").exists()]
    assert {page.stem for page, _ in pairs} >= {
        "index",
        "columns",
        "problems",
        "people",
        "forms",
        "how-it-works",
    }
    for page, other in pairs:
        first, second = (_shown(each.read_text(encoding="utf-8")) for each in (page, other))
        assert first == second


def _shown(text: str) -> tuple[set[str], list[str]]:
    """The commands that a page names, and its pictures."""
    return set(re.findall(r"`((?:shinchoku|make) \w+)", text)), re.findall(r"\]\((pictures/[^)]+)\)", text)


def test_every_picture_is_small_and_shown() -> None:
    shown = {name for page in PAGES for name in re.findall(r"pictures/([\w.]+)\)", page.read_text("utf-8"))}
    pictures = list((ROOT / "docs" / "pictures").iterdir())
    assert {picture.name for picture in pictures} == shown
    assert max(picture.stat().st_size for picture in pictures) < 100_000


@pytest.mark.parametrize("name", ["problems.md", "problems.ja.md"])
def test_every_problem_code_has_its_line(name: str) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    first = "\n".join(re.findall(r"^\| (`[^|]+)\|", page, re.MULTILINE))
    told = re.findall(r"`([a-z_]+)`", first)
    assert len(told) == len(set(told))
    source = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("*.py"))
    assert {code for code in told if f'"{code}"' not in source} == set()
    assert _codes() - set(told) == set()
    assert len(_codes()) > 40


@cache
def _codes() -> set[str]:
    """Texts in the form of a code that the code gives to what makes a problem."""
    found = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.func if isinstance(node, ast.Call) else None
            said = name.id if isinstance(name, ast.Name) else getattr(name, "attr", "")
            if not isinstance(node, ast.Call) or said not in RAISERS:
                continue
            given = [*node.args, *(word.value for word in node.keywords if word.arg == "code")]
            texts = [a.value for a in given if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            found.update([text for text in texts if CODE.fullmatch(text)][:1])
    return found
