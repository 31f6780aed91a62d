"""What a machine of a fleet may do with a PDF instead of making its report: by the PDF's name it hangs, eats
memory, ends its process, or fails; else the report is a line of text."""

import os
import time
from pathlib import Path


def make(raw: Path, path: Path, out: Path) -> tuple[str, int, int, int]:
    """Stands in for `work.make_report`."""
    fault = path.stem.partition("-")[0]
    if fault == "hangs":
        time.sleep(600)
    if fault == "eats":
        held = []
        while True:
            held.append(bytearray(16 << 20))
    if fault == "dies":
        os.kill(os.getpid(), 9)
    if fault == "fails":
        raise ValueError("this one cannot be made")
    if fault == "slow":
        time.sleep(1.0)
    folder = out / path.stem
    folder.mkdir(parents=True)
    (folder / "line.csv").write_text(path.stem, encoding="utf-8")
    return path.stem, 1, 0, 0
