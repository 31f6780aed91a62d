"""What a source holds and what a store holds already in; the PDFs that are still to be worked on, in batches,
out."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from shinchoku.fleet.manifest import Manifest, read_manifests, read_quarantine, version_of
from shinchoku.fleet.store import Entry, Store, pdfs

BESIDE = ("sources.toml", "corrections.csv", "reviews.csv")
"""Files beside the PDFs that say something of them; so do all below LAYOUTS."""
LAYOUTS = "layouts/"

SMALL = 400_000
"""Bytes of a PDF up to which several are one task: what starting one costs is then small beside them."""
BATCH = 10


@dataclass(frozen=True, slots=True)
class Job:
    """One PDF, or several that hold the same bytes."""

    entries: tuple[Entry, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(entry.path for entry in self.entries)

    @property
    def size(self) -> int:
        return self.entries[0].size


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to do for `version`: `batches` of jobs, the largest PDFs first. `done` counts the PDFs
    that have their manifest, `quarantined` those that are not tried again. `beside` holds the files that
    stand beside the PDFs and say something of them."""

    version: str
    batches: tuple[tuple[Job, ...], ...]
    done: int
    quarantined: int
    beside: dict[str, bytes] = field(repr=False)


def plan(source: Store, out: Store, *, retry_quarantined: bool = False) -> Plan:
    """What of `source` has no manifest in `out` yet. A PDF counts as the same while its path, its size and
    its time of change are."""
    beside = {e.path: source.read(e.path) for e in source.entries() if _says_something(e.path)}
    version = version_of(beside)
    manifests = [manifest for manifest in read_manifests(out) if manifest.version == version]
    made = {(m.path, m.size, m.changed): manifest for manifest in manifests for m in manifest.reports}
    held = () if retry_quarantined else read_quarantine(out)
    apart = {path for one in held if one.version == version for path in one.paths}
    entries = list(pdfs(source))
    twins = _same_bytes(source, entries)
    jobs: list[Job] = []
    done = quarantined = 0
    for group in twins:
        paths = tuple(entry.path for entry in group)
        if apart.issuperset(paths):
            quarantined += len(paths)
        elif _is_whole(group, made):
            done += len(paths)
        else:
            jobs.append(Job(tuple(group)))
    return Plan(version, tuple(_batches(jobs)), done, quarantined, beside)


def _says_something(path: str) -> bool:
    return path in BESIDE or path.rpartition("/")[2] == BESIDE[0] or path.startswith(LAYOUTS)


def _is_whole(group: Sequence[Entry], made: dict[tuple[str, int, int], Manifest]) -> bool:
    """Whether one manifest holds the reports of all these PDFs, and of no others."""
    found = {made.get((e.path, e.size, e.changed)) for e in group}
    manifest = found.pop() if len(found) == 1 else None
    return manifest is not None and len(manifest.reports) == len(group)


def _same_bytes(source: Store, entries: Sequence[Entry]) -> Iterable[list[Entry]]:
    """The PDFs in groups of the same bytes: only those of one size are read for it."""
    sizes: dict[int, list[Entry]] = {}
    for entry in entries:
        sizes.setdefault(entry.size, []).append(entry)
    for alike in sizes.values():
        groups: dict[str, list[Entry]] = {}
        for entry in alike:
            key = hashlib.sha256(source.read(entry.path)).hexdigest() if len(alike) > 1 else ""
            groups.setdefault(key, []).append(entry)
        yield from groups.values()


def _batches(jobs: Sequence[Job]) -> Iterable[tuple[Job, ...]]:
    """The largest PDFs first, each for itself, then the small ones by tens."""
    order = sorted(jobs, key=lambda job: (-job.size, job.paths))
    small = [job for job in order if job.size <= SMALL]
    yield from ((job,) for job in order if job.size > SMALL)
    yield from (tuple(small[at : at + BATCH]) for at in range(0, len(small), BATCH))
