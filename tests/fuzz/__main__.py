"""`python -m tests.fuzz --seconds 600`: read damaged PDFs for so long; exit status 1 where something went
wrong."""

import argparse
import re
import sys
import time
from collections import Counter
from pathlib import Path

from .child import made
from .corpus import corpus
from .engine import Outcome, fuzz

SHOWN = 15


def main() -> int:
    """Fuzz, print what came of it, and keep the files that something went wrong with."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=600)
    options.add_argument("--seed", type=int, default=int(time.time()))
    options.add_argument(
        "--out", type=Path, default=Path("build", "fuzz"), help="where faulty files are kept"
    )
    chosen = options.parse_args()
    print(f"seed {chosen.seed}", flush=True)
    outcome = fuzz(chosen.seconds, chosen.seed, _tell if sys.stdout.isatty() else lambda outcome: None)
    _report(outcome)
    if outcome.faults:
        _keep(outcome, chosen.seed, chosen.out)
    return 1 if outcome.faults else 0


def _tell(outcome: Outcome) -> None:
    print(f"{outcome.count:,} files, {len(outcome.faults)} faults", flush=True)


def _report(outcome: Outcome) -> None:
    seconds, number = outcome.slowest
    print(f"{outcome.count:,} files read; the slowest, {number}, took {seconds:.1f} s; of them refused:")
    kinds: Counter[str] = Counter()
    for said, count in outcome.refused.items():
        kinds[re.sub(r"\d+", "#", said)[:150]] += count
    for said, count in kinds.most_common(SHOWN):
        print(f"{count:7,}  {said}")
    print(f"{len(outcome.faults)} faults")
    for fault in outcome.faults[:SHOWN]:
        print(f"\nfile {fault.number}: {fault.kind}\n{fault.detail}")


def _keep(outcome: Outcome, seed: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    files = corpus()
    for fault in outcome.faults:
        data, reader = made(seed, fault.number, files)
        (folder / f"{seed}-{fault.number}-{fault.kind}-{reader}.pdf").write_bytes(data)
    print(f"\nthe files are in {folder}")


if __name__ == "__main__":
    sys.exit(main())
