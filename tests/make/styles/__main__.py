"""`python -m tests.make.styles --count 60`: reports in house styles drawn by chance, and which of them
keep the bounds."""

import argparse
import sys
import tempfile
from dataclasses import fields
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from make.styles.chance import style
from make.styles.reading import answers, tally
from make.styles.style import Style


def main() -> int:
    """Try the styles of the seeds asked for; 1 where rows were lost, split or made up in one of them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=60)
    options.add_argument("--seed", type=int, default=0, help="of the first one")
    options.add_argument("--cuts", action="store_true", help="page breaks cut rows")
    options.add_argument("--keep", type=Path, help="folder for the PDFs that miss the bounds")
    chosen = options.parse_args()
    measures = answers("fy2019_progress.measures", 21)
    indicators = answers("fy2019_progress.indicators", 21)
    held = found = 0
    with tempfile.TemporaryDirectory() as scratch:
        for seed in range(chosen.seed, chosen.seed + chosen.count):
            drawn = style(seed, chosen.cuts)
            result = tally(drawn, Path(scratch), measures, indicators)
            held, found = held + result.holds, found + result.found
            if not result.holds:
                print(f"seed {seed}: {result}\n    {_odd(drawn)}", flush=True)
                if chosen.keep:
                    chosen.keep.mkdir(parents=True, exist_ok=True)
                    (chosen.keep / f"{seed}.pdf").write_bytes(Path(scratch, "made.pdf").read_bytes())
    print(f"{chosen.count} styles: every row and no other in {found}, all bounds kept in {held}")
    return 0 if found == chosen.count else 1


def _odd(drawn: Style) -> str:
    """What the style does otherwise than the usual one, its columns aside."""
    usual = Style()
    names = [f.name for f in fields(Style) if f.name not in ("measures", "indicators")]
    return ", ".join(f"{n}={v!r}" for n in names if (v := getattr(drawn, n)) != getattr(usual, n))


if __name__ == "__main__":
    sys.exit(main())
