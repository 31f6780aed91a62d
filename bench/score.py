"""A folder with the right answers in; every report in it extracted and held against them, out: `make score`.

The folder has raw_pdfs/, variants/, next_year/, gold/ and the scorers score.py, score_quantities.py and
score_diff.py. Where there is none, nothing is measured and that is said.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path


def main() -> int:
    """Run all scorers; 1 where a report could not be extracted."""
    shared = Path(sys.argv[1]).resolve()
    if not (shared / "score.py").is_file():
        print(f"{shared}: no right answers there; nothing is scored")
        return 0
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        for pdf in [*sorted(shared.glob("raw_pdfs/*.pdf")), *sorted(shared.glob("variants/*.pdf"))]:
            failed |= _extract(pdf, out / pdf.stem)
            gold = pdf.stem.split(".")[0]
            for answers in sorted(shared.glob(f"gold/{gold}.*.jsonl")):
                made = out / pdf.stem / pdf.stem / f"{answers.name.split('.')[1]}.parquet"
                print(f"{pdf.stem} {made.stem}: {_said('score.py', shared, answers, made)}")
            quantities = shared / "gold/quantities.jsonl"
            made = out / pdf.stem / "observations.parquet"
            print(f"{pdf.stem} quantities: {_said('score_quantities.py', shared, quantities, made)}")
        for line in _next_year(shared, out / "years"):
            print(line)
    return int(failed)


def _next_year(shared: Path, out: Path) -> Iterator[str]:
    """The made-up following year: its rows, and the changes from this year's report to it."""
    old, new = shared / "raw_pdfs/fy2019_progress.pdf", shared / "next_year/fy2020_sample.pdf"
    if not new.is_file():
        return
    _extract(old, out)
    _extract(new, out)
    for answers in sorted(new.parent.glob("fy2020_sample.*.jsonl")):
        made = out / new.stem / f"{answers.name.split('.')[1]}.parquet"
        yield f"{new.stem} {made.stem}: {_said('score.py', shared, answers, made)}"
    subprocess.run(
        [sys.executable, "-m", "shinchoku", "diff", old.stem, new.stem, "--data", out],
        check=False,
        capture_output=True,
    )
    rows = out / "diffs" / f"{old.stem}__{new.stem}" / "rows.parquet"
    for kind in ("measure", "indicator"):
        truth = new.parent / f"truth.{kind}s.jsonl"
        yield f"diff {kind}s: {_said('score_diff.py', shared, truth, rows, kind)}"


def _extract(pdf: Path, out: Path) -> bool:
    """Extract one PDF; whether that failed."""
    command = [sys.executable, "-m", "shinchoku", "extract", pdf, "--out", out]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        print(f"{pdf.name}: exit status {done.returncode}: {done.stderr.strip()}")
    return done.returncode != 0


def _said(scorer: str, shared: Path, *arguments: Path | str) -> str:
    """The last line a scorer prints."""
    command = [sys.executable, "-W", "ignore", shared / scorer, *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return (done.stdout.strip() or done.stderr.strip() or "nothing said").splitlines()[-1].strip()


if __name__ == "__main__":
    sys.exit(main())
