"""A store of made reports in; an ordinary folder of them, as `extract` over the same PDFs makes it, out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from shinchoku.dataset.collect import collect
from shinchoku.dataset.publish import out_lock, staged_folder
from shinchoku.fleet.manifest import READERS, Made, read_manifests
from shinchoku.fleet.store import Store, StoreError
from shinchoku.language import say


def gather(store: Store, out: Path, on_report: Callable[[str], None] = lambda report_id: None) -> int:
    """Copy every report that has a manifest to `out`, the newest made where there are several, and write what
    goes over all reports; how many there are. Raises StoreError where there is none."""
    newest: dict[str, Made] = {}
    for _, manifest in read_manifests(store):
        newest |= {report.report_id: report for report in manifest.reports}
    if not newest:
        raise StoreError(say("no report is there yet: no manifest stands under _manifests"))
    with out_lock(out), ThreadPoolExecutor(READERS) as pool:
        for report_id in sorted(newest):
            made = newest[report_id]
            with staged_folder(out, report_id) as stage:
                paths = [f"{made.data}/{name}" for name in made.files]
                for name, data in zip(made.files, pool.map(store.read, paths), strict=True):
                    (stage / name).write_bytes(data)
            on_report(report_id)
        collect(out)
    return len(newest)
