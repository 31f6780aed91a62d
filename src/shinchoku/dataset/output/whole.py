"""An output folder and reports to be read there in; an error where its files are not of one state out."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from shinchoku.dataset.output.staging import LAST, is_cut_short
from shinchoku.language import say
from shinchoku.problems import ShinchokuError


class MixedError(ShinchokuError):
    """Files of an output folder come from different runs, or are damaged."""


def check_whole(data: Path, report_ids: Iterable[str]) -> None:
    """Raise MixedError where the Parquet files of these reports, or those over all reports, are not the ones
    that datapackage.json describes. A folder that was never collected has no such file, and is not mixed."""
    mend = say("run `shinchoku extract` again, which mends it")
    if is_cut_short(data):
        raise MixedError(
            say("{data}: a run ended while it wrote its files here; {mend}", data=data, mend=mend)
        )
    try:
        package = json.loads((data / LAST).read_text(encoding="utf-8"))
        said = {Path(each["path"]): (each["bytes"], each["hash"]) for each in package["resources"]}
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MixedError(
            say("{path} cannot be read ({error}); {mend}", path=data / LAST, error=error, mend=mend)
        ) from error
    named = {Path(report_id) for report_id in report_ids}
    unknown = named - {place.parent for place in said}
    if unknown:
        raise MixedError(
            say(
                "{path} is not in {last}: its files are of another run; {mend}",
                path=data / min(unknown),
                last=LAST,
                mend=mend,
            )
        )
    for place, fingerprint in said.items():
        asked = place.suffix == ".parquet" and place.parent in named | {Path()}
        if asked and _fingerprint(data / place) != fingerprint:
            raise MixedError(
                say(
                    "{path} is not the file {last} describes; {mend}",
                    path=data / place,
                    last=LAST,
                    mend=mend,
                )
            )


def _fingerprint(path: Path) -> tuple[int, str]:
    try:
        content = path.read_bytes()
    except OSError:
        return -1, ""
    return len(content), f"sha256:{hashlib.sha256(content).hexdigest()}"
