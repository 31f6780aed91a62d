"""An output folder in; whether its history is that of the reports as they are now out."""

import hashlib
from pathlib import Path

from shinchoku.dataset import DATASET_TABLES, HISTORY_TABLES
from shinchoku.dataset.output.staging import present
from shinchoku.dataset.tables.files import read_meta
from shinchoku.problems import ShinchokuError

STATE = "joined_from"
"""Key of the metadata of HISTORY_TABLES: the state of the tables that they were made of."""


class HistoryError(ShinchokuError):
    """There is no history, or it is of other reports than those there now; the message says what to do."""


def state(out: Path) -> str:
    """One hash of the tables over all reports, as they will be at the end of `out_lock`."""
    held = hashlib.sha256()
    for name in DATASET_TABLES:
        held.update(hashlib.sha256(present(out, f"{name}.parquet").read_bytes()).digest())
    return f"sha256:{held.hexdigest()}"


def history_files(data: Path) -> dict[str, Path]:
    """The Parquet files of HISTORY_TABLES, by name; raises HistoryError where they cannot be relied on."""
    files = {name: data / f"{name}.parquet" for name in HISTORY_TABLES}
    for path in files.values():
        if not path.is_file():
            raise HistoryError.say("there is no {path}: run `shinchoku history` first", path=path)
        if read_meta(path).get(STATE) != state(data):
            raise HistoryError.say(
                "{path} was joined before a report was read anew; run `shinchoku history` again", path=path
            )
    return files
