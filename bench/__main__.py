"""`python -m bench`: measure speed and memory against bare pdfplumber, and print them as a Markdown table.

Every figure is the median of alternating runs, each in a new process; the history of many reports is made
once. Bare pdfplumber is `page.extract_tables()` on every page in one process, its start not counted; the
command's own start is.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from shinchoku.workers.run import default_jobs

from .collection import Collection
from .files import SHIPPED, dotted, repeated
from .fleet import Fleet
from .measure import Scratch, again, alone, bare, history, peak, start_up, whole
from .shown import CHROMIUM, shown
from .years import many_years

LONG, SHORT = 500, 50
AREAS, YEARS = 125, 8
REPORTS = 240
PDFS = 12
RAY = "ray"
"""What the lines of the fleet need; without it they are left out."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: the figure named `over`, divided by `factor` times that named `under` ("" for
    1 second or byte), is at most `bound`."""

    name: str
    what: str
    over: str
    under: str
    bound: float
    factor: float = 1.0


LINES = (
    Line("report", "whole command, FY2019 report / bare pdfplumber", "whole", "bare", 0.75),
    Line("dotted", "whole command, dotted report / bare pdfplumber", "whole dotted", "bare dotted", 0.6),
    Line("alone", "one process, no workers / bare pdfplumber", "alone", "bare", 1.1),
    Line("pdfium", "`--reader pdfium`, FY2019 report / bare pdfplumber", "pdfium", "bare", 0.4),
    Line(
        "pdfium-dotted",
        "`--reader pdfium`, dotted report / bare pdfplumber",
        "pdfium dotted",
        "bare dotted",
        0.1,
    ),
    Line("paper", "whole command, FY2019 report / with --no-paper", "whole", "whole no paper", 1.35),
    Line(
        "paper-dotted",
        "whole command, dotted report / with --no-paper",
        "whole dotted",
        "dotted no paper",
        1.35,
    ),
    Line("again", "second run, nothing changed, seconds", "again", "", 1.5),
    Line("memory", f"peak memory of a worker, {LONG} pages / {SHORT} pages", "peak long", "peak short", 1.3),
    Line("length", f"time, {LONG} pages / 10 × {SHORT} pages", "whole long", "whole short", 1.1, 10.0),
    Line("history", f"`shinchoku history`, {AREAS * YEARS} reports of 500 rows, seconds", "history", "", 600),
    Line("history-memory", "its peak memory / 1 GiB", "peak history", "", 4.0, 2.0**30),
    Line("collection", f"one more of {REPORTS} reports, beyond that one alone, seconds", "more", "", 4.0),
    Line(
        "collection-memory", "its peak memory, beyond that one alone / 1 MiB", "peak more", "", 400.0, 2.0**20
    ),
    Line("collection-again", f"{REPORTS} reports, nothing changed, seconds", "unchanged", "", 2.0),
    Line("collection-package", f"datapackage.json of {REPORTS} reports / 1 MB", "size", "", 1.0, 1e6),
    Line("fleet-one", "PDFs a minute, `extract --jobs 2` / fleet of 1", "rate extract", "rate one", 4.0),
    Line("fleet", "PDFs a minute, `extract --jobs 2` / fleet of 2", "rate extract", "rate two", 2.0),
    Line("fleet-overhead", "PDFs a minute, the same without Ray / fleet of 1", "rate plain", "rate one", 1.6),
    Line("help", "`shinchoku --help`, seconds", "help", "", 0.4),
    Line(
        "review",
        "review page in Chromium: address to page and records shown, seconds",
        "review",
        "",
        2.0,
    ),
    Line("turn", "review page in Chromium: key to next page shown, seconds", "turn", "", 0.3),
)


def figures(scratch: Scratch, jobs: int) -> dict[str, Callable[[], float]]:
    """How each figure is measured, by its name."""
    made: dict[str, Path] = {}

    def pdf(name: str, make: Callable[[Path], Path]) -> Path:
        if name not in made:
            made[name] = make(scratch.folder / f"{name}.pdf")
        return made[name]

    def long() -> Path:
        return pdf("long", lambda path: repeated(path, LONG))

    def short() -> Path:
        return pdf("short", lambda path: repeated(path, SHORT))

    def dots() -> Path:
        return pdf("dotted", dotted)

    @cache
    def joined() -> tuple[float, float]:
        folder = scratch.folder / "years"
        folder.mkdir()
        return history(many_years(folder, AREAS, YEARS))

    fresh = ("--no-cache", "--jobs", str(jobs))
    return {
        "bare": lambda: bare(SHIPPED),
        "whole": lambda: whole(SHIPPED, scratch, *fresh),
        "alone": lambda: alone(SHIPPED),
        "whole no paper": lambda: whole(SHIPPED, scratch, *fresh, "--no-paper"),
        "dotted no paper": lambda: whole(dots(), scratch, *fresh, "--no-paper"),
        "pdfium": lambda: whole(SHIPPED, scratch, *fresh, "--reader", "pdfium"),
        "bare dotted": lambda: bare(dots()),
        "whole dotted": lambda: whole(dots(), scratch, *fresh),
        "pdfium dotted": lambda: whole(dots(), scratch, *fresh, "--reader", "pdfium"),
        "again": lambda: again(SHIPPED, scratch),
        "whole long": lambda: whole(long(), scratch, *fresh),
        "whole short": lambda: whole(short(), scratch, *fresh),
        "peak long": lambda: peak(long(), jobs),
        "peak short": lambda: peak(short(), jobs),
        "history": lambda: joined()[0],
        "peak history": lambda: joined()[1],
        **_of_collection(scratch.folder / "collection"),
        **_of_fleet(scratch.folder / "fleet"),
        "help": lambda: start_up(scratch),
        "review": lambda: shown(SHIPPED, scratch)[0],
        "turn": lambda: shown(SHIPPED, scratch)[1],
    }


def _of_collection(folder: Path) -> dict[str, Callable[[], float]]:
    """How the figures of many reports are measured; they are made when the first is asked for."""
    many = Collection(folder, REPORTS)
    return {
        "more": lambda: many.more()[0],
        "peak more": lambda: many.more()[1],
        "unchanged": lambda: many.again()[0],
        "size": many.package,
    }


def _of_fleet(folder: Path) -> dict[str, Callable[[], float]]:
    """How the figures of many machines are measured: simulated ones of one processor each."""
    fleet = Fleet(folder, PDFS)
    return {
        "rate extract": lambda: fleet.extract(2),
        "rate one": lambda: fleet.machines(1),
        "rate two": lambda: fleet.machines(2),
        "rate plain": fleet.plain,
    }


def main() -> int:
    """Measure and print; 1 where a bound is not kept."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5, help="of each figure; the median counts")
    options.add_argument(
        "--only", nargs="+", choices=[line.name for line in LINES], help="lines of the table"
    )
    options.add_argument("--jobs", type=int, default=default_jobs())
    chosen = options.parse_args()
    lines = [line for line in LINES if not chosen.only or line.name in chosen.only]
    if CHROMIUM is None:
        lines = [line for line in lines if line.over not in ("review", "turn")]
        print("no Chromium on this machine: the review page is not measured", file=sys.stderr)
    if find_spec(RAY) is None:
        lines = [line for line in lines if not line.name.startswith("fleet")]
        print("without Ray no line of the fleet: make .venv/.fleet", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        measured = _measure(lines, Scratch(Path(folder)), chosen.runs, chosen.jobs)
    print(f"Medians of {chosen.runs} alternating runs; {chosen.jobs} workers, {default_jobs()} cores.\n")
    print("| what | measured | ratio | bound | |\n|---|---|---|---|---|")
    kept = [_line(line, measured) for line in lines]
    return 0 if all(kept) else 1


def _measure(lines: list[Line], scratch: Scratch, runs: int, jobs: int) -> dict[str, float]:
    ways = figures(scratch, jobs)
    needed = [name for name in ways if any(name in (line.over, line.under) for line in lines)]
    if "again" in needed:
        ways["again"]()
    seen: dict[str, list[float]] = {name: [] for name in needed}
    for run in range(runs):
        for name in needed:
            seen[name].append(ways[name]())
            print(f"run {run + 1}: {name} {_amount(name, seen[name][-1])}", file=sys.stderr, flush=True)
    return {name: statistics.median(values) for name, values in seen.items()}


def _line(line: Line, measured: dict[str, float]) -> bool:
    over = measured[line.over]
    under = (measured[line.under] if line.under else 1.0) * line.factor
    ratio = over / under
    said = _amount(line.over, over) + (f" / {_amount(line.under, under)}" if line.under else "")
    print(f"| {line.what} | {said} | {ratio:.2f} | {line.bound:g} | {'✓' if ratio <= line.bound else '✗'} |")
    return ratio <= line.bound


def _amount(name: str, value: float) -> str:
    if name.startswith("rate"):
        return f"{value:.1f}"
    if name == "size":
        return f"{value / 1e3:.0f} kB"
    return f"{value / 2**20:.0f} MiB" if name.startswith("peak") else f"{value:.2f} s"


if __name__ == "__main__":
    sys.exit(main())
