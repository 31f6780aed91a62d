"""A report in; how long people wait for its review page in Chromium, out."""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .measure import Scratch

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
"""Where Chromium is on this machine, if it is."""
SEEN = """number => {
  const picture = document.getElementById("picture");
  const turned = document.getElementById("number").value === String(number);
  return turned && picture.complete && picture.naturalWidth > 0 && document.querySelector("#panel > *");
}"""
TURNS = 20


def shown(path: Path, scratch: Scratch) -> tuple[float, float]:
    """Seconds from the page's address, given once the server is up, to the first page and what was read of it
    on the screen; and, the median of some, from the key that turns a page to the next one."""
    from playwright.sync_api import sync_playwright

    raw = Path(tempfile.mkdtemp(dir=scratch.folder))
    shutil.copy(path, raw)
    command = [sys.executable, "-m", "shinchoku", "review", "--no-browser"]
    command += ["--raw", str(raw), "--data", str(raw / "none")]
    with (
        subprocess.Popen(
            command, env=scratch.environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as server,
        sync_playwright() as playwright,
    ):
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            start = time.perf_counter()
            page.goto(address)
            page.wait_for_function(SEEN, arg=1)
            opened = time.perf_counter() - start
            turns = []
            for number in range(2, 2 + TURNS):
                start = time.perf_counter()
                page.keyboard.press("n")
                page.wait_for_function(SEEN, arg=number)
                turns.append(time.perf_counter() - start)
            browser.close()
        finally:
            server.kill()
    return opened, statistics.median(turns)
