"""How many rows over the years are joined as they should be: `make score` prints it.

Made years change a tenth of a real report's rows from each year to the next (`tests/make/rows/years.py`).
Where a folder with the right answers is there, its next_year/fy2020_sample.pdf stands between the shipped
reports, and each pair that truth.*.jsonl names must be one series.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from make.rows.years import right_share, years
from shinchoku.dataset.tables.files import read_rows
from shinchoku.diff.rows import KINDS
from shinchoku.history import lineage

RAW = Path(__file__).parents[1] / "raw_pdfs"
SEEDS = range(100, 105)
CHAINS, PAIRS = 0.97, 0.99
"""The least share of right chains, the least F1 of pairs."""
SOURCES = """
[fy2019_progress]
area_code = "131202"
[fy2020_sample]
area_code = "131202"
[fy2022_kpi_revision]
area_code = "131202"
fiscal_year = "2021"
"""


def main() -> int:
    """Measure and print; 1 where a bound is not kept."""
    kept = [_line(f"made years, {kind}s: chains right", _made(kind), CHAINS) for kind in KINDS]
    sample = Path(sys.argv[1]) / "next_year" / "fy2020_sample.pdf"
    if sample.is_file():
        kept += [_line(f"history of three reports, {kind}s: F1", f1, PAIRS) for kind, f1 in _three(sample)]
    return 0 if all(kept) else 1


def _line(what: str, share: float, least: float) -> bool:
    print(f"{what} {share:.2%} (at least {least:.0%}){'' if share >= least else ' NOT KEPT'}")
    return share >= least


def _made(kind: str) -> float:
    """The mean share of chains that are right in five made years, over several seeds."""
    shares = [right_share(made, lineage(made.reports)) for made in (years(kind, seed) for seed in SEEDS)]
    return sum(shares) / len(shares)


def _three(sample: Path) -> Iterator[tuple[str, float]]:
    """For each kind of row the F1 of pairs of FY2019 and FY2020 rows that are one series."""
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder, "raw"), Path(folder, "out")
        raw.mkdir()
        for pdf in (*RAW.glob("*.pdf"), sample):
            shutil.copy(pdf, raw)
        (raw / "sources.toml").write_text(SOURCES, encoding="utf-8")
        for command in (["extract", "--raw", raw, "--out", out], ["history", "--data", out]):
            subprocess.run([sys.executable, "-m", "shinchoku", *command], check=True, capture_output=True)
        for kind in KINDS:
            truth = sample.parent / f"truth.{kind}s.jsonl"
            lines = [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()]
            wanted = {(line["old"], line["new"]) for line in lines if None not in (line["old"], line["new"])}
            yield kind, _f1(wanted, _pairs(out, kind))


def _pairs(out: Path, kind: str) -> set[tuple[int, int]]:
    """Places of the rows of FY2019 and FY2020 that stand in one series."""
    orders = {
        (row["report_id"], row["row_id"]): row["row_order"]
        for row in read_rows(out / "records.parquet")
        if row["row_kind"] == kind
    }
    series: dict[str, dict[str, int]] = {}
    for row in read_rows(out / "lineage.parquet"):
        if row["row_kind"] == kind:
            order = orders[row["report_id"], row["row_id"]]
            series.setdefault(row["series_id"], {})[row["report_id"]] = order
    ends = ("fy2019_progress", "fy2020_sample")
    return {(one[ends[0]], one[ends[1]]) for one in series.values() if all(end in one for end in ends)}


def _f1(wanted: set[tuple[int, int]], got: set[tuple[int, int]]) -> float:
    return 2 * len(wanted & got) / (len(wanted) + len(got))


if __name__ == "__main__":
    sys.exit(main())
