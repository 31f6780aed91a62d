"""The rooms stand in a row: none imports one that comes after it; and none is too large to be read."""

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "shinchoku"

LEAVES = ("text", "language", "problems", "fiscal", "settings", "parts", "rows", "version")
ROOMS = (
    *("sources", "page", "grid", "lines", "raw", "workers", "wraps"),
    *(
        "layouts",
        "cells",
        "people",
        "stitch",
        "printed",
        "records",
        "values",
        "dataset",
        "diff",
        "history",
        "report",
        "making",
        "draw",
        "review",
        "fleet",
        "api",
        "cli",
    ),
)
ORDER = {name: i for i, name in enumerate((*LEAVES, *ROOMS))}
PDF_LIBRARIES = {"pdfplumber", "pdfminer", "pypdfium2", "pypdfium2_raw"}
PDF_ROOMS = {"page", "workers", "making", "draw"}
WAYS_TO_READ = {"content", "pdfium", "paper"}
"""Folders of `page`, each of which comes to what stands on a page in a way of its own."""


@cache
def _modules() -> list[tuple[str, str, ast.Module]]:
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        if parts[0] not in ("__init__", "__main__"):
            found.append((parts[0], ".".join(parts), ast.parse(path.read_text(encoding="utf-8"))))
    return found


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_room_has_its_place() -> None:
    assert {room for room, _, _ in _modules()} <= set(ORDER)


def test_rooms_import_only_rooms_before_them() -> None:
    backwards = [
        f"{module} imports {name}"
        for room, module, tree in _modules()
        for name in _imports(tree)
        if name.startswith("shinchoku.")
        and name.split(".")[1] in ORDER
        and ORDER[name.split(".")[1]] > ORDER[room]
    ]
    assert backwards == []


def test_only_the_page_room_knows_pdf_libraries() -> None:
    knowing = {
        room for room, _, tree in _modules() for name in _imports(tree) if name.split(".")[0] in PDF_LIBRARIES
    }
    assert knowing <= PDF_ROOMS


def test_no_way_to_read_a_page_leans_on_another() -> None:
    assert [
        f"{module} imports {name}"
        for room, module, tree in _modules()
        for way in WAYS_TO_READ
        if room == "page" and module.split(".")[1] in WAYS_TO_READ - {way}
        for name in _imports(tree)
        if name.startswith(f"shinchoku.page.{way}")
    ] == []


def test_leaves_are_light() -> None:
    heavy = {"numpy", "pandas", "pyarrow", "rich", "scipy"}
    assert [
        f"{module} imports {name}"
        for room, module, tree in _modules()
        if room in LEAVES
        for name in _imports(tree)
        if name.split(".")[0] in heavy
    ] == []


def test_tests_stand_as_the_rooms_do() -> None:
    """A folder of tests has the name of what it is about; others hold what tests are made of."""
    tests = ROOT / "tests"
    folders = {path.parent.relative_to(tests) for path in tests.rglob("test_*.py")} - {Path("fuzz")}
    assert [str(folder) for folder in sorted(folders) if not (SOURCE / folder).is_dir()] == []


def test_folders_modules_and_functions_are_small() -> None:
    """At most 12 modules a folder, 300 lines a module, 60 lines a function."""
    modules = [path for top in ("src", "bench", "tests") for path in (ROOT / top).rglob("*.py")]
    folders = Counter(path.parent for path in modules)
    large = [f"{folder}: {count} modules" for folder, count in folders.items() if count > 12]
    for path in modules:
        text = path.read_text(encoding="utf-8")
        lines = len(text.splitlines())
        large += [f"{path}: {lines} lines"] if lines > 300 else []
        large += [
            f"{path}: {node.name}, {node.end_lineno - node.lineno + 1} lines"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and node.end_lineno is not None
            and node.end_lineno - node.lineno >= 60
        ]
    assert large == []


def test_the_command_loads_nothing_that_reads_pages() -> None:
    """While it starts and makes reports, workers read; what both know are the leaves."""
    script = "import sys, shinchoku.cli.extract as extract; extract._load(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "shinchoku.making" in loaded
    reading = {f"shinchoku.{room}" for room in ("page", "grid", "lines", "raw")}
    assert not loaded & (reading | PDF_LIBRARIES | {"pandas", "pyarrow.compute"})
