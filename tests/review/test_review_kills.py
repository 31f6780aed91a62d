"""A server killed at chance moments while people correct loses at most what was not kept yet.

KILLS in the environment says at how many moments; `make kills` does so.
"""

import http.client
import json
import os
import random
import signal
import threading
import time
from pathlib import Path

import pytest

from make.rows.corrections import tables
from make.runs.server import Server, ask, good, serving
from shinchoku.dataset.output.whole import MixedError, check_whole
from shinchoku.dataset.tables.files import read_meta, read_rows
from shinchoku.people.lists import read_people

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("KILLS", "4"))
LEFT = (".people.lock", ".corrections.csv.new")
"""What a writer that died leaves; the next one uses it or makes it anew."""
GONE = (http.client.HTTPException, OSError)
"""What a request meets whose server is killed."""


def listed(raw: Path) -> list[str]:
    """The texts that corrections.csv puts in, which is whole or raises."""
    return [correction.corrected for correction in read_people(raw).corrections]


def published(data: Path) -> list[str]:
    """The texts that were put into the output, all of whose files are of one state."""
    check_whole(data, ["made"])
    cells = read_rows(data / "made" / "cells.parquet")
    texts = [cell["text"] for cell in cells if cell["corrected"]]
    assert len(json.loads(read_meta(data / "made" / "problems.parquet")["corrections"])) == len(texts)
    stated = [row["value"] for row in read_rows(data / "observations.parquet")]
    assert stated == ([float(text.removesuffix("か所")) for text in texts] or [2.0])
    return texts


def change(server: Server, text: str) -> None:
    """Keep a correction, or where there is one take it back."""
    payload = json.loads(ask(server, "api/report?report=made")[1])
    told = {"seen": payload["state"], "report": "made", "report_id": "made"}
    if payload["corrections"]:
        path, body = "api/undo", told | {"key": payload["corrections"][0]["key"]}
    else:
        place = {"page": "1", "table": "1", "row": "1", "col": "1", "kind": "text", "printed": "2か所"}
        path, body = "api/keep", told | place | {"corrected": text, "reason": "誤植", "by": "練馬"}
    status, said, _ = ask(server, path, "POST", json.dumps(body).encode(), **good(server))
    assert status == 200, said


def test_what_was_kept_stays_kept_and_the_output_is_of_one_state(tmp_path: Path) -> None:
    chance = random.Random(KILLS)
    raw, data = tmp_path / "raw", tmp_path / "normalized"
    raw.mkdir()
    tables(raw / "made.pdf", [((60, 300, 500), [["事業名", "令和元年度 実績"], ["ひろば", "2か所"]])])
    with serving(raw, data) as server:
        began = time.monotonic()
        change(server, "3か所")
        lasts = time.monotonic() - began
    expected = [["3か所"]]
    counts = {"old": 0, "new": 0, "behind": 0, "cut short": 0}
    for turn in range(KILLS):
        with serving(raw, data) as server:
            assert json.loads(ask(server, "api/report?report=made")[1])["records"]
            assert listed(raw) in expected
            assert published(data) == listed(raw), "who opens the report brings the output up to the lists"
            expected = [listed(raw)]
            delay = chance.uniform(0, 3 * lasts)
            killer = threading.Timer(delay, os.kill, (server.pid, signal.SIGKILL))
            killer.start()
            try:
                for number in range(100):
                    text = f"{1000 * turn + number + 10}か所"
                    expected = [expected[-1], [] if expected[-1] else [text]]
                    change(server, text)
                    expected = expected[1:]
            except GONE:
                pass
            finally:
                killer.join()
        assert listed(raw) in expected
        counts["new" if listed(raw) == expected[-1] else "old"] += 1
        try:
            counts["behind"] += published(data) != listed(raw)
        except MixedError:
            counts["cut short"] += 1
            assert {path.name for path in raw.iterdir()} <= {"made.pdf", "corrections.csv", *LEFT}
    print(f"SIGKILL of the review's server: {KILLS} moments, {counts}, 0 lost, 0 mixed")
    assert counts["old"] + counts["new"] == KILLS
