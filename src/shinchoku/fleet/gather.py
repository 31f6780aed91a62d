"""A store of made reports in; an ordinary folder of them, as `extract` over the same PDFs makes it, out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from shinchoku.dataset.collect import collect
from shinchoku.dataset.output.whole import digest_in
from shinchoku.dataset.publish import out_lock, staged_folder
from shinchoku.fleet.manifest import READERS, Made, read_manifests
from shinchoku.fleet.store import Store
from shinchoku.problems import ShinchokuError


def gather(store: Store, out: Path, on_report: Callable[[str], None] = lambda report_id: None) -> int:
    """Copy every report that has a manifest to `out`, the newest made where there are several, and put
    together what goes over all reports; how many there are. A report at a time: no more is held, and one
    whose files stand in `out` already is not fetched again, nor told to `on_report`. Raises
    ShinchokuError where there is none."""
    newest: dict[str, Made] = {}
    for manifest in read_manifests(store):
        newest |= {report.report_id: report for report in manifest.reports}
    if not newest:
        raise ShinchokuError.say("no report is there yet: no manifest stands under _manifests")
    known: dict[str, str] = {}
    with out_lock(out), ThreadPoolExecutor(READERS) as pool:
        for report_id in sorted(newest):
            made = newest[report_id]
            if made.digest and made.digest == digest_in(out, report_id):
                known[report_id] = made.digest
                continue
            with staged_folder(out, report_id) as stage:
                paths = [(f"{made.data}/{name}", stage / name) for name in made.files]
                list(pool.map(lambda pair: store.fetch(*pair), paths))
            on_report(report_id)
        collect(out, known)
    return len(newest)
