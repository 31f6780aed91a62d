"""One PDF of a source in; its report's files and then its manifest in the store out: what a machine does."""

import hashlib
import platform
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import msgspec

from shinchoku.dataset.output.whole import digest_in
from shinchoku.fleet.manifest import Made, Manifest, data_folder, write_record
from shinchoku.fleet.plan import Job
from shinchoku.fleet.store import Store, open_store
from shinchoku.version import code_version

MAKE = "shinchoku.fleet.work:make_report"
"""What is done with a PDF that lies in a folder of its own: module:function."""

Making = Callable[[Path, Path, Path], tuple[str, int, int, int]]


class Status(msgspec.Struct, frozen=True):
    """How it went with one PDF, all that goes back to the driver: `code` is done, or what stopped it: memory
    or error, with the last words of it."""

    paths: tuple[str, ...]
    code: str
    pages: int = 0
    errors: int = 0
    said: str = ""
    node: str = ""


class OtherCodeError(RuntimeError):
    """This machine has another version of the package or of its libraries than the driver."""


def work(
    jobs: Sequence[Job],
    source: str,
    out: str,
    beside: dict[str, bytes],
    version: str,
    expected: str,
    memory: int,
    make: str = MAKE,
) -> list[Status]:
    """Work on each of `jobs`: read it from `source`, write its reports to `out`, then the manifest. `memory`
    bounds, in bytes, what this process may take for one PDF beyond what it has; `expected` is the driver's
    `code_version()`. What is wrong with a PDF is in its report, or in its status; nothing is raised but
    OtherCodeError."""
    own = code_version()
    if own != expected:
        raise OtherCodeError(f"this machine has the code {own}, the driver {expected}: install the same")
    module, _, name = make.partition(":")
    made: Making = getattr(import_module(module), name)
    stores = open_store(source), open_store(out)
    return [_work(job, *stores, beside, version, memory, made) for job in jobs]


def _work(
    job: Job, source: Store, out: Store, beside: dict[str, bytes], version: str, memory: int, make: Making
) -> Status:
    node = platform.node()
    try:
        with bounded(memory), tempfile.TemporaryDirectory(prefix="shinchoku-") as folder:
            manifest = _made(job, source, out, beside, version, Path(folder), make)
            write_record(out, manifest)
    except MemoryError:
        return Status(job.paths, "memory", said=f"more than {memory >> 20} MiB were asked for", node=node)
    except Exception as error:
        said = "".join(traceback.format_exception(error)[-6:])
        return Status(job.paths, "error", said=said, node=node)
    counted = [(report.pages, report.errors) for report in manifest.reports]
    return Status(job.paths, "done", sum(p for p, _ in counted), sum(e for _, e in counted), node=node)


@contextmanager
def bounded(memory: int) -> Iterator[None]:
    """Let this process take `memory` bytes more than it has, so that it is refused more before the machine's
    own watch ends it. A system that has no such bound has the watch alone."""
    if sys.platform != "linux":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    bound = _data_bytes() + memory
    if hard != resource.RLIM_INFINITY:
        bound = min(bound, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _data_bytes() -> int:
    """What this process has of private memory, in bytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData"))


def _made(
    job: Job, source: Store, out: Store, beside: dict[str, bytes], version: str, folder: Path, make: Making
) -> Manifest:
    """The manifest of a job whose reports are made and stand in the store."""
    raw = folder / source.root.rpartition("/")[2]
    for name, said in beside.items():
        at = raw / name
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_bytes(said)
    reports: list[Made] = []
    sha256 = ""
    for entry in job.entries:
        path = raw / entry.path
        source.fetch(entry.path, path)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        made = folder / f"out{len(reports)}"
        report_id, *counts = make(raw, path, made)
        data = data_folder(report_id, sha256, version)
        files = sorted((made / report_id).iterdir())
        for file in files:
            out.write(f"{data}/{file.name}", file.read_bytes())
        names = tuple(file.name for file in files)
        digest = digest_in(made, report_id)
        pages, errors, warnings = counts
        reports.append(
            Made(
                *(report_id, entry.path, entry.size, entry.changed, data, names),
                *(pages, errors, warnings, digest),
            )
        )
    return Manifest(sha256, version, tuple(reports))


def make_report(raw: Path, path: Path, out: Path) -> tuple[str, int, int, int]:
    """Make the report of the PDF at `path` below `raw` in the folder `out`; its id, and how many pages,
    errors and warnings it has."""
    from shinchoku.dataset.publish import out_lock
    from shinchoku.layouts.files import own_layouts
    from shinchoku.making import publish
    from shinchoku.people.lists import read_people
    from shinchoku.problems import Severity, count_by_severity
    from shinchoku.settings import Settings
    from shinchoku.sources import find_sources
    from shinchoku.workers.run import read_pages

    (result,) = read_pages(find_sources(raw, [path]), Settings(), jobs=1)
    with out_lock(out):
        report = publish([result], out, read_people(raw), own_layouts(raw))
    counts = count_by_severity(report.problems)
    return report.report_id, result.page_count, counts[Severity.ERROR], counts[Severity.WARNING]
