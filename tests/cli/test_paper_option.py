"""`--paper/--no-paper`: whether pages are held against their pictures, and what the cache keeps of either."""

from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from make.pdfs.paper import boxed, drawn
from make.runs.command import run
from shinchoku.settings import Settings
from shinchoku.sources import find_sources
from shinchoku.workers.cache.recall import key_of


def covered(canvas: Canvas) -> None:
    boxed(canvas, ("plan", "15"), ("plan", "16"))
    canvas.setFont("sans", 0.05)
    canvas.drawString(190, 650, "17")


@pytest.mark.parametrize(("option", "named"), [("--paper", True), ("--no-paper", False)])
def test_pages_are_held_against_their_pictures_unless_told(tmp_path: Path, option: str, named: bool) -> None:
    path = drawn(tmp_path / "lie.pdf", covered)
    run("extract", path, "--out", tmp_path / "out", option)
    problems = (tmp_path / "out" / "lie" / "problems.csv").read_text("utf-8-sig")
    assert ("not_on_paper" in problems) is named


def test_the_cache_tells_the_two_ways_apart(tmp_path: Path) -> None:
    (source,) = find_sources(tmp_path, (drawn(tmp_path / "lie.pdf", covered),))
    settings = Settings()
    keys = {
        key_of(source, replace(settings, paper=paper), "pdfplumber", "", "work") for paper in (True, False)
    }
    assert len(keys) == 2
